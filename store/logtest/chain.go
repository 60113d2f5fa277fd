package logtest

import (
	"testing"

	"github.com/throughgate/throughgate/model"
)

func anEmptyLogHasNothing(t *testing.T, open Open) {
	log := opened(t, open)
	expectFeed(t, log, "LEI")
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

func aBatchIsKeptWholeOrNotAtAll(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(4)
	spoilt := append([]model.LogEntry(nil), batch...)
	spoilt[3].Site = "" // a mistake of the hub
	if results, err := log.Append(t.Context(), spoilt); err == nil || results != nil {
		t.Fatalf("%v, %v", results, err)
	}
	expectFeed(t, log, "LEI")
	expect(t, log, model.PushTaken, batch...)
	expectFeed(t, log, "LEI", raws(batch)...)
}

// aGapCanBeFilledLater sends what a desk sends to a hub that was put back: what
// it has just made, and only then, once it knows, what the hub lost. What the
// hub had refused is never sent again.
func aGapCanBeFilledLater(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(6)
	expect(t, log, model.PushTaken, batch[0])
	expect(t, log, model.PushTaken, batch[5])
	expect(t, log, model.PushTaken, batch[1])
	forged := batch[4]
	forged.Hash = model.Hash{8}
	if got := expect(t, log, model.PushRefused, raw(forged)); got[0].Reason != model.ReasonChain {
		t.Errorf("refused for %q", got[0].Reason)
	}
	expect(t, log, model.PushTaken, batch[3])
	expect(t, log, model.PushKnown, batch[0], batch[1], batch[3], batch[5])
	expectFeed(t, log, "LEI", batch[0].Raw, batch[5].Raw, batch[1].Raw, batch[3].Raw)
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
	none := batch[2]
	none.Seq = 0
	expect(t, log, model.PushRefused, raw(none))
	expectFeed(t, log, "LEI", batch[1].Raw)
}

// nothingIsDatedBack holds the stamps of a chain in its order, so that an entry
// kept back cannot be put before what its author has sent meanwhile, nor the
// other way round.
func nothingIsDatedBack(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(4)
	early, late := batch[3], batch[1]
	early.Stamp.Wall, late.Stamp.Wall = 1, batch[3].Stamp.Wall+1
	expect(t, log, model.PushTaken, batch[0], batch[2])
	for _, forged := range []model.LogEntry{early, late} {
		if got := expect(t, log, model.PushRefused, raw(forged)); got[0].Reason != model.ReasonChain {
			t.Errorf("refused for %q", got[0].Reason)
		}
	}
	expectFeed(t, log, "LEI", batch[0].Raw, batch[2].Raw)
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
	expectFeed(t, log, "LEI", append(raws(before), raws(after)...)...)
}
