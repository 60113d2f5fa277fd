package model

import "time"

// SyncState is what the sync agent reports after each exchange with the hub.
type SyncState struct {
	Online   bool
	Since    Instant       // since when it has been so
	LastSync Instant       // the last exchange that went well
	Skew     time.Duration // this computer's clock less the hub's
	Err      string        // a sentence for people, "" when all is well
	// Stopped is why the hub has stopped this workstation until a person decides,
	// a sentence for people; "" when it has not. What is here can be read, and
	// nothing can be written: it might never be sent.
	Stopped string
}

// DeskStatus is how a workstation stands, for its header and its sync screen.
type DeskStatus struct {
	SyncState
	Pending     int // ops and keyrings the hub does not have yet
	Refused     int // ops the hub refused and nobody has settled
	Waiting     int // ops kept sealed until somebody signs in who may read them
	Quarantined int // ops that came and could not be believed, or have no room in their record
	People      int // with a record here
	// Damaged is a sentence for people when the store's own check found its
	// file damaged, else "".
	Damaged string
	Feed    FeedState
	// Erased is a sentence for people when this workstation was withdrawn and its
	// data were erased, else "".
	Erased    string
	Retention Retention // the last run of the retention rule
}

// ClockWrong tells whether this computer's clock is so far from the hub's that
// entries made by it would mislead: the store then refuses to write.
func (s SyncState) ClockWrong() bool { return s.Skew > MaxAhead || s.Skew < -MaxAhead }
