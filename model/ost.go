package model

import (
	"regexp"
	"strings"
	"time"
)

// OSTPlan is how opioid substitution goes on outside: the last dose that was
// seen taken, and who gives the next.
type OSTPlan struct {
	OSTSet
	By Signed `json:"by"`
}

// OSTSet records the plan for opioid substitution.
type OSTSet struct {
	Drug       string `json:"drug"`
	Dose       string `json:"dose"`
	Supervised string `json:"supervised,omitempty"` // where doses are seen taken outside
	// The last dose that was seen taken.
	LastDay    Day    `json:"lastDay,omitzero"`
	LastTime   string `json:"lastTime,omitempty"` // "08:30"
	LastAmount string `json:"lastAmount,omitempty"`
	LastBy     string `json:"lastBy,omitempty"`
	// OnRelease says that a dose is seen taken on the day of release.
	OnRelease bool `json:"onRelease,omitempty"`
	// The service that goes on with it.
	Service     string `json:"service,omitempty"`
	Place       string `json:"place,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Appointment Day    `json:"appointment,omitzero"`
	At          string `json:"at,omitempty"` // "10:30"
	// Opens says on which days the pharmacy that gives the doses is open.
	Opens PharmacyDays `json:"opens,omitempty"`
	// The days a prescription covers.
	ScriptFrom Day `json:"scriptFrom,omitzero"`
	ScriptTo   Day `json:"scriptTo,omitzero"`
}

// Kind implements Change.
func (*OSTSet) Kind() string { return "ost.set" }

// Slot implements Change.
func (*OSTSet) Slot() string { return "ost" }

// Compartment implements Change.
func (*OSTSet) Compartment() Compartment { return Health }

var clockPattern = regexp.MustCompile(`^([01]\d|2[0-3]):[0-5]\d$`)

// Check implements Change. What is not known yet may be left empty; the checklist
// says that it is missing.
func (c *OSTSet) Check(r *Record, now time.Time) error {
	today := DayOf(now)
	switch {
	case strings.TrimSpace(c.Drug) == "":
		return Invalid("Enter the drug.", "Such as methadone 1 mg/ml.").At("drug")
	case !strings.ContainsAny(c.Dose, "0123456789"):
		return Invalid("Enter the dose in figures.", "Such as 40 mg daily.").At("dose")
	case c.LastDay > today:
		return Invalid("The last dose must not be in the future.", "Record it once it was seen taken.").At("lastDay")
	case !c.LastDay.IsZero() && !strings.ContainsAny(c.LastAmount, "0123456789"):
		return Invalid("Enter how much was taken.", "In figures, such as 40 mg. The next prescriber relies on it.").At("lastAmount")
	case !c.LastDay.IsZero() && strings.TrimSpace(c.LastBy) == "":
		return Invalid("Enter who saw it taken.", "").At("lastBy")
	case c.LastTime != "" && !clockPattern.MatchString(c.LastTime):
		return Invalid("This is not a time.", "Write it as 08:30.").At("lastTime")
	case c.At != "" && !clockPattern.MatchString(c.At):
		return Invalid("This is not a time.", "Write it as 10:30.").At("at")
	case !c.Appointment.IsZero() && strings.TrimSpace(c.Service) == "":
		return Invalid("Enter the service of the appointment.", "").At("service")
	case !c.Opens.known():
		return Invalid("There is no such answer on when the pharmacy opens.", "Choose one, or not asked.").At("opens")
	case c.ScriptFrom.IsZero() != c.ScriptTo.IsZero():
		return Invalid("Enter the first and the last day of the prescription.", "").At("scriptTo")
	case c.ScriptTo < c.ScriptFrom || c.ScriptTo > c.ScriptFrom+MaxSupplyDays:
		return Invalid("The prescription's last day does not fit its first.", "Check the dates.").At("scriptTo")
	}
	return c.checkLengths()
}

func (c *OSTSet) checkLengths() error {
	for _, f := range []struct{ field, what, text string }{
		{"drug", "The drug", c.Drug}, {"dose", "The dose", c.Dose}, {"supervised", "The place", c.Supervised},
		{"lastAmount", "The amount", c.LastAmount}, {"lastBy", "The name", c.LastBy},
		{"service", "The service", c.Service}, {"place", "The place", c.Place}, {"phone", "The telephone number", c.Phone},
	} {
		if err := at(f.field, checkLine(f.what, f.text, 120)); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change.
func (c *OSTSet) Apply(r *Record, op *Op) { r.Health.OST = OSTPlan{*c, signedBy(op)} }

// Follows moves the line of opioid substitution.
func (*OSTSet) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *OSTSet) String() string {
	out := "Opioid substitution: " + c.Drug + ", " + c.Dose
	if c.Service != "" {
		out += ", then " + c.Service
	}
	return out
}

// OSTMedicines are the current medicines given as opioid substitution every day.
func (h *HealthPart) OSTMedicines() []Medicine { return h.substitutes(false) }

// substitutes are those given every day, or those injected for a week or a
// month: the latter need somebody to give the next one and no daily cover.
func (h *HealthPart) substitutes(injected bool) []Medicine {
	var out []Medicine
	for _, m := range h.CurrentMedicines() {
		if IsOpioidSubstitute(m.Name) && m.IsLongActing() == injected {
			out = append(out, m)
		}
	}
	return out
}
