package model

import (
	"encoding/hex"
	"strings"
	"time"
)

// MedicineID names one line of the medicines list: 16 hexadecimal digits, drawn
// at random by who adds the line, so that two desks never mean different
// medicines by one id.
type MedicineID string

// NewMedicineID returns the id of random bytes.
func NewMedicineID(random [8]byte) MedicineID { return MedicineID(hex.EncodeToString(random[:])) }

func (id MedicineID) check() error {
	if b, err := hex.DecodeString(string(id)); err != nil || len(b) != 8 {
		return Invalid("The medicine has no id of the right form.", "Add it again.")
	}
	return nil
}

// Possession says whether the person may keep a medicine and take it
// unsupervised. Both the person and the drug are assessed.
type Possession string

// The answers.
const (
	PossessionNotAssessed Possession = ""
	PossessionYes         Possession = "yes"
	PossessionNo          Possession = "no"
)

// Words returns the answer as it is shown.
func (p Possession) Words() string {
	switch p {
	case PossessionYes:
		return "In possession"
	case PossessionNo:
		return "Supervised"
	}
	return "Not assessed"
}

// Prescribed is what a prescriber decided about one medicine.
type Prescribed struct {
	Name       string     `json:"name"`           // as prescribed
	Code       string     `json:"code,omitempty"` // dm+d identifier (SNOMED CT), where it is known
	Dose       string     `json:"dose,omitempty"` // "40 mg"
	Route      string     `json:"route,omitempty"`
	Form       string     `json:"form,omitempty"`
	Strength   string     `json:"strength,omitempty"`
	Frequency  string     `json:"frequency,omitempty"`
	Indication string     `json:"indication,omitempty"`
	Start      Day        `json:"start"`
	Possession Possession `json:"possession,omitempty"`
	Schedule   Schedule   `json:"schedule,omitempty"`   // as chosen; Medicine.CD decides when none was
	LastGiven  Day        `json:"lastGiven"`            // depots and supervised doses: the last one
	NextDue    Day        `json:"nextDue"`              // and when the next is due
	Category   CDCategory `json:"cd,omitempty"`         // what dm+d says of the product of Code
	DoseReason string     `json:"doseReason,omitempty"` // why the dose is right though it contradicts the form
}

// Medicine is one line of the list, current or stopped.
type Medicine struct {
	ID MedicineID `json:"id"`
	Prescribed
	Reason  string `json:"reason,omitempty"` // why it was last changed
	Stopped Stop   `json:"stopped"`
	By      Signed `json:"by"`
	// Since is who began the treatment as it is, Why for what reason, and Was what
	// came before it, oldest first.
	Since Signed            `json:"since,omitzero"`
	Why   string            `json:"why,omitempty"`
	Was   []MedicineVersion `json:"was,omitempty"`
}

// Stop is when and why a medicine ended.
type Stop struct {
	Day    Day    `json:"day"`
	Reason string `json:"reason,omitempty"`
}

// Current tells whether the person still takes it.
func (m Medicine) Current() bool { return m.Stopped.Day.IsZero() }

// CD is the schedule that counts: the chosen one, else that of the product.
func (p Prescribed) CD() Schedule {
	if p.Schedule != ScheduleByTable {
		return p.Schedule
	}
	return p.ownSchedule()
}

// ownSchedule is what dm+d says of the product, else what the table says of the
// name.
func (p Prescribed) ownSchedule() Schedule {
	if s := p.Category.Schedule(); s != ScheduleByTable {
		return s
	}
	return ScheduleOf(p.Name, p.Strength)
}

// LaxerThanName tells whether a schedule was chosen that asks for less than the
// one the product or its name stands for.
func (p Prescribed) LaxerThanName() bool {
	return p.CD().strictness() < p.ownSchedule().strictness()
}

// Coded tells whether the medicine was picked from dm+d and not only typed.
func (p Prescribed) Coded() bool { return p.Code != "" }

