package tui_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

// Nothing is answered before somebody answers it: Continue on an empty form
// keeps nothing, whatever was answered before.
func TestAConsentBeginsWithoutAnAnswer(t *testing.T) {
	onWard(t, "b.jones", "o", with(agreed()), func(d *driver) {
		d.says("Register with a GP outside Given on 23-Nov-2026, signed")
		d.press("enter")
		d.says("Until now: Given on 23-Nov-2026, signed", "( ) Given", "( ) Refused", "( ) Not asked")
		d.seesNot("(x)")
		d.press("pgdown", "pgdown", "enter")
		d.says("There is a problem", "Choose the person's answer")
	})
}

// One question, one answer: no other question is touched.
func TestConsentsAreNeverBundled(t *testing.T) {
	onWard(t, "b.jones", "o", ward, func(d *driver) {
		d.press("down", "enter", "down", "enter") // refused
		d.press("pgdown", "pgdown", "enter")
		d.says("Send the letter to the GP Refused on 23-Nov-2026")
		if got := d.health().Consents; len(got) != 1 || got[model.ConsentShareGP].Decision != model.ConsentRefused {
			t.Errorf("the consents are %+v", got)
		}
	})
}

func TestNotAskedIsAnAnswerWithItsReason(t *testing.T) {
	onWard(t, "f.ali", "o", ward, func(d *driver) {
		d.press("enter", "down", "down", "down", "enter")
		d.answer("Withdrawing, asked again on Friday")
		d.press("enter")
		d.says("Register with a GP outside Not asked on 23-Nov-2026", "Reason: Withdrawing, asked again on Friday.")
		if c := d.health().Consents[model.ConsentRegisterGP]; c.Decision != model.ConsentNotAsked || c.How != "" {
			t.Errorf("kept %+v", c.ConsentAnswer)
		}
	})
}

// A yes has to be signed or verbal, and can have all that makes it stand up
// later.
func TestAYesSaysHowAndUntilWhen(t *testing.T) {
	onWard(t, "b.jones", "o", ward, func(d *driver) {
		d.press("enter", "enter", "pgdown", "pgdown", "enter")
		d.says("Problem: Say how consent was given")
		d.press("enter", "right", "enter") // verbal
		d.answer("", "Polish, by telephone", "C. Reid", "GMS1 06/25", "-1d")
		d.press("enter")
		d.says("The last day of a consent must not be in the past.")
		d.press("enter", "ctrl+u")
		d.answer("+3m")
		d.press("enter")
		d.says("Given on 23-Nov-2026, verbal, until 23-Feb-2027", "Witness: C. Reid.", "Language: Polish, by telephone.", "Text: GMS1 06/25.")
	})
}

func TestLackOfCapacityAsksForTheBestInterest(t *testing.T) {
	onWard(t, "b.jones", "o", ward, func(d *driver) {
		d.press("enter", "down", "down", "down", "down", "enter", "pgdown", "pgdown", "enter")
		d.says("Choose what was decided in the person's best interest", "Enter the best-interest decision")
		d.press("enter", "right", "enter")
		d.answer("Dr Reid: would agree if well")
		d.press("pgdown", "pgdown", "enter")
		d.says("Lacks capacity: not to be done", "Decided: Dr Reid: would agree if well.")
		if c := d.health().Consents[model.ConsentRegisterGP]; c.DoIt || c.Agreed() {
			t.Errorf("kept %+v", c.ConsentAnswer)
		}
	})
}

func TestOnlyWhatWasGivenIsWithdrawn(t *testing.T) {
	onWard(t, "b.jones", "o", with(agreed()), func(d *driver) {
		d.press("down", "enter", "down", "down")
		d.says("( ) Withdrawn (nothing was given)")
		d.press("esc", "up", "enter", "down", "down", "enter", "pgdown", "pgdown", "enter")
		d.says("Register with a GP outside Withdrawn on 23-Nov-2026")
	})
}

func TestAConsentThatRanOutSaysSo(t *testing.T) {
	past := model.DayOf(deskNow) - 1
	set := func(t testing.TB, d *desk) {
		ward(t, d)
		d.farAway("b.jones", smith, &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentSigned, Expires: past}})
	}
	onWard(t, "b.jones", "o", set, func(d *driver) { d.says("RUN OUT on 22-Nov-2026, ask again") })
}

func TestConsentScreen(t *testing.T) {
	refused := &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentProbation, Decision: model.ConsentRefused, Reason: "Does not trust them"}}
	requireScreen(t, scene{signedIn: "b.jones", desk: with(agreed(), refused)}, func(d *driver) {
		d.press("enter", "o", "down", "down", "down", "down", "down")
	})
}

func TestConsentFormScreen(t *testing.T) {
	requireScreen(t, scene{signedIn: "b.jones", desk: ward}, func(d *driver) { d.press("enter", "o", "end", "enter", "enter") })
}
