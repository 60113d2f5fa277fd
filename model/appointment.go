package model

import (
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// EntryID names one entry of a list that desks add to without seeing each other:
// an appointment, for ever. It is random.
type EntryID string

// NewEntryID returns the id of random bytes.
func NewEntryID(random [8]byte) EntryID { return EntryID(hex.EncodeToString(random[:])) }

func (id EntryID) check() error {
	if b, err := hex.DecodeString(string(id)); err != nil || len(b) != 8 {
		return Invalid("The entry has no id of the right form.", "Add it again.")
	}
	return nil
}

// AppointmentKind is with whom an appointment is.
type AppointmentKind string

// The kinds.
const (
	AppointmentGP         AppointmentKind = "gp"
	AppointmentMental     AppointmentKind = "mental-health"
	AppointmentDrugs      AppointmentKind = "drug-service"
	AppointmentHospital   AppointmentKind = "hospital"
	AppointmentDentist    AppointmentKind = "dentist"
	AppointmentMaternity  AppointmentKind = "maternity"
	AppointmentProbation  AppointmentKind = "probation"
	AppointmentSocialCare AppointmentKind = "social-care"
	AppointmentOther      AppointmentKind = "other"
)

// AppointmentKinds lists them in the order a form shows them.
func AppointmentKinds() []AppointmentKind {
	return []AppointmentKind{
		AppointmentGP, AppointmentMental, AppointmentDrugs, AppointmentHospital, AppointmentDentist,
		AppointmentMaternity, AppointmentProbation, AppointmentSocialCare, AppointmentOther,
	}
}

// Words returns the kind as it is shown, "" when there is no such kind.
func (k AppointmentKind) Words() string {
	switch k {
	case AppointmentGP:
		return "GP"
	case AppointmentMental:
		return "Mental health team"
	case AppointmentDrugs:
		return "Drug service"
	case AppointmentHospital:
		return "Hospital"
	case AppointmentDentist:
		return "Dentist"
	case AppointmentMaternity:
		return "Midwife"
	case AppointmentProbation:
		return "Probation health"
	case AppointmentSocialCare:
		return "Social care"
	case AppointmentOther:
		return "Other"
	}
	return ""
}

// AppointmentState is how far an appointment is.
type AppointmentState string

// The states. AppointmentPast and AppointmentWrongSide are never recorded: they
// are what a booked one comes to, see Appointment.Stands.
const (
	AppointmentToArrange AppointmentState = "to-arrange"
	AppointmentBooked    AppointmentState = "booked"
	AppointmentToRebook  AppointmentState = "to-rebook"
	AppointmentAttended  AppointmentState = "attended"
	AppointmentMissed    AppointmentState = "missed"
	AppointmentCancelled AppointmentState = "cancelled"
	AppointmentMistake   AppointmentState = "mistake" // it was never made: the entry is another person's, or double

	AppointmentPast      AppointmentState = "past"
	AppointmentWrongSide AppointmentState = "wrong-side"
)

// AppointmentStates lists those that a form offers.
func AppointmentStates() []AppointmentState {
	return []AppointmentState{
		AppointmentToArrange, AppointmentBooked, AppointmentToRebook, AppointmentAttended, AppointmentMissed, AppointmentCancelled, AppointmentMistake,
	}
}

// Words returns the state as it is shown.
func (s AppointmentState) Words() string {
	switch s {
	case AppointmentToArrange:
		return "To be arranged"
	case AppointmentBooked:
		return "Booked"
	case AppointmentToRebook:
		return "To be re-booked"
	case AppointmentWrongSide:
		return "RE-BOOK"
	case AppointmentAttended:
		return "Attended"
	case AppointmentMissed:
		return "Not attended"
	case AppointmentCancelled:
		return "Cancelled"
	case AppointmentMistake:
		return "Recorded by mistake"
	case AppointmentPast:
		return "PAST"
	}
	return "Unknown state"
}

// waits tells whether somebody still has to go, or to arrange it.
func (s AppointmentState) waits() bool {
	return s == AppointmentToArrange || s == AppointmentBooked || s == AppointmentToRebook
}

// Appointment is one as it is recorded.
type Appointment struct {
	AppointmentSet
	By Signed `json:"by"`
}

// AppointmentSet records an appointment, or what became of it. It has what
// Resettlement Passport asks of one: type, title, place, contact, day and time.
type AppointmentSet struct {
	ID    EntryID          `json:"id"`
	With  AppointmentKind  `json:"with"`
	What  string           `json:"what,omitempty"`  // what it is about: "heart clinic"
	Where string           `json:"where,omitempty"` // the place, as somebody finds it
	Phone string           `json:"phone,omitempty"`
	Day   Day              `json:"day,omitzero"`
	Time  string           `json:"time,omitempty"` // "10:30"
	State AppointmentState `json:"state"`
	// Who arranged it; of one that is not arranged, who is to, and by which day.
	Who string `json:"who,omitempty"`
	Due Day    `json:"due,omitzero"`
	// Escort says that it was made for somebody who is brought there from prison.
	Escort bool   `json:"escort,omitempty"`
	Travel string `json:"travel,omitempty"` // how the person gets there
	Told   bool   `json:"told,omitempty"`   // the person has the appointment letter
}

// Kind implements Change.
func (*AppointmentSet) Kind() string { return "appointment.set" }

// Slot implements Change.
func (c *AppointmentSet) Slot() string { return "appointment/" + string(c.ID) }

// Compartment implements Change: what an appointment is about is clinical.
func (*AppointmentSet) Compartment() Compartment { return Health }

// appointmentFar is how many days ahead an appointment may be: later is a slip of
// the year.
const appointmentFar = 3 * 366

// Check implements Change. One that lies behind may be written again as it is, so
// that what became of it can be said.
func (c *AppointmentSet) Check(r *Record, now time.Time) error {
	today, old := DayOf(now), r.health().Appointments[c.ID]
	if err := c.ID.check(); err != nil {
		return err
	}
	switch {
	case c.With.Words() == "":
		return Invalid("Choose who the appointment is with.", "").At("with")
	case c.With == AppointmentOther && strings.TrimSpace(c.What) == "":
		return Invalid("Enter what the appointment is for.", "").At("what")
	case !c.State.waits() && c.State.Words() == "Unknown state", c.State == AppointmentPast, c.State == AppointmentWrongSide:
		return Invalid("Choose how far the appointment is.", "").At("state")
	case c.State == AppointmentBooked && c.Day.IsZero():
		return Invalid("Enter the day of the appointment.", "Or say that it is to be arranged, by whom and by when.").At("day")
	case c.State == AppointmentBooked && strings.TrimSpace(c.Where) == "":
		return Invalid("Enter where the appointment is.", "As the person finds it: name and street.").At("where")
	case c.State == AppointmentBooked && c.Day < today && c.Day != old.Day:
		return Invalid("The appointment must not be in the past.", "").At("day")
	case c.Day > today+appointmentFar:
		return Invalid("This day is more than three years ahead.", "Check the year.").At("day")
	case c.State.waits() && c.State != AppointmentBooked && strings.TrimSpace(c.Who) == "":
		return Invalid("Enter who is to arrange it.", "A name or a team.").At("who")
	case c.State.waits() && c.State != AppointmentBooked && c.Due.IsZero():
		return Invalid("Enter by which day it is to be arranged.", "").At("due")
	case c.Time != "" && !clockPattern.MatchString(c.Time):
		return Invalid("This is not a time.", "Write it as 10:30.").At("time")
	case c.State == AppointmentAttended && c.Day > today:
		return Invalid("This appointment is still to come.", "").At("state")
	}
	return c.checkLengths()
}

func (c *AppointmentSet) checkLengths() error {
	for _, f := range []struct {
		field, what, text string
		most              int
	}{
		{"what", "What it is for", c.What, 120}, {"where", "The place", c.Where, 160}, {"phone", "The telephone number", c.Phone, 40},
		{"who", "The name", c.Who, 120}, {"travel", "How the person gets there", c.Travel, 120},
	} {
		if err := at(f.field, checkLine(f.what, f.text, f.most)); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change.
func (c *AppointmentSet) Apply(r *Record, op *Op) {
	if r.Health.Appointments == nil {
		r.Health.Appointments = make(map[EntryID]Appointment)
	}
	r.Health.Appointments[c.ID] = Appointment{*c, signedBy(op)}
}

// Follows moves the lines of the appointments and of the letter.
func (*AppointmentSet) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return append(followItems(r, r.Health.appointmentsItem(r.Leaves())), followLetter(r)...)
}

// String implements Change.
func (c *AppointmentSet) String() string {
	return fmt.Sprintf("Appointment: %s, %s", joinNew(", ", c.Name(), c.When(), c.Where), strings.ToLower(c.State.Words()))
}

// Name is with whom it is and what for: "Hospital, heart clinic".
func (c *AppointmentSet) Name() string {
	if c.With == AppointmentOther {
		return c.What
	}
	return joinNew(", ", c.With.Words(), c.What)
}

// When is day and time, "" when there is none yet.
func (c *AppointmentSet) When() string {
	if c.Day.IsZero() {
		return ""
	}
	return strings.TrimSpace(c.Day.Long() + " " + c.Time)
}
