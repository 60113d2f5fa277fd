package model

import "time"

// Deduction is how the registration with the prison's own GP service ended.
type Deduction struct {
	GPDeducted
	By Signed `json:"by"`
}

// DeductionHow is what showed it.
type DeductionHow string

// The ways. Their names are on the wire.
const (
	DeductedSystem DeductionHow = "clinical-system" // ended there by hand
	DeductedGP2GP  DeductionHow = "gp2gp"           // the new practice has asked for the record
	DeductedPDS    DeductionHow = "pds"             // the national record shows another practice
)

// DeductionHows lists them in the order a form shows them.
func DeductionHows() []DeductionHow {
	return []DeductionHow{DeductedSystem, DeductedGP2GP, DeductedPDS}
}

// Words returns the way as it is shown.
func (h DeductionHow) Words() string {
	switch h {
	case DeductedSystem:
		return "Ended on the clinical system"
	case DeductedGP2GP:
		return "The new practice asked for the record (GP2GP)"
	case DeductedPDS:
		return "PDS shows another practice"
	}
	return NotRecorded
}

// GPDeducted records that the person is not a patient of the prison's GP service
// any more.
type GPDeducted struct {
	Day  Day          `json:"day"`
	How  DeductionHow `json:"how"`
	Note string       `json:"note,omitempty"`
}

// Kind implements Change.
func (*GPDeducted) Kind() string { return "gp.deducted" }

// Slot implements Change.
func (*GPDeducted) Slot() string { return "registration/deducted" }

// Compartment implements Change.
func (*GPDeducted) Compartment() Compartment { return Health }

// Check implements Change.
func (c *GPDeducted) Check(r *Record, now time.Time) error {
	have := r.health().PrisonGP
	switch {
	case have.Registered != AnswerYes:
		return Invalid("The person is not recorded as a patient of the prison's GP service.", "Record that first, with the day it began.")
	case c.Day.IsZero():
		return Invalid("Enter the day.", "Such as today.").At("day")
	case c.Day > DayOf(now):
		return Invalid("The day must not be in the future.", "").At("day")
	case c.Day < have.Since:
		return Invalid("The day is before the registration began.", "Check the date.").At("day")
	case c.How.Words() == NotRecorded:
		return Invalid("Say what shows it.", "").At("how")
	}
	return at("note", checkText("The note", c.Note, 500))
}

// Apply implements Change.
func (c *GPDeducted) Apply(r *Record, op *Op) {
	r.Health.Deducted = Deduction{GPDeducted: *c, By: signedBy(op)}
}

// String implements Change.
func (c *GPDeducted) String() string {
	return "No longer registered with prison healthcare: " + c.How.Words() + ", " + c.Day.String()
}

// DeductionHolds tells whether the last registration in prison is over: one that
// began later, after a return, needs a deduction of its own.
func (h *HealthPart) DeductionHolds() bool {
	return !h.Deducted.Day.IsZero() && h.Deducted.Day >= h.PrisonGP.Since
}
