package model

import (
	"slices"
	"strings"
	"time"
)

// RescueStep names a step of the rescue list, for ever.
type RescueStep string

// The steps.
const (
	RescueFreeze    RescueStep = "freeze"
	RescueTriage    RescueStep = "triage"
	RescueSupply    RescueStep = "supply"
	RescueOST       RescueStep = "ost"
	RescueACCT      RescueStep = "acct"
	RescueLetter    RescueStep = "letter"
	RescuePhone     RescueStep = "phone"
	RescueCOM       RescueStep = "com"
	RescueReconnect RescueStep = "reconnect"
	RescueCancel    RescueStep = "cancel"
)

// rescueDue is by when a step is due after the release is known.
type rescueDue struct {
	after time.Duration
	day   int // 1: by the end of that day; 2: by the end of the next working day
}

// RescueFacts is a step of the list: whose it is and by when.
type RescueFacts struct {
	Step   RescueStep
	Name   string
	Says   string
	When   string // "within an hour"
	Owners []Role // who may set it; the first is whose it is
	Health bool   // the health record says when it is done
	due    rescueDue
}

var (
	nurseFirst  = []Role{RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}
	adminAlso   = []Role{RoleNurse, RoleHealthAdmin, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}
	misuseFirst = []Role{RoleSubstanceMisuse, RoleNurse, RolePrescriber, RolePharmacy}
	omuFirst    = []Role{RoleOMU, RoleReception, RoleManager}
)

// rescueSteps is the list in the order in which it is worked. The times are this
// program's own; a clinical safety officer must confirm them. RECONNECT takes
// referrals up to 28 days after a release.
var rescueSteps = []RescueFacts{
	{RescueFreeze, "Medicines list frozen", "Keep the last reconciled list as it stood when the person was let go.", "at once", nurseFirst, true, rescueDue{after: 30 * time.Minute}},
	{RescueTriage, "Critical medicines triaged", "Answer for every medicine that cannot wait what is done about it.", "within 1 hour", nurseFirst, true, rescueDue{after: time.Hour}},
	{RescueSupply, "Prescription sent to a pharmacy", "Send it by EPS to a pharmacy the person can reach, and tell the pharmacist name, date of birth and the prison's address: the person often has no token.", "within 2 hours",
		[]Role{RolePrescriber, RolePharmacy, RoleNurse, RoleSubstanceMisuse}, false, rescueDue{after: 2 * time.Hour}},
	{RescueOST, "Drug service told", "Tell the prescriber of the community drug service the last dose and its day, or say that there is no such treatment.", "within 2 hours", misuseFirst, false, rescueDue{after: 2 * time.Hour}},
	{RescueACCT, "ACCT: told who is with them", "The person is on an ACCT, or it was closed lately. Tell the community offender manager, the approved premises or family they go to, and GP or mental health team (with consent, or for a reason). Note who was told.", "within 2 hours",
		[]Role{RoleSaferCustody, RoleNurse, RolePrescriber, RoleOMU, RoleManager}, false, rescueDue{after: 2 * time.Hour}},
	{RescueLetter, "Letter to the GP", "Sign and send the letter to the GP, else to the last practice known. It says that the person was not seen at discharge.", "same day", []Role{RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse, RoleHealthAdmin}, false, rescueDue{day: 1}},
	{RescuePhone, "The person telephoned", "Telephone the person, or whoever they named, and say where the medicines are.", "next working day", adminAlso, false, rescueDue{day: 2}},
	{RescueCOM, "Probation told", "Tell the community offender manager, or say that there is none.", "next working day", omuFirst, false, rescueDue{day: 2}},
	{RescueReconnect, "RECONNECT referral", "Refer to RECONNECT (up to 28 days after release), or say why not.", "next working day", []Role{RoleHealthAdmin, RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}, false, rescueDue{day: 2}},
	{RescueCancel, "Prescription cancelled", "The person is back in prison: cancel the electronic prescription, or they may be given twice as much.", "at once", []Role{RolePrescriber, RolePharmacy, RoleNurse, RoleSubstanceMisuse}, false, rescueDue{}},
}

// RescueSteps lists them in the order in which they are worked.
func RescueSteps() []RescueFacts { return rescueSteps }

// RescueFactsOf returns the row of a step.
func RescueFactsOf(step RescueStep) (RescueFacts, bool) {
	for _, f := range rescueSteps {
		if f.Step == step {
			return f, true
		}
	}
	return RescueFacts{}, false
}

// Bit is the step's bit in RescueRow.Open.
func (s RescueStep) Bit() uint16 {
	for i := range rescueSteps {
		if rescueSteps[i].Step == s {
			return 1 << i
		}
	}
	return 0
}

