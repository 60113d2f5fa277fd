package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// rowsDown moves from the first medicine to a row around the release.
func (d *driver) rowsDown(n int) {
	for range n {
		d.press("down")
	}
}

// Pharmacy or a nurse prepares, a prescriber signs with one key.
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
		d.says("Reconciled by REID, C")
	})
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
