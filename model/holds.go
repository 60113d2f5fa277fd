package model

import (
	"cmp"
	"slices"
	"time"
)

// detailHeld is the word of a release date that a hold stands against.
const detailHeld = "held"

// Hold says to everybody that an alert which only custody may read stands against
// the person's release. It says that there is one and never which.
type Hold struct {
	Active bool    `json:"active,omitempty"`
	At     Stamp   `json:"at"`
	Staff  StaffID `json:"staff,omitempty"`
	Role   Role    `json:"role,omitempty"`
}

// Held tells whether an alert stands against the release, one that every desk may
// read or one of custody's.
func (s *SharedPart) Held() bool {
	if s.Hold.Active {
		return true
	}
	for code, a := range s.Alerts {
		if a.Active && AlertStopsRelease(code) {
			return true
		}
	}
	return false
}

// HoldSet tells everybody whether custody holds the person. It follows from the
// alerts.
type HoldSet struct {
	Active bool `json:"active,omitempty"`
}

// Kind implements Change.
func (*HoldSet) Kind() string { return "hold.set" }

// Slot implements Change.
func (*HoldSet) Slot() string { return "hold" }

// Compartment implements Change.
func (*HoldSet) Compartment() Compartment { return Shared }

// Check implements Change: it says what the alerts say, as far as they can be read.
func (c *HoldSet) Check(r *Record, _ time.Time) error {
	if r.Custody != nil && c.Active != r.Custody.holds() {
		return Invalid("A hold follows from the alerts.", "End or begin the alert.")
	}
	return nil
}

// Apply implements Change.
func (c *HoldSet) Apply(r *Record, op *Op) {
	r.Shared.Hold = Hold{Active: c.Active, At: op.Stamp, Staff: op.Actor.Staff, Role: op.Actor.Role}
}

// String implements Change.
func (c *HoldSet) String() string {
	if c.Active {
		return "Held by custody"
	}
	return "No longer held by custody"
}

// holds tells whether one of custody's own alerts stands against the release.
func (p *CustodyPart) holds() bool {
	for code, a := range p.Alerts {
		if a.Active && AlertStopsRelease(code) {
			return true
		}
	}
	return false
}

// Follows implements Follower: what custody alone may read moves what everybody
// sees, without saying what it is.
func (c *AlertSet) Follows(r *Record) []Change {
	if c.Compartment() != Custody || r.Custody == nil {
		return nil
	}
	var out []Change
	if AlertStopsRelease(c.Code) && r.Custody.holds() != r.Shared.Hold.Active {
		out = append(out, &HoldSet{Active: r.Custody.holds()})
	}
	if socialCareAlerts[c.Code] && c.Active && !r.Shared.begun(ItemSocialCare) {
		out = append(out, &ItemSet{Item: ItemSocialCare, Detail: "asked"})
	}
	return out
}

var socialCareAlerts = wordSet("ADSC AS")

// HoldWords is an alert that stands against a release, with whose it is.
type HoldWords struct {
	Code  string // "" for one that the reader may not know
	Words string
	Whose string
}

// holdOwners says who answers for an alert against a release. A hold that is not
// listed is the offender management unit's to explain.
var holdOwners = map[string]string{
	"XNR": "offender management", "TG": "the governor", "TM": "healthcare", "TSE": "security", "TAH": "offender management",
	"PTD": "offender management", "XLDEPORT": "the Home Office, through offender management", "XSDEPORT": "the Home Office, through offender management",
}

// StandingHolds lists the alerts that stand against the release, as this reader
// may know them, by code. Without custody's record it says that there is one and
// whom to ask.
func (r *Record) StandingHolds() []HoldWords {
	var out []HoldWords
	add := func(alerts map[string]Alert) {
		for code, a := range alerts {
			if a.Active && AlertStopsRelease(code) {
				out = append(out, HoldWords{code, AlertWords(code), holdOwners[code]})
			}
		}
	}
	add(r.Shared.Alerts)
	if r.Custody != nil {
		add(r.Custody.Alerts)
	} else if r.Shared.Hold.Active {
		out = append(out, HoldWords{Words: "A hold by custody", Whose: "offender management or security"})
	}
	slices.SortFunc(out, func(a, b HoldWords) int { return cmp.Compare(a.Code, b.Code) })
	return out
}
