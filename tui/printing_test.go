package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func openPrinting(d *driver) {
	openSmith(d)
	d.press("p")
}

func TestPrintingScreen(t *testing.T) { requireScreen(t, officer, openPrinting) }

func TestPrintingWritesWhatIsUnderTheCursor(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openPrinting(d)
		d.press("down", "t", "enter", "down", "enter")
		want := []struct {
			paper model.Paper
			name  string
		}{{model.PaperHandover, "handover-a1234bc.txt"}, {model.PaperHandover, "handover-a1234bc.pdf"}}
		if len(d.desk.papers) != len(want) {
			t.Fatalf("%d papers: an officer has no medicines sheet\n%s", len(d.desk.papers), d.view())
		}
		for i, w := range want {
			got := d.desk.papers[i]
			if got.Paper != w.paper || got.Name != w.name || got.Person == (model.PersonID{}) {
				t.Errorf("%+v, want %v", got, w)
			}
		}
	})
}

func TestACourtPackIsPrintedFromItsScreen(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		d.press("o", "tab", "enter", "x")
		if len(d.desk.papers) != 1 || d.desk.papers[0].Paper != model.PaperCourtPack {
			t.Fatalf("%+v\n%s", d.desk.papers, d.view())
		}
	})
}

func TestAListIsPrintedFromThePalette(t *testing.T) {
	inBubble(t, nurse, func(d *driver) {
		d.press("ctrl+k")
		d.write("print a list")
		d.press("enter", "enter")
		if len(d.desk.papers) != 1 || d.desk.papers[0].Paper != model.PaperWorklist {
			t.Fatalf("%+v\n%s", d.desk.papers, d.view())
		}
	})
}
