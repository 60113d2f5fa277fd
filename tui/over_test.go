package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// end has the hub end the sessions that somebody has open.
func (d *desk) end(staff model.StaffID, why error) {
	d.set(func() { d.staff[staff].ended = why })
}

var roleChanged = &model.Error{Kind: model.KindLocked, Msg: "Your role has changed.", Hint: "Sign in again."}

// TestASessionThatWasEndedShowsNobody holds that nothing of what was read stays
// on the screen, and that whoever sits there is told why.
func TestASessionThatWasEndedShowsNobody(t *testing.T) {
	for name, before := range map[string]func(d *driver){
		"on a page":     func(d *driver) { openSmith(d) },
		"in a question": func(d *driver) { openSmith(d); d.press("ctrl+k") },
		"locked":        func(d *driver) { openSmith(d); d.press("ctrl+l") },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, officer, func(d *driver) {
				before(d)
				d.desk.end("a.khan", roleChanged)
				d.settle()
				d.sees("Your role has changed. Sign in again.", "Staff id")
				d.seesNot("SMITH", "A1234BC", "Releases", "is signed in here", "Find an action")
				d.press("esc", "ctrl+l", "f1", "esc")
				d.seesNot("SMITH", "A1234BC")
			})
		})
	}
}

// TestWhoWasEndedBeginsAnew signs the same person in again: the session of before
// is never gone on with.
func TestWhoWasEndedBeginsAnew(t *testing.T) {
	inBubble(t, officer, func(d *driver) {
		openSmith(d)
		d.desk.end("a.khan", roleChanged)
		d.settle()
		d.desk.end("a.khan", nil)
		d.settle()
		d.signIn("a.khan")
		d.sees("KHAN, A  Reception", "SMITH, John") // back in their place, in a new session
		d.seesNot("Your role has changed")
	})
}
