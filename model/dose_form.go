package model

import (
	"slices"
	"strings"
)

// doseForm is a family of forms and what one counts them in.
type doseForm struct {
	words []string // any of them in the form's name means this family; the first family that fits holds
	units []string // what a dose of it may be counted in, singular
}

// doseForms go from the narrow to the wide: "powder for solution for injection"
// is an injection before it is a powder, "eye drops solution" no oral solution.
// A dose by mass ("50 mg") fits every form and is not looked at.
var doseForms = []doseForm{
	{[]string{"injection", "infusion", "ampoule", "vial", "syringe", "pen", "depot", "implant"}, []string{"ml", "ampoule", "vial", "syringe", "pen", "injection", "dose", "unit", "implant"}},
	{[]string{"inhalation powder", "inhaler", "autohaler", "evohaler", "accuhaler", "turbohaler", "respimat", "inhalation"}, []string{"puff", "inhalation", "dose", "actuation", "blister", "capsule", "spray"}},
	{[]string{"nebuliser", "nebule"}, []string{"ml", "nebule", "ampoule", "dose", "vial"}},
	{[]string{"patch", "plaster"}, []string{"patch", "plaster"}},
	{[]string{"eye", "ear", "drop"}, []string{"drop", "ml", "application", "dose"}},
	{[]string{"spray"}, []string{"spray", "puff", "dose", "actuation"}},
	{[]string{"suppositor", "pessar", "enema", "rectal"}, []string{"suppository", "pessary", "enema", "dose", "application", "ml"}},
	{[]string{"cream", "ointment", "gel", "lotion", "foam", "shampoo", "paste"}, []string{"application", "g", "ml", "fingertip", "pump", "cm", "sachet", "dose"}},
	{[]string{"lozenge", "pastille"}, []string{"lozenge", "pastille"}},
	{[]string{"film", "wafer", "lyophilisate"}, []string{"film", "wafer", "tablet", "lyophilisate", "dose"}},
	{[]string{"sachet", "granule", "powder"}, []string{"sachet", "ml", "spoonful", "g", "dose", "scoop"}},
	{[]string{"tablet", "caplet"}, []string{"tablet", "caplet"}},
	{[]string{"capsule"}, []string{"capsule"}},
	{[]string{"oral solution", "oral suspension", "solution", "suspension", "liquid", "syrup", "elixir", "linctus", "mixture", "emulsion", "mouthwash"}, []string{"ml", "litre", "spoonful", "dose", "drop", "l"}},
}

// countWords are the words of a dose that count something, with the unit they
// mean. Millilitres count as well; masses do not.
var countWords = map[string]string{
	"tab": "tablet", "tabs": "tablet", "cap": "capsule", "caps": "capsule", "mls": "ml", "millilitre": "ml", "millilitres": "ml",
	"neb": "nebule", "nebs": "nebule", "amp": "ampoule", "amps": "ampoule", "supp": "suppository", "suppositories": "suppository", "pessaries": "pessary",
	"patches": "patch", "spoon": "spoonful", "spoons": "spoonful", "5ml": "ml", "teaspoon": "spoonful", "teaspoons": "spoonful", "applications": "application", "gtt": "drop",
}

// doseUnits are all units that any form counts in, but those that say how strong
// a dose is (800 units of a vitamin) or nothing (1 dose).
var doseUnits = func() map[string]bool {
	out := make(map[string]bool)
	for _, f := range doseForms {
		for _, unit := range f.units {
			out[unit] = !slices.Contains([]string{"g", "l", "dose", "unit"}, unit)
		}
	}
	return out
}()

// doseFormOf finds the family of a form, nil when none is known.
func doseFormOf(form string) *doseForm {
	text := " " + Fold(form)
	for i := range doseForms {
		for _, word := range doseForms[i].words {
			if strings.Contains(text, " "+word) {
				return &doseForms[i]
			}
		}
	}
	return nil
}

// doseUnit is what a dose is counted in: "2 tablets" gives tablet, "50 mg" and
// what is not understood "".
func doseUnit(dose string) string {
	numbered := false
	for word := range strings.FieldsSeq(Fold(dose)) {
		number := strings.TrimLeft(word, "0123456789")
		numbered = numbered || number != word || amountWords[word]
		if number == "" || !numbered {
			continue
		}
		if unit := unitOf(number); unit != "" {
			return unit
		}
	}
	return ""
}

// unitOf is the unit that a word means, "" for none.
func unitOf(word string) string {
	if unit, ok := countWords[word]; ok {
		return unit
	}
	for _, one := range []string{word, strings.TrimSuffix(word, "s")} {
		if doseUnits[one] {
			return one
		}
	}
	return ""
}

var amountWords = map[string]bool{"one": true, "two": true, "three": true, "four": true, "five": true, "half": true, "a": true}

// DoseAgainstForm says how the dose contradicts the form, such as tablets of an
// oral solution, "" when it does not or nobody can tell. Where no form is
// written, the one the name tells counts.
func (p Prescribed) DoseAgainstForm() string {
	form := p.Form
	if form == "" {
		form = ParseProductName(p.Name).Form
	}
	family, unit := doseFormOf(form), doseUnit(p.Dose)
	if family == nil || unit == "" || slices.Contains(family.units, unit) {
		return ""
	}
	return "The dose is counted in " + manyOf(unit) + ", and the form is " + strings.ToLower(form) + "."
}

// manyOf is the plural of a unit.
func manyOf(unit string) string {
	switch {
	case unit == "ml":
		return unit
	case strings.HasSuffix(unit, "y"):
		return strings.TrimSuffix(unit, "y") + "ies"
	case strings.HasSuffix(unit, "ch"):
		return unit + "es"
	}
	return unit + "s"
}