// What returns name, strength and form, without saying twice what the name says
// already: that of a dm+d product says them all.
func (p Prescribed) What() string {
	strength := p.Strength
	if p.Coded() && strength == ParseProductName(p.Name).Strength {
		strength = "" // "20mg/10mg" of a name with "20mg / Naloxone 10mg"
	}
	return joinNew(" ", p.Name, strength, p.Form)
}

// How returns dose, route and frequency.
func (p Prescribed) How() string {
	if out := joinNew(" ", p.Dose, p.Route, p.Frequency); out != "" {
		return out
	}
	return "Dose not recorded"
}

// joinNew joins parts that are not in the text already.
func joinNew(between string, parts ...string) string {
	out := ""
	for _, part := range parts {
		switch {
		case part == "" || strings.Contains(strings.ToLower(out), strings.ToLower(part)):
		case out == "":
			out = part
		default:
			out += between + part
		}
	}
	return out
}

// exactDose tells whether the dose is one a schedule 2 or 3 prescription may
// carry: "as directed" is not.
func (p Prescribed) exactDose() bool {
	text := strings.ToLower(p.Dose + " " + p.Frequency)
	return strings.ContainsAny(p.Dose, "0123456789") && p.Frequency != "" && !strings.Contains(text, "as directed")
}

// MedicineSet adds a medicine or changes one. A change says why, for the
// practice will ask.
type MedicineSet struct {
	ID MedicineID `json:"id"`
	Prescribed
	Reason string `json:"reason,omitempty"`
}

// Kind implements Change.
func (*MedicineSet) Kind() string { return "medicine.set" }

// Slot implements Change.
func (c *MedicineSet) Slot() string { return "medicine/" + string(c.ID) }

// Compartment implements Change.
func (*MedicineSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *MedicineSet) Check(r *Record, now time.Time) error {
	if err := c.ID.check(); err != nil {
		return err
	}
	old, exists := r.health().Medicines[c.ID]
	switch today := DayOf(now); {
	case strings.TrimSpace(c.Name) == "":
		return Invalid("Enter the name of the medicine.", "As it is prescribed, such as Sertraline.").At("name")
	case exists && old.Prescribed != c.Prescribed && strings.TrimSpace(c.Reason) == "":
		return Invalid("Enter why the medicine was changed.", "The letter tells the practice.").At("reason")
	case c.Start > today+366:
		return Invalid("The start is more than a year ahead.", "Check the date.").At("start")
	case c.LastGiven > today:
		return Invalid("The last dose must not be in the future.", "Enter the next one below it.").At("lastGiven")
	case c.Possession.Words() == "Not assessed" && c.Possession != PossessionNotAssessed:
		return Invalid("There is no such answer on keeping the medicine.", "Choose in possession, supervised or not assessed.").At("possession")
	case !c.NextDue.IsZero() && c.NextDue < c.LastGiven:
		return Invalid("The next dose is before the last one.", "Check the dates.").At("nextDue")
	case c.DoseInDoubt() != "" && strings.TrimSpace(c.DoseReason) == "":
		return Invalid(c.DoseInDoubt(), "Correct the dose or the form, or enter why it is right.").At("dose")
	}
	if err := c.checkSchedule(); err != nil {
		return err
	}
	return c.checkLengths()
}

// checkSchedule lets a person choose, and asks why when the choice is laxer than
// the table: the full rules fall away with it.
func (c *MedicineSet) checkSchedule() error {
	if c.Schedule != ScheduleByTable && c.Schedule.Words() == "Not chosen" {
		return Invalid("There is no such schedule.", "Choose 2, 3, 4 part 1, 4 part 2, 5 or none.").At("schedule")
	}
	if c.LaxerThanName() && strings.TrimSpace(c.Reason) == "" {
		return Invalid("This name stands for a controlled drug of schedule "+string(c.ownSchedule())+".", "Choose that schedule, or enter why this one is different.").At("schedule")
	}
	return nil
}

