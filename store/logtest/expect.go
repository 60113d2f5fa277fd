package logtest

import (
	"bytes"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

func opened(t testing.TB, open Open) Log {
	t.Helper()
	log := open(t, t.TempDir())
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return log
}

func appended(t testing.TB, log Log, entries ...model.LogEntry) []model.PushResult {
	t.Helper()
	results, err := log.Append(t.Context(), entries)
	if err != nil {
		t.Fatal(err)
	}
	if len(results) != len(entries) {
		t.Fatalf("%d answers for %d entries", len(results), len(entries))
	}
	for i, r := range results {
		if r.Stamp != entries[i].Stamp {
			t.Fatalf("answer %d is for another op", i)
		}
		if (r.Status == model.PushRefused) != (r.Reason != "") {
			t.Fatalf("answer %d is %v for the reason %q", i, r.Status, r.Reason)
		}
	}
	return results
}

// expect appends and wants the same answer for every entry.
func expect(t testing.TB, log Log, want model.PushStatus, entries ...model.LogEntry) []model.PushResult {
	t.Helper()
	results := appended(t, log, entries...)
	for i, r := range results {
		if r.Status != want {
			t.Fatalf("entry %d is %v (%s), want %v", i, r.Status, r.Reason, want)
		}
	}
	return results
}

func read(t testing.TB, log Log, site model.SiteCode, after uint64) []model.Logged {
	t.Helper()
	out, err := log.Read(t.Context(), site, after, 1<<20, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// expectFeed wants a site's feed to hold just these bytes, numbered from 1, and
// its tree to be theirs.
func expectFeed(t testing.TB, log Log, site model.SiteCode, want ...[]byte) {
	t.Helper()
	got := read(t, log, site, 0)
	if len(got) != len(want) {
		t.Fatalf("the feed has %d ops, want %d", len(got), len(want))
	}
	for i, at := range got {
		if at.Seq != uint64(i+1) {
			t.Fatalf("place %d has the number %d", i+1, at.Seq)
		}
		if !bytes.Equal(at.Raw, want[i]) {
			t.Fatalf("place %d holds other bytes than were given", i+1)
		}
	}
	last, err := log.Last(site)
	if err != nil || last != uint64(len(want)) {
		t.Fatalf("the last number is %d (%v), want %d", last, err, len(want))
	}
	expectTree(t, log, site, want)
}

// expectTree wants the roots of all sizes to be those of these bytes.
func expectTree(t testing.TB, log Log, site model.SiteCode, want [][]byte) {
	t.Helper()
	var edge tree.Edge
	for size := uint64(0); ; size++ {
		root, err := log.Root(site, size)
		if err != nil || root != edge.Root() {
			t.Fatalf("the tree of %d places has another root, %v", size, err)
		}
		if size == uint64(len(want)) {
			break
		}
		edge.Add(tree.Leaf(want[size]))
	}
	if _, err := log.Root(site, uint64(len(want))+1); model.KindOf(err) != model.KindInvalid {
		t.Fatalf("the tree goes on behind its end: %v", err)
	}
}

func raws(entries []model.LogEntry) [][]byte {
	out := make([][]byte, len(entries))
	for i, e := range entries {
		out[i] = e.Raw
	}
	return out
}
