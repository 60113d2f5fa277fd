package model

import "time"

// A list is prepared by one and signed by another: who compares it with its
// sources (pharmacy, as a rule) states so, and a prescriber signs the same list.

// MedicinesCompared states that the list was compared with its sources and waits
// for a prescriber's signature. It names the list by its hash.
type MedicinesCompared struct {
	List Hash   `json:"list"`
	With string `json:"with"` // the sources: "GP summary, chart, the person"
}

// Kind implements Change.
func (*MedicinesCompared) Kind() string { return "medicines.compared" }

// Slot implements Change.
func (*MedicinesCompared) Slot() string { return "medicines/compared" }

// Compartment implements Change.
func (*MedicinesCompared) Compartment() Compartment { return Health }

// Check implements Change.
func (c *MedicinesCompared) Check(r *Record, now time.Time) error {
	if c.With == "" {
		return Invalid("Enter what the list was compared with.", "Such as: GP summary, prison chart and the person.").At("with")
	}
	if err := at("with", checkLine("What it was compared with", c.With, 160)); err != nil {
		return err
	}
	return (&MedicinesReconciled{List: c.List}).Check(r, now)
}

// Apply implements Change.
func (c *MedicinesCompared) Apply(r *Record, op *Op) {
	r.Health.Compared = Comparison{List: c.List, With: c.With, By: signedBy(op)}
}

// Follows moves the line of the reconciliation.
func (*MedicinesCompared) Follows(r *Record) []Change { return followReconciled(r) }

// String implements Change.
func (c *MedicinesCompared) String() string { return "Medicines compared with: " + c.With }

// Comparison is who compared which list with what.
type Comparison struct {
	List Hash   `json:"list"`
	With string `json:"with,omitempty"`
	By   Signed `json:"by"`
}

// ListCompared returns who compared the list as it stands; zero when nobody has.
// A nurse's or pharmacist's word from before prescribers had to sign counts as a
// comparison.
func (h *HealthPart) ListCompared() Signed {
	list := h.ListHash()
	switch {
	case !h.Compared.By.IsZero() && h.Compared.List == list:
		return h.Compared.By
	case h.Reconciled.List == list:
		return h.Reconciled.By
	}
	return Signed{}
}
