package model

import "time"

// SupplyOut says that what was decided is packed or sent, and under which
// reference: a bag number for what is handed over, a prescription's id for what
// is not.
type SupplyOut struct {
	Reference string `json:"reference"`
	For       string `json:"for"` // of the decision it carries out
	By        Signed `json:"by"`
}

// SupplyReady tells whether nothing is left to pack or send for a medicine.
func (h *HealthPart) SupplyReady(m Medicine) bool {
	s := h.Supplies[m.ID]
	if s.Route == SupplyNone {
		return true
	}
	out, ok := h.SuppliesOut[m.ID]
	return ok && out.For == s.fingerprint()
}

func (d SupplyDecision) fingerprint() string {
	h := hashJSON(d)
	return h.String()[:16]
}

// SupplyPacked records that a supply is packed or sent.
type SupplyPacked struct {
	ID        MedicineID     `json:"id"`
	Reference string         `json:"reference"`
	Of        SupplyDecision `json:"of"` // the decision as it was read when packing
}

// Kind implements Change.
func (*SupplyPacked) Kind() string { return "supply.packed" }

// Slot implements Change: two desks that both pack are a clinical warning.
func (c *SupplyPacked) Slot() string { return "supply/" + string(c.ID) + "/packed" }

// Compartment implements Change.
func (*SupplyPacked) Compartment() Compartment { return Health }

// Check implements Change.
func (c *SupplyPacked) Check(r *Record, _ time.Time) error {
	h := r.health()
	m, exists := h.Medicines[c.ID]
	switch {
	case !exists || !m.Current():
		return NotFound("This medicine is not on the list.", "Open the list again.")
	case !h.Decided(m):
		return Invalid("There is no supply decision on this medicine yet.", "Decide the supply first.")
	case h.Supplies[c.ID].Route == SupplyNone:
		return Invalid("Nothing is supplied of this medicine.", "")
	case c.Of != h.Supplies[c.ID].SupplyDecision:
		return &Error{Kind: KindConflict, Msg: "The supply decision changed meanwhile.", Hint: "Check the bag against the new one."}
	case c.Reference == "":
		return Invalid("Enter the number of the bag or prescription.", "Reception matches it at the gate.").At("reference")
	}
	return at("reference", checkLine("The number", c.Reference, 60))
}

// Apply implements Change.
func (c *SupplyPacked) Apply(r *Record, op *Op) {
	if r.Health.SuppliesOut == nil {
		r.Health.SuppliesOut = make(map[MedicineID]SupplyOut)
	}
	r.Health.SuppliesOut[c.ID] = SupplyOut{Reference: c.Reference, For: c.Of.fingerprint(), By: signedBy(op)}
}

// Follows moves the line of medicines.
func (*SupplyPacked) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *SupplyPacked) String() string { return "Packed or sent: " + c.Reference }
