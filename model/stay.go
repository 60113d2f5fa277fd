package model

import (
	"fmt"
	"slices"
	"time"
)

// Stay is the person's present time in custody.
type Stay struct {
	Site        SiteCode `json:"site,omitempty"` // prison id, such as LEI
	BookingID   string   `json:"booking,omitempty"`
	LegalStatus string   `json:"legal,omitempty"` // HMPPS prisoner search: REMAND, SENTENCED, RECALL …
	Status      string   `json:"status,omitempty"`
	Received    Day      `json:"received"`
	Cell        string   `json:"cell,omitempty"`
	Out         string   `json:"out,omitempty"` // why the person is out of the prison now: a movement type, "" when in
}

// In tells whether the person is in the prison now.
func (s Stay) In() bool { return s.Site != "" && s.Out == "" }

// StaySet says where the person is held and on what footing. It comes from
// prison IT, or is typed at reception when the person arrives before the
// paperwork does.
type StaySet struct {
	Site        SiteCode `json:"site"`
	BookingID   string   `json:"booking,omitempty"`
	LegalStatus string   `json:"legal,omitempty"`
	Status      string   `json:"status,omitempty"` // NOMIS: ACTIVE IN, ACTIVE OUT, INACTIVE OUT …
	Received    Day      `json:"received"`
	Out         string   `json:"out,omitempty"` // the movement type by which the person is out now, "" when in
}

// Kind implements Change.
func (*StaySet) Kind() string { return "stay.set" }

// Slot implements Change.
func (*StaySet) Slot() string { return "stay" }

