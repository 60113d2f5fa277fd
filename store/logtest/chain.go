package logtest

import (
	"errors"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func anEmptyLogHasNothing(t *testing.T, open Open) {
	log := opened(t, open)
	expectFeed(t, log, "LEI")
	seq, hash, err := log.Head(model.DeviceID{1}, 1)
	if err != nil || seq != 0 || hash != (model.Hash{}) {
		t.Errorf("head %d %v, %v", seq, hash, err)
	}
	if history, err := log.History(t.Context(), model.PersonID{1}); err != nil || len(history) != 0 {
		t.Errorf("%d ops of nobody, %v", len(history), err)
	}
	if rows, err := log.Load("sites"); err != nil || len(rows) != 0 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func anOpSentAgainIsKnown(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(5)
	expect(t, log, model.PushTaken, batch[:3]...)
	expect(t, log, model.PushKnown, batch[:3]...)
	// A batch may overlap what arrived of the one before, and may name an op twice.
	results := appended(t, log, batch[2], batch[3], batch[3], batch[4])
	for i, want := range []model.PushStatus{model.PushKnown, model.PushTaken, model.PushKnown, model.PushTaken} {
		if results[i].Status != want {
			t.Errorf("answer %d is %v, want %v", i, results[i].Status, want)
		}
	}
	expectFeed(t, log, "LEI", raws(batch)...)
}

func anotherOpInATakenPlaceIsRefused(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(3)
	expect(t, log, model.PushTaken, batch...)
	forged := batch[1]
	forged.Hash = model.Hash{9}
	expect(t, log, model.PushRefused, raw(forged))
	moved := batch[1]
	moved.Stamp.Tick = 7
	expect(t, log, model.PushRefused, raw(moved))
	expect(t, log, model.PushKnown, batch...)
	expectFeed(t, log, "LEI", raws(batch)...)
}

func aGapKeepsNothingOfTheBatch(t *testing.T, open Open) {
	log := opened(t, open)
	here, other := newDevice(1, "LEI"), newDevice(2, "LEI")
	batch := here.several(4)
	none := batch[0]
	none.Seq = 0
	gaps := map[string][]model.LogEntry{
		"begins late":        {batch[1]},
		"leaves one out":     {batch[0], batch[2]},
		"goes back":          {batch[1], batch[0]},
		"counts from nought": {raw(none)},
		"after another's":    {other.next(1), batch[3]},
	}
	for name, entries := range gaps {
		if results, err := log.Append(t.Context(), entries); !errors.Is(err, model.ErrGap) || results != nil {
			t.Errorf("%s: %v, %v", name, results, err)
		}
	}
	expectFeed(t, log, "LEI")
	expect(t, log, model.PushTaken, batch...)
}

func aRefusedOpKeepsItsPlace(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(4)
	batch[1].Refused = "Nurses may not do this."
	batch[1].Also = []model.Placement{in("MDI", batch[1])}
	batch[1].Joins = "MDI"
	results := appended(t, log, batch...)
	if results[1].Status != model.PushRefused || results[1].Reason != batch[1].Refused {
		t.Fatalf("the refused op is %v: %s", results[1].Status, results[1].Reason)
	}
	expectFeed(t, log, "LEI", batch[0].Raw, batch[2].Raw, batch[3].Raw)
	expectFeed(t, log, "MDI")
	if members, err := log.Members(t.Context(), []model.PersonID{batch[1].Person}); err != nil || len(members[batch[1].Person]) != 0 {
		t.Errorf("a refused op made somebody expected: %v, %v", members, err)
	}
	// It stays refused, for the same reason, whatever is thought of it later.
	again := batch[1]
	again.Refused = ""
	if got := expect(t, log, model.PushRefused, again); got[0].Reason != batch[1].Refused {
		t.Errorf("refused again for %q", got[0].Reason)
	}
	seq, hash, err := log.Head(batch[3].Device, batch[3].Incarnation)
	if err != nil || seq != 4 || hash != batch[3].Hash {
		t.Errorf("head %d %v, %v", seq, hash, err)
	}
}

func anOpThatDoesNotFollowIsRefused(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(3)
	batch[0].Prev = model.Hash{1}
	results := expect(t, log, model.PushRefused, batch[0])
	if results[0].Reason != model.ReasonChain {
		t.Errorf("refused for %q", results[0].Reason)
	}
	// What the refused op was is not proven, so it binds nobody.
	batch[1].Prev = model.Hash{2}
	expect(t, log, model.PushTaken, batch[1])
	batch[2].Prev = model.Hash{3}
	expect(t, log, model.PushRefused, batch[2])
	expectFeed(t, log, "LEI", batch[1].Raw)
}

func aStampIsGivenOnce(t *testing.T, open Open) {
	log := opened(t, open)
	d, other := newDevice(1, "LEI"), newDevice(2, "MDI")
	first, second, third := d.next(1), d.next(2), other.next(3)
	second.Stamp, third.Stamp = first.Stamp, first.Stamp
	expect(t, log, model.PushTaken, first)
	results := expect(t, log, model.PushRefused, raw(second), raw(third))
	for _, r := range results {
		if r.Reason != model.ReasonStamp {
			t.Errorf("refused for %q", r.Reason)
		}
	}
	expectFeed(t, log, "LEI", first.Raw)
	expectFeed(t, log, "MDI")
}

func anIncarnationBeginsItsOwnChain(t *testing.T, open Open) {
	log := opened(t, open)
	d := newDevice(1, "LEI")
	before := d.several(3)
	expect(t, log, model.PushTaken, before...)
	d.incarnation, d.seq, d.prev = 0xfffffffe, 0, model.Hash{}
	after := d.several(3)
	expect(t, log, model.PushTaken, after...)
	expect(t, log, model.PushKnown, append(before, after...)...)
	for _, e := range []model.LogEntry{before[2], after[2]} {
		if seq, hash, err := log.Head(e.Device, e.Incarnation); err != nil || seq != 3 || hash != e.Hash {
			t.Errorf("head %d %v, %v", seq, hash, err)
		}
	}
}
