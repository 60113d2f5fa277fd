package tui_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

var pryce = personID("A9021FA")

// letGo is the morning after the court let Mr Pryce go, with two medicines that
// cannot wait.
func letGo(t testing.TB, d *desk) {
	morning(t, d)
	d.write(t, "b.jones", pryce, pill(0, "Levetiracetam"), pill(1, "Omeprazole"), pill(2, "Apixaban"))
	d.write(t, "a.khan", pryce, &model.RescueStarted{
		Known: d.at(-47 * time.Minute), Left: d.at(-52 * time.Minute), Reason: "NG", Court: "Leeds Crown Court", Told: "Clerk of court 3", Means: model.MeansPhone,
	})
}

var (
	afterCourt      = scene{signedIn: "a.khan", desk: letGo}
	afterCourtNurse = scene{signedIn: "b.jones", desk: letGo}
)

// toRescue opens the rescue list from the board, where it stands first.
func toRescue(d *driver) { d.press("home", "t") }

func TestRescueScreen(t *testing.T)        { requireScreen(t, afterCourt, toRescue) }
func TestRescueAsNurseScreen(t *testing.T) { requireScreen(t, afterCourtNurse, toRescue) }
func TestBoardWithARescueScreen(t *testing.T) {
	requireScreen(t, afterCourtNurse, func(*driver) {})
}

func TestTriageScreen(t *testing.T) {
	requireScreen(t, afterCourtNurse, func(d *driver) {
		toRescue(d)
		d.press("enter")
	})
}

func TestLetGoFormScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) { d.openPryce(); d.press("t") })
}

func (d *driver) openPryce() {
	d.press("ctrl+k")
	d.write("pryce")
	d.press("enter")
}

// Told on the telephone: from any screen to the list with its clock.
func TestReleasedAtCourtIsRecordedFromAnyScreen(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("s", "ctrl+k")
		d.write("released at court: record")
		d.press("enter")
		d.sees("Who was released?")
		d.write("pryce")
		d.press("enter", "enter")
		d.sees("Why were they let go?", "PRYCE, Llŷr  Born")
		d.write("not guilty")
		d.press("enter")
		d.answer("Leeds Crown Court", "9:10", "", "")
		d.write("The clerk of court 3")
		d.submit()
		d.says("was let go.")
		d.write("LEAVES")
		d.press("enter")
		d.says("Rescue list", "Released 23-Nov-2026 09:10, found not guilty", "The rescue list runs.")
		s := d.desk.record(pryce, model.RoleReception).Shared
		if s.Release.Class != model.ReleaseNoNotice || s.Stay.Out != string(model.MovementRelease) {
			t.Errorf("the release is %+v, out: %s", s.Release, s.Stay.Out)
		}
	})
}

// An officer sees that a triage is open or done, and nothing of what it is about.
func TestAnOfficerSeesOfATriageOnlyThatItIsDone(t *testing.T) {
	inBubble(t, afterCourt, func(d *driver) {
		toRescue(d)
		d.seesNot("Levetiracetam", "Apixaban")
		d.press("home", "enter")
		d.says("Held by healthcare")
		d.seesNot("Levetiracetam")
		for i := range 3 {
			if i == 1 {
				continue
			}
			d.desk.write(t, "b.jones", pryce, &model.TriageSet{Of: d.desk.at(-47 * time.Minute), Flag: string(medicineID(i)), Outcome: model.TriagePrescribed, Note: "Levetiracetam at the station"})
		}
		d.settle()
		d.says("Critical medicines triaged Done", "Medicines list frozen Done")
		d.seesNot("Levetiracetam", "station")
	})
}

func TestANurseAnswersForEachMedicineThatCannotWait(t *testing.T) {
	inBubble(t, afterCourtNurse, func(d *driver) {
		toRescue(d)
		d.press("enter")
		d.sees("2 answers are still to be given", "Apixaban", "Levetiracetam")
		d.seesNot("Omeprazole")
		d.press("enter", "down", "enter")
		d.write("Boots at the station, told by telephone")
		d.submit()
		d.sees("1 answer is still to be given", "List frozen by", "3 medicines")
		d.press("down", "enter", "enter")
		d.submit()
		d.says("Every answer is given.")
		d.press("esc")
		d.says("Critical medicines triaged Done")
	})
}

