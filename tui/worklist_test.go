package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

func TestWorklistScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) { d.press("w") })
}

// The last column has room for a day and for there being none, and says when
// somebody left.
func TestAWorklistSaysWhenEachLeavesOrThatNobodyKnows(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.resize(120, 40)
		d.press("w")
		d.sees("due today   Not started Not recorded", "Not started 20-Nov-2026")
		d.seesNot("Not record…")
	})
}

func TestWorklistOfANurseFilteredScreen(t *testing.T) {
	requireScreen(t, nurse, func(d *driver) {
		d.press("w", "/")
		d.write("smith")
	})
}

func TestAWorklistOpensThePersonAtTheLine(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("w", "/")
		d.write("smith results")
		d.press("enter", "enter")
		d.sees("SMITH, John  Born", "> Results chased")
		d.press("esc")
		d.sees("HMP Leeds  Worklist", "/ smith results")
		d.press("esc", "esc")
		d.sees("HMP Leeds  Releases")
	})
}

func TestAWorklistIsPrintedFromItsScreen(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("w", "x", "p", "t")
		if n := len(d.desk.papers); n != 2 || d.desk.papers[0].Paper != model.PaperWorklist || !strings.HasSuffix(d.desk.papers[0].Name, ".pdf") || !strings.HasSuffix(d.desk.papers[1].Name, ".txt") {
			t.Fatalf("%+v\n%s", d.desk.papers, d.view())
		}
	})
}

func TestAReleaseAtCourtIsRecordedFromTheWorklist(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("w", "/")
		d.write("pryce")
		d.press("enter", "t")
		d.sees("PRYCE, Llŷr  ", "Released at court")
	})
}

// What was opened from the worklist and is done now gives the cursor to the line
// below it.
func TestTheCursorGoesOnAfterALineIsDone(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("w")
		here := d.selected()
		d.press("down")
		below := d.selected()
		d.press("up", "enter", " ", "esc")
		if got := d.selected(); got != below || strings.Contains(d.view(), here) {
			t.Fatalf("the cursor is on %q, want %q\n%s", got, below, d.view())
		}
	})
}

// resultsLongDone is somebody who leaves tomorrow and whose results were chased
// three days ago: they are to be looked at once more today.
func resultsLongDone(tb testing.TB, k *desk) {
	now := k.now
	k.now = func() time.Time { return now().Add(-72 * time.Hour) }
	id := k.person(tb, invented{family: "Adeyemi", given: "Tunde", number: "A6006FE", in: 4, time: "09:30", basis: model.BasisConfirmed, reason: "CR"})
	k.write(tb, "b.jones", id, &model.ResultSet{ID: entry(1), Of: model.ResultTest, What: "HbA1c", State: model.ResultCame, Result: "48 mmol/mol"})
	k.now = now
}

func TestALineIsCheckedAgainFromTheWorklistAndFromThePersonsPage(t *testing.T) {
	scene := scene{desk: resultsLongDone, signedIn: nurse.signedIn}
	inBubble(t, scene, func(d *driver) {
		d.press("w", "/")
		d.write("check again")
		d.press("enter")
		d.sees("> A6006FE ADEYEMI, Tunde     Results chased              due today   Check again")
		d.press("s")
		d.sees("Checked again: Results chased")
		d.seesNot("A6006FE")
	})
	inBubble(t, scene, func(d *driver) {
		d.press("w", "/")
		d.write("check again")
		d.press("enter", "enter")
		d.sees("> Results chased", "check again", "To be checked again since 23-Nov-2026: press s when", "it still is.")
		d.press("s")
		d.sees("Checked again: Results chased", "Checked again: JONES, B 23-Nov-2026 09:42.", "For: Nurse")
		d.seesNot("To be checked again")
	})
}

func TestAWorklistHasWhatIsLeftAfterARelease(t *testing.T) {
	inBubble(t, scene{signedIn: nurse.signedIn, desk: func(tb testing.TB, k *desk) {
		id := k.person(tb, invented{family: "Adeyemi", given: "Tunde", number: "A6006FE", in: 0, basis: model.BasisConfirmed, reason: "CR"})
		k.write(tb, "a.khan", id, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: k.at(-1)}})
	}}, func(d *driver) {
		d.press("w", "/")
		d.write("adeyemi")
		d.press("enter")
		d.seesNot("Identity checked", "Check after release") // that is health administration's
		d.sees("Results chased", "due in 1d")
	})
}
