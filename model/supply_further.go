package model

import (
	"strings"
	"time"
)

// One medicine can be supplied in two ways: a dose handed over for the weekend,
// then an instalment prescription. The further one is a decision of its own, so
// that both are seen, packed and counted.

// SupplyFurther records a further supply of a medicine; its route "none" takes
// one back.
type SupplyFurther struct {
	ID  MedicineID `json:"id"`
	For string     `json:"for"` // Fingerprint of the medicine it was decided for
	SupplyDecision
}

// Kind implements Change.
func (*SupplyFurther) Kind() string { return "supply.further" }

// Slot implements Change.
func (c *SupplyFurther) Slot() string { return "supply/" + string(c.ID) + "/further" }

// Compartment implements Change.
func (*SupplyFurther) Compartment() Compartment { return Health }

// Check implements Change.
func (c *SupplyFurther) Check(r *Record, now time.Time) error {
	h := r.health()
	m := h.Medicines[c.ID]
	first := h.Supplies[c.ID]
	switch {
	case m.Current() && (!h.Decided(m) || first.Route == SupplyNone):
		return Invalid("There is no first supply yet.", "Decide that one first.")
	case c.Route == SupplyNone && strings.TrimSpace(c.Reason) == "":
		return Invalid("Enter why there is no further supply.", "").At("reason")
	case c.Route != SupplyNone && c.Route == first.Route:
		return Invalid("The first supply is made in this way already.", "Choose another way, or change the first supply.").At("route")
	}
	return checkSupply(r, now, &SupplySet{ID: c.ID, For: c.For, SupplyDecision: c.SupplyDecision}, true)
}

// Apply implements Change.
func (c *SupplyFurther) Apply(r *Record, op *Op) {
	if r.Health.Further == nil {
		r.Health.Further = make(map[MedicineID]Supply)
	}
	r.Health.Further[c.ID] = Supply{SupplyDecision: c.SupplyDecision, For: c.For, By: signedBy(op)}
}

// Follows moves the lines of medicines and letter.
func (*SupplyFurther) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *SupplyFurther) String() string {
	return "Further " + strings.ToLower((&SupplySet{SupplyDecision: c.SupplyDecision}).String()[:1]) + (&SupplySet{SupplyDecision: c.SupplyDecision}).String()[1:]
}

// SupplyLine is one way in which a medicine is supplied, and how far it is.
type SupplyLine struct {
	Medicine Medicine
	Further  bool
	Supply   Supply
	Out      SupplyOut // zero while nothing is packed or sent
	Ready    bool      // packed or sent as it was decided
}

// SupplyLines returns the ways in which a medicine is supplied as it is
// prescribed now: none, one or two. A decision that nothing is supplied is none.
func (h *HealthPart) SupplyLines(m Medicine) []SupplyLine {
	var out []SupplyLine
	if s := h.Supplies[m.ID]; h.Decided(m) && s.Route != SupplyNone {
		out = append(out, newSupplyLine(m, false, s, h.SuppliesOut[m.ID]))
	}
	if s, any := h.Further[m.ID]; any && s.For == m.Fingerprint() && s.Route != SupplyNone && s.Route != SupplyUndecided {
		out = append(out, newSupplyLine(m, true, s, h.FurtherOut[m.ID]))
	}
	return out
}

func newSupplyLine(m Medicine, further bool, s Supply, out SupplyOut) SupplyLine {
	return SupplyLine{Medicine: m, Further: further, Supply: s, Out: out, Ready: out.For == s.fingerprint()}
}

// AllSupplyLines returns those of every current medicine, by name.
func (h *HealthPart) AllSupplyLines() []SupplyLine {
	var out []SupplyLine
	for _, m := range h.CurrentMedicines() {
		out = append(out, h.SupplyLines(m)...)
	}
	return out
}
