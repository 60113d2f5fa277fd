package logtest

import (
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// whatIsKeptCanBeHeldToEachOther reads feeds and chains as an audit does: every
// place with its leaf and its op's place in the chain, every number of a device
// with its places.
func whatIsKeptCanBeHeldToEachOther(t *testing.T, open Open) {
	log := opened(t, open)
	here, there := newDevice(1, "LEI"), newDevice(2, "MDI")
	batch := append(here.several(5), there.several(3)...)
	batch[2].Refused = "No."
	batch[3].Also = []model.Placement{in("MDI", batch[3])}
	appended(t, log, batch...)
	for site, want := range map[model.SiteCode]int{"LEI": 4, "MDI": 4} {
		places, err := log.Audit(t.Context(), site, 0, 100, 1<<20)
		if err != nil || len(places) != want {
			t.Fatalf("%s: %d places, %v", site, len(places), err)
		}
		for i, at := range places {
			env, err := model.DecodeEnvelope(at.Raw)
			if err != nil || at.Seq != uint64(i+1) || at.Leaf != tree.Leaf(at.Raw) || !at.Chained || at.Chain.Hash != env.Hash || at.Chain.Reason != "" {
				t.Errorf("%s: place %d: %+v, %v", site, i+1, at.Chain, err)
			}
		}
	}
	var chain []model.ChainPlace
	for after := (model.ChainKey{}); ; {
		some, err := log.Chain(t.Context(), after, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(some) == 0 {
			break
		}
		chain = append(chain, some...)
		last := some[len(some)-1]
		after = model.ChainKey{Device: last.Device, Incarnation: last.Incarnation, Seq: last.Seq}
	}
	if len(chain) != len(batch) {
		t.Fatalf("the chains have %d numbers of %d", len(chain), len(batch))
	}
	for i, link := range chain {
		e := batch[i]
		places := 1 + len(e.Also)
		if e.Refused != "" {
			places = 0
		}
		if link.Device != e.Device || link.Seq != e.Seq || link.Hash != e.Hash || link.Prev != e.Prev || link.Stamp != e.Stamp ||
			link.Reason != e.Refused || link.Refused != (e.Refused != "") || len(link.Places) != places {
			t.Errorf("number %d: %+v", i, link)
		}
		for _, at := range link.Places {
			if !at.There {
				t.Errorf("number %d is not where it stands", i)
			}
		}
	}
}
