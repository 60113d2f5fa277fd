package model

import (
	"fmt"
	"time"
)

// EarliestRegistration is the first day on which a practice can register
// somebody who leaves on a day: a month before (GMS contract 2017/18 for
// England, registration of people leaving prison). Zero when the day is not set.
func EarliestRegistration(release Day) Day {
	if release.IsZero() {
		return 0
	}
	return release.AddMonths(-1)
}

// Registration is the one with a practice outside.
type Registration struct {
	State    RegistrationState  `json:"state,omitempty"`
	Practice ChosenPractice     `json:"practice"`
	Steps    []RegistrationStep `json:"steps,omitempty"` // oldest first
	Chases   []Chase            `json:"chases,omitempty"`
	For      LivingPlace        `json:"for,omitzero"` // where the person was to live when the practice was chosen
	By       Signed             `json:"by"`
}

// RegistrationStep is one step that was taken.
type RegistrationStep struct {
	GPStep
	By Signed `json:"by"`
}

// SentOn returns the day on which the form last went to the practice.
func (r Registration) SentOn() Day {
	for i := len(r.Steps) - 1; i >= 0; i-- {
		if r.Steps[i].State == RegSent {
			return r.Steps[i].Day
		}
	}
	return 0
}

// GPStep takes the registration to another state. The state machine is
// RegistrationState.Next.
type GPStep struct {
	State    RegistrationState  `json:"state"`
	Practice ChosenPractice     `json:"practice"`         // as chosen; zero keeps the one there is
	Method   RegistrationMethod `json:"method,omitempty"` // how
	Who      string             `json:"who,omitempty"`    // who answered at the practice
	Day      Day                `json:"day"`              // on which it happened
	Note     string             `json:"note,omitempty"`
	Told     bool               `json:"told,omitempty"` // of a person who moves on or withdrew: the practice was told
	For      LivingPlace        `json:"for,omitzero"`   // of a choice: where the person is to live
}

// Kind implements Change.
func (*GPStep) Kind() string { return "gp.step" }

// Slot implements Change.
func (*GPStep) Slot() string { return "registration" }

// Compartment implements Change.
func (*GPStep) Compartment() Compartment { return Health }

// Check holds the state machine, the person's answer, and what each step must
// leave behind for whoever asks later.
func (c *GPStep) Check(r *Record, now time.Time) error {
	have := r.health().Registration
	if c.State.Words() == "Unknown state" {
		return Invalid("There is no such step of a registration.", "")
	}
	if !r.health().MayStep(c.State) {
		return Invalid(fmt.Sprintf("%q cannot follow %q.", c.State.Words(), have.State.Words()), "Take the step before it first.")
	}
	if err := c.checkConsent(r.health(), DayOf(now)); err != nil {
		return err
	}
	if c.State == RegNone && r.health().PracticeToTell() && (!c.Told || c.Who == "" || c.Method == "") {
		return Invalid("Enter who was told at the practice, and how.", "It has the form, and would go on registering the person.").At("who")
	}
	if err := c.checkPractice(have); err != nil {
		return err
	}
	if err := c.checkDay(have, DayOf(now)); err != nil {
		return err
	}
	return c.checkWords()
}

// checkConsent: a registration is the person's choice, so a refusal ends it and
// silence does not begin it.
func (c *GPStep) checkConsent(h *HealthPart, today Day) error {
	answer := h.Consents[ConsentRegisterGP]
	switch {
	case !c.State.needsConsent():
		return nil
	case answer.Declined():
		return Invalid("The person refused to be registered with a practice.", "Record a new answer first, if it has changed.")
	case !answer.Decision.Answered():
		return Invalid("The person has not been asked about registering.", "Record the answer to \"Register with a GP outside\" first.")
	case answer.Earlier:
		return Invalid("The person agreed to register before they came back to prison.", "Ask again and record the answer first.")
	case !answer.Holds(today):
		return Invalid("The person's consent to register has run out.", "Ask again and record the answer first.")
	}
	return nil
}

func (c *GPStep) checkPractice(have Registration) error {
	needed := c.State.needsConsent() || c.State == RegKept
	if c.Practice.IsZero() {
		if needed && have.Practice.IsZero() {
			return Invalid("Choose a practice.", "Search by name, town, postcode or code.").At("practice")
		}
		return nil
	}
	if have.State.needsConsent() && c.State != RegChoosing && c.State != RegKept && c.Practice.Code != have.Practice.Code {
		return Invalid("This step is for another practice than the form.", "Go back to choosing a practice first.")
	}
	return c.Practice.check()
}

func (c *GPStep) checkDay(have Registration, today Day) error {
	switch {
	case c.Day.IsZero():
		return Invalid("Enter the day.", "Such as today.").At("day")
	case c.Day > today:
		return Invalid("The day must not be in the future.", "").At("day")
	case len(have.Steps) > 0 && c.Day < have.Steps[len(have.Steps)-1].Day:
		return Invalid("The day is before the last step's.", "Check the date.").At("day")
	case c.State == RegNoReply && c.Day < have.SentOn()+NoReplyDays:
		return Invalid(fmt.Sprintf("The practice has had less than %d days to answer.", NoReplyDays), "Call them, or wait.").At("day")
	}
	return nil
}

func (c *GPStep) checkWords() error {
	switch {
	case c.Method != "" && c.Method.Words() == "Not recorded":
		return Invalid("There is no such method.", "").At("method")
	case (c.State == RegSent || c.State == RegAccepted) && c.Method == "":
		return Invalid("Say how it was done.", "By telephone, secure e-mail, letter or online.").At("method")
	case (c.State == RegAccepted || c.State == RegRejected || c.State == RegListClosed || c.State == RegOutOfArea) && c.Who == "":
		return Invalid("Enter who answered at the practice.", "A name, or a name and a role.").At("who")
	case c.State == RegMovedAgain && c.Told && (c.Who == "" || c.Method == ""):
		return Invalid("Enter who was told at the practice, and how.", "A name, or a name and a role.").At("who")
	case (c.State == RegRejected || c.State == RegNone) && c.Note == "":
		return Invalid("Enter the reason.", "A practice may refuse for a closed list, the area or other reasonable ground, never for want of papers or an address.").At("note")
	}
	if err := at("who", checkLine("The name", c.Who, 80)); err != nil {
		return err
	}
	if err := c.For.check(); err != nil {
		return err
	}
	return at("note", checkText("The note", c.Note, 500))
}

// Apply implements Change.
func (c *GPStep) Apply(r *Record, op *Op) {
	reg := &r.Health.Registration
	reg.State, reg.By = c.State, signedBy(op)
	if !c.Practice.IsZero() {
		reg.Practice, reg.For = c.Practice, c.For
	}
	reg.Steps = append(reg.Steps, RegistrationStep{GPStep: *c, By: signedBy(op)})
}

// Follows moves the checklist's line.
func (*GPStep) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return followRegistration(r)
}

// String implements Change.
func (c *GPStep) String() string {
	out := "GP registration: " + c.State.Words()
	if c.Method != "" {
		out += ", " + c.Method.Words()
	}
	if !c.Day.IsZero() {
		out += ", " + c.Day.String()
	}
	return out
}

// health is the record's health part for a Check, empty where the reader holds
// none, so that rules need not ask.
func (r *Record) health() *HealthPart {
	if r.Health == nil {
		return &HealthPart{}
	}
	return r.Health
}
