package model_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestWhatNoDeskMakesIsNotSound(t *testing.T) {
	name := func(family string) model.Change {
		return &model.PersonNamed{Name: model.PersonName{Family: family}}
	}
	keep := func(kind, body string) model.Change {
		return &model.ConflictSettled{In: model.Shared, At: "stay", KeepKind: kind, KeepBody: []byte(body)}
	}
	for _, c := range []struct {
		name   string
		change model.Change
		sound  bool
	}{
		{"a name", name("O'Brien"), true},
		{"a name in another script", name("علی"), true},
		{"no name", name(""), false},
		{"a name that moves the cursor", name("\x1b[2JSmith"), false},
		{"a name that is too long", name(strings.Repeat("a", model.MaxNamePart+1)), false},
		{"a prison number", &model.PersonNumbered{Scheme: model.SchemePrison, Value: "A1234BC"}, true},
		{"no prison number", &model.PersonNumbered{Scheme: model.SchemePrison, Value: "1234"}, false},
		{"a kind of number there is not", &model.PersonNumbered{Scheme: "shoe", Value: "9"}, false},
		{"a stay", &model.StaySet{Site: "LEI", Received: model.DayOf(morning)}, true},
		{"a stay nowhere", &model.StaySet{Site: "no prison"}, false},
		{"a stay out by no movement", &model.StaySet{Site: "LEI", Out: "GONE"}, false},
		{"a release", &model.ReleaseSet{Day: model.DayOf(morning), Basis: model.BasisConfirmed, Time: "09:30"}, true},
		{"a release at no time", &model.ReleaseSet{Day: model.DayOf(morning), Basis: model.BasisConfirmed, Time: "soon"}, false},
		{"a release on no day", &model.ReleaseSet{Basis: model.BasisConfirmed}, false},
		{"a movement of no kind", &model.MovementRecorded{Movement: model.Movement{Type: "XXX", Reason: "CR"}}, false},
		{"a note of several lines", &model.CustodyNoted{Text: "one\n\ttwo"}, true},
		{"a note with a bell", &model.CustodyNoted{Text: "one\atwo"}, false},
		{"a note with a one-byte escape", &model.HealthNoted{Text: "one\u009b2J"}, false},
		{"a control character deep within", &model.AllergiesSet{List: []model.Allergy{{Substance: "latex\x7f"}}}, false},
		{"a letter that is none", &model.LetterSigned{Number: 1, Frozen: []byte("{}")}, false},
		{"an override", &model.GlassBroken{Opens: model.Health, Reason: model.GlassLife, Words: "found unconscious", Until: 1}, true},
		{"an override of nothing", &model.GlassBroken{Reason: model.GlassLife, Words: "found unconscious", Until: 1}, false},
		{"an override for no reason", &model.GlassBroken{Opens: model.Health, Words: "found unconscious", Until: 1}, false},
		{"an override in no words", &model.GlassBroken{Opens: model.Health, Reason: model.GlassLife, Words: "          ", Until: 1}, false},
		{"a review of an override", &model.GlassReviewed{Of: model.Stamp{Wall: 1}, Outcome: model.GlassJustified}, true},
		{"a review of nothing", &model.GlassReviewed{Outcome: model.GlassJustified}, false},
		{"a review that says no and not why", &model.GlassReviewed{Of: model.Stamp{Wall: 1}, Outcome: model.GlassNotJustified}, false},
		{"a line of the checklist", &model.ItemSet{Item: model.ItemGP, State: model.Done}, true},
		{"a note that is too long", &model.HealthNoted{Text: strings.Repeat("a", 17<<10)}, false},
		{"a settlement", keep("stay.set", `{"site":"LEI","received":""}`), true},
		{"a settlement that keeps no stay", keep("stay.set", `{"site":"no prison","received":""}`), false},
		{"a settlement with a bell", keep("stay.set", `{"site":"LEI","status":"\u0007","received":""}`), false},
	} {
		body, err := model.EncodeChange(c.change)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if err := model.Sound(c.change, body); (err == nil) != c.sound || err != nil && model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