// Compartment implements Change.
func (*StaySet) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *StaySet) Check(_ *Record, now time.Time) error {
	if _, err := ParseSiteCode(string(c.Site)); err != nil {
		return err
	}
	if c.Received > DayOf(now) {
		return Invalid("The date received must not be in the future.", "")
	}
	if c.Out != "" && !MovementType(c.Out).Valid() {
		return Invalid("There is no such type of movement.", "")
	}
	for _, s := range []string{c.BookingID, c.LegalStatus, c.Status} {
		if err := checkLine("The stay", s, 40); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change. A release that was recorded at the gate holds.
func (c *StaySet) Apply(r *Record, op *Op) {
	s, today := &r.Shared.Stay, DayOf(op.Stamp.Time())
	released := c.isBefore(r)
	if !released && s.Out == string(MovementRelease) && c.Out != s.Out && !c.continues(*s) {
		r.Shared.comeBack(c.back(op), InstantOf(op.Stamp.Time()))
	}
	r.Shared.followLegal(s.LegalStatus, c.LegalStatus, today)
	s.Site, s.BookingID, s.LegalStatus, s.Status = c.Site, c.BookingID, c.LegalStatus, c.Status
	s.Received = min(c.Received, today) // nothing is overdue that was due before it
	s.Out = c.Out
	if released {
		s.Out = string(MovementRelease)
	}
}

// back is when a stay that follows a release began: what was done since then
// belongs to it, whenever the list that says so was read.
func (c *StaySet) back(op *Op) Instant {
	if c.Received.IsZero() {
		return InstantOf(op.Stamp.Time())
	}
	return c.Received.Start()
}

// continues tells whether it is the stay that there was: a list that called the
// person released and now does not was wrong, and nothing began anew.
func (c *StaySet) continues(before Stay) bool {
	return c.Received == before.Received && !c.otherBooking(before)
}

func (c *StaySet) otherBooking(have Stay) bool {
	return c.BookingID != "" && have.BookingID != "" && c.BookingID != have.BookingID
}

// isBefore tells whether the stay is one that ended with the release that was
// recorded last. Who says it now, such as a desk that was offline and imported
// an older list, did not know of the release, and must not bring the person
// back: that takes an admission, a new booking, or a later day of reception.
func (c *StaySet) isBefore(r *Record) bool {
	have, n := r.Shared.Stay, len(r.Shared.Movements)
	if n == 0 || have.Out != string(MovementRelease) {
		return false
	}
	last := r.Shared.Movements[n-1]
	return last.Type == MovementRelease && !c.otherBooking(have) && c.Received <= DayOf(last.At.Time())
}

// String implements Change.
func (c *StaySet) String() string {
	if c.Out != "" {
		return fmt.Sprintf("Held at %s since %s, out: %s", c.Site, c.Received, MovementType(c.Out).Words())
	}
	return fmt.Sprintf("Held at %s since %s", c.Site, c.Received)
}

// LocationSet says where in the prison the person lives, as prison IT writes
// it: A-2-014.
type LocationSet struct {
	Cell string `json:"cell"`
}

// Kind implements Change.
func (*LocationSet) Kind() string { return "stay.location" }

// Slot implements Change.
func (*LocationSet) Slot() string { return "location" }

// Compartment implements Change.
func (*LocationSet) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *LocationSet) Check(*Record, time.Time) error {
	return checkLine("The location", c.Cell, 40)
}

// Apply implements Change.
func (c *LocationSet) Apply(r *Record, _ *Op) { r.Shared.Stay.Cell = c.Cell }

// String implements Change.
func (c *LocationSet) String() string { return "Location " + c.Cell }

// Movement is one crossing of the gate.
type Movement struct {
	Type   MovementType `json:"type"`
	Reason string       `json:"reason"` // NOMIS movement reason code
	At     Instant      `json:"at"`
	Other  string       `json:"other,omitempty"` // court, prison or hospital at the other end
	Note   string       `json:"note,omitempty"`  // at most 240 characters, as NOMIS allows
	By     StaffID      `json:"by,omitempty"`
}

// MovementRecorded adds a movement and says by it whether the person is in.
type MovementRecorded struct {
	Movement
}

// Kind implements Change.
func (*MovementRecorded) Kind() string { return "movement.recorded" }

// Slot is empty: movements only add up.
func (*MovementRecorded) Slot() string { return "" }

// Compartment implements Change.
func (*MovementRecorded) Compartment() Compartment { return Shared }

// Check holds NOMIS's rules: a known type and reason, no time in the future or
// before the last movement.
func (c *MovementRecorded) Check(r *Record, now time.Time) error {
	if err := CheckMovement(c.Type, c.Reason); err != nil {
		return err
	}
	if c.At.Time().After(now) {
		return Invalid("The time of the movement must not be in the future.", "")
	}
	if r.Shared.released(c.Movement) {
		return &Error{Kind: KindConflict, Msg: "The release is recorded already.", Hint: "Look at the person's page: what is left to do stands there."}
	}
	if n := len(r.Shared.Movements); n > 0 && c.At.Before(r.Shared.Movements[n-1].At) {
		return Invalid("The movement is before the last one recorded.", "Check the date and time.")
	}
	return checkText("The note", c.Note, 240)
}

// Apply implements Change. Who was released and is taken through the gate again
// must have come back, unless it was before the release and is only told now.
func (c *MovementRecorded) Apply(r *Record, op *Op) {
	m, now := c.Movement, InstantOf(op.Stamp.Time())
	m.At, m.By = notAfter(m.At, now), op.Actor.Staff
	switch s := &r.Shared; {
	case s.released(m):
		return
	case m.Type == MovementRelease || s.Stay.Out != string(MovementRelease):
	case s.wasBeforeRelease(m):
		n := len(s.Movements) - 1
		s.Movements = slices.Insert(slices.Clone(s.Movements), n, m) // a copy of the record may hold the same list
		return
	case s.neverDied():
		s.Deceased = 0
	default:
		s.comeBack(m.At, now)
	}
	r.Shared.Movements = append(r.Shared.Movements, m)
	if m.Type == MovementAdmission {
		r.Shared.Stay.Out = ""
		return
	}
	r.Shared.Stay.Out = string(m.Type)
	if m.Type == MovementRelease && m.Reason == reasonDied {
		r.Shared.died(DayOf(m.At.Time()))
	}
}

// String implements Change.
func (c *MovementRecorded) String() string {
	return fmt.Sprintf("%s, %s", c.Type.Words(), MovementReasonWords(c.Type, c.Reason))
}
