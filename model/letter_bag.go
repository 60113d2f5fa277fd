package model

// What became of a bag is told by a letter that is made after the gate: a late
// one, or a correction. Most are signed before, and say that it is packed.

// SupplyGone is what became of what was packed.
type SupplyGone struct {
	State BagState `json:"state"` // handed, refused or returned
	At    Instant  `json:"at"`
	Why   string   `json:"why,omitempty"` // of a refusal or return
}

// gone is what became of a supply that was put into a bag, nil while it waits.
func (a *assembly) gone(line SupplyLine) *SupplyGone {
	if line.Supply.Route != SupplyTTO || line.Out.Reference == "" || !line.Ready {
		return nil
	}
	switch bag := a.record.Shared.Bags[BagKey(line.Out.Reference)]; bag.State {
	case BagHanded, BagRefused, BagReturned:
		return &SupplyGone{State: bag.State, At: bag.By.Instant(), Why: bag.Reason}
	}
	return nil
}

// Refused tells whether the person did not take it, also where the bag is back at
// pharmacy since.
func (g *SupplyGone) Refused() bool {
	return g.State == BagRefused || g.State == BagReturned && g.Why == BagReasons[0]
}

// Words says it in a letter.
func (g *SupplyGone) Words() string {
	words := lowerFirst(g.State.Words()) + " " + g.At.String()
	if g.Why != "" {
		words += " (" + g.Why + ")"
	}
	return words
}
