package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// heldBack is a ward whose person must not be released, by an alert of custody's.
func heldBack(t testing.TB, d *desk) {
	ward(t, d)
	d.write(t, "g.ng", smith, &model.AlertSet{Code: "XNR", Active: true})
}

func TestAnAlertIsAddedAndEnded(t *testing.T) {
	inBubble(t, scene{signedIn: "g.ng", desk: ward}, func(d *driver) {
		d.press("enter", "a")
		d.says("a add alert", "Esc back")
		d.press("a")
		d.says("Record it in prison IT too")
		d.write("XNR")
		d.press("enter")
		d.says("HELD: nobody is released while it stands.", "It must never be shown to the person.")
		d.submit()
		d.says("The alert is recorded.", "Not for release")
		d.press("esc")
		d.says("HELD, do not release")
		d.press("a", "a")
		d.write("XNR")
		d.says("it is active already")
		d.press("esc", "x", " ")
		d.says("End an alert", "It holds the person.")
		d.submit()
		d.says("The alert has ended.")
		d.press("esc")
		d.seesNot("HELD")
	})
}

// An alert of custody's own is not told to anybody else; its hold is.
func TestAnAlertOfCustodysReachesOthersAsAHoldAlone(t *testing.T) {
	set := func(t testing.TB, d *desk) {
		ward(t, d)
		d.write(t, "g.ng", smith, &model.AlertSet{Code: "XLDEPORT", Active: true}, &model.CustodyNoted{Text: "Kept apart from his brother"})
	}
	for staff, reads := range map[model.StaffID]bool{"a.khan": true, "i.fox": true, "g.ng": true, "b.jones": false, "c.reid": false, "h.roy": false} {
		inBubble(t, scene{signedIn: staff, desk: set}, func(d *driver) {
			d.press("enter")
			d.says("HELD, do not release")
			d.press("a")
			if reads {
				d.says("Kept apart from his brother", model.AlertWords("XLDEPORT"))
			} else {
				d.seesNot("brother", model.AlertWords("XLDEPORT"), "custody note", "add alert")
			}
		})
	}
}

func TestACustodyNoteAndALocationAreRecordedAfterBookingIn(t *testing.T) {
	inBubble(t, scene{signedIn: "i.fox", desk: ward}, func(d *driver) {
		d.press("enter", "a")
		d.seesNot("add alert") // the wing mirrors none
		d.press("n")
		d.write("Quiet since the visit.")
		d.submit()
		d.says("The note is kept, for custody alone.", "Quiet since the visit.")
		d.press("c")
		d.press("ctrl+u")
		d.write("B-1-007")
		d.submit()
		d.says("The location is recorded.", "B-1-007")
	})
}

func TestAlertFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "g.ng", desk: ward}, func(d *driver) { d.press("enter", "a", "a"); d.write("release") })
}

func TestAlertEndFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "g.ng", desk: heldBack}, func(d *driver) { d.press("enter", "a", "x") })
}

func TestCustodyNoteFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "i.fox", desk: ward}, func(d *driver) { d.press("enter", "a", "n") })
}
