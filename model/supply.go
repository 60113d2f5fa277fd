package model

import (
	"fmt"
	"strings"
	"time"
)

// SupplyRoute is how the person gets a medicine for the first days outside.
type SupplyRoute string

// The routes.
const (
	SupplyUndecided SupplyRoute = ""
	SupplyTTO       SupplyRoute = "TTO"     // handed over at the gate, "to take out"
	SupplyEPS       SupplyRoute = "EPS"     // electronic prescription
	SupplyFP10      SupplyRoute = "FP10"    // paper prescription, England
	SupplyFP10MDA   SupplyRoute = "FP10MDA" // instalments, England
	SupplyWP10      SupplyRoute = "WP10"    // paper prescription, Wales
	SupplyNone      SupplyRoute = "none"    // none, for a reason
)

// SupplyRoutes lists them in the order a form shows them.
func SupplyRoutes() []SupplyRoute {
	return []SupplyRoute{SupplyTTO, SupplyEPS, SupplyFP10, SupplyFP10MDA, SupplyWP10, SupplyNone}
}

// Words returns the route as screens and letters show it.
func (s SupplyRoute) Words() string {
	switch s {
	case SupplyTTO:
		return "Handed over (TTO)"
	case SupplyEPS:
		return "Electronic prescription (EPS)"
	case SupplyFP10:
		return "Paper prescription (FP10)"
	case SupplyFP10MDA:
		return "Instalment prescription (FP10MDA)"
	case SupplyWP10:
		return "Paper prescription (WP10)"
	case SupplyNone:
		return "No supply"
	}
	return "Not decided"
}

// SupplyDecision is what was decided for one medicine.
type SupplyDecision struct {
	Route      SupplyRoute `json:"route,omitempty"`
	Quantity   Quantity    `json:"quantity,omitempty"`
	Unit       string      `json:"unit,omitempty"`       // "tablets", "ml"
	Days       int         `json:"days,omitempty"`       // that the quantity covers
	Instalment string      `json:"instalment,omitempty"` // FP10MDA: amount and interval
	Reason     string      `json:"reason,omitempty"`
	// Begins is the first day it is for, zero being the day of release: a
	// prescription for when the tablets in hand are used up.
	Begins  Day    `json:"begins,omitzero"`
	Issued  Day    `json:"issued,omitzero"`   // of a prescription: its date
	Overlap string `json:"overlap,omitempty"` // why it covers days that are covered already
}

// Amount returns "14 tablets", with the number in words where a controlled drug
// asks for it: "14 (fourteen) tablets".
func (d SupplyDecision) Amount(cd Schedule) string {
	if d.Quantity == 0 {
		return ""
	}
	out := d.Quantity.String()
	if cd.FullRules() {
		out += " (" + d.Quantity.InWords() + ")"
	}
	return out + " " + d.Unit
}

// Supply is the decision as it was recorded. For names what it was decided for,
// so that it does not outlive a change of dose.
type Supply struct {
	SupplyDecision
	For string `json:"for"`
	By  Signed `json:"by"`
}

// Fingerprint is short and changes with any field of what is prescribed.
func (p Prescribed) Fingerprint() string {
	h := hashJSON(p)
	return h.String()[:16]
}

// Decided tells whether there is a supply decision on the medicine as it is
// prescribed now.
func (h *HealthPart) Decided(m Medicine) bool {
	s, ok := h.Supplies[m.ID]
	return ok && s.Route != SupplyUndecided && s.For == m.Fingerprint()
}

// SupplySet records the decision on one medicine. Two desks that both record
// one are a clinical warning: the person may be given twice as much.
type SupplySet struct {
	ID  MedicineID `json:"id"`
	For string     `json:"for"` // Fingerprint of the medicine it was decided for
	SupplyDecision
}

// Kind implements Change.
func (*SupplySet) Kind() string { return "supply.set" }

// Slot implements Change.
func (c *SupplySet) Slot() string { return "supply/" + string(c.ID) }

// Compartment implements Change.
func (*SupplySet) Compartment() Compartment { return Health }

// MaxSupplyDays is the most days one supply may cover here. It is this program's
// own bound against slips of the finger; 28 is what is usual.
const MaxSupplyDays = 84

// Check implements Change.
func (c *SupplySet) Check(r *Record, now time.Time) error { return checkSupply(r, now, c, false) }

// checkSupply holds a decision to the rules, be it the first on its medicine or
// a further one.
func checkSupply(r *Record, now time.Time, c *SupplySet, further bool) error {
	m, exists := r.health().Medicines[c.ID]
	switch {
	case !exists:
		return NotFound("This medicine is not on the list.", "Open the list again.")
	case !m.Current():
		return Invalid("This medicine has been stopped.", "There is nothing to supply.")
	case c.For != m.Fingerprint():
		return &Error{Kind: KindConflict, Msg: "The medicine was changed while you decided.", Hint: "Look at the dose again, then decide."}
	case c.Route == SupplyUndecided || c.Route.Words() == "Not decided":
		return Invalid("Choose how the medicine is supplied.", "TTO, EPS, FP10, FP10MDA, WP10 or none.").At("route")
	}
	if err := r.checkAlive(); err != nil && c.Route != SupplyNone {
		return err
	}
	if err := c.checkAmount(m); err != nil {
		return err
	}
	if err := c.checkAgainstDose(m); err != nil {
		return err
	}
	if err := c.checkControlled(m); err != nil {
		return err
	}
	if err := c.checkDates(r, m, DayOf(now)); err != nil {
		return err
	}
	if err := c.checkOverlap(r, m, further); err != nil {
		return err
	}
	return c.checkSupplyLengths()
}

