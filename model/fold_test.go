package model_test

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

var morning = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)

// desk writes ops as one workstation would: it stamps them with its own clock
// and gives as Base what it has itself folded.
type desk struct {
	tb    testing.TB
	clock model.Clock
	actor model.Actor
	ops   []*model.Op
}

func newDesk(tb testing.TB, node uint32, role model.Role) *desk {
	return &desk{tb: tb, clock: model.Clock{Node: node}, actor: model.Actor{Staff: "a.khan", Role: role, Site: "LEI"}}
}

func (d *desk) record() *model.Record {
	slices.SortFunc(d.ops, func(a, b *model.Op) int { return a.Stamp.Compare(b.Stamp) })
	return model.FoldAll(model.PersonID{1}, model.Compartments(), d.ops).ThisStay() // as a store gives it out
}

func (d *desk) do(at time.Time, c model.Change) *model.Op {
	d.tb.Helper()
	body, err := model.EncodeChange(c)
	if err != nil {
		d.tb.Fatal(err)
	}
	op := &model.Op{
		Stamp: d.clock.Next(at), Actor: d.actor, Person: model.PersonID{1}, Kind: c.Kind(), Body: body,
		Change: c, Compartment: c.Compartment(), Base: d.record().Seen(c.Compartment(), c.Slot()),
	}
	d.ops = append(d.ops, op)
	return op
}

// meet exchanges everything between two desks.
func (d *desk) meet(other *desk) {
	d.tb.Helper()
	all := make(map[model.Stamp]*model.Op)
	for _, op := range append(slices.Clone(d.ops), other.ops...) {
		all[op.Stamp] = op
	}
	d.ops, other.ops = nil, nil
	for stamp, op := range all {
		d.ops, other.ops = append(d.ops, op), append(other.ops, op)
		for _, clock := range []*model.Clock{&d.clock, &other.clock} {
			if err := clock.Witness(stamp, stamp.Time()); err != nil {
				d.tb.Fatal(err)
			}
		}
	}
}

func consent(state model.ItemState, note string) *model.ItemSet {
	return &model.ItemSet{Item: model.ItemConsent, State: state, Note: note}
}

func TestBlindOverwriteIsAConflictAndTheLastWriterShows(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleNurse)
	one.do(morning, consent(model.InProgress, ""))
	one.meet(two)
	one.do(morning.Add(time.Minute), consent(model.Done, "asked at the hatch"))
	one.do(morning.Add(2*time.Minute), consent(model.Done, "asked in person"))
	two.do(morning.Add(time.Minute+time.Second), consent(model.Refused, "declined"))
	one.meet(two)

	for _, d := range []*desk{one, two} {
		r := d.record()
		conflicts := r.Conflicts()
		if len(conflicts) != 1 || len(conflicts[0].Heads) != 2 {
			t.Fatalf("want one conflict of two values, got %+v", conflicts)
		}
		if got := r.Shared.Items[model.ItemConsent]; got.Note != "asked in person" {
			t.Errorf("the last writer should show, got %q", got.Note)
		}
	}
}

func TestEqualValuesAreNoConflictAlsoAfterAFurtherWrite(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleNurse)
	one.do(morning, consent(model.Done, "given"))
	two.do(morning.Add(time.Second), consent(model.Done, "given"))
	one.do(morning.Add(time.Minute), consent(model.Refused, "withdrawn"))
	one.meet(two)
	if conflicts := one.record().Conflicts(); len(conflicts) != 0 {
		t.Errorf("two desks that agreed are in conflict: %+v", conflicts)
	}
}

