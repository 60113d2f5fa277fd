package tui_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestWorklistScreen(t *testing.T) {
	requireScreen(t, officer, func(d *driver) { d.press("w") })
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
		d.press("w", "down")
		here := d.selected()
		d.press("down")
		below := d.selected()
		d.press("up", "enter", " ", "esc")
		if got := d.selected(); got != below || strings.Contains(d.view(), here) {
			t.Fatalf("the cursor is on %q, want %q\n%s", got, below, d.view())
		}
	})
}
