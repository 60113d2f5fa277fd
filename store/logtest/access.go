package logtest

import (
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// looks makes entries from one number to another of a device's access log.
func looks(device byte, site model.SiteCode, from, to uint64) []model.KeptAccess {
	var out []model.KeptAccess
	for seq := from; seq <= to; seq++ {
		sealed := binary.BigEndian.AppendUint64([]byte{device}, seq)
		out = append(out, model.KeptAccess{
			Site: site, Device: model.DeviceID{device}, Seq: seq, Hash: model.HashAccess(sealed), Sealed: sealed,
		})
	}
	return out
}

func expectAccess(t *testing.T, log Log, site model.SiteCode, want ...model.KeptAccess) {
	t.Helper()
	got, err := log.ReadAccess(t.Context(), site, 0, 1<<20, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	if last, err := log.LastAccess(site); err != nil || last != uint64(len(want)) || len(got) != len(want) {
		t.Fatalf("%s has %d entries and says %d, want %d, %v", site, len(got), last, len(want), err)
	}
	for i, e := range got {
		w := want[i]
		if e.Place != uint64(i+1) || e.Site != site || e.Device != w.Device || e.Seq != w.Seq || e.Hash != w.Hash || !bytes.Equal(e.Sealed, w.Sealed) {
			t.Fatalf("place %d of %s: %+v, want %+v", i+1, site, e, w)
		}
	}
}

func keep(t *testing.T, log Log, entries ...model.KeptAccess) {
	t.Helper()
	if err := log.AppendAccess(t.Context(), entries); err != nil {
		t.Fatal(err)
	}
}

// accessesAreListedOnce sends overlapping batches of several devices, as desks
// do whose answers were lost.
func accessesAreListedOnce(t *testing.T, open Open) {
	folder := t.TempDir()
	log := open(t, folder)
	expectAccess(t, log, "LEI")
	one, two, far := looks(1, "LEI", 1, 5), looks(2, "LEI", 1, 3), looks(3, "MDI", 1, 2)
	keep(t, log, one[:3]...)
	keep(t, log, slices.Concat(one[1:], two, far)...)
	keep(t, log, two...)
	want := slices.Concat(one, two)
	expectAccess(t, log, "LEI", want...)
	expectAccess(t, log, "MDI", far...)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, folder)
	defer log.Close()
	expectAccess(t, log, "LEI", want...)
	page, err := log.ReadAccess(t.Context(), "LEI", 2, 3, 1<<20)
	if err != nil || len(page) != 3 || page[0].Place != 3 {
		t.Errorf("a page of three: %+v, %v", page, err)
	}
	if page, err = log.ReadAccess(t.Context(), "LEI", 2, 100, 1); err != nil || len(page) != 1 {
		t.Errorf("a page of one byte has %d entries, %v", len(page), err)
	}
	if page, err = log.ReadAccess(t.Context(), "LEI", 99, 100, 100); err != nil || len(page) != 0 {
		t.Errorf("after the end: %+v, %v", page, err)
	}
}

// accessesAreKeptWholeOrNotAtAll spoils the last of a batch.
func accessesAreKeptWholeOrNotAtAll(t *testing.T, open Open) {
	log := opened(t, open)
	batch := looks(1, "LEI", 1, 3)
	spoilt := slices.Clone(batch)
	spoilt[2].Site = "" // a mistake of the hub
	if err := log.AppendAccess(t.Context(), spoilt); err == nil {
		t.Fatal("an entry at no site was kept")
	}
	expectAccess(t, log, "LEI")
	keep(t, log, batch...)
	expectAccess(t, log, "LEI", batch...)
}

// accessChainsShowGapsAndForks: two entries with one number are both kept.
func accessChainsShowGapsAndForks(t *testing.T, open Open) {
	log := opened(t, open)
	batch, fork := looks(1, "LEI", 1, 9), looks(9, "LEI", 3, 3)
	fork[0].Device = batch[0].Device
	keep(t, log, slices.Concat(batch[:4], batch[7:], fork, looks(2, "LEI", 5, 6))...)
	for _, c := range []struct {
		device       byte
		from, to     uint64
		have, before uint64
	}{
		{1, 1, 2, 2, 0}, {1, 3, 3, 2, 2}, {1, 5, 7, 0, 4}, {1, 8, 20, 2, 4}, {1, 20, 30, 0, 9},
		{2, 1, 4, 0, 0}, {2, 7, 9, 0, 6}, {3, 1, 9, 0, 0}, {0, 1, 9, 0, 0},
	} {
		hashes, before, err := log.AccessChain(t.Context(), model.DeviceID{c.device}, c.from, c.to)
		n := uint64(0)
		for _, h := range hashes {
			n += uint64(len(h))
		}
		if err != nil || n != c.have || before != c.before {
			t.Errorf("device %d from %d to %d: %d entries, %d before, %v; want %d, %d", c.device, c.from, c.to, n, before, err, c.have, c.before)
		}
	}
	hashes, _, err := log.AccessChain(t.Context(), model.DeviceID{1}, 3, 3)
	if err != nil || !slices.Contains(hashes[3], batch[2].Hash) || !slices.Contains(hashes[3], fork[0].Hash) {
		t.Errorf("a number taken twice: %v, %v", hashes, err)
	}
}
