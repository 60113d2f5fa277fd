package model

import (
	"strings"
	"time"
)

// An empty list alone may only mean that nobody has looked. That there are no
// medicines is stated by who asked, with what it is known from, and holds once a
// prescriber has confirmed it, as a list holds once a prescriber has signed it.

// NoneSources are what it can be known from that somebody takes no medicines.
// The first two are where a list would be; the person's word is one source among
// them and not more.
var NoneSources = []string{
	"GP record", "Prison chart", "What the person says", "Own medicines looked through", "Community pharmacy", "Hospital or earlier prison",
}

// NoMedicinesStated tells whether somebody signed that the person takes none,
// and nothing was written on the list since.
func (h *HealthPart) NoMedicinesStated() bool {
	if h.NoMedicines.IsZero() || len(h.CurrentMedicines()) > 0 {
		return false
	}
	for _, m := range h.Medicines {
		if m.By.At.After(h.NoMedicines.At) {
			return false
		}
	}
	return true
}

// NoMedicinesConfirmed tells whether a prescriber made the statement, or signed
// it since: that nothing is missing from an empty list is as much a decision as
// that a list is right.
func (h *HealthPart) NoMedicinesConfirmed() bool { return !h.noneConfirmedBy().IsZero() }

func (h *HealthPart) noneConfirmedBy() Signed {
	switch {
	case !h.NoMedicinesStated():
		return Signed{}
	case h.NoMedicines.Role == RolePrescriber:
		return h.NoMedicines
	case h.IsReconciled() && h.Reconciled.By.At.After(h.NoMedicines.At):
		return h.Reconciled.By
	}
	return Signed{}
}

// NoneWords says who stated that there are no medicines, from what, and whether a
// prescriber has confirmed it; by names a signature.
func (h *HealthPart) NoneWords(by func(Signed) string) string {
	words := "No medicines, stated by " + by(h.NoMedicines)
	if h.NoneWith != "" {
		words += ", known from: " + h.NoneWith
	}
	switch confirmed := h.noneConfirmedBy(); {
	case confirmed.IsZero():
		words += ". Not confirmed by a prescriber"
	case confirmed != h.NoMedicines:
		words += ". Confirmed by " + by(confirmed)
	}
	return words
}

// MedicinesNone states that the person takes no medicines.
type MedicinesNone struct {
	With string `json:"with,omitempty"` // what it is known from: "GP record, what the person says"
}

// Kind implements Change.
func (*MedicinesNone) Kind() string { return "medicines.none" }

// Slot implements Change.
func (*MedicinesNone) Slot() string { return "medicines/none" }

// Compartment implements Change.
func (*MedicinesNone) Compartment() Compartment { return Health }

// Check implements Change.
func (c *MedicinesNone) Check(r *Record, _ time.Time) error {
	switch {
	case len(r.health().CurrentMedicines()) > 0:
		return Invalid("There are medicines on the list.", "Stop each of them with its reason first.")
	case strings.TrimSpace(c.With) == "":
		return Invalid("Enter what it is known from.", "Such as: GP record and what the person says.").At("with")
	}
	return at("with", checkLine("What it is known from", c.With, 160))
}

// Apply implements Change.
func (c *MedicinesNone) Apply(r *Record, op *Op) {
	r.Health.NoMedicines, r.Health.NoneWith = signedBy(op), c.With
}

// Follows moves the lines of medicines and letter.
func (*MedicinesNone) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *MedicinesNone) String() string {
	if c.With == "" { // from before it was asked
		return "No medicines"
	}
	return "No medicines, known from: " + c.With
}
