package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// A quantity is worked out only where dose, strength and frequency leave no
// doubt; everything else is for a person.
func TestNeeds(t *testing.T) {
	for _, tt := range []struct {
		dose, strength, form, often string
		days                        int
		want                        string // "" when a person must work it out
	}{
		{"1 tablet", "", "", "once a day", 28, "28 tablets"},
		{"2 tablets", "500 mg", "tablets", "four times a day", 7, "56 tablets"},
		{"50 mg", "50 mg", "tablets", "Once a day", 28, "28 tablets"},
		{"100 mg", "50 mg", "tablet", "OD", 28, "56 tablets"},
		{"25 mg", "50 mg", "tablets", "bd", 14, "14 tablets"},
		{"1 g", "500 mg", "tablets", "twice a day", 7, "28 tablets"},
		{"100 micrograms", "25 mcg", "tablets", "in the morning", 7, "28 tablets"},
		{"150 mg", "150 mg", "hard capsules", "twice daily", 14, "28 capsules"},
		{"40 mg", "1 mg/ml", "oral solution", "once a day", 14, "560 ml"},
		{"40 ml", "1 mg/ml", "oral solution", "daily", 14, "560 ml"},
		{"10 mg", "10 mg/5 ml", "oral solution", "every 12 hours", 7, "70 ml"},
		{"7.5 ml", "", "", "at night", 7, "52.5 ml"},

		{"12.5 mg", "50 mg", "tablets", "once a day", 28, ""}, // a quarter of a tablet
		{"50 mg", "100 mg", "capsules", "once a day", 28, ""}, // half a capsule
		{"30 mg", "50 mg", "tablets", "once a day", 28, ""},   // does not divide
		{"1-2 tablets", "", "tablets", "four times a day", 7, ""},
		{"2 puffs", "100 micrograms/dose", "inhaler", "when needed", 28, ""},
		{"10 units", "100 units/ml", "injection", "once a day", 28, ""},
		{"1 tablet", "", "tablets", "when needed", 28, ""},
		{"1 tablet", "", "tablets", "as directed", 28, ""},
		{"1 tablet", "", "tablets", "once a week", 28, ""},
		{"1 tablet", "", "tablets", "on alternate days", 28, ""},
		{"50 mg", "", "tablets", "once a day", 28, ""},
		{"50 mg", "0 mg", "tablets", "once a day", 28, ""},
		{"0 tablets", "", "tablets", "once a day", 28, ""},
		{"50 mg", "5 mg/0 ml", "solution", "once a day", 28, ""},
		{"300 mg", "300 mg", "", "once a day", 28, ""},
		{"", "", "", "", 28, ""},
		{"1 tablet", "", "", "once a day", 0, ""},
		{"1 tablet", "", "", "once a day", model.MaxSupplyDays + 1, ""},
		{"99999 tablets", "", "", "once a day", 28, ""},
	} {
		p := model.Prescribed{Name: "Some", Dose: tt.dose, Strength: tt.strength, Form: tt.form, Frequency: tt.often}
		got, ok := p.Needs(tt.days)
		text := ""
		if ok {
			text = got.Quantity.String() + " " + got.Unit
		}
		if text != tt.want {
			t.Errorf("%q of %q, %q, %d days: %q, want %q", tt.dose, tt.strength, tt.often, tt.days, text, tt.want)
		}
	}
}
