package tui_test

import (
	"slices"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// listed is a ward whose workstation has a list of medicines.
func listed(more ...model.Change) func(testing.TB, *desk) {
	return func(t testing.TB, d *desk) {
		with(more...)(t, d)
		d.products = model.NewProductIndex(slices.Values([]model.Product{
			{Code: "138875005", Name: "Sertraline 50mg tablets", Type: model.GenericProduct, Category: "0000"},
			{Code: "373942005", Name: "Sertraline 100mg tablets", Type: model.GenericProduct, Category: "0000"},
			{Code: "404684003", Name: "Sertraline 50mg tablets (Actavis UK Ltd)", Type: model.BrandProduct},
			{Code: "71388002", Name: "Methadone 1mg/ml oral solution", Type: model.GenericProduct, Category: "0002"},
			{Code: "64572001", Name: "Rohypnol 1mg tablets", Type: model.BrandProduct, Category: "0009"},
			{Code: "123037004", Name: "Kaolin mixture", Type: model.GenericProduct, Category: "0010", Form: "oral suspension", Strength: "20%"},
		}))
	}
}

func (d *driver) onlyMedicine() model.Medicine {
	d.t.Helper()
	all := d.health().MedicineList()
	if len(all) != 1 {
		d.t.Fatalf("%d medicines", len(all))
	}
	return all[0]
}

// Picking fills in all that the list and the name say.
func TestAPickedMedicineBringsItsCodeFormAndStrength(t *testing.T) {
	onWard(t, "b.jones", "e", listed(), func(d *driver) {
		d.press("a")
		d.write("50 sert tab")
		d.says("Sertraline 50mg tablets", "generic", "Sertraline 50mg tablets (Actavis UK Ltd)", "brand", "50 sert tab as typed, without a code", "3 found.")
		d.press("enter")
		d.says("[Sertraline 50mg tablets", "Strength (optional) [50mg ", "Form (optional) [tablets ")
		d.press("down", "down")
		d.answer("50 mg", "once a day", "oral", "", "")
		d.press("enter", "right", "right", "enter", "enter")
		m := d.onlyMedicine()
		if m.Code != "138875005" || m.Name != "Sertraline 50mg tablets" || m.Strength != "50mg" || m.Form != "tablets" || m.CD() != model.ScheduleNone {
			t.Errorf("kept %+v", m.Prescribed)
		}
		d.says("Sertraline 50mg tablets: 50 mg oral once a day", "dm+d 138875005.")
	})
}

// What dm+d says of a schedule counts before the table of names, which knows no
// brand like this one.
func TestTheListsScheduleCounts(t *testing.T) {
	onWard(t, "b.jones", "e", listed(), func(d *driver) {
		d.press("a")
		d.write("rohyp")
		d.says("CD4-1")
		d.press("enter")
		d.says("Controlled drug, schedule 4 part 1.")
		d.press("pgup", "ctrl+u")
		d.answer("kaolin")
		d.says("Strength (optional) [20% ", "Form (optional) [oral suspension ")
		d.seesNot("schedule 4")
		d.press("pgup", "ctrl+u")
		d.answer("methadone")
		d.says("Controlled drug, schedule 2: its supply needs strength", "[1mg/ml ", "[oral solution ")
	})
}

// A medicine that the list does not have is prescribed all the same, and the
// record says that it has no code.
func TestAMedicineThatIsNotListedIsKeptAsTyped(t *testing.T) {
	onWard(t, "b.jones", "e", listed(), func(d *driver) {
		d.press("a")
		d.write("Grandmother's balm")
		d.says("Grandmother's balm as typed, without a code")
		d.press("enter", "pgdown", "pgdown", "up", "right", "right", "enter", "enter")
		if m := d.onlyMedicine(); m.Name != "Grandmother's balm" || m.Coded() {
			t.Errorf("kept %+v", m.Prescribed)
		}
		d.says("Not coded.")
	})
}

// Whoever types a name and goes on has said which medicine it is.
func TestATypedMedicineIsTakenWhenTheFocusGoesOn(t *testing.T) {
	for _, key := range []string{"tab", "pgdown"} {
		onWard(t, "b.jones", "e", listed(), func(d *driver) {
			d.press("a")
			d.write("  Methadone   1mg/ml oral solution made here ")
			d.press(key)
			d.says("[Methadone 1mg/ml oral solution made here", "Strength (optional) [1mg/ml ", "Controlled drug, schedule 2")
			d.press("pgdown", "pgdown", "pgdown", "up", "right", "right", "enter", "enter")
			if m := d.onlyMedicine(); m.Name != "Methadone 1mg/ml oral solution made here" || m.Coded() {
				t.Errorf("%s: kept %+v", key, m.Prescribed)
			}
		})
	}
}

// Names that are nearly the same may be different medicines: who slipped is told
// so.
func TestASlipOfTheFingerIsSaid(t *testing.T) {
	onWard(t, "b.jones", "e", listed(), func(d *driver) {
		d.press("a")
		d.write("sertaline 100")
		d.says("Sertraline 100mg tablets CHECK: nearly as typed")
	})
}

// Another medicine takes what the first one brought with it away; what somebody
// typed stays.
func TestStrengthAndFormFollowTheMedicine(t *testing.T) {
	onWard(t, "b.jones", "e", listed(), func(d *driver) {
		d.press("a")
		d.answer("sertraline 50")
		d.press("up", "ctrl+u")
		d.answer("Sertralin own make")
		d.press("pgup", "ctrl+u")
		d.write("Sertralin own make")
		d.press("enter")
		d.says("Strength (optional) [ ", "Form (optional) [ ")
		d.answer("75 mg", "capsules")
		d.press("pgup", "ctrl+u")
		d.write("Another own make")
		d.press("enter")
		d.says("[75 mg ", "[capsules ")
	})
}

func TestADoseAgainstItsFormIsCorrectedOrExplained(t *testing.T) {
	onWard(t, "b.jones", "e", listed(), func(d *driver) {
		d.press("a")
		d.answer("methadone")
		d.press("down", "down")
		d.write("2 tablets")
		d.says("CHECK: The dose is counted in tablets, and the form is oral solution.", "Why this dose?")
		d.press("pgdown", "pgdown", "up", "right", "right", "enter", "enter")
		d.says("There is a problem", "Correct the dose or the form, or enter why it is right")
		d.press("enter")
		d.write("Crushed tablets are given")
		d.press("pgdown", "pgdown", "enter")
		d.says("The dose stands: Crushed tablets are given.")
	})
	onWard(t, "b.jones", "e", listed(), func(d *driver) {
		d.press("a")
		d.answer("methadone")
		d.press("down", "down")
		d.write("2 tablets")
		d.press("ctrl+u")
		d.write("40 ml")
		d.seesNot("CHECK")
		d.seesNot("Why this dose?")
	})
}

// A change begins with the medicine as it was picked, and keeps what dm+d said
// of it where the list is not here any more.
func TestAChangeKeepsTheCode(t *testing.T) {
	m := pill(0, "Rohypnol 1mg tablets")
	m.Code, m.Category, m.Strength, m.Dose = "64572001", "0009", "1mg", "2 mg"
	onWard(t, "b.jones", "e", with(m), func(d *driver) {
		d.press("e")
		d.says("[Rohypnol 1mg tablets", "Chosen.", "Controlled drug, schedule 4 part 1.")
		d.press("down", "down", "down", "ctrl+u")
		d.write("1 mg")
		d.press("pgdown", "pgdown", "up", "up")
		d.write("Lowered")
		d.press("pgdown", "enter")
		if got := d.onlyMedicine(); got.Code != m.Code || got.Category != "0009" || got.Dose != "1 mg" {
			t.Errorf("kept %+v", got.Prescribed)
		}
	})
}

func TestMedicinePickerScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: listed()}, func(d *driver) {
		d.press("enter", "e", "a")
		d.write("sert 50")
	})
}

func TestPlainPicksAMedicineByItsNumber(t *testing.T) {
	plainly(t, scene{signedIn: "b.jones", desk: listed()}, func(k *talk) {
		k.types("1", "medicines", "add", "methadone 1mg")
		k.hears("1. Methadone 1mg/ml oral solution", "2. methadone 1mg; as typed, without a code")
		k.types("1", "", "", "2 tablets")
		k.hears("CHECK: The dose is counted in tablets, and the form is oral solution.")
		k.types("Crushed", "once a day", "oral", "", "supervised", "", "3", "yes")
		k.hears("1. CD2 Methadone 1mg/ml oral solution; 2 tablets once a day; NOT DECIDED")
	})
}
