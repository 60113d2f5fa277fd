package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

const secondOnBags = "Second signature on bags"

// atTheGateWith is somebody at the gate with nothing in the way but a bag that
// one officer has handed over.
func atTheGateWith(t *testing.T, two bool) *desk {
	d := toLeave(t)
	d.by("p.pharm", model.RolePharmacy).do(morning, &model.BagPackedUp{Number: "BAG-17", Two: two})
	d.by("b.jones", model.RoleNurse).do(morning, &model.BagCheckedUp{Number: "BAG-17"})
	walkThrough(d, morning)
	overrideAll(d, morning.Add(time.Minute))
	d.by("a.khan", model.RoleReception).follow(morning.Add(2*time.Minute), &model.BagGiven{Number: "BAG-17", Signature: "signed"})
	return d
}

func witnessed(d *desk) *model.BagWitnessed {
	return &model.BagWitnessed{Number: "bag 17", Of: d.record().Shared.Bags["BAG17"].By.At}
}

// Nobody leaves with a bag of controlled drugs that only one person handed over,
// and nobody is their own witness.
func TestTwoPeopleHandAControlledDrugOver(t *testing.T) {
	d := atTheGateWith(t, true)
	if rest := d.record().BeforeLeaving(); !slices.Equal(rest, []string{secondOnBags}) {
		t.Fatalf("in the way: %q", rest)
	}
	if model.Allow(d.actor, witnessed(d), d.record()) == nil {
		t.Error("an officer witnesses their own hand-over")
	}
	d.do(morning.Add(3*time.Minute), witnessed(d)) // by a program of their own
	if rest := d.record().BeforeLeaving(); len(rest) == 0 {
		t.Error("an altered program witnesses its own hand-over")
	}
	if item := d.record().Shared.Item(model.ItemHandover); item.State != model.InProgress {
		t.Errorf("the hand-over is %s", item.State.Words())
	}
	d.by("i.fox", model.RoleWing).must(morning.Add(4*time.Minute), witnessed(d))
	if rest := d.record().BeforeLeaving(); len(rest) != 0 || d.record().Shared.Item(model.ItemHandover).State != model.Done {
		t.Errorf("after two in the way: %q", rest)
	}
	if err := d.write(morning.Add(5*time.Minute), witnessed(d)); err == nil {
		t.Error("a third signature is taken")
	}
}

func TestOtherBagsTakeOneSignature(t *testing.T) {
	d := atTheGateWith(t, false)
	if rest := d.record().BeforeLeaving(); len(rest) != 0 {
		t.Errorf("in the way: %q", rest)
	}
	for _, step := range d.record().GateSteps() {
		if step.Name == secondOnBags {
			t.Error("a step that is for no bag")
		}
	}
	refused := toLeave(t)
	refused.do(morning, &model.BagPackedUp{Number: "BAG-17", Two: true})
	refused.do(morning.Add(time.Minute), &model.BagGiven{Number: "BAG-17", Refused: true, Reason: model.BagReasons[0]})
	if len(refused.record().Shared.TwoToSign()) != 0 {
		t.Error("a bag that nobody was given waits for a witness")
	}
}

// A bag of controlled drugs that pharmacy has not checked is not for the gate; that
// the person does not want it can be said at once.
func TestAnUncheckedBagOfControlledDrugsIsHandedToNobody(t *testing.T) {
	d := toLeave(t)
	d.do(morning, &model.BagPackedUp{Number: "BAG-17", Two: true})
	given := &model.BagGiven{Number: "BAG-17", Signature: "signed"}
	if err := given.Check(d.record(), morning); model.KindOf(err) != model.KindInvalid {
		t.Errorf("handed over unchecked: %v", err)
	}
	d.by("b.jones", model.RoleNurse).do(morning, &model.BagCheckedUp{Number: "BAG-17"})
	if err := given.Check(d.record(), morning); err != nil {
		t.Errorf("once it is checked: %v", err)
	}
}

