package tui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// A nurse at night with twelve medicines decides one after the other without
// going back to the list, and the quantity is worked out where the dose says it.
func TestTwelveMedicinesAreDecidedInARow(t *testing.T) {
	onWard(t, "b.jones", "e", with(pills(12)...), func(d *driver) {
		d.says("12 medicines, 12 to decide", "NOT DECIDED")
		d.press("enter")
		d.says("Supply, 12 to decide", "Medicine A")
		d.press("up") // the rule in force offers a prescription; this nurse hands over
		d.press("enter")
		d.press("ctrl+u")
		d.answer("7", "", "", "", "") // days; quantity and unit worked out; no reason; keep
		for i := 1; i < 12; i++ {
			d.says(fmt.Sprintf("Medicine %c 50 mg tablets", 'A'+i), "[7 ", "1 tablet once a day for 7 days: 7 tablets")
			d.press("enter", "enter", "enter", "enter", "enter", "enter")
		}
		d.says("12 medicines, all decided, 12 to pack or send")
		for id, s := range d.health().Supplies {
			if s.Route != model.SupplyTTO || s.Days != 7 || s.Quantity != 700 || s.Unit != "tablets" {
				t.Errorf("%s has %+v", id, s.SupplyDecision)
			}
		}
		if left := d.desk.draftsOf("b.jones"); len(left) > 1 { // the place alone
			t.Errorf("drafts are left over: %v", left)
		}
	})
}

// What somebody wrote as the quantity stays when the days change; what was
// worked out does not outlive them.
func TestAQuantityFollowsTheDaysUntilItIsTyped(t *testing.T) {
	onWard(t, "b.jones", "e", with(pills(1)...), func(d *driver) {
		d.press("enter", "enter")
		d.says("[28 ")
		d.press("ctrl+u")
		d.write("14")
		d.says("for 14 days: 14 tablets", "Next supply by Mon 07-Dec-2026")
		d.press("enter", "ctrl+u")
		d.write("30")
		d.says("CHECK: 1 tablet once a day for 14 days: 14 tablets")
		d.press("up", "ctrl+u")
		d.write("7")
		d.says("[30 ", "CHECK: 1 tablet once a day for 7 days: 7 tablets")
	})
}

// A dose in words is never turned into a number.
func TestAQuantityIsNotGuessed(t *testing.T) {
	m := pill(0, "Salbutamol")
	m.Frequency = "when needed"
	onWard(t, "b.jones", "e", with(m), func(d *driver) {
		d.press("enter")
		d.says("Work the quantity out yourself", "Quantity [ ]")
	})
}

func TestSeveralMedicinesAreAddedInARow(t *testing.T) {
	onWard(t, "b.jones", "e", ward, func(d *driver) {
		d.says("nobody has stated that there are none")
		d.press("a")
		d.answer("Sertraline", "50 mg", "tablets", "50 mg", "once a day", "oral", "depression")
		d.press("enter", "enter", "enter", "enter") // in possession, more, another, add
		d.says("Add a medicine", "Added.", "> Medicine", "Type to search.")
		d.answer("Methadone")
		d.says("Controlled drug, schedule 2")
		d.answer("1 mg/ml", "oral solution", "40 ml", "once a day", "oral", "")
		d.press("enter", "enter", "right", "enter", "enter") // ..., then its supply
		d.says("Supply, 2 to decide", "Methadone 1 mg/ml oral solution", "FP10MDA", "40 ml once a day for 14 days: 560 ml")
		if n := len(d.health().Medicines); n != 2 {
			t.Fatalf("%d medicines were added", n)
		}
	})
}

// Every refusal of the model stands beside the answer it is about.
func TestRefusalsOfASupplyStandBesideTheirAnswer(t *testing.T) {
	vague := methadone(1)
	vague.Dose = "as directed"
	for name, tt := range map[string]struct {
		medicine *model.MedicineSet
		type_    func(d *driver)
		says     []string
	}{
		"fewer days than seven": {pill(0, "Sertraline"), func(d *driver) { d.press("enter", "ctrl+u"); d.answer("3", "", "", "", "") },
			[]string{"Problem: Less than 7 days needs a reason."}},
		"no days": {pill(0, "Sertraline"), func(d *driver) { d.press("enter", "ctrl+u"); d.answer("", "", "", "", "") },
			[]string{"Problem: Enter how many days it covers"}},
		"days in letters": {pill(0, "Sertraline"), func(d *driver) { d.press("enter", "ctrl+u"); d.answer("x", "7", "", "", "") },
			[]string{"Problem: The days are not a number."}},
		"instalments too long": {methadone(0), func(d *driver) { d.press("enter", "ctrl+u"); d.answer("28", "", "", "40 ml daily", "", "", "") },
			[]string{"Problem: An FP10MDA covers 14 days at most."}},
		"no reason for nothing": {pill(0, "Sertraline"), func(d *driver) { d.press("down", "down", "enter", "enter", "enter") },
			[]string{"Problem: Enter why nothing is supplied"}},
		"a vague dose of a controlled drug": {vague, func(d *driver) { d.press("enter", "ctrl+u"); d.answer("14", "560", "ml", "daily", "", "", "") },
			[]string{"A controlled drug needs an exact dose and how often it is taken."}},
	} {
		t.Run(name, func(t *testing.T) {
			onWard(t, "b.jones", "e", with(tt.medicine), func(d *driver) {
				d.press("enter")
				tt.type_(d)
				d.says("There is a problem")
				d.press("enter") // to the answer it is about
				d.says(tt.says...)
				if n := len(d.health().Supplies); n != 0 {
					t.Errorf("%d supplies were kept", n)
				}
			})
		})
	}
}

