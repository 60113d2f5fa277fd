package model_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestADoseThatContradictsItsFormIsFound(t *testing.T) {
	for _, tt := range []struct{ dose, form, want string }{
		{"2 tablets", "oral solution", "The dose is counted in tablets, and the form is oral solution."},
		{"5 ml", "Tablets", "The dose is counted in ml, and the form is tablets."},
		{"5ml", "modified-release capsules", "The dose is counted in ml, and the form is modified-release capsules."},
		{"one tablet", "capsules", "The dose is counted in tablets, and the form is capsules."},
		{"2 caps", "tablet", "The dose is counted in capsules, and the form is tablet."},
		{"1 tab", "oral suspension sugar free", "The dose is counted in tablets, and the form is oral suspension sugar free."},
		{"2 puffs", "tablets", "The dose is counted in puffs, and the form is tablets."},
		{"1 tablet", "CFC free inhaler", "The dose is counted in tablets, and the form is cfc free inhaler."},
		{"1 capsule", "transdermal patches", "The dose is counted in capsules, and the form is transdermal patches."},
		{"2 drops", "suppositories", "The dose is counted in drops, and the form is suppositories."},
		{"1 patch", "tablets", "The dose is counted in patches, and the form is tablets."},
		{"1 suppository", "solution for injection", "The dose is counted in suppositories, and the form is solution for injection."},
		{"2 tablets", "powder for solution for injection vials", "The dose is counted in tablets, and the form is powder for solution for injection vials."},

		{"2 tablets", "modified-release tablets", ""}, {"10 ml", "oral solution", ""}, {"2 x 5ml spoonfuls", "linctus", ""}, {"50 mg", "oral solution", ""},
		{"1 capsule", "inhalation powder hard capsules", ""}, {"2 puffs", "inhaler", ""}, {"1 ml", "solution for injection ampoules", ""},
		{"10 units", "tablets", ""}, {"1 dose", "tablets", ""}, {"1 sachet", "oral powder sachets", ""}, {"2 sprays", "nasal spray", ""}, {"1 drop", "eye drops", ""},
		{"as directed", "tablets", ""}, {"", "tablets", ""}, {"2 tablets", "", ""}, {"2 tablets", "device", ""}, {"1 application", "cream", ""}, {"1 g", "gel", ""},
		{"1-2 tablets", "tablets", ""}, {"½ tablet", "caplets", ""}, {"1 nebule", "nebuliser liquid", ""}, {"1 film", "buccal films", ""},
	} {
		if got := (model.Prescribed{Name: "X", Dose: tt.dose, Form: tt.form}).DoseAgainstForm(); got != tt.want {
			t.Errorf("%s of %s: %q, want %q", tt.dose, tt.form, got, tt.want)
		}
	}
	if (model.Prescribed{Name: "Methadone 1mg/ml oral solution", Dose: "2 tablets"}).DoseAgainstForm() == "" {
		t.Error("the form that the name tells does not count")
	}
}

// A dose of nothing and one that nobody takes at once are slips of the finger.
func TestADoseOfNothingAndAnEnormousOneAreFound(t *testing.T) {
	for _, tt := range []struct{ dose, strength, form, want string }{
		{"0 mg", "", "tablets", "The dose is nothing: 0 mg."}, {"0.0 ml", "", "oral solution", "The dose is nothing: 0.0 ml."},
		{"100 tablets", "", "tablets", "The dose comes to 100 tablets at once."}, {"5000 mg", "50 mg", "tablets", "The dose comes to 100 tablets at once."},
		{"4000 mg", "1 mg/ml", "oral solution", "The dose comes to 4000 ml at once."}, {"40 sachets", "", "oral powder sachets", "The dose comes to 40 sachets at once."},
		{"30 tablets", "", "tablets", ""}, {"40 mg", "1 mg/ml", "oral solution", ""}, {"½ tablet", "", "tablets", ""}, {"0.5 mg", "", "tablets", ""}, {"", "", "tablets", ""},
	} {
		p := model.Prescribed{Name: "X", Dose: tt.dose, Strength: tt.strength, Form: tt.form}
		if got := p.DoseInDoubt(); got != tt.want {
			t.Errorf("%s of %s: %q, want %q", tt.dose, tt.form, got, tt.want)
		}
		d := newDesk(t, 1, model.RolePrescriber)
		set := &model.MedicineSet{ID: model.NewMedicineID([8]byte{4}), Prescribed: p}
		if err := d.write(morning, set); (err == nil) != (tt.want == "") {
			t.Errorf("%s: %v", tt.dose, err)
		}
		if set.DoseReason = "checked with the consultant"; d.write(morning, set) != nil {
			t.Errorf("%s: a reason is not enough", tt.dose)
		}
	}
}