// A hand-over that is recorded once more takes a witness of its own, and one who
// saw another is told.
func TestAWitnessSignsForTheHandOverThatWasSeen(t *testing.T) {
	d := atTheGateWith(t, true)
	old := witnessed(d)
	d.do(morning.Add(3*time.Minute), &model.BagGiven{Number: "BAG-17", Signature: "refused to sign"})
	if err := d.by("i.fox", model.RoleWing).write(morning.Add(4*time.Minute), old); model.KindOf(err) != model.KindConflict {
		t.Errorf("the earlier hand-over is witnessed: %v", err)
	}
	d.do(morning.Add(4*time.Minute), old)
	if len(d.record().Shared.TwoToSign()) != 1 {
		t.Error("a signature for one hand-over counts for another")
	}
}

// Packing a bag once more does not do away with the signature that it lacks.
func TestABagThatWentOutOnOneSignatureTakesTwoAgain(t *testing.T) {
	d := atTheGateWith(t, true)
	d.by("p.pharm", model.RolePharmacy).do(morning.Add(3*time.Minute), &model.BagPackedUp{Number: "BAG-17"})
	d.do(morning.Add(4*time.Minute), &model.BagGiven{Number: "BAG-17", Signature: "signed"})
	if rest := d.record().BeforeLeaving(); !slices.Equal(rest, []string{secondOnBags}) {
		t.Errorf("in the way: %q", rest)
	}
}

// Who may lets the person go on one signature; it is on the list afterwards until
// somebody has settled the line.
func TestOneSignatureIsOverriddenAndFollowedUp(t *testing.T) {
	d := atTheGateWith(t, true)
	alone := &model.BagAlone{Number: "BAG-17", Of: witnessed(d).Of, Reason: model.OverrideNobody, Words: "Pharmacy counts it tonight"}
	for _, role := range model.Roles() {
		may := role == model.RoleManager || role == model.RoleNurse || role == model.RolePrescriber
		if got := model.Allow(model.Actor{Staff: "x.y", Role: role, Site: "LEI"}, alone, d.record()) == nil; got != may {
			t.Errorf("%s lets it out: %v", role, got)
		}
	}
	vague := *alone
	vague.Words = "later"
	if vague.Check(d.record(), morning) == nil {
		t.Error("no reason is needed")
	}
	d.by("g.duty", model.RoleManager).must(morning.Add(5*time.Minute), alone)
	if rest := d.record().BeforeLeaving(); len(rest) != 0 {
		t.Fatalf("in the way: %q", rest)
	}
	d.by("a.khan", model.RoleReception).follow(morning.Add(3*time.Hour), outOfTheGate)
	first := model.Timeline(nil).FollowUps(&d.record().Shared)[0]
	overridden := func() bool {
		return slices.ContainsFunc(model.Timeline(nil).FollowUps(&d.record().Shared), func(f model.FollowUp) bool { return f.Item.ID == model.ItemHandover })
	}
	if first.Override.By.IsZero() || !overridden() {
		t.Errorf("first to follow up: %+v", first)
	}
	d.by("a.khan", model.RoleReception).do(morning.Add(4*time.Hour), &model.ItemSet{Item: model.ItemHandover, State: model.Done})
	if overridden() {
		t.Error("a line that is settled is still followed up")
	}
}

// The shared side learns that two sign, and not what is in the bag.
func TestOnlyABagOfScheduleTwoOrThreeTakesTwo(t *testing.T) {
	plain := medicine(1, "Sertraline")
	for _, c := range []struct {
		m   *model.MedicineSet
		two bool
	}{{methadone(), true}, {plain, false}} {
		d := newDesk(t, 1, model.RolePharmacy)
		tto := supply(c.m, model.SupplyTTO, 7)
		out := packed(tto)
		out.Reference, out.Register = "BAG-17", "CD2 page 41"
		d.must(morning, c.m, tto, out)
		if bag := d.record().Shared.Bags["BAG17"]; bag.Two != c.two {
			t.Errorf("%s: two sign is %v", c.m.Name, bag.Two)
		}
		for _, change := range out.Follows(d.record()) {
			if strings.Contains(strings.ToLower(change.String()), "methadone") {
				t.Errorf("everybody reads %q", change)
			}
		}
	}
}
