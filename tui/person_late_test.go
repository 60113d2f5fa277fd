package tui_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Who has just left is told of what was never done, and apart from it of what only a
// later day can bring.
func TestWhatIsOnlyDueLaterWasNotNeverDone(t *testing.T) {
	left := func(tb testing.TB, k *desk) {
		id := k.person(tb, invented{family: "Adeyemi", given: "Tunde", number: "A6006FE", basis: model.BasisConfirmed, reason: "CR"})
		for _, f := range model.Checklist() {
			if f.ID != model.ItemAfterRelease && f.ID != model.ItemNaloxone && f.ID != model.ItemReleaseDate && f.ID != model.ItemIdentity {
				k.farAway("b.jones", id, &model.ItemSet{Item: f.ID, State: model.NotNeeded, Note: "for this test"})
			}
		}
		k.farAway("b.jones", id, &model.ItemSet{Item: model.ItemIdentity, State: model.NotNeeded, Note: "for this test"})
		k.write(tb, "a.khan", id, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: k.at(-time.Minute)}})
	}
	inBubble(t, scene{signedIn: nurse.signedIn, desk: left}, func(d *driver) {
		d.press("tab", "enter")
		d.says("was never done: Naloxone offered. Later: Check after release.")
		d.seesNot("Naloxone offered, Check")
	})
}

func TestTheChecklistIsNotForATemporaryAbsence(t *testing.T) {
	out := func(tb testing.TB, k *desk) {
		id := k.person(tb, invented{family: "Adeyemi", given: "Tunde", number: "A6006FE", in: 9, basis: model.BasisConfirmed, reason: "CR"})
		k.write(tb, "a.khan", id, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementTemporary, Reason: "C5", At: k.at(-time.Minute)}})
	}
	inBubble(t, scene{signedIn: officer.signedIn, desk: out}, func(d *driver) {
		d.says("1 leaving, 1 not ready", "ADEYEMI, Tunde Temporary absence GP NO")
		d.press("enter")
		d.says("Out on temporary absence. What stands here is for the release on Wed 02-Dec-2026: none of it is for the absence, or keeps anybody from one.")
	})
}

// Somebody whose release date has passed gets no supply for the days since.
func TestASupplyIsCountedFromTodayForWhoIsStillHere(t *testing.T) {
	late := func(tb testing.TB, k *desk) {
		k.person(tb, invented{family: "Adeyemi", given: "Tunde", number: "A6006FE", in: -4, basis: model.BasisConfirmed, reason: "CR"})
	}
	inBubble(t, scene{signedIn: nurse.signedIn, desk: late}, func(d *driver) {
		d.press("enter", "e")
		d.says("The release date has passed: what is supplied is counted from today.")
	})
}

// Nor is it said that it may come forward to a day which has passed as well.
func TestAReleaseThatHasPassedDoesNotComeForward(t *testing.T) {
	late := func(in int) func(testing.TB, *desk) {
		return func(tb testing.TB, k *desk) {
			k.person(tb, invented{family: "Adeyemi", given: "Tunde", number: "A6006FE", in: in, legal: "SENTENCED", basis: model.BasisConfirmed, reason: "CR"})
		}
	}
	inBubble(t, scene{signedIn: nurse.signedIn, desk: late(-3)}, func(d *driver) { // Friday
		d.press("enter")
		d.says("is still here")
		d.seesNot("come forward")
	})
	inBubble(t, scene{signedIn: nurse.signedIn, desk: late(4)}, func(d *driver) { // Friday
		d.press("enter")
		d.says("May come forward to")
	})
}

// One was never done, and eleven were.
func TestWhatWasNeverDoneIsCounted(t *testing.T) {
	left := func(tb testing.TB, k *desk) {
		id := k.person(tb, invented{family: "Adeyemi", given: "Tunde", number: "A6006FE", basis: model.BasisConfirmed, reason: "CR"})
		k.write(tb, "a.khan", id, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: k.at(-time.Minute)}})
	}
	inBubble(t, scene{signedIn: nurse.signedIn, desk: left}, func(d *driver) {
		d.press("tab", "enter")
		d.says("were never done: ")
	})
}
