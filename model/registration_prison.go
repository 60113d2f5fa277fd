package model

import "time"

// PrisonRegistration says whether the person is a patient of the prison's own
// GP service. It is kept apart from the registration outside because taking the
// one often ends the other, which matters most on a short remand.
type PrisonRegistration struct {
	Registered Answer `json:"registered,omitempty"`
	Since      Day    `json:"since"`
	By         Signed `json:"by"`
}

// Answer is yes, no, or nothing recorded.
type Answer string

// The answers.
const (
	AnswerNotRecorded Answer = ""
	AnswerYes         Answer = "yes"
	AnswerNo          Answer = "no"
)

// Words returns the answer as it is shown.
func (a Answer) Words() string {
	switch a {
	case AnswerYes:
		return "Yes"
	case AnswerNo:
		return "No"
	}
	return "Not recorded"
}

func (a Answer) valid() bool { return a == "" || a == AnswerYes || a == AnswerNo }

// PrisonGPSet says whether, and since when.
type PrisonGPSet struct {
	Registered Answer `json:"registered,omitempty"`
	Since      Day    `json:"since"`
}

// Kind implements Change.
func (*PrisonGPSet) Kind() string { return "gp.prison" }

// Slot implements Change.
func (*PrisonGPSet) Slot() string { return "registration/prison" }

// Compartment implements Change.
func (*PrisonGPSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *PrisonGPSet) Check(_ *Record, now time.Time) error {
	switch {
	case !c.Registered.valid():
		return Invalid("Answer yes, no or not recorded.", "").At("registered")
	case c.Registered == AnswerYes && c.Since.IsZero():
		return Invalid("Enter since when.", "The day on which the person was registered.").At("since")
	case c.Since > DayOf(now):
		return Invalid("The day must not be in the future.", "").At("since")
	}
	return nil
}

// Apply implements Change.
func (c *PrisonGPSet) Apply(r *Record, op *Op) {
	r.Health.PrisonGP = PrisonRegistration{Registered: c.Registered, Since: c.Since, By: signedBy(op)}
}

// String implements Change.
func (c *PrisonGPSet) String() string {
	return "Registered with prison healthcare: " + c.Registered.Words()
}
