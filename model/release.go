package model

import (
	"fmt"
	"maps"
	"time"
)

// Basis is what a release date rests on. Only a confirmed date is final.
type Basis string

// The bases, in the order in which HMPPS prefers them.
const (
	BasisConfirmed   Basis = "confirmed"
	BasisParole      Basis = "parole"
	BasisHDC         Basis = "hdc" // home detention curfew
	BasisConditional Basis = "conditional"
	BasisAutomatic   Basis = "automatic"
	BasisCourt       Basis = "court" // at court on this day, and could be released there
	BasisNone        Basis = ""
)

// Words returns the basis as the screens show it.
func (b Basis) Words() string {
	switch b {
	case BasisConfirmed:
		return "Confirmed"
	case BasisParole:
		return "Parole"
	case BasisHDC:
		return "Curfew"
	case BasisConditional:
		return "Conditional"
	case BasisAutomatic:
		return "Automatic"
	case BasisCourt:
		return "At court"
	}
	return "No date"
}

// Release is when and why the person leaves.
type Release struct {
	Day         Day          `json:"day"`
	Time        string       `json:"time,omitempty"` // "09:30", "" when not set
	Basis       Basis        `json:"basis,omitempty"`
	Reason      string       `json:"reason,omitempty"` // NOMIS movement reason, such as CR
	Class       ReleaseClass `json:"class,omitempty"`
	Destination string       `json:"destination,omitempty"`
	From        string       `json:"from,omitempty"` // FromCustody, or "" when a person entered it
}

// Words returns what the board shows: the reason when one is known, else the
// basis.
func (r Release) Words() string {
	if r.Reason != "" && r.Basis != BasisCourt {
		return ReleaseReasonShort(r.Reason)
	}
	return r.Basis.Words()
}

// FromCustody marks a release date that prison IT gave. Such a date follows
// prison IT when it changes there; one that a person entered does not.
const FromCustody = "custody"

// ReleaseSet gives the date with its basis, the reason and the class that
// follows from it.
type ReleaseSet struct {
	Day         Day    `json:"day"`
	Time        string `json:"time,omitempty"`
	Basis       Basis  `json:"basis,omitempty"`
	Reason      string `json:"reason,omitempty"`
	Destination string `json:"destination,omitempty"`
	From        string `json:"from,omitempty"` // FromCustody, or "" when a person entered it
}

// Kind implements Change.
func (*ReleaseSet) Kind() string { return "release.set" }

// Slot implements Change.
func (*ReleaseSet) Slot() string { return "release" }

// Compartment implements Change.
func (*ReleaseSet) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *ReleaseSet) Check(_ *Record, _ time.Time) error {
	if (c.Basis == BasisNone) != c.Day.IsZero() {
		return Invalid("A release date needs its basis, and a basis its date.", "Say what the date rests on: confirmed, parole, curfew, conditional or automatic.")
	}
	if c.Basis != BasisNone && c.Basis.Words() == "No date" {
		return Invalid("There is no such basis for a release date.", "")
	}
	if c.Time != "" {
		if _, err := time.Parse("15:04", c.Time); err != nil {
			return Invalid("The time of release must look like 09:30.", "")
		}
	}
	if c.Reason != "" {
		if err := CheckMovement(MovementRelease, c.Reason); err != nil {
			return err
		}
	}
	return checkLine("The destination", c.Destination, 120)
}

// Apply implements Change.
func (c *ReleaseSet) Apply(r *Record, op *Op) {
	before := r.Shared.Release
	r.Shared.letterMoves(c.Day, op)
	r.Shared.Release = Release{
		Day: c.Day, Time: c.Time, Basis: c.Basis, Reason: c.Reason, Destination: c.Destination,
		Class: c.class(before, DayOf(op.Stamp.Time())), From: c.From,
	}
}

// letterMoves opens the line of a letter that was signed for another day: what it
// says of leaving and of the next supply is wrong now.
func (s *SharedPart) letterMoves(day Day, op *Op) {
	_, gone := s.Gone()
	if s.Items[ItemLetter].State != Done || gone || day == s.Release.Day || s.Release.Day.IsZero() {
		return
	}
	s.Items = maps.Clone(s.Items) // a copy of the record may hold the same map
	s.Items[ItemLetter] = Item{
		State: InProgress, Detail: "redo", Note: "The release date has moved since it was signed.",
		At: op.Stamp, Staff: op.Actor.Staff, Role: op.Actor.Role,
	}
}

// noticeDays is how many days make a notice short: fewer leave no time for what a
// planned release does in two weeks. It is this program's own choice.
const noticeDays = 14

// class is how much notice there is. A curfew or a parole date is planned where it
// was known in time, and comes at short notice once it is approved days before. A
// date that only moves by a few days, or is confirmed, gives no less notice than
// there was.
func (c *ReleaseSet) class(before Release, written Day) ReleaseClass {
	all := ReleaseClassesOf(c.Reason)
	switch {
	case len(all) < 2 || all[0] != ReleasePlanned || c.Day.IsZero() || c.Day-written >= noticeDays:
		return ReleaseClassOf(c.Reason)
	case before.Day.IsZero() || before.Day-c.Day >= noticeDays || before.Class == ReleaseShortNotice && before.Day >= written:
		return ReleaseShortNotice
	}
	return ReleaseClassOf(c.Reason)
}

// String implements Change.
func (c *ReleaseSet) String() string {
	if c.Day.IsZero() {
		return "No release date"
	}
	return fmt.Sprintf("Release %s %s, %s", c.Day, c.Time, c.Basis.Words())
}
