package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

var penicillin = model.Allergy{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere}

func known(list ...model.Allergy) model.Change {
	return &model.AllergiesSet{State: model.AllergiesKnown, List: list}
}

// The banner reads exactly one of the four answers, on every page about the
// person.
func TestTheBannerSaysWhatIsKnownOfAllergies(t *testing.T) {
	for words, change := range map[string]model.Change{
		"Allergies: None known":               &model.AllergiesSet{State: model.AllergiesNone},
		"Allergies: Unavailable":              &model.AllergiesSet{State: model.AllergiesUnavailable},
		"Allergies: Not recorded":             &model.AllergiesSet{},
		"Allergic to Penicillin: anaphylaxis": known(penicillin),
		"Allergic to Penicillin, Latex, Nuts": known(penicillin, model.Allergy{Substance: "Latex"}, model.Allergy{Substance: "Nuts"}),
	} {
		for _, key := range []string{"g", "e", "o", "y"} {
			onWard(t, "b.jones", key, with(change), func(d *driver) { d.sees(words) })
		}
	}
}

// An allergy is never pushed out of the banner by a long name or a warning.
func TestAnAllergyIsNeverLeftOutOfTheBanner(t *testing.T) {
	inBubble(t, scene{signedIn: "b.jones", desk: func(t testing.TB, d *desk) {
		id := d.person(t, invented{family: "Featherstonehaugh-Cholmondeley-Majoribanks", given: "Bartholomew Montgomery", number: "A5555QQ", basis: model.BasisConfirmed})
		d.write(t, "a.khan", id, &model.AlertSet{Code: "HA", Active: true}, &model.PersonRestricted{Restricted: true})
		d.write(t, "b.jones", id, &model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceNotTraced}, known(penicillin))
	}}, func(d *driver) {
		d.press("enter")
		d.sees("RESTRICTED", "! ACCT open", "Allergic to Pen")
	})
}

func TestAllergiesAreAddedChangedAndRemovedForAReason(t *testing.T) {
	onWard(t, "b.jones", "y", ward, func(d *driver) {
		d.says("Allergies: Not recorded", "Nobody has asked yet. This is not the same as none.")
		d.press("a")
		d.answer("Penicillin", "rash")
		d.press("enter", "enter")
		d.says("Allergies: Known (1)", "Penicillin rash Mild")
		d.press("a")
		d.answer("penicillin", "")
		d.press("enter", "enter")
		d.says("This substance is in the list already.")
		d.press("esc", "enter", "down", "ctrl+u")
		d.answer("anaphylaxis")
		d.press("down", "down", "enter", "enter")
		d.says("Penicillin anaphylaxis Severe")
		d.press("x", "enter", "enter", "enter")
		d.says("Enter why it is removed")
		d.press("enter")
		d.answer("Tested negative at clinic")
		d.press("enter", "enter")
		d.says("Allergies: None known")
		h := d.health()
		if h.Allergies.State != model.AllergiesNone || len(h.Notes) != 1 {
			t.Errorf("kept %+v and %d notes", h.Allergies, len(h.Notes))
		}
	})
}

// "None known" never wipes a list without a word.
func TestAnotherAnswerThanTheListTakesAReason(t *testing.T) {
	onWard(t, "b.jones", "y", with(known(penicillin)), func(d *driver) {
		d.press("n")
		d.says("This takes away what is in the list: Penicillin: anaphylaxis (severe).")
		d.press("enter", "enter", "enter")
		d.says("Enter why the list is taken away")
		if d.health().Allergies.State != model.AllergiesKnown {
			t.Error("the list is gone")
		}
	})
}

func TestAllergiesCanBeReadByWhoMayNotChangeThem(t *testing.T) {
	onWard(t, "f.ali", "y", with(known(penicillin)), func(d *driver) {
		d.says("You can read this and not change it.", "Penicillin anaphylaxis Severe")
		for _, key := range []string{"enter", "a", "x", "n"} {
			d.press(key)
			d.says("Health administration may not do this.")
		}
	})
}

func TestAllergiesScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: with(known(penicillin, model.Allergy{Substance: "Latex", Severity: model.SeverityMild}, model.Allergy{Substance: "Nuts"}))},
		func(d *driver) { d.press("enter", "y") })
}

func TestAllergyFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: ward}, func(d *driver) { d.press("enter", "y", "n") })
}