// DueOf is the moment by which a step should be done.
func (f *RescueFacts) DueOf(known, back Instant) Instant {
	if f.Step == RescueCancel {
		return back
	}
	day := DayOf(known.Time())
	switch f.due.day {
	case 1:
		return (day + 1).Start() - 1
	case 2:
		return (WorkingDayAfter(day) + 1).Start() - 1
	}
	return known + Instant(f.due.after.Milliseconds())
}

// RescueRow is a rescue list as a board needs it.
type RescueRow struct {
	Known Instant `json:"known,omitempty"`
	Back  Instant `json:"back,omitempty"`
	Open  uint16  `json:"open,omitempty"`
}

// row sums up the list; zero where nothing of it is left to do.
func (s *SharedPart) rescueRow() RescueRow {
	out := RescueRow{Known: s.Rescue.Known, Back: s.Rescue.Back}
	for i := range rescueSteps {
		if s.rescueOpen(rescueSteps[i].Step) {
			out.Open |= 1 << i
		}
	}
	if out.Open == 0 {
		return RescueRow{}
	}
	return out
}

// Rest lists the steps that are still to be done.
func (r RescueRow) Rest() []RescueFacts {
	var out []RescueFacts
	for i := range rescueSteps {
		if r.Open&(1<<i) != 0 {
			out = append(out, rescueSteps[i])
		}
	}
	return out
}

// Overdue counts the open steps that should be done by now, of one role's or,
// with "", of everybody's.
func (r RescueRow) Overdue(now time.Time, whose Role) int {
	n := 0
	for i := range rescueSteps {
		f := &rescueSteps[i]
		if r.Open&(1<<i) != 0 && (whose == "" || slices.Contains(f.Owners, whose)) && f.DueOf(r.Known, r.Back).Before(InstantOf(now)) {
			n++
		}
	}
	return n
}

// RescueStepSet says how far a step of the list is.
type RescueStepSet struct {
	Step  RescueStep `json:"step"`
	State ItemState  `json:"state"`
	Note  string     `json:"note,omitempty"`
}

// Kind implements Change.
func (*RescueStepSet) Kind() string { return "rescue.step" }

// Slot implements Change.
func (c *RescueStepSet) Slot() string { return "rescue/" + string(c.Step) }

// Compartment implements Change.
func (*RescueStepSet) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *RescueStepSet) Check(r *Record, _ time.Time) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	facts, _ := RescueFactsOf(c.Step)
	switch {
	case r.Shared.Rescue.Known.IsZero():
		return Invalid("There is no rescue list for this person.", "It begins when a release without notice is recorded.")
	case c.Step == RescueCancel && r.Shared.Rescue.Back.IsZero():
		return Invalid("The person is not back in prison.", "")
	case facts.Health && c.State == Done && r.Health != nil && !r.Health.rescued(c.Step, r):
		return Invalid("This step follows from what is recorded.", "Answer for every medicine that is flagged; the step is done by it.")
	}
	return nil
}

// checkForm is what needs no record.
func (c *RescueStepSet) checkForm() error {
	if _, known := RescueFactsOf(c.Step); !known {
		return Invalid("There is no such step.", "").At("step")
	}
	if c.Step == RescueACCT && c.State == Done && strings.TrimSpace(c.Note) == "" {
		return Invalid("Say who was told.", "Open the step and write it in the note, nothing clinical: everybody can read it.").At("note")
	}
	switch c.State {
	case Done, InProgress, NotStarted:
	case NotNeeded, Problem:
		if strings.TrimSpace(c.Note) == "" {
			return Invalid("Say why.", "A few words, nothing clinical: everybody can read it.").At("note")
		}
	default:
		return Invalid("Choose how far it is.", "").At("state")
	}
	return at("note", checkLine("The note", c.Note, 240))
}

// Apply implements Change.
func (c *RescueStepSet) Apply(r *Record, op *Op) {
	rescue := &r.Shared.Rescue
	if rescue.Steps == nil {
		rescue.Steps = make(map[RescueStep]RescueMark)
	}
	rescue.Steps[c.Step] = RescueMark{State: c.State, Note: c.Note, By: signedBy(op)}
}

// String implements Change.
func (c *RescueStepSet) String() string {
	facts, _ := RescueFactsOf(c.Step)
	out := "Rescue, " + lowerFirst(facts.Name) + ": " + c.State.Words()
	if c.Note != "" {
		out += ", " + c.Note
	}
	return out
}

// allowRescue asks whose step it is. A screen that asks whether a role may set
// any names none.
func allowRescue(a Actor, c *RescueStepSet) error {
	facts, known := RescueFactsOf(c.Step)
	if known && !slices.Contains(facts.Owners, a.Role) {
		return Forbidden(a.Role.Words()+" may not set "+facts.Name+".", "It is for: "+roleWords(facts.Owners)+".")
	}
	return nil
}