// Steps that are late rise in the header of those whose they are.
func TestTheHeaderSaysWhatIsLateToThoseWhoseItIs(t *testing.T) {
	inBubble(t, scene{signedIn: "b.jones", desk: letGo, idle: time.Hour}, func(d *driver) {
		d.sees("1 rescue", "1 OVERDUE")
		d.pass(14 * time.Minute)
		d.sees("2 OVERDUE")
	})
	inBubble(t, scene{signedIn: "d.osei", desk: letGo}, func(d *driver) {
		d.sees("1 rescue")
		d.seesNot("OVERDUE  ", "1 OVERDUE")
	})
}

func TestAStepIsTickedAndTakenBack(t *testing.T) {
	inBubble(t, scene{signedIn: "d.osei", desk: letGo}, func(d *driver) {
		toRescue(d)
		if got := d.selected(); got[:len("Probation told")] != "Probation told" {
			t.Fatalf("the cursor is on %q, not on the first step that is the reader's", got)
		}
		d.press(" ")
		d.sees("Done: Probation told")
		d.press(" ")
		d.sees("Taken back: Probation told")
		d.press("n", "up", "up", "enter")
		d.submit()
		d.sees("Say why.")
	})
}

// Back in prison: the prescription that was sent is said on every screen.
func TestWhoComesBackIsSaidOnTheBoardAndTheList(t *testing.T) {
	inBubble(t, afterCourtNurse, func(d *driver) {
		d.desk.write(t, "b.jones", pryce, &model.RescueStepSet{Step: model.RescueSupply, State: model.Done})
		d.desk.write(t, "d.osei", pryce, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: d.desk.at(-time.Minute)}})
		d.settle()
		d.sees("Released without notice", "1 to do, 1 LATE")
		toRescue(d)
		d.says("BACK IN PRISON", "cancel the prescription that was sent", "Prescription cancelled")
		d.press(" ")
		d.says("The list is over.")
	})
}

func TestAReleaseRecordedElsewhereOpensTheListThatRuns(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.openPryce()
		d.press("t")
		d.sees("Why were they let go?")
		d.press("esc")
		d.desk.write(t, "d.osei", pryce, &model.RescueStarted{Known: d.desk.at(-time.Minute), Left: d.desk.at(-2 * time.Minute), Reason: "NG", Told: "The escort", Means: model.MeansEscort})
		d.settle()
		d.says("RESCUE LIST, known for 1m")
		d.press("t")
		d.says("Rescue list", "The escort", "OSEI")
	})
}

// Courts sit late, and the desk hears of it after midnight.
func TestAReleaseOfYesterdayIsRecordedWithItsTime(t *testing.T) {
	for typed, want := range map[string]string{
		"23:40 yesterday": "22-Nov-2026 23:40", "yesterday 23:40": "22-Nov-2026 23:40", "22/11/2026 2340": "22-Nov-2026 23:40", "23:40 20 nov": "20-Nov-2026 23:40",
		"09:10": "23-Nov-2026 09:10",
	} {
		inBubble(t, scene{signedIn: "a.khan", desk: ward}, func(d *driver) {
			d.press("enter", "t")
			d.write("not guilty")
			d.press("enter")
			d.answer("", typed, "", "")
			d.write("Clerk of court 3")
			d.submit()
			d.says("was let go.")
			d.write("LEAVES")
			d.press("enter")
			if got := d.desk.record(smith, model.RoleReception).Shared.Rescue.Left.String(); got != want {
				t.Errorf("%q is taken for %s, want %s\n%s", typed, got, want, d.view())
			}
		})
	}
}

func TestATimeStillToComeIsAskedAbout(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", desk: ward}, func(d *driver) {
		d.press("enter", "t")
		d.write("not guilty")
		d.press("enter")
		d.answer("", "23:40", "", "")
		d.write("Clerk of court 3")
		d.submit()
		d.says("This time is still to come today. Of yesterday, write it like 23:40 yesterday.")
	})
}