func (c *SupplySet) checkSupplyLengths() error {
	for _, f := range []struct {
		field, what, text string
		most              int
	}{
		{"unit", "The unit", c.Unit, 120}, {"instalment", "The instalment", c.Instalment, 120},
		{"reason", "The reason", c.Reason, 240}, {"overlap", "The reason for the overlap", c.Overlap, 160},
	} {
		if err := at(f.field, checkLine(f.what, f.text, f.most)); err != nil {
			return err
		}
	}
	return nil
}

func (c *SupplySet) checkAmount(m Medicine) error {
	noReason := strings.TrimSpace(c.Reason) == ""
	if c.Route == SupplyNone {
		switch {
		case noReason:
			return Invalid("Enter why nothing is supplied.", "Such as: keeps 20 tablets in possession.").At("reason")
		case c.Quantity != 0 || c.Days != 0 || !c.Begins.IsZero() || !c.Issued.IsZero():
			return Invalid("No supply has no quantity and no days.", "Clear them, or choose how it is supplied.").At("quantity")
		}
		return nil
	}
	switch {
	case c.Quantity <= 0 || c.Quantity > MaxQuantity:
		return Invalid("Enter the quantity.", "More than nothing and at most 10,000.").At("quantity")
	case strings.TrimSpace(c.Unit) == "":
		return Invalid("Enter the unit of the quantity.", "Such as tablets or ml.").At("unit")
	case c.Days <= 0 || c.Days > MaxSupplyDays:
		return Invalid("Enter how many days the quantity covers.", fmt.Sprintf("From 1 to %d.", MaxSupplyDays)).At("days")
	case c.Days < MinSupplyDays && noReason && !IsOpioidSubstitute(m.Name):
		return Invalid(fmt.Sprintf("Less than %d days needs a reason.", MinSupplyDays), "NICE QS156 asks for at least 7 days' medicines, or a prescription.").At("reason")
	}
	return nil
}

// checkControlled holds the rules for controlled drugs: Misuse of Drugs
// Regulations 2001, regulation 15 (exact dose, form and strength), the
// Department of Health's 30 days, and the 14 days of an instalment prescription
// (NHS Business Services Authority, FP10MDA).
func (c *SupplySet) checkControlled(m Medicine) error {
	cd := m.CD()
	switch {
	case c.Route == SupplyNone:
		return nil
	case cd.FullRules() && !m.exactDose():
		return Invalid("A controlled drug needs an exact dose and how often it is taken.", "\"As directed\" is not enough. Change the medicine first.")
	case cd.FullRules() && (m.Form == "" || m.Strength == ""):
		return Invalid("A controlled drug needs its form and strength.", "Change the medicine first.")
	case cd.ThirtyDays() && c.Days > 30 && strings.TrimSpace(c.Reason) == "":
		return Invalid("More than 30 days of a controlled drug needs a reason.", "Enter the clinical need.").At("reason")
	case c.Route != SupplyFP10MDA && c.Instalment != "":
		return Invalid("Only an FP10MDA has instalments.", "Clear them, or choose FP10MDA.").At("instalment")
	case c.Route != SupplyFP10MDA:
		return nil
	case !cd.ThirtyDays():
		return Invalid("An FP10MDA is for controlled drugs only.", "Choose FP10 or EPS.").At("route")
	case c.Days > 14:
		return Invalid("An FP10MDA covers 14 days at most.", "").At("days")
	case strings.TrimSpace(c.Instalment) == "":
		return Invalid("Enter the amount and interval of the instalments.", "Such as: 40 ml daily, Sunday's dose collected on Saturday.").At("instalment")
	}
	return nil
}

// Apply implements Change.
func (c *SupplySet) Apply(r *Record, op *Op) {
	if r.Health.Supplies == nil {
		r.Health.Supplies = make(map[MedicineID]Supply)
	}
	r.Health.Supplies[c.ID] = Supply{SupplyDecision: c.SupplyDecision, For: c.For, By: signedBy(op)}
}

// Follows moves the lines of medicines and letter.
func (*SupplySet) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *SupplySet) String() string {
	out := "Supply: " + c.Route.Words()
	if c.Quantity != 0 {
		out += fmt.Sprintf(", %s %s for %d days", c.Quantity, c.Unit, c.Days)
	}
	if c.Reason != "" {
		out += ", " + c.Reason
	}
	return out
}
