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
		d.says("Until then: No form can be recorded as sent.")
		d.press("down", "enter", "enter") // in withdrawal; in a week
		d.answer("Asked again on Friday")
		d.press("enter")
		d.says("Register with a GP outside Later: ask on 30-Nov-2026", "Not now: In withdrawal. Reason: Asked again on Friday.", "Until there is an answer: No form can be recorded as sent.")
		if c := d.health().Consents[model.ConsentRegisterGP]; c.Decision != model.ConsentNotAsked || c.How != "" || c.AskAgain != model.DayOf(deskNow)+7 {
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
		d.answer("", "Polish", "Language line, by telephone", "C. Reid", "F. Ali", "GMS1 06/25", "-1d")
		d.press("enter")
		d.says("The last day of a consent must not be in the past.")
		d.press("enter", "ctrl+u")
		d.answer("+3m")
		d.press("enter")
		d.says("Given on 23-Nov-2026, verbal, until 23-Feb-2027", "Asked by F. Ali, recorded by JONES, B", "Witness: C. Reid.", "Language: Polish.")
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

// What an answer changes elsewhere is said before it is kept, and after.
func TestAnAnswerSaysWhatItChanges(t *testing.T) {
	onWard(t, "b.jones", "o", with(sent(0)...), func(d *driver) {
		d.press("enter", "down", "down", "enter") // withdrawn
		d.says("If withdrawn: Registration stops, and the practice has to be told.", "The form went to the practice on 23-Nov-2026, and cannot be called back.")
		d.press("pgdown", "pgdown", "enter")
		d.says("Changed: Registration stops, and the practice has to be told.")
		if got := d.desk.record(smith, model.RoleNurse).Shared.Item(model.ItemGP).State; got != model.Problem {
			t.Errorf("the checklist says %q", got.Words())
		}
	})
}

// Whoever withdraws once a practice has the form is not registered in silence:
// the practice is told, and that is recorded, before the line is settled.
func TestAPracticeIsToldOfAWithdrawal(t *testing.T) {
	withdrawn := &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentWithdrawn}}
	onWard(t, "b.jones", "g", with(append(sent(0), withdrawn)...), func(d *driver) {
		d.says("Next: tell the practice that the person does not want to be registered")
		d.line("The practice was told that it stops")
		d.press("enter")
		d.says("Practice: ", "How was it told?")
		d.press("enter")
		d.answer("Ms Shaw, reception", "The person withdrew")
		d.press("pgdown", "pgdown", "enter")
		d.says("No practice will be sought Telephone Ms Shaw, reception")
		if got := d.desk.record(smith, model.RoleNurse).Shared.Item(model.ItemGP); got.State != model.Refused {
			t.Errorf("the checklist says %q", got.State.Words())
		}
	})
}

// The last day of a consent stands in its row at 80 columns.
func TestARowOfConsentShowsItsLastDay(t *testing.T) {
	until := model.DayOf(deskNow) + 30
	for _, c := range []model.ConsentAnswer{
		{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentSigned, Expires: until},
		{Type: model.ConsentSCR, Decision: model.ConsentGiven, How: model.ConsentVerbal, Record: model.RecordFull, Expires: until},
	} {
		onWard(t, "b.jones", "o", with(&model.ConsentSet{ConsentAnswer: c}), func(d *driver) {
			d.says("Given until 23-Dec-2026, since 23-Nov-2026")
			d.seesNot("…")
		})
	}
}

// Of the Summary Care Record it is asked how much is shared.
func TestTheSummaryCareRecordHasThreeAnswers(t *testing.T) {
	onWard(t, "b.jones", "o", ward, func(d *driver) {
		d.press("down", "down", "down", "enter", "enter", "enter")
		d.says("How much of it?", "( ) With additional information", "( ) Core information only", "If agreed: The registration form carries the choice")
		d.press("down", "enter", "pgdown", "pgdown", "enter")
		d.says("Given on 23-Nov-2026, signed, core information only. Asked by JONES, B")
	})
}

func TestWhoWasPutOffIsAskedOnTheDay(t *testing.T) {
	due := model.DayOf(deskNow)
	set := func(t testing.TB, d *desk) {
		ward(t, d)
		d.farAway("b.jones", smith, &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentShareGP, Decision: model.ConsentNotAsked, Later: model.LaterDistressed, AskAgain: due}})
	}
	onWard(t, "b.jones", "o", set, func(d *driver) {
		d.says("ASK NOW: Send the letter to the GP.", "ASK NOW: put off until 23-Nov-2026")
	})
}

func TestTheChecklistAsksForAConsentThatRanOut(t *testing.T) {
	past := model.DayOf(deskNow) - 1
	set := func(t testing.TB, d *desk) {
		ward(t, d)
		for _, q := range []model.ConsentType{model.ConsentRegisterGP, model.ConsentShareGP} {
			d.farAway("b.jones", smith, &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: q, Decision: model.ConsentGiven, How: model.ConsentSigned, Expires: past}})
		}
		d.farAway("b.jones", smith, &model.ItemSet{Item: model.ItemConsent, State: model.Done, Until: past})
	}
	onWard(t, "b.jones", "down", set, func(d *driver) {
		d.says("Sharing consent asked In progress", "ran out on 22-Nov-2026")
	})
}
