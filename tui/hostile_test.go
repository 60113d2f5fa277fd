package tui_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// poison is what no screen may paint: it clears the window, renames it, turns
// the reading order round, and rings.
const poison = "\x1b[2Jx\x1b]0;y\x07\u202ez\u009b2J"

// poisoned are changes of a desk whose program checks nothing, for the hub asks
// who made them and not what they say.
func poisoned() []model.Change {
	name := model.PersonName{Family: poison, Given: []string{poison}}
	return []model.Change{
		&model.PersonNamed{Name: name},
		&model.PersonNumbered{Scheme: model.SchemePrison, Value: poison},
		&model.PersonNumbered{Scheme: model.SchemeNHS, Value: poison, Status: poison},
		&model.PersonNumbered{Scheme: model.SchemePNC, Value: poison},
		&model.PersonBorn{Sex: poison},
		&model.StaySet{Site: poison, BookingID: poison, LegalStatus: poison, Status: poison, Out: poison},
		&model.LocationSet{Cell: poison},
		&model.MovementRecorded{Movement: model.Movement{Type: poison, Reason: poison, Other: poison, Note: poison}},
		&model.ReleaseSet{Day: model.DayOf(deskNow), Time: poison, Basis: poison, Reason: poison, Destination: poison},
		&model.AlertSet{Code: poison, Active: true},
		&model.ItemSet{Item: model.ItemConsent, State: poison, Detail: poison, Note: poison},
		&model.ItemSet{Item: model.ItemHandover, State: model.Problem, Detail: poison, Note: poison},
		&model.ItemSet{Item: model.ItemGP, State: model.Done, Detail: poison, Note: poison},
		&model.InstructionGiven{Text: poison},
		&model.CustodyNoted{Text: poison},
		&model.HealthNoted{Text: poison},
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: poison, Reaction: poison, Severity: poison}}},
		&model.ProblemsSet{Problems: []string{poison}},
		&model.MedicineSet{ID: "m", Prescribed: model.Prescribed{Name: poison, Dose: poison, Frequency: poison, Route: poison, Form: poison, Strength: poison}, Reason: poison},
		&model.SupplySet{ID: "m", SupplyDecision: model.SupplyDecision{Route: model.SupplyTTO, Unit: poison, Quantity: 100, Reason: poison}},
		&model.SupplyPacked{ID: "m", Reference: poison},
		&model.MedicineStopped{ID: "n", Reason: poison},
		&model.GPStep{State: poison},
		&model.LetterDraft{Heading: "x", Text: poison},
		&model.GlassBroken{Opens: 9, Reason: poison, Words: poison},
	}
}

var colour = regexp.MustCompile("\x1b\\[[0-9;:]*m")

func TestNoScreenPaintsWhatAHostileDeskWrote(t *testing.T) {
	for _, who := range []model.StaffID{"b.jones", "a.khan"} {
		for name, size := range sizes {
			t.Run(string(who)+" "+name, func(t *testing.T) {
				inBubble(t, scene{signedIn: who, size: size}, func(d *driver) {
					for _, c := range poisoned() {
						d.desk.farAway(who, smith, c)
					}
					d.desk.farAway(who, smith, &model.ReleaseSet{Day: model.DayOf(deskNow), Time: poison})
					d.desk.set(func() { d.desk.status.Err = poison })
					d.settle()
					look := func(at string) {
						d.pass(time.Second)
						if left := colour.ReplaceAllString(d.app.View(), ""); strings.ContainsAny(left, "\x1b\x07\u009b\u202e") {
							for _, line := range strings.Split(left, "\n") {
								if strings.ContainsAny(line, "\x1b\x07\u009b\u202e") {
									t.Errorf("%s: %q", at, line)
								}
							}
						}
					}
					look("board")
					for range 12 {
						d.press("down")
						look("board")
					}
					d.press("home", "/")
					look("filter")
					d.press("esc", "c")
					look("conflicts")
					d.press("enter")
					look("settle")
					d.press("esc", "p")
					look("person")
					for _, key := range []string{"a", "h", "g", "e", "o", "y", "l", "n", "m", "i", "r", "s", "b", "t", "?"} {
						d.press(key)
						look("person " + key)
						d.press("esc")
						look("after " + key)
					}
				})
			})
		}
	}
}
