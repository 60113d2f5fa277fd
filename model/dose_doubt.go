package model

import (
	"fmt"
	"slices"
	"strings"
)

// mostAtOnce are how many of a unit are believed of one dose. They are this
// program's own bounds against slips of the finger ("100 tablets" for "100 mg"),
// wide of anything usual; a reason lets a dose pass them.
var mostAtOnce = map[string]Quantity{"tablets": 30 * 100, "capsules": 30 * 100, "sachets": 10 * 100, "ml": 500 * 100}

// DoseInDoubt says what is wrong with a dose as it is written: it is nothing, it
// contradicts its form, or it is more than anybody takes at once; "" when nothing
// is, or nobody can tell.
func (p Prescribed) DoseInDoubt() string {
	if strings.ContainsAny(p.Dose, "0123456789") && !strings.ContainsAny(p.Dose, "123456789½¼¾") {
		return "The dose is nothing: " + p.Dose + "."
	}
	if why := p.DoseAgainstForm(); why != "" {
		return why
	}
	if each, unit, ok := p.perDose(); ok && each > mostAtOnce[unit] {
		return fmt.Sprintf("The dose comes to %s %s at once.", each, unit)
	}
	return ""
}

// CDLacks names what a controlled drug of schedule 2 or 3 lacks of what a
// prescription for it must carry (Misuse of Drugs Regulations 2001, regulation
// 15); none for other medicines. Form and strength that the name of a dm+d
// product says count.
func (p Prescribed) CDLacks() []string {
	if !p.CD().FullRules() {
		return nil
	}
	product := ParseProductName(p.Name)
	var out []string
	for _, part := range []struct {
		lacks bool
		name  string
	}{
		{!strings.ContainsAny(p.Dose, "0123456789") || strings.Contains(strings.ToLower(p.Dose+" "+p.Frequency), "as directed"), "an exact dose"},
		{strings.TrimSpace(p.Frequency) == "", "how often it is taken"},
		{p.Form == "" && product.Form == "", "its form"},
		{p.Strength == "" && product.Strength == "", "its strength"},
	} {
		if part.lacks {
			out = append(out, part.name)
		}
	}
	return out
}

// checkListWhole refuses to vouch for a list whose controlled drugs are not
// written as one prescribes them: a list that is right leaves nothing of them to
// be guessed.
func (h *HealthPart) checkListWhole() error {
	for _, m := range h.CurrentMedicines() {
		if lacks := m.CDLacks(); len(lacks) > 0 {
			return Invalid(fmt.Sprintf("%s is a controlled drug and lacks %s.", m.Name, inWordsList(lacks)), "Change the medicine first; then the list can be compared and signed.")
		}
	}
	return nil
}

// inWordsList joins with commas and an "and".
func inWordsList(all []string) string {
	if n := len(all); n > 1 {
		return strings.Join(all[:n-1], ", ") + " and " + all[n-1]
	}
	return strings.Join(all, "")
}

// checkAgainstDose asks why a quantity is far from what the dose comes to: a
// nought too many is ten times the supply. What the dose does not say in plain
// numbers is for a person to work out.
func (c *SupplySet) checkAgainstDose(m Medicine) error {
	need, ok := m.Needs(c.Days)
	if !ok || strings.TrimSpace(c.Reason) != "" || !slices.Contains([]string{need.Unit, strings.TrimSuffix(need.Unit, "s")}, Fold(c.Unit)) {
		return nil
	}
	if c.Quantity > 2*need.Quantity || 2*c.Quantity < need.Quantity {
		return Invalid(fmt.Sprintf("The dose comes to %s %s for %s, not %s.", need.Quantity, need.Unit, days(c.Days), c.Quantity), "Correct the quantity or the days, or enter the reason.").At("quantity")
	}
	return nil
}
