package model

import "time"

// KeepPractice is the person's answer on the practice they have outside, asked
// when they may be out again soon. Taking them on in prison often removes them
// from it (HSSIB, continuity of care of people in prison), so the answer comes
// before that.
type KeepPractice struct {
	KeepAnswer
	By Signed `json:"by"` // who asked, and when
}

// KeepAnswer is what was said.
type KeepAnswer struct {
	Wish KeepWish `json:"wish,omitempty"`
	Note string   `json:"note,omitempty"`
}

// KeepWish is what the person wants.
type KeepWish string

// The answers. Nothing recorded is none of them.
const (
	KeepNotRecorded KeepWish = ""
	KeepYes         KeepWish = "keep"
	KeepNo          KeepWish = "leave"
	KeepNoPractice  KeepWish = "has-none"
	KeepUndecided   KeepWish = "undecided"
	KeepNotAsked    KeepWish = "not-asked"
)

// KeepWishes lists the answers in the order a form shows them.
func KeepWishes() []KeepWish {
	return []KeepWish{KeepYes, KeepNo, KeepNoPractice, KeepUndecided, KeepNotAsked}
}

// Words returns the answer as it is shown.
func (w KeepWish) Words() string {
	switch w {
	case KeepYes:
		return "Yes, keeps it"
	case KeepNo:
		return "No, leaves it"
	case KeepNoPractice:
		return "Has no practice outside"
	case KeepUndecided:
		return "Undecided: ask again"
	case KeepNotAsked:
		return "Not asked"
	}
	return NotRecorded
}

// Settled tells whether the question need not be asked again.
func (w KeepWish) Settled() bool { return w == KeepYes || w == KeepNo || w == KeepNoPractice }

// KeepConsequences is what the person must be told before they answer, in plain
// words (HSSIB, and the coroner's report after a death at Exeter in 2020:
// temporary registrations do not show on the national record).
func KeepConsequences() []string {
	return []string{
		"If the prison's own GP service registers you, your practice outside often takes you off its list. You would have to register again when you leave.",
		"If you keep your practice, the prison's healthcare still treats you. It is then not your registered GP.",
		"A temporary registration in prison does not show on the national record: a hospital or your GP outside may not see that you were treated here.",
	}
}

// ShortStayDays is how long a stay counts as short enough to ask. It is this
// program's own choice.
const ShortStayDays = 28

// KeepMatters tells whether the person should be asked: they are on remand or
// not sentenced yet, so a court may release them any day, or the stay is a short
// one.
func (s *SharedPart) KeepMatters() bool {
	switch s.Stay.LegalStatus {
	case "REMAND", "CONVICTED_UNSENTENCED":
		return true
	}
	length := s.Release.Day - s.Stay.Received
	return !s.Release.Day.IsZero() && !s.Stay.Received.IsZero() && length >= 0 && length <= ShortStayDays
}

// GPKeep records the answer.
type GPKeep struct {
	KeepAnswer
}

// Kind implements Change.
func (*GPKeep) Kind() string { return "gp.keep" }

// Slot implements Change.
func (*GPKeep) Slot() string { return "registration/keep" }

// Compartment implements Change.
func (*GPKeep) Compartment() Compartment { return Health }

// Check implements Change. The person who asks is the author of the entry.
func (c *GPKeep) Check(*Record, time.Time) error {
	if c.Wish.Words() == NotRecorded {
		return Invalid("Choose the person's answer.", "Undecided and not asked are answers too.").At("wish")
	}
	return at("note", checkText("The note", c.Note, 500))
}

// Apply implements Change.
func (c *GPKeep) Apply(r *Record, op *Op) {
	r.Health.KeepGP = KeepPractice{KeepAnswer: c.KeepAnswer, By: signedBy(op)}
}

// String implements Change.
func (c *GPKeep) String() string { return "Practice outside kept: " + c.Wish.Words() }
