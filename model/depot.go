package model

import (
	"fmt"
	"strings"
	"time"
)

// longActing are words in the names of medicines that are injected every week or
// less often. The form "depot" or "long-acting" says it too.
var longActing = []string{
	"decanoate", "depixol", "clopixol", "haldol dec", "xeplion", "trevicta", "byannli", "invega", "maintena",
	"risperdal consta", "okedi", "zypadhera", "buvidal", "sublocade", "depo-", "sayana", "depot", "long-acting", "long acting",
	"prolonged-release suspension for injection", "prolonged-release injection",
}

// IsLongActing tells whether the medicine is a depot or another injection that
// lasts a week or longer: somebody outside must give the next one.
func (p Prescribed) IsLongActing() bool {
	text := strings.ToLower(p.What())
	for _, word := range longActing {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// depotSoon is how many days after release a dose must have somebody's name on
// it: who leaves is seen by a new practice within about four weeks.
const depotSoon = 28

// DepotPlan is who gives the next dose outside.
type DepotPlan struct {
	Who   string `json:"who,omitempty"` // a service or practice
	Phone string `json:"phone,omitempty"`
	Day   Day    `json:"day,omitzero"` // of the appointment
	By    Signed `json:"by"`
}

// DepotSet names who gives the next dose of a long-acting injection outside.
type DepotSet struct {
	ID    MedicineID `json:"id"`
	Who   string     `json:"who"`
	Phone string     `json:"phone,omitempty"`
	Day   Day        `json:"day,omitzero"`
}

// Kind implements Change.
func (*DepotSet) Kind() string { return "depot.set" }

// Slot implements Change.
func (c *DepotSet) Slot() string { return "depot/" + string(c.ID) }

// Compartment implements Change.
func (*DepotSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *DepotSet) Check(r *Record, now time.Time) error {
	m, exists := r.health().Medicines[c.ID]
	switch {
	case !exists || !m.Current():
		return NotFound("This medicine is not on the list.", "Open the list again.")
	case strings.TrimSpace(c.Who) == "":
		return Invalid("Enter who gives the next dose.", "The team or practice, such as: Community mental health team.").At("who")
	case !c.Day.IsZero() && c.Day < DayOf(now):
		return Invalid("The appointment must not be in the past.", "").At("day")
	}
	if err := at("who", checkLine("Who gives it", c.Who, 160)); err != nil {
		return err
	}
	return at("phone", checkLine("The telephone number", c.Phone, 40))
}

// Apply implements Change.
func (c *DepotSet) Apply(r *Record, op *Op) {
	if r.Health.Depots == nil {
		r.Health.Depots = make(map[MedicineID]DepotPlan)
	}
	r.Health.Depots[c.ID] = DepotPlan{Who: c.Who, Phone: c.Phone, Day: c.Day, By: signedBy(op)}
}

// Follows moves the lines of medicines and letter.
func (*DepotSet) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *DepotSet) String() string {
	out := "Next dose given by " + c.Who
	if !c.Day.IsZero() {
		out += " on " + c.Day.String()
	}
	return out
}

// DepotWarning says what is not arranged for a long-acting injection; "" when
// nothing is missing.
func (h *HealthPart) DepotWarning(m Medicine, leaves Day) string {
	plan := h.Depots[m.ID]
	switch {
	case !m.Current() || !m.IsLongActing():
		return ""
	case m.NextDue.IsZero():
		return "When the next dose is due is not recorded."
	case leaves.IsZero():
		return ""
	case m.NextDue < leaves:
		return fmt.Sprintf("Due on %s, before the release: to be given here.", m.NextDue)
	case plan.Who == "" && m.NextDue <= leaves+depotSoon:
		return fmt.Sprintf("Due on %s, %d days after release, and nobody is named to give it.", m.NextDue, m.NextDue-leaves)
	case !plan.Day.IsZero() && plan.Day > m.NextDue:
		return fmt.Sprintf("Due on %s, and the appointment is on %s.", m.NextDue, plan.Day)
	}
	return ""
}
