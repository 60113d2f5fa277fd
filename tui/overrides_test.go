package tui_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// broken is a desk where safer custody and a manager have broken the glass.
func broken(t testing.TB, d *desk) {
	morning(t, d)
	breaks(t, d, "g.ng", model.Health, "Found unconscious in the cell, the ambulance asks what he takes")
	breaks(t, d, "e.wu", model.Custody, "Threat against a member of staff reported by the police")
}

func breaks(t testing.TB, d *desk, staff model.StaffID, opens model.Compartment, words string) {
	d.write(t, staff, smith, &model.GlassBroken{
		Opens: opens, Reason: model.GlassLife, Words: words, Until: model.InstantOf(d.now().Add(model.GlassWindow)),
	})
}

func TestOverridesScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "e.wu", desk: broken}, func(d *driver) { d.press("v") })
}

func TestReviewFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "e.wu", desk: broken}, func(d *driver) {
		d.press("v", "enter")
	})
}

func TestPersonWithOverridesScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: broken}, openSmith)
}

// Whichever side looks, an override stands on the person's page until somebody
// has reviewed it, and in the history for ever.
func TestAnOverrideStandsOnThePageUntilItIsReviewed(t *testing.T) {
	const said = "Health record opened by NG, G (Safer custody) 23-Nov-2026 09:42. Risk to the person's life: Found unconscious"
	for _, staff := range []model.StaffID{"a.khan", "b.jones"} {
		inBubble(t, scene{signedIn: staff, desk: func(t testing.TB, d *desk) {
			morning(t, d)
			breaks(t, d, "g.ng", model.Health, "Found unconscious in the cell")
		}}, func(d *driver) {
			openSmith(d)
			d.says(said)
			of := d.glass()[0].At
			d.desk.write(t, "h.roy", smith, &model.GlassReviewed{Of: of, Outcome: model.GlassJustified})
			d.pass(time.Second)
			d.seesNot("Found unconscious")
			d.press("h")
			d.says("Reviewed an override: justified", "Broke the glass: opened the health record")
		})
	}
}

func TestAManagerReviewsWhatOthersOpenedAndNotTheirOwn(t *testing.T) {
	inBubble(t, scene{signedIn: "e.wu", desk: broken}, func(d *driver) {
		d.sees("v overrides")
		d.press("v", "down", "enter")
		d.sees("Nobody reviews their own override.")
		d.press("up", "enter")
		d.sees("Review an override", "SMITH, John")
		d.press("down", "enter")
		d.submit()
		d.says("What you found must have at least 10 characters.")
		for !strings.HasPrefix(d.selected(), "Why?") {
			d.press("tab")
		}
		d.write("The wing knew what he takes")
		d.submit()
		d.sees("The review is recorded.", "WU, E")
		d.seesNot("NG, G")
	})
}

func TestWhoReviewsNothingIsToldWhy(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", desk: broken}, func(d *driver) {
		d.seesNot("v overrides")
		d.press("v")
		d.sees("Reception may not do this. It is for: Manager, Auditor.")
		d.press("ctrl+k")
		d.write("broke")
		d.sees("Overrides: who broke the glass")
	})
}

func TestAnOverrideThatIsReviewedElsewhereLeavesTheList(t *testing.T) {
	inBubble(t, scene{signedIn: "h.roy", desk: broken}, func(d *driver) {
		d.press("v")
		d.sees("NG, G", "WU, E")
		for _, o := range d.glass() {
			if o.Staff == "g.ng" {
				d.desk.write(t, "e.wu", smith, &model.GlassReviewed{Of: o.At, Outcome: model.GlassJustified})
			}
		}
		d.pass(time.Second)
		d.seesNot("NG, G")
		if !strings.Contains(d.view(), "WU, E") {
			t.Error("the other is gone too")
		}
	})
}

// glass is every override of a person.
func (d *driver) glass() []model.Override {
	d.desk.mu.Lock()
	defer d.desk.mu.Unlock()
	return d.desk.record(smith, model.RoleManager).Glass()
}
