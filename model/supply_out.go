package model

import (
	"strings"
	"time"
)

// SupplyOut says that what was decided is packed or sent, and under which
// reference: a bag number for what is handed over, a prescription's id for what
// is not.
type SupplyOut struct {
	Reference string `json:"reference"`
	For       string `json:"for"`                // of the decision it carries out
	Register  string `json:"register,omitempty"` // the entry in the controlled drugs register
	By        Signed `json:"by"`
}

// SupplyReady tells whether nothing is left to pack or send for a medicine.
func (h *HealthPart) SupplyReady(m Medicine) bool {
	if !h.Decided(m) {
		return h.Supplies[m.ID].Route == SupplyNone
	}
	for _, line := range h.SupplyLines(m) {
		if !line.Ready {
			return false
		}
	}
	return true
}

func (d SupplyDecision) fingerprint() string {
	h := hashJSON(d)
	return h.String()[:16]
}

// SupplyPacked records that a supply is packed or sent.
type SupplyPacked struct {
	ID        MedicineID     `json:"id"`
	Reference string         `json:"reference"`
	Of        SupplyDecision `json:"of"`                 // the decision as it was read when packing
	Further   bool           `json:"further,omitempty"`  // of the further supply, not the first
	Register  string         `json:"register,omitempty"` // the entry in the controlled drugs register
}

// Kind implements Change.
func (*SupplyPacked) Kind() string { return "supply.packed" }

// Slot implements Change: two desks that both pack are a clinical warning.
func (c *SupplyPacked) Slot() string {
	if c.Further {
		return "supply/" + string(c.ID) + "/further/packed"
	}
	return "supply/" + string(c.ID) + "/packed"
}

// Compartment implements Change.
func (*SupplyPacked) Compartment() Compartment { return Health }

// Check implements Change.
func (c *SupplyPacked) Check(r *Record, _ time.Time) error {
	h := r.health()
	m, exists := h.Medicines[c.ID]
	line, decided := c.line(h, m)
	switch {
	case !exists || !m.Current():
		return NotFound("This medicine is not on the list.", "Open the list again.")
	case !c.Further && h.Decided(m) && h.Supplies[c.ID].Route == SupplyNone:
		return Invalid("Nothing is supplied of this medicine.", "")
	case !decided:
		return Invalid("There is no supply decision on this medicine yet.", "Decide the supply first.")
	case c.Of != line.Supply.SupplyDecision:
		return &Error{Kind: KindConflict, Msg: "The supply decision changed meanwhile.", Hint: "Check the bag against the new one."}
	case c.Reference == "":
		return Invalid("Enter the number of the bag or prescription.", "Reception matches it at the gate.").At("reference")
	}
	if err := r.checkAlive(); err != nil {
		return err
	}
	if c.Of.Route == SupplyTTO {
		if err := c.checkBag(r, m); err != nil {
			return err
		}
	}
	if err := at("register", checkLine("The register entry", c.Register, 80)); err != nil {
		return err
	}
	return at("reference", checkLine("The number", c.Reference, 60))
}

// line finds the decision that is packed.
func (c *SupplyPacked) line(h *HealthPart, m Medicine) (SupplyLine, bool) {
	for _, line := range h.SupplyLines(m) {
		if line.Further == c.Further {
			return line, true
		}
	}
	return SupplyLine{}, false
}

// checkBag holds what is put into a bag to its number, which everybody reads,
// and to the register that a controlled drug of schedule 2 leaves (Misuse of
// Drugs Regulations 2001, regulation 19).
func (c *SupplyPacked) checkBag(r *Record, m Medicine) error {
	if err := at("reference", checkBagNumber(c.Reference)); err != nil {
		return err
	}
	if bag, used := r.Shared.Bags[BagKey(c.Reference)]; used && bag.State != BagPacked && bag.State != BagChecked {
		return Invalid("This bag number has been used: "+strings.ToLower(bag.State.Words())+".", "Put a new number on the bag.").At("reference")
	}
	if m.CD() == Schedule2 && strings.TrimSpace(c.Register) == "" {
		return Invalid("A controlled drug of schedule 2 needs its entry in the register.", "Enter the book and the page, such as: CD2 page 41.").At("register")
	}
	return nil
}

// Apply implements Change.
func (c *SupplyPacked) Apply(r *Record, op *Op) {
	to := &r.Health.SuppliesOut
	if c.Further {
		to = &r.Health.FurtherOut
	}
	if *to == nil {
		*to = make(map[MedicineID]SupplyOut)
	}
	(*to)[c.ID] = SupplyOut{Reference: c.Reference, For: c.Of.fingerprint(), Register: c.Register, By: signedBy(op)}
}

// Follows moves the line of medicines, and shows everybody the bag's number.
func (c *SupplyPacked) Follows(r *Record) []Change {
	out := followMedicines(r)
	if c.Of.Route != SupplyTTO || checkBagNumber(c.Reference) != nil {
		return out
	}
	return append(out, &BagPackedUp{Number: c.Reference, Two: r.health().needsWitness(c.Reference)})
}

// String implements Change.
func (c *SupplyPacked) String() string { return "Packed or sent: " + c.Reference }
