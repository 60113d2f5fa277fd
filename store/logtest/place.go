package logtest

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
)

func anOpIsPlacedInOtherFeedsOnce(t *testing.T, open Open) {
	log := opened(t, open)
	d := newDevice(1, "LEI")
	first, second, third := d.next(1), d.next(1), d.next(1)
	expect(t, log, model.PushTaken, first, second)
	// The third says that the person is expected elsewhere, and brings what was
	// there before; the first comes twice.
	third.Joins = "MDI"
	third.Also = []model.Placement{in("MDI", first), in("MDI", second), in("MDI", first), in("MDI", third), in("PVI", third)}
	expect(t, log, model.PushTaken, third)
	expect(t, log, model.PushKnown, third)
	expectFeed(t, log, "LEI", first.Raw, second.Raw, third.Raw)
	expectFeed(t, log, "MDI", third.Also[0].Raw, third.Also[1].Raw, third.Also[3].Raw)
	expectFeed(t, log, "PVI", third.Also[4].Raw)
	members, err := log.Members(t.Context(), []model.PersonID{first.Person, {9}})
	if err != nil || !slices.Equal(members[first.Person], []model.SiteCode{"LEI", "MDI"}) || len(members[model.PersonID{9}]) != 0 {
		t.Errorf("members %v, %v", members, err)
	}
}

func historyIsInStampOrder(t *testing.T, open Open) {
	log := opened(t, open)
	early, late := newDevice(1, "LEI"), newDevice(2, "MDI")
	late.tick = 50
	ops := []model.LogEntry{late.next(1), early.next(1), late.next(2), early.next(1), late.next(1)}
	ops[0].Also = []model.Placement{in("LEI", ops[0])}
	expect(t, log, model.PushTaken, ops...)
	got, err := log.History(t.Context(), ops[0].Person)
	if err != nil {
		t.Fatal(err)
	}
	want := []model.LogEntry{ops[1], ops[3], ops[0], ops[4]}
	if len(got) != len(want) {
		t.Fatalf("%d ops, want %d", len(got), len(want))
	}
	for i, at := range got {
		if at.Site != want[i].Site || !bytes.Equal(at.Raw, want[i].Raw) {
			t.Errorf("op %d is another one", i)
		}
	}
}

// aPersonsPlacesAreThoseOfTheFeed reads one person's ops out of two sites' feeds.
func aPersonsPlacesAreThoseOfTheFeed(t *testing.T, open Open) {
	log := opened(t, open)
	d := newDevice(1, "LEI")
	ops := []model.LogEntry{d.next(1), d.next(2), d.next(1), d.next(2), d.next(1)}
	ops[4].Also = []model.Placement{in("MDI", ops[0]), in("MDI", ops[4])}
	expect(t, log, model.PushTaken, ops...)
	for _, c := range []struct {
		site      model.SiteCode
		after     uint64
		ops, size int
		want      []uint64
	}{
		{"LEI", 0, 100, 1 << 20, []uint64{1, 3, 5}},
		{"LEI", 1, 100, 1 << 20, []uint64{3, 5}},
		{"LEI", 0, 2, 1 << 20, []uint64{1, 3}},
		{"LEI", 0, 100, 1, []uint64{1}},
		{"MDI", 0, 100, 1 << 20, []uint64{1, 2}},
		{"PVI", 0, 100, 1 << 20, nil},
	} {
		got, err := log.Person(t.Context(), c.site, model.PersonID{1}, c.after, c.ops, c.size)
		if err != nil || len(got) != len(c.want) {
			t.Fatalf("%v: %d ops, %v", c, len(got), err)
		}
		whole := read(t, log, c.site, 0)
		for i, at := range got {
			if at.Seq != c.want[i] || !bytes.Equal(at.Raw, whole[at.Seq-1].Raw) {
				t.Errorf("%v: op %d is number %d of the feed", c, i, at.Seq)
			}
		}
	}
}

func registersAreSavedTogether(t *testing.T, open Open) {
	log := opened(t, open)
	if err := log.Save(
		model.Register{Table: "sites", Key: "LEI", Value: []byte("one")},
		model.Register{Table: "sites", Key: "MDI", Value: []byte{}},
		model.Register{Table: "staff", Key: "LEI", Value: []byte("two")},
	); err != nil {
		t.Fatal(err)
	}
	expectTable(t, log, "sites", map[string]string{"LEI": "one", "MDI": ""})
	expectTable(t, log, "staff", map[string]string{"LEI": "two"})
	if err := log.Save(model.Register{Table: "sites", Key: "LEI"}, model.Register{Table: "sites", Key: "PVI"}); err != nil {
		t.Fatal(err)
	}
	expectTable(t, log, "sites", map[string]string{"MDI": ""})
	bad := []model.Register{{Table: "sites", Key: "PVI", Value: []byte("three")}, {Table: "sites", Key: "", Value: []byte("no key")}}
	if err := log.Save(bad...); err == nil {
		t.Error("a value without a key was saved")
	}
	expectTable(t, log, "sites", map[string]string{"MDI": ""})
}

func expectTable(t *testing.T, log Log, table string, want map[string]string) {
	t.Helper()
	rows, err := log.Load(table)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for k, v := range rows {
		got[k] = string(v)
	}
	if !maps.Equal(got, want) {
		t.Errorf("%s holds %v, want %v", table, got, want)
	}
}

// anyHistoryAgreesWithTheOracle sends what devices send when answers are lost:
// batches that overlap, in any interleaving, some of them refused. The oracle is
// a slice for each feed.
func anyHistoryAgreesWithTheOracle(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		log := open(t, t.TempDir())
		defer log.Close()
		devices := []*device{newDevice(1, "LEI"), newDevice(2, "LEI"), newDevice(3, "MDI")}
		made := make([][]model.LogEntry, len(devices))
		arrived := make([]int, len(devices))
		oracle := make(map[model.SiteCode][][]byte)
		for range rapid.IntRange(1, 12).Draw(rt, "batches") {
			i := rapid.IntRange(0, len(devices)-1).Draw(rt, "device")
			for range rapid.IntRange(0, 4).Draw(rt, "new") {
				e := devices[i].next(rapid.Byte().Draw(rt, "person"))
				if rapid.IntRange(0, 4).Draw(rt, "refused") == 0 {
					e.Refused = "No."
				}
				made[i] = append(made[i], e)
			}
			from := rapid.IntRange(0, arrived[i]).Draw(rt, "from")
			expectBatch(rt, log, made[i][from:], arrived[i]-from)
			for _, e := range made[i][arrived[i]:] {
				if e.Refused == "" {
					oracle[e.Site] = append(oracle[e.Site], e.Raw)
				}
			}
			arrived[i] = len(made[i])
		}
		for site, want := range oracle {
			expectFeed(t, log, site, want...)
		}
	})
}

// expectBatch appends a batch of which the first known entries were there.
func expectBatch(rt *rapid.T, log Log, batch []model.LogEntry, known int) {
	results, err := log.Append(rt.Context(), batch)
	if err != nil {
		rt.Fatal(err)
	}
	for i, r := range results {
		want := model.PushTaken
		switch {
		case batch[i].Refused != "":
			want = model.PushRefused
		case i < known:
			want = model.PushKnown
		}
		if r.Status != want {
			rt.Fatalf("entry %d is %v, want %v", i, r.Status, want)
		}
	}
}