func (c *MedicineSet) checkLengths() error {
	if c.Code != "" && !ValidSNOMED(c.Code) {
		return Invalid("This is not a dm+d code.", "It has 6 to 18 digits, and the last checks the others. Leave it empty when it is not known.").At("code")
	}
	if _, known := ParseCDCategory(string(c.Category)); !known || c.Category != "" && c.Code == "" {
		return Invalid("The controlled-drug category is not one of a dm+d product.", "Pick the medicine again.").At("name")
	}
	for _, f := range []struct {
		field, what, text string
		most              int
	}{
		{"name", "The name", c.Name, mostProductName}, {"dose", "The dose", c.Dose, 120}, {"route", "The route", c.Route, 60}, {"form", "The form", c.Form, 80},
		{"strength", "The strength", c.Strength, 80}, {"frequency", "The frequency", c.Frequency, 120},
		{"indication", "The reason it is taken", c.Indication, 160}, {"reason", "The reason", c.Reason, 240},
		{"doseReason", "The reason", c.DoseReason, 240},
	} {
		if err := at(f.field, checkLine(f.what, f.text, f.most)); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change. A stopped medicine that is set again is current.
func (c *MedicineSet) Apply(r *Record, op *Op) {
	old := r.Health.Medicines[c.ID]
	m := Medicine{ID: c.ID, Prescribed: c.Prescribed, Reason: c.Reason, By: signedBy(op), Since: signedBy(op), Why: c.Reason, Was: old.earlier(c.Prescribed, op)}
	if old.ID != "" && old.Current() && old.Prescribed.treatment() == c.Prescribed.treatment() {
		m.Since, m.Why = old.since()
	}
	r.Health.putMedicine(m)
}

// Follows moves the lines of medicines and letter.
func (*MedicineSet) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *MedicineSet) String() string { return c.What() + ", " + c.How() }

// MedicineStopped ends a medicine.
type MedicineStopped struct {
	ID     MedicineID `json:"id"`
	Day    Day        `json:"day"`
	Reason string     `json:"reason"`
}

// Kind implements Change.
func (*MedicineStopped) Kind() string { return "medicine.stopped" }

// Slot implements Change: who stops a medicine overwrites who changes it.
func (c *MedicineStopped) Slot() string { return "medicine/" + string(c.ID) }

// Compartment implements Change.
func (*MedicineStopped) Compartment() Compartment { return Health }

// Check implements Change.
func (c *MedicineStopped) Check(r *Record, now time.Time) error {
	m, exists := r.health().Medicines[c.ID]
	switch {
	case !exists:
		return NotFound("This medicine is not on the list.", "Open the list again.")
	case !m.Current():
		return Invalid("This medicine has been stopped already.", "")
	case c.Day.IsZero() || c.Day > DayOf(now):
		return Invalid("Enter the day on which it was stopped.", "It must not be in the future.").At("day")
	case strings.TrimSpace(c.Reason) == "":
		return Invalid("Enter why the medicine was stopped.", "The letter tells the practice.").At("reason")
	}
	return at("reason", checkLine("The reason", c.Reason, 240))
}

// Apply implements Change.
func (c *MedicineStopped) Apply(r *Record, op *Op) {
	m := r.Health.Medicines[c.ID]
	m.ID, m.Stopped, m.By = c.ID, Stop{Day: c.Day, Reason: c.Reason}, signedBy(op)
	if m.Stopped.Day.IsZero() { // refused by Check; kept here so that a stop is never lost
		m.Stopped.Day = DayOf(op.Stamp.Time())
	}
	r.Health.putMedicine(m)
}

// Follows moves the lines of medicines and letter.
func (*MedicineStopped) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *MedicineStopped) String() string {
	return "Stopped a medicine on " + c.Day.String() + ": " + c.Reason
}

func (h *HealthPart) putMedicine(m Medicine) {
	if h.Medicines == nil {
		h.Medicines = make(map[MedicineID]Medicine)
	}
	h.Medicines[m.ID] = m
}
