package model_test

import (
	"encoding/json"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// What an altered program writes past its own rules reaches every desk. It may be
// untrue; it must never keep a desk from reading what it wrote down itself.
func TestAMovementOfAnyTimeLeavesARowThatCanBeReadAgain(t *testing.T) {
	for _, at := range []model.Instant{-9_000_000_000_000_000, -1, 0, 9_000_000_000_000_000, 1<<63 - 1} {
		d := newDesk(t, 1, model.RoleReception)
		d.do(morning, &model.MovementRecorded{Movement: model.Movement{Type: model.MovementRelease, Reason: "CR", At: at}})
		r := d.record()
		row := model.RowOf(r.ID, &r.Shared)
		kept, err := json.Marshal(row)
		if err != nil {
			t.Fatal(err)
		}
		var again model.Row
		if err := json.Unmarshal(kept, &again); err != nil {
			t.Errorf("a release at %d: %v", at, err)
		}
		if moved := r.Shared.Movements[0].At; moved != model.InstantOf(morning) {
			t.Errorf("a release at %d stands at %v", at, moved)
		}
	}
}

func TestADayOfNoCalendarIsWrittenAsNone(t *testing.T) {
	for _, day := range []model.Day{1 << 30, -1 << 30} {
		text, err := json.Marshal(day)
		var again model.Day
		if err != nil || json.Unmarshal(text, &again) != nil || !again.IsZero() {
			t.Errorf("%d is written as %s, %v", int64(day), text, err)
		}
	}
}

func TestARescueToldTwiceKeepsItsClockAndItsAnswers(t *testing.T) {
	d := newDesk(t, 1, model.RoleReception)
	start := func(known model.Instant) *model.RescueStarted {
		return &model.RescueStarted{Known: known, Left: known, Reason: "NG", Told: "Clerk of court 2", Means: model.RescueWays()[0]}
	}
	first := model.InstantOf(morning) - 3_600_000
	d.do(morning, start(first))
	d.do(morning.Add(1), start(first+600_000))
	if got := d.record().Shared.Rescue.Known; got != first {
		t.Errorf("the clock began at %v, and now at %v", first, got)
	}
}

func TestABagIsCheckedBySomebodyElseWhileItWaits(t *testing.T) {
	state := func(d *desk) model.BagState { return d.record().Shared.Bags["BAG17"].State }
	d := newDesk(t, 1, model.RolePharmacy)
	d.do(morning, &model.BagCheckedUp{Number: "BAG-17"})
	d.do(morning, &model.BagGiven{Number: "BAG-18", Signature: "signed"})
	if bags := d.record().Shared.Bags; len(bags) != 0 {
		t.Fatalf("bags that nobody packed: %v", bags)
	}
	d.do(morning, &model.BagPackedUp{Number: "BAG-17"})
	d.do(morning, &model.BagCheckedUp{Number: "BAG-17"})
	if state(d) != model.BagPacked {
		t.Error("who packed the bag checked it too")
	}
	d.as("p.shah", model.RolePharmacy).do(morning, &model.BagCheckedUp{Number: "BAG-17"})
	if state(d) != model.BagChecked {
		t.Error("a second member's check does not count")
	}
	d.do(morning, &model.BagGiven{Number: "BAG-17", Signature: "signed"})
	d.as("r.jones", model.RoleNurse).do(morning, &model.BagCheckedUp{Number: "BAG-17"})
	if state(d) != model.BagHanded {
		t.Error("a bag that was handed over waits again")
	}
}

func TestWhatTheHubAloneCanKnowOrTwoMustDoIsNobodysToSay(t *testing.T) {
	admin := model.Actor{Staff: "c.evans", Role: model.RoleHealthAdmin, Site: "LEI"}
	officer := model.Actor{Staff: "a.khan", Role: model.RoleReception, Site: "LEI"}
	empty := model.NewRecord(model.PersonID{1}, model.Compartments())
	for name, c := range map[string]struct {
		who    model.Actor
		change model.Change
	}{
		"sent by MESH":      {admin, &model.LetterSent{LetterPost: model.LetterPost{How: model.LetterByMESH}}},
		"delivered by MESH": {admin, &model.LetterDelivered{LetterPost: model.LetterPost{How: model.LetterByMESH}}},
		"identity, alone":   {officer, &model.ItemSet{Item: model.ItemIdentity, State: model.Done}},
	} {
		if err := model.Allow(c.who, c.change, empty); model.KindOf(err) != model.KindForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	body := func(c model.Change) []byte {
		b, err := model.EncodeChange(c)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []model.Change{
		&model.SupplySet{SupplyDecision: model.SupplyDecision{Days: 5_000_000}}, &model.MedicineCounted{Days: -1}, &model.BagPackedUp{Number: "no number"},
	} {
		if err := model.Sound(c, body(c)); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", c.Kind(), err)
		}
	}
}
