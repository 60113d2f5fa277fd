package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// reading is how far this desk has read its site's feed in one life of the hub's
// log, and the tree of what it read. Its size is the desk's cursor.
type reading struct {
	life  uint32 // 1, 2, 3 … at this desk: one for each epoch it met
	epoch string // the hub's name of that life, "" before the first contact
	edge  tree.Edge
}

func (r *reading) encode() []byte {
	b := binary.BigEndian.AppendUint32(nil, r.life)
	b = binary.AppendUvarint(b, uint64(len(r.epoch)))
	b = append(b, r.epoch...)
	b, _ = r.edge.AppendBinary(b) // never fails
	return b
}

var errReading = errors.New("the place in the feed is cut short")

func (r *reading) decode(b []byte) error {
	if len(b) < 4 {
		return errReading
	}
	r.life, b = binary.BigEndian.Uint32(b), b[4:]
	length, n := binary.Uvarint(b)
	if n <= 0 || length > uint64(len(b)-n) {
		return errReading
	}
	r.epoch, b = string(b[n:n+int(length)]), b[n+int(length):]
	return r.edge.UnmarshalBinary(b)
}

// readReading returns where this desk is in the feed. A store of a version that
// kept no places of the feed begins it anew, under the epoch it knows: what it
// has already is known when it comes again.
func readReading(tx *bbolt.Tx) (reading, error) {
	meta := tx.Bucket([]byte(bucketMeta))
	r := reading{life: 1}
	if value := meta.Get(keyReading); value != nil {
		if err := r.decode(value); err != nil {
			return r, damaged(err)
		}
	} else if old := meta.Get(keyCursor); len(old) >= 8 {
		r.epoch = string(old[8:])
	}
	return r, nil
}

func (e *edit) putReading(r *reading) error { return e.put(bucketMeta, keyReading, r.encode()) }

// placeKey names a place of the feed: the life of the hub's log, and the number.
func placeKey(life uint32, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint32(make([]byte, 0, 12), life), seq)
}

// place is what this desk knows of a place of the feed: the leaf there, which op
// it is, as its key in the log of ops, and where that stands in its device's
// chain. It stays when the op is removed, or goes missing.
type place struct {
	leaf        model.Hash
	op          []byte
	device      model.DeviceID
	incarnation uint32
	seq         uint64
}

const (
	opKeySize = personSize + 1 + model.StampSize
	placeSize = 32 + opKeySize + 16 + 4 + 8
)

func placeOf(a *arrival) place {
	e := &a.env
	return place{tree.Leaf(a.bytes), opKey(e.Person, e.Compartment, e.Stamp), e.Device, e.Incarnation, e.Seq}
}

func (p *place) encode() []byte {
	b := append(make([]byte, 0, placeSize), p.leaf[:]...)
	b = append(b, p.op...)
	b = append(b, p.device[:]...)
	b = binary.BigEndian.AppendUint32(b, p.incarnation)
	return binary.BigEndian.AppendUint64(b, p.seq)
}

func readPlace(value []byte) (place, error) {
	if len(value) != placeSize {
		return place{}, errors.New("a place of the feed is cut short")
	}
	p := place{leaf: model.Hash(value[:32]), op: value[32 : 32+opKeySize]}
	rest := value[32+opKeySize:]
	rest = rest[copy(p.device[:], rest):]
	p.incarnation, p.seq = binary.BigEndian.Uint32(rest), binary.BigEndian.Uint64(rest[4:])
	return p, nil
}

// feedFill leaves little room in pages that are only ever added to at the end.
const feedFill = 0.95

// takePlaces keeps the places of some envelopes, of which the first has the
// number first, and holds them to the heads that are expected of the hub.
func (e *edit) takePlaces(r *reading, first uint64, all []arrival) error {
	if len(all) > 0 && first > r.edge.Size+1 {
		return internal("take places", fmt.Errorf("%d after %d", first, r.edge.Size))
	}
	feed := e.tx.Bucket([]byte(bucketFeed))
	feed.FillPercent = feedFill
	for i := range all {
		a, seq := &all[i], first+uint64(i)
		key := placeKey(r.life, seq)
		now := placeOf(a)
		if seq <= r.edge.Size {
			if err := e.sameAgain(r, seq, now, feed.Get(key)); err != nil {
				return err
			}
			continue
		}
		if err := feed.Put(key, now.encode()); err != nil {
			return err
		}
		r.edge.Add(now.leaf)
		if err := e.meetHeads(r); err != nil {
			return err
		}
	}
	return e.putReading(r)
}

// sameAgain holds a place that comes once more to what it was.
func (e *edit) sameAgain(r *reading, seq uint64, now place, before []byte) error {
	had, err := readPlace(before)
	if err != nil {
		return damaged(err)
	}
	if had.leaf == now.leaf {
		return nil
	}
	return e.putEvidence(r, model.Evidence{What: model.PlaceRewritten, Place: seq, Root: had.leaf})
}

// rootOf computes the root over the first size places that this desk read in a
// life of the hub's log.
func rootOf(tx *bbolt.Tx, life uint32, size uint64) (model.Hash, error) {
	edge, err := edgeOf(tx, life, size)
	return edge.Root(), err
}

// edgeOf grows the tree of these places anew.
func edgeOf(tx *bbolt.Tx, life uint32, size uint64) (edge tree.Edge, err error) {
	c := tx.Bucket([]byte(bucketFeed)).Cursor()
	for key, value := c.Seek(placeKey(life, 1)); edge.Size < size; key, value = c.Next() {
		if !bytes.Equal(key, placeKey(life, edge.Size+1)) {
			return edge, damaged(fmt.Errorf("place %d of the feed is missing", edge.Size+1))
		}
		p, err := readPlace(value)
		if err != nil {
			return edge, damaged(err)
		}
		edge.Add(p.leaf)
	}
	return edge, nil
}

// Cursor returns the place in the hub's feed up to which everything was merged,
// and the hub's epoch it belongs to: 0 and "" at first.
func (s *Store) Cursor() (after uint64, epoch string, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		r, err := readReading(tx)
		after, epoch = r.edge.Size, r.epoch
		return err
	})
	return after, epoch, err
}

// beginAnew begins the reading of another life of the hub's log. Of the one
// before the places are kept, to hold the new one to; of earlier ones the heads
// alone. A life of which nothing was read is passed over.
func (e *edit) beginAnew(epoch string) (before, now reading, err error) {
	if before, err = readReading(e.tx); err != nil {
		return before, now, err
	}
	now = reading{life: before.life + 1, epoch: epoch}
	if before.edge.Size == 0 && before.life > 1 {
		now.life, before.life = before.life, before.life-1
		if key, _ := lastOf(e.tx.Bucket([]byte(bucketFeed)), before.life); key != nil {
			// A hole ends it early; that must not keep the desk from its hub, and
			// audit verify names it.
			before.edge, _ = edgeOf(e.tx, before.life, binary.BigEndian.Uint64(key[4:]))
		}
	}
	c := e.tx.Bucket([]byte(bucketFeed)).Cursor()
	for key, _ := c.First(); key != nil && binary.BigEndian.Uint32(key) < before.life; key, _ = c.First() {
		if err := c.Delete(); err != nil {
			return before, now, err
		}
	}
	return before, now, e.putReading(&now)
}
