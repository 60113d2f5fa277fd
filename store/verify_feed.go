package store

import (
	"bytes"
	"encoding/binary"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// feed goes through the places of the feed: that all are there, that each one's
// op is here as it came, and that together they are what the hub signed.
func (v *verifier) feed() error {
	var edge tree.Edge
	whole := true // so far every place was there
	proven, seq := uint64(0), uint64(0)
	meet := func() {
		for len(v.heads) > 0 && v.heads[0].Size <= seq {
			h := v.heads[0]
			v.heads = v.heads[1:]
			switch {
			case h.Size != seq || !whole:
			case h.Root == edge.Root():
				proven = seq
			default:
				v.otherTree(proven+1, seq)
				proven = seq // what follows may still be found by itself
			}
		}
	}
	err := v.paced(bucketFeed, placeKey(v.reading.life, 1), func(tx *bbolt.Tx, key, value []byte) (bool, error) {
		if len(key) != 12 || binary.BigEndian.Uint32(key) != v.reading.life {
			return false, nil
		}
		got := binary.BigEndian.Uint64(key[4:])
		if got > v.reading.edge.Size {
			return false, nil // it was read since this began
		}
		if got != seq+1 {
			v.report.Find(model.Finding{What: model.FoundNoPlace, Site: v.own.Site, Place: seq + 1, Upto: got - 1})
			whole, seq = false, got-1
		}
		seq++
		p, err := readPlace(value)
		if err != nil {
			v.report.Find(model.Finding{What: model.FoundNoPlace, Site: v.own.Site, Place: seq, Says: "The place itself is damaged."})
			whole = false
			return true, nil
		}
		edge.Add(p.leaf)
		v.place(tx, seq, &p)
		meet()
		return true, nil
	})
	if err != nil {
		return err
	}
	v.report.Checked.Places = int(seq)
	v.endOfFeed(seq, proven, whole, &edge)
	v.report.Feeds = []model.VerifiedFeed{{Site: v.own.Site, Epoch: v.reading.epoch, Size: seq, Root: edge.Root(), Proven: proven}}
	return nil
}

// endOfFeed holds the end of the feed to what the desk says it read, and to heads
// that reach further.
func (v *verifier) endOfFeed(seq, proven uint64, whole bool, edge *tree.Edge) {
	size := v.reading.edge.Size
	for _, h := range v.heads {
		size = max(size, h.Size)
	}
	switch {
	case size > seq:
		v.report.Find(model.Finding{What: model.FoundShort, Site: v.own.Site, Place: seq + 1, Upto: size})
	case whole && edge.Root() != v.reading.edge.Root() && proven < seq:
		v.otherTree(proven+1, seq)
	}
}

// otherTree reports places that are not what the hub signed, and those of them
// that stand before one they must follow.
func (v *verifier) otherTree(from, upto uint64) {
	v.report.Find(model.Finding{What: model.FoundOtherTree, Site: v.own.Site, Place: from, Upto: upto})
	for _, f := range v.breaks {
		if f.Place >= from && f.Place <= upto {
			v.report.Find(f)
		}
	}
}

// place holds one place to the op that stands there.
func (v *verifier) place(tx *bbolt.Tx, seq uint64, p *place) {
	f := model.Finding{Site: v.own.Site, Place: seq}
	if before, twice := v.places[string(p.op)]; twice {
		f.What, f.After = model.FoundTwice, before
		v.report.Find(atPlace(f, p))
		return
	}
	v.places[string(bytes.Clone(p.op))] = seq
	v.follow(seq, p)
	raw := rawOf(tx, p)
	switch {
	case raw == nil && v.aside[p.leaf]:
		return
	case raw == nil && v.removed(tx, p):
		return
	case raw == nil:
		f.What = model.FoundMissing
		v.report.Find(atPlace(f, p))
		v.linkUnknown(p)
		return
	case tree.Leaf(raw) != p.leaf:
		f.What = model.FoundAltered
		v.report.Find(atPlace(f, p))
	}
}

// atPlace names the op of a place by what the place says.
func atPlace(f model.Finding, p *place) model.Finding {
	f.Device, f.Incarnation, f.Seq = &p.device, p.incarnation, p.seq
	if at, err := model.StampFromBytes(p.op[personSize+1:]); err == nil {
		f.Stamp = &at
	}
	return f
}

// rawOf returns the bytes of the op of a place: in the log, or waiting for
// somebody who can open it.
func rawOf(tx *bbolt.Tx, p *place) []byte {
	if raw := tx.Bucket([]byte(bucketOps)).Get(p.op); raw != nil {
		return raw
	}
	person, part, stamp := p.op[:personSize], p.op[personSize:personSize+1], p.op[personSize+1:]
	return tx.Bucket([]byte(bucketWaiting)).Get(slices.Concat(part, person, stamp))
}

// removed tells whether the op of a place was taken out by rule.
func (v *verifier) removed(tx *bbolt.Tx, p *place) bool {
	word, err := readRemoved(tx.Bucket([]byte(bucketRemoved)).Get(p.op))
	if err != nil {
		return false
	}
	v.report.Checked.Removed++
	v.link(&word.env, nil, false)
	return true
}

// follow notes where a device's ops do not rise in the feed. That is so after a
// restore of the hub too, so it is told only where the tree is another.
func (v *verifier) follow(seq uint64, p *place) {
	name := chainOf{p.device, p.incarnation}
	if last := v.last[name]; p.seq < last.seq {
		f := model.Finding{What: model.FoundReordered, Site: v.own.Site, Place: seq, After: last.place}
		v.breaks = append(v.breaks, atPlace(f, p))
		return
	}
	v.last[name] = placed{p.seq, seq}
}