// Two desks that both decided may mean twice the medicine: nothing goes on
// before somebody looked.
func TestADoubleSupplyIsSettledFirst(t *testing.T) {
	m := pill(0, "Sertraline")
	set := func(t testing.TB, d *desk) {
		with(m, decided(m, weekOfTTO))(t, d)
		other := model.SupplyDecision{Route: model.SupplyEPS, Quantity: 2800, Unit: "tablets", Days: 28}
		d.farAway("c.reid", smith, decided(m, other))
	}
	onWard(t, "b.jones", "e", set, func(d *driver) {
		d.says("CHECK NOW: supplied twice? Sertraline.", "CHECK NOW: two decisions")
		d.press("enter")
		d.says("Settle it with w first.")
		d.press("w")
		d.says("Settle a conflict", "CHECK NOW", "7 tablets", "28 tablets")
		d.press("enter", "enter", "enter")
		d.says("Medicines", "TTO 7 tablets to pack")
		d.seesNot("CHECK NOW")
	})
}

func TestTheListIsStatedEmptyReconciledAndReopened(t *testing.T) {
	onWard(t, "c.reid", "e", ward, func(d *driver) {
		d.press("r")
		d.says("There is no list to reconcile.")
		d.press("n", " ", "down", "down", " ", "enter", "enter", " ", "enter", "enter")
		d.says("Stated: no medicines.", "No medicines. Nothing is to be supplied.", "known from: GP record, What the person says.")
		d.press("r")
		d.says("That there are no medicines is confirmed already.")
		d.press("a")
		d.answer("Sertraline", "50 mg", "tablets", "50 mg", "once a day", "oral", "")
		d.press("enter", "enter", "right", "right", "enter", "enter")
		d.says("NOT RECONCILED: nobody has compared", "1 medicine, 1 to decide")
		d.press("n")
		d.says("There are medicines on the list.")
	})
}

// One key must not say of somebody that they take nothing (a hazard of its own),
// and a nurse's word alone settles no line.
func TestNoMedicinesAreStatedByANurseAndConfirmedByAPrescriber(t *testing.T) {
	onWard(t, "b.jones", "e", ward, func(d *driver) {
		d.press("n")
		d.says("You state that this person takes no medicines.", "until a prescriber has confirmed it")
		d.press("pgdown", "pgdown", "enter")
		d.says("Choose what it is known from", "Tick the sentence, or add what the person takes")
		if d.health().NoMedicinesStated() {
			t.Error("it is stated without a source")
		}
	})
	onWard(t, "b.jones", "e", ward, func(d *driver) {
		d.press("n", "down", " ", "enter", "enter", " ", "enter", "enter")
		d.says("IN PROGRESS: no medicines stated, to be confirmed by a prescriber.", "Not confirmed by a prescriber.")
		d.press("n")
		d.says("A prescriber confirms it with r.")
		d.press("r")
		d.says("There is no list to compare")
	})
	onWard(t, "c.reid", "e", with(&model.MedicinesNone{With: "Prison chart"}), func(d *driver) {
		d.says("IN PROGRESS: no medicines stated")
		d.press("r")
		d.says("You confirm that the person takes none", "known from: Prison chart")
		d.press("enter")
		d.says("Confirmed: no medicines.", "No medicines. Nothing is to be supplied.", "Confirmed by REID, C")
		d.press("r")
		d.says("is confirmed already")
	})
}

func TestAMedicineIsChangedAndStoppedForAReason(t *testing.T) {
	m := pill(0, "Sertraline")
	m.Start = model.DayOf(deskNow) - 60
	onWard(t, "b.jones", "e", with(m, decided(m, weekOfTTO)), func(d *driver) {
		d.press("e", "down", "down", "down", "ctrl+u")
		d.write("100 mg")
		d.press("pgdown", "pgdown", "pgdown", "enter")
		d.says("Problem: Enter why the medicine was changed")
		d.press("enter")
		d.answer("Mood not better")
		d.press("pgdown", "pgdown", "enter")
		d.says("DECIDE AGAIN: changed", "Changed: Mood not better")
		if got := d.health().Medicines[m.ID]; got.Dose != "100 mg" || got.Start != m.Start {
			t.Errorf("kept %+v", got.Prescribed)
		}
		d.press("x")
		d.press("enter", "enter", "enter")
		d.says("Problem: Enter why the medicine was stopped")
		d.press("enter")
		d.answer("Rash", "")
		d.press("enter")
		d.says("No medicines recorded.", "Stopped", "23-Nov-2026: Rash")
		d.press("enter")
		d.says("This medicine has been stopped.")
	})
}

