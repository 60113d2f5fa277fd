package tui_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// rowsDown moves from the first medicine to a row around the release.
func (d *driver) rowsDown(n int) {
	for range n {
		d.press("down")
	}
}

// Pharmacy or a nurse prepares; a prescriber sees the list once more and signs it.
func TestTheListIsPreparedAndThenSigned(t *testing.T) {
	onWard(t, "b.jones", "e", with(pills(1)...), func(d *driver) {
		d.press("r")
		d.says("A prescriber then signs this same list")
		d.answer("GP summary and chart")
		d.press("enter")
		d.says("Compared. A prescriber signs it.", "NOT SIGNED: compared by JONES, B")
		if d.health().IsReconciled() {
			t.Error("a nurse's comparison counts as the signature")
		}
	})
	onWard(t, "c.reid", "e", with(pills(1)...), func(d *driver) {
		d.press("r")
		d.says("Sign the medicines list", "1 medicine. You sign this list and no other", "Nobody has signed it before.", "OPEN: nobody has written down", "OPEN: 1 supply is not decided.")
		if d.health().IsReconciled() {
			t.Error("one key signs the list")
		}
		d.press("esc")
		d.says("NOT RECONCILED")
		d.press("r", "enter") // an Enter pressed ahead signs nothing that was not on the screen
		if d.says("Sign the medicines list"); d.health().IsReconciled() {
			t.Error("a key pressed ahead signs the list")
		}
		d.press("enter")
		d.says("Reconciled by REID, C", "Reconciled: the list is compared and right.")
	})
}

// What is out of sight is not signed: the list is read to its end first.
func TestALongListIsReadToItsEndBeforeItIsSigned(t *testing.T) {
	onWard(t, "c.reid", "e", with(pills(9)...), func(d *driver) {
		d.press("r")
		d.says("more: Page Down. Enter signs at the end of the list.")
		d.seesNot("Enter sign ")
		d.press("enter")
		d.says("The list goes on: read to its end with Page Down first.")
		if d.health().IsReconciled() {
			t.Error("a list is signed that was not wholly in sight")
		}
		d.press("end")
		d.says("End of the list. Enter signs it in your name")
		d.press("home", "enter")
		d.says("Reconciled by REID, C")
	})
}

// Who signs again sees what became of the list since.
func TestSigningAgainShowsWhatHasChangedSince(t *testing.T) {
	all := pills(3)
	changed := *all[0].(*model.MedicineSet)
	changed.Dose, changed.Reason = "100 mg", "Low mood"
	stopped := all[1].(*model.MedicineSet)
	signed := func(tb testing.TB, d *desk) {
		with(all...)(tb, d)
		d.write(tb, "c.reid", smith, &model.MedicinesReconciled{List: d.record(smith, model.RoleNurse).Health.ListHash()})
		d.write(tb, "b.jones", smith, &changed, &model.MedicineStopped{ID: stopped.ID, Day: model.DayOf(deskNow), Reason: "Rash"}, pill(7, "Folic acid"))
	}
	onWard(t, "c.reid", "e", signed, func(d *driver) {
		d.press("r")
		d.says("Last signed by REID, C", "Since then: 1 added, 1 changed, 1 stopped.")
		d.press("end")
		d.says("CHANGED since it was signed, was: ", "Why: Low mood.", "ADDED since it was signed.", "STOPPED since it was signed.")
		d.press("enter")
		d.says("Reconciled: the list is compared and right.")
	})
}

// Nothing changes under the reader, and what has changed meanwhile is not signed.
func TestAListThatChangesUnderTheReaderIsNotSigned(t *testing.T) {
	onWard(t, "c.reid", "e", with(pills(1)...), func(d *driver) {
		d.press("r")
		d.desk.write(t, "b.jones", smith, pill(7, "Folic acid"))
		d.settle()
		d.says("The list has changed meanwhile: Esc goes back, r shows it as it is now.")
		d.seesNot("Folic acid")
		d.press("enter")
		if d.health().IsReconciled() {
			t.Error("a list is signed that nobody has read")
		}
		d.press("esc", "r")
		d.says("Folic acid")
		d.press("enter")
		d.says("Reconciled by REID, C")
	})
}

func TestListSigningScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "c.reid", desk: with(pills(6)...)}, func(d *driver) { d.press("enter", "e", "r") })
}

// What is in possession is counted and offered as the beginning of the next
// supply; whoever begins it earlier is told before it is kept.
func TestWhatIsInPossessionCountsAsSupply(t *testing.T) {
	onWard(t, "c.reid", "e", with(pills(1)...), func(d *driver) {
		d.press("c")
		d.answer("10", "")
		d.says("Lasts 10 days.")
		d.press("enter", "enter")
		d.says("Keeps 10 tablets, counted 23-Nov-2026: 10 days after release.")
		d.press("enter")
		d.says("[03-Dec-2026", "Next supply by Thu 31-Dec-2026")
		d.press("enter", "enter", "enter", "enter", "ctrl+u")
		d.write("today")
		d.says("TWICE: In possession and EPS both cover 23-Nov-2026 to 02-Dec-2026: 10 days twice.")
		d.press("pgdown", "pgdown", "enter")
		d.says("Enter why both are needed, or begin it later")
		d.press("enter")
		d.answer("The script may be late")
		d.press("pgdown", "enter")
		d.says("TWICE: In possession and EPS", "Why: The script may be late.")
	})
}

func TestASecondWayOfSupplyBeginsAfterTheFirst(t *testing.T) {
	m := pill(0, "Sertraline")
	onWard(t, "c.reid", "e", with(m, decided(m, weekOfTTO)), func(d *driver) {
		d.press("f")
		d.says("Further supply", "First: Supply: Handed over (TTO), 7 tablets for 7 days.")
		d.seesNot("( ) Handed over")
		d.press("enter")
		d.answer("28", "", "", "")
		d.press("enter", "enter")
		d.says("TTO 7d + EPS 28d to do", "Further: Supply: Electronic prescription (EPS), 28 tablets for 28 days, from 30-Nov-2026")
	})
}

func TestThePersonsOwnKeepingIsDecided(t *testing.T) {
	onWard(t, "b.jones", "e", with(pills(1)...), func(d *driver) {
		d.rowsDown(1)
		d.press("enter")
		d.says("How much of their medicines may this person keep at once?")
		d.press("down", "down", "enter")
		d.answer("No overdose, locked cupboard", "+3m")
		d.press("enter")
		d.says("Weekly, review 23-Feb-2027")
		d.press("home")
		d.says("In possession, weekly.")
	})
}

// The form of opioid substitution says which day has no dose while it is typed.
func TestADayWithoutADoseIsSaidWhileThePlanIsTyped(t *testing.T) {
	onWard(t, "b.jones", "e", with(methadone(0)), func(d *driver) {
		d.says("NO PLAN for after the release")
		d.rowsDown(2)
		d.press("enter")
		d.says("[Methadone 1 mg/ml oral solution", "[40 mg once a day")
		d.press("enter", "enter", "enter", "enter", "enter", "enter", "enter")
		d.answer("Community drug service", "", "01632 960111", "+3d")
		d.says("NO DOSE from Tue 24-Nov-2026: 2 days not covered.")
		d.press("enter")
		d.answer("+1d", "+7d")
		d.says("Every day is covered until the appointment.")
		d.press("pgdown", "enter")
		d.says("Opioid substitution: kept.", "26-Nov-2026 Community drug service")
		if plan := d.health().OST; plan.Phone != "01632 960111" || !plan.OnRelease {
			t.Errorf("kept %+v", plan)
		}
	})
}

// A day without its year asks which, with the keys that choose; meanwhile nothing
// is said of days that are covered.
func TestADayThatCanMeanTwoIsNotTakenForOne(t *testing.T) {
	onWard(t, "b.jones", "e", with(methadone(0)), func(d *driver) {
		d.resize(120, 40)
		d.rowsDown(2)
		d.press("enter", "enter", "enter", "enter", "enter", "enter", "enter", "enter")
		d.answer("Community drug service", "", "")
		d.write("26/11")
		d.says("Which? Enter or Down goes to them:", "Thu 26-Nov-2026", "Wed 26-Nov-2025")
		d.press("tab")
		d.says("No day is chosen yet. It can mean:", "A date here can mean several days: choose which.")
		d.seesNot("a week is covered", "NO DOSE")
		d.press("up", "enter")
		d.says("Which? Down and Up move, Enter chooses:")
		d.press("enter")
		d.says("= Thu 26-Nov-2026", "NO DOSE from Tue 24-Nov-2026")
	})
}