func TestSettlingEndsTheConflictEverywhere(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleNurse)
	mine := one.do(morning, consent(model.Done, "given"))
	two.do(morning.Add(time.Second), consent(model.Refused, "declined"))
	one.meet(two)

	settle := model.Settle(one.record().Conflicts()[0], mine, "the form is signed")
	if err := settle.Check(one.record(), morning); err != nil {
		t.Fatal(err)
	}
	one.do(morning.Add(time.Minute), settle)
	one.meet(two)
	r := two.record()
	if n := len(r.Conflicts()); n != 0 {
		t.Errorf("%d conflicts are left", n)
	}
	if got := r.Shared.Item(model.ItemConsent).State; got != model.Done {
		t.Errorf("the kept value does not show: %q", got)
	}
	if err := settle.Check(r, morning); model.KindOf(err) != model.KindConflict {
		t.Errorf("settling twice: %v", err)
	}
}

func TestTwoSettlementsThatDisagreeAreAConflictAgain(t *testing.T) {
	one, two := newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleNurse)
	a := one.do(morning, consent(model.Done, "given"))
	b := two.do(morning.Add(time.Second), consent(model.Refused, "declined"))
	one.meet(two)
	one.do(morning.Add(time.Minute), model.Settle(one.record().Conflicts()[0], a, ""))
	two.do(morning.Add(time.Minute), model.Settle(two.record().Conflicts()[0], b, ""))
	one.meet(two)
	conflicts := one.record().Conflicts()
	if len(conflicts) != 1 {
		t.Fatalf("want one conflict, got %+v", conflicts)
	}
	one.do(morning.Add(time.Hour), model.Settle(conflicts[0], b, ""))
	if n := len(one.record().Conflicts()); n != 0 {
		t.Errorf("%d conflicts are left", n)
	}
}

// TestFoldDoesNotDependOnArrival is the oracle: desks write at random, meet at
// random, and all end with the same record.
func TestFoldDoesNotDependOnArrival(t *testing.T) {
	for seed := range uint64(200) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		desks := []*desk{newDesk(t, 1, model.RoleNurse), newDesk(t, 2, model.RoleReception), newDesk(t, 3, model.RoleNurse)}
		at := morning
		for range 30 {
			d := desks[rnd.IntN(len(desks))]
			at = at.Add(time.Duration(rnd.IntN(3)-1) * time.Second) // clocks go back, too
			d.do(at, randomChange(rnd))
			if rnd.IntN(6) == 0 {
				d.meet(desks[rnd.IntN(len(desks))])
			}
		}
		for range desks {
			desks[0].meet(desks[1])
			desks[1].meet(desks[2])
		}
		desks[0].meet(desks[2])
		want := toJSON(t, desks[0].record())
		for _, d := range desks[1:] {
			if got := toJSON(t, d.record()); got != want {
				t.Fatalf("seed %d: records differ\n%s\n%s", seed, got, want)
			}
		}
	}
}

func randomChange(rnd *rand.Rand) model.Change {
	states := model.ItemStates()
	switch rnd.IntN(6) {
	case 4, 5:
		return randomHealthChange(rnd)
	case 0:
		return &model.LocationSet{Cell: string(rune('A' + rnd.IntN(3)))}
	case 1:
		return &model.InstructionGiven{Text: "bottom bunk"}
	case 2:
		return &model.AlertSet{Code: "XEL", Active: rnd.IntN(2) == 0}
	}
	items := model.Checklist()
	return &model.ItemSet{Item: items[rnd.IntN(len(items))].ID, State: states[rnd.IntN(len(states))]}
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestUnknownKindsAreCountedAndHarmless(t *testing.T) {
	d := newDesk(t, 1, model.RoleNurse)
	d.do(morning, consent(model.Done, ""))
	before := d.record()
	d.ops = append(d.ops, &model.Op{Stamp: d.clock.Next(morning), Kind: "telepathy.read", Compartment: model.Shared})
	after := d.record()
	if after.Shared.Unknown != 1 {
		t.Errorf("unknown = %d, want 1", after.Shared.Unknown)
	}
	if !reflect.DeepEqual(before.Shared.Items, after.Shared.Items) {
		t.Error("an unknown kind changed the checklist")
	}
}
