package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// Who checks after the release is told whether the person may be called, before
// anybody calls; an officer, who may not read the answer, is told nothing of it.
func TestNobodyCallsWhoRefusedContact(t *testing.T) {
	yesterday := model.DayOf(deskNow) - 1
	for name, tt := range map[string]struct {
		answer model.ConsentAnswer
		says   string
	}{
		"refused":   {model.ConsentAnswer{Decision: model.ConsentRefused}, "DO NOT CONTACT THEM: they refused it."},
		"run out":   {model.ConsentAnswer{Decision: model.ConsentGiven, How: model.ConsentSigned, Expires: yesterday}, "their consent ran out on 22-Nov-2026."},
		"agreed":    {model.ConsentAnswer{Decision: model.ConsentGiven, How: model.ConsentSigned, Scope: "Texts, evenings"}, "They agreed to be contacted: Texts, evenings."},
		"not asked": {model.ConsentAnswer{Decision: model.ConsentNotAsked}, "Nobody asked whether they may be contacted."},
	} {
		t.Run(name, func(t *testing.T) {
			set := func(t testing.TB, d *desk) {
				hasLeft(t, d)
				tt.answer.Type = model.ConsentContactAfter
				d.farAway("b.jones", okafor, &model.ConsentSet{ConsentAnswer: tt.answer})
			}
			inBubble(t, scene{signedIn: "b.jones", desk: set}, func(d *driver) {
				okafors("f")(d)
				d.says(tt.says)
				d.press("home", "enter")
				d.says("What did you find?", tt.says)
			})
			inBubble(t, scene{signedIn: "a.khan", desk: set}, func(d *driver) {
				okafors("f")(d)
				d.says("Left on 23-Nov-2026")
				d.seesNot(tt.says)
			})
		})
	}
}