func TestADepotNamesWhoGivesIt(t *testing.T) {
	onWard(t, "b.jones", "e", with(depot(0)), func(d *driver) {
		d.says("Due on 27-Nov-2026, 4 days after release, and nobody is named to give it.")
		d.press("g")
		d.answer("Community mental health team", "", "+4d")
		d.press("enter")
		d.says("Next injection by Community mental health team, 27-Nov-2026.")
		d.seesNot("nobody is named")
		d.press("enter")
		d.says("A long-acting injection is given by a service")
	})
}

func TestNaloxoneIsGivenWithItsLot(t *testing.T) {
	onWard(t, "b.jones", "e", with(pills(1)...), func(d *driver) {
		d.rowsDown(3)
		d.press("enter", "down", "enter")
		d.answer("Prenoxad", "A123", "-1d")
		d.press("enter", "enter")
		d.says("This kit has expired.")
		d.press("enter", "ctrl+u")
		d.answer("+300d")
		d.press("enter", "enter")
		d.says("Given: Prenoxad, lot A123")
	})
}

func TestReleaseRowsScreen(t *testing.T) {
	m := pill(1, "Sertraline")
	requireScreen(t, scene{signedIn: "c.reid", desk: with(methadone(0), depot(2), m, decided(m, weekOfTTO),
		&model.MedicineCounted{ID: m.ID, Quantity: 1000, Unit: "tablets", Days: 10, Day: model.DayOf(deskNow)},
		&model.PossessionSet{Level: model.LevelWeekly, Reason: "No overdose"},
		&model.NaloxoneSet{Answer: model.NaloxoneGiven, Kit: "Prenoxad", Lot: "A123", Expiry: model.DayOf(deskNow) + 300, Trained: true},
	)}, func(d *driver) { d.press("enter", "e", "down") })
}

func TestOSTFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(methadone(0), &model.OSTSet{
		Drug: "Methadone 1 mg/ml", Dose: "40 mg daily", LastDay: model.DayOf(deskNow), LastTime: "08:30", LastAmount: "40 mg", LastBy: "JONES, B",
		Service: "Community drug service", Place: "12 Mill Lane", Phone: "01632 960111", Appointment: model.DayOf(deskNow) + 7, At: "10:30",
	})}, func(d *driver) { d.press("enter", "e", "down", "down", "enter") })
}

// A controlled drug without a dose cannot be vouched for: the key says what it
// lacks.
func TestAListWithHalfAControlledDrugIsNotSigned(t *testing.T) {
	half := methadone(0)
	half.Dose, half.Strength = "", ""
	onWard(t, "c.reid", "e", with(half), func(d *driver) {
		d.press("r")
		d.says("Methadone is a controlled drug and lacks an exact dose and its strength.")
		if d.health().IsReconciled() {
			t.Error("it is signed")
		}
	})
}

// Where no medicine was recorded nobody knows whether substitution is needed.
func TestSubstitutionIsNotCalledUnneededBeforeAnythingIsKnown(t *testing.T) {
	const known, unknown = "Not needed: none on the list", "Not known: no medicines are recorded yet"
	for says, set := range map[string]func(testing.TB, *desk){
		unknown: ward,
		known:   with(pills(1)...),
	} {
		onWard(t, "b.jones", "e", set, func(d *driver) { d.says("Opioid substitution " + says) })
	}
	onWard(t, "b.jones", "e", with(&model.MedicinesNone{With: "Prison chart"}), func(d *driver) { d.says(known) })
}

// In plain mode the whole list is said, and one word signs it.
func TestAListIsSignedInPlainMode(t *testing.T) {
	plainly(t, scene{signedIn: "c.reid", desk: with(pills(9)...)}, func(k *talk) {
		k.types("1", "medicines", "reconciled")
		k.hears("9 medicines. You sign this list and no other")
		for strings.Contains(k.types("more"), "Medicine") {
			continue
		}
		k.types("sign")
		k.hears("Reconciled: the list is compared and right.")
	})
}