func TestOneBagHoldsSeveralMedicines(t *testing.T) {
	a, b := pill(0, "Medicine A"), pill(1, "Medicine B")
	onWard(t, "b.jones", "e", with(a, b, decided(a, weekOfTTO), decided(b, weekOfTTO)), func(d *driver) {
		d.says("2 to pack or send")
		d.press("p")
		d.answer("BAG-17")
		d.press(" ", "down", " ", "enter", "enter")
		d.says("2 medicines, all decided, packed or sent.", "Packed: BAG-17", "TTO 7 tablets packed")
		d.press("p")
		d.says("Nothing is waiting to be packed or sent")
	})
}

// Health administration reads the list, and is told whose it is to change.
func TestMedicinesCanBeReadByWhoMayNotChangeThem(t *testing.T) {
	m := pill(0, "Sertraline")
	onWard(t, "f.ali", "e", with(m, decided(m, weekOfTTO)), func(d *driver) {
		d.says("You can read this and not change it.", "It is for: Nurse, Prescriber, Pharmacy, Substance misuse.", "TTO 7 tablets to pack", "Next supply by Mon 30-Nov-2026")
		for _, key := range []string{"enter", "a", "e", "x", "p", "r", "n"} {
			d.press(key)
			d.says("Health administration may not do this.")
		}
	})
}

func TestHealthScreensAreClosedToOfficers(t *testing.T) {
	for _, key := range []string{"g", "e", "o", "y", "l"} {
		onWard(t, "a.khan", key, with(pill(0, "Sertraline")), func(d *driver) {
			d.says("Held by healthcare. Ask a colleague who works with it.", "Release checklist", "Allergies: Held by healthcare")
			d.seesNot("Sertraline")
		})
	}
}

// Half a medicine survives a lock and a power cut.
func TestHalfAMedicineIsKept(t *testing.T) {
	onWard(t, "b.jones", "e", ward, func(d *driver) {
		d.press("a")
		d.answer("Sertraline", "50 mg")
		d.press("esc")
		d.says("What you typed is kept as a draft.")
		d.press("a")
		d.says("[Sertraline ", "[50 mg ")
	})
}

func TestMedicinesScreen(t *testing.T) {
	meth, stopped := methadone(3), pill(2, "Naproxen")
	requireScreen(t, scene{signedIn: "b.jones", desk: func(t testing.TB, d *desk) {
		a, b := pill(0, "Sertraline"), pill(1, "Omeprazole")
		with(a, b, stopped, meth, decided(a, weekOfTTO), &model.SupplyPacked{ID: a.ID, Reference: "BAG-17", Of: weekOfTTO},
			decided(b, model.SupplyDecision{Route: model.SupplyNone, Reason: "keeps 20 capsules"}),
			&model.MedicineStopped{ID: stopped.ID, Day: model.DayOf(deskNow) - 2, Reason: "Stomach pain"},
			&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere}}})(t, d)
	}}, func(d *driver) { d.press("enter", "e", "down", "down") })
}

func TestSupplyFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(methadone(0), pill(1, "Sertraline"))}, func(d *driver) { d.press("enter", "e", "enter", "down") })
}

func TestMedicineFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: ward}, func(d *driver) {
		d.press("enter", "e", "a")
		d.answer("Pregabalin", "150 mg")
	})
}

// The focus, the sources and the sentence to be agreed to stand on one screen, so
// that nobody ticks the last without having seen the first.
func TestNoMedicinesFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: ward}, func(d *driver) { d.press("enter", "e", "n", "down", " ") })
}

// The footer says what Enter does on this row, and what r is for who presses it.
func TestTheFooterOfMedicinesIsOfTheRowAndTheRole(t *testing.T) {
	for staff, sign := range map[model.StaffID]string{"b.jones": "r compared", "c.reid": "r sign list"} {
		set := with(pill(0, "Sertraline"))
		onWard(t, staff, "e", set, func(d *driver) {
			d.says("Enter decide supply", sign)
			d.press("end")
			for !strings.HasPrefix(d.selected(), "Naloxone") {
				d.press("up")
			}
			d.says("Enter open", sign, "Esc back")
			d.seesNot("decide supply")
		})
	}
}

// Who can neither work a line nor set it is told so by the footer before the key.
func TestALineThatCannotBeWorkedOffersNoEnter(t *testing.T) {
	onWard(t, "h.roy", "home", ward, func(d *driver) {
		d.says("Release checklist")
		d.seesNot("Enter open")
		d.press("enter")
		d.says("Auditor may not set Release date confirmed.")
		d.press("r")
		d.says("Release now")
		d.seesNot("Enter open")
	})
}
