package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

// MedicineList returns every medicine, current ones first, each part by name.
func (h *HealthPart) MedicineList() []Medicine {
	all := make([]Medicine, 0, len(h.Medicines))
	for _, m := range h.Medicines {
		all = append(all, m)
	}
	slices.SortFunc(all, func(a, b Medicine) int {
		return cmp.Or(
			compareBool(!a.Current(), !b.Current()),
			strings.Compare(Fold(a.Name), Fold(b.Name)),
			cmp.Compare(a.ID, b.ID),
		)
	})
	return all
}

// CurrentMedicines returns those the person takes now, by name.
func (h *HealthPart) CurrentMedicines() []Medicine {
	all := h.MedicineList()
	return all[:len(all)-len(h.StoppedMedicines())]
}

// StoppedMedicines returns those that have ended, by name.
func (h *HealthPart) StoppedMedicines() []Medicine {
	all := h.MedicineList()
	first := slices.IndexFunc(all, func(m Medicine) bool { return !m.Current() })
	if first < 0 {
		return nil
	}
	return all[first:]
}

// ListHash is over the exact list: every field of every medicine, and nothing
// of who wrote it when.
func (h *HealthPart) ListHash() Hash {
	type line struct {
		ID MedicineID
		Prescribed
		Stopped Stop
	}
	var lines []line
	for _, m := range h.MedicineList() {
		lines = append(lines, line{m.ID, m.Prescribed, m.Stopped})
	}
	return hashJSON(lines)
}

// ClinicalHash is over all that a letter says of medicines, supplies and
// allergies. A letter whose hash is another one must be written again.
func (h *HealthPart) ClinicalHash() Hash {
	type decided struct {
		ID MedicineID
		SupplyDecision
	}
	var supplies, further []decided
	var held []MedicineCounted
	for _, m := range h.CurrentMedicines() {
		supplies = append(supplies, decided{m.ID, h.Supplies[m.ID].SupplyDecision})
		if d, any := h.Further[m.ID]; any {
			further = append(further, decided{m.ID, d.SupplyDecision})
		}
		if k, any := h.Counted[m.ID]; any {
			held = append(held, MedicineCounted{m.ID, k.Quantity, k.Unit, k.Days, k.Day})
		}
	}
	return hashJSON(struct {
		List      Hash
		None      bool
		Supplies  []decided
		Allergies AllergyState
		Known     []Allergy         `json:",omitempty"` // an empty list and none are the same answer
		Further   []decided         `json:",omitempty"` // as those below: a letter signed before they were known keeps its hash
		Held      []MedicineCounted `json:",omitempty"`
	}{h.ListHash(), h.NoMedicinesStated(), supplies, h.Allergies.State, h.Allergies.List, further, held})
}

// hashJSON hashes plain data. Its types hold nothing that JSON cannot write.
func hashJSON(v any) Hash {
	b, err := json.Marshal(v)
	if err != nil {
		panic("model: hash of " + err.Error()) // strings and numbers only, so never at run time
	}
	return sha256.Sum256(b)
}

// Reconciliation is who compared the list with its sources, and which list.
type Reconciliation struct {
	List Hash   `json:"list"`
	By   Signed `json:"by"`
}

// IsReconciled tells whether a prescriber signed the list as it stands. What a
// nurse or pharmacist stated before prescribers had to sign is a comparison: see
// ListCompared.
func (h *HealthPart) IsReconciled() bool {
	return h.Reconciled.By.Role == RolePrescriber && h.Reconciled.List == h.ListHash()
}

// MedicinesReconciled is a prescriber's signature on the list: it was compared
// with its sources and is right. It names the list by its hash, so that any
// later change reopens it.
type MedicinesReconciled struct {
	List Hash `json:"list"`
}

// Kind implements Change.
func (*MedicinesReconciled) Kind() string { return "medicines.reconciled" }

// Slot implements Change.
func (*MedicinesReconciled) Slot() string { return "medicines/reconciled" }

// Compartment implements Change.
func (*MedicinesReconciled) Compartment() Compartment { return Health }

// Check refuses a statement on another list than the one there is.
func (c *MedicinesReconciled) Check(r *Record, _ time.Time) error {
	h := r.health()
	if len(h.CurrentMedicines()) == 0 && !h.NoMedicinesStated() {
		return Invalid("There is no list to reconcile.", "Add the medicines, or state that there are none.")
	}
	if c.List != h.ListHash() {
		return &Error{Kind: KindConflict, Msg: "The list changed while you were looking at it.", Hint: "Compare it once more."}
	}
	return h.checkListWhole()
}

// Apply implements Change.
func (c *MedicinesReconciled) Apply(r *Record, op *Op) {
	r.Health.Reconciled = Reconciliation{List: c.List, By: signedBy(op)}
}

// Follows moves the line of the reconciliation. Under an empty list the signature
// confirms that there are no medicines, and moves the other lines as well.
func (*MedicinesReconciled) Follows(r *Record) []Change {
	if r.Health != nil && r.Health.NoMedicinesStated() {
		return followMedicines(r)
	}
	return followReconciled(r)
}

// String implements Change.
func (*MedicinesReconciled) String() string { return "Medicines reconciled" }
