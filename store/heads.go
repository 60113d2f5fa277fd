package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// expected is a root that the hub has vouched for and that this desk's tree has
// not grown to yet.
type expected struct {
	life   uint32
	size   uint64
	root   model.Hash
	signed []byte // the head; nil for what this desk read in the life before
}

// mostExpected bounds the heads that wait for their places. A hub gives a head for
// what it sends with it, so that one waits.
const mostExpected = 64

// headPace is how often a head that says nothing new is kept again.
const headPace = time.Hour

// headEvery is over how many places one head is kept, beside the newest: where a
// tree does not fit, the heads that fit say from where on.
const headEvery = 256

// PutHead takes the hub's signed head that came with a piece of its feed, before
// that piece is merged; nil when none came. A head of the size that the desk has
// read is held against its tree at once, one of a larger size when it has merged
// so far. What does not fit is kept as evidence and shows in Status; it is no
// error, for the work must go on.
func (s *Store) PutHead(signed []byte) error {
	s.merging.Lock()
	defer s.merged()
	notary := s.notaryKey()
	if notary == nil {
		return nil // an enrolled desk learns it with its site's data
	}
	var r reading
	err := s.view(func(tx *bbolt.Tx) (err error) {
		r, err = readReading(tx)
		return err
	})
	if err != nil {
		return err
	}
	h, what := s.judgeHead(signed, notary, &r)
	switch {
	case what != "":
		return s.doubtHead(&r, what, h, signed)
	case h.Size > r.edge.Size && len(s.expected) >= mostExpected:
		return nil // a hub that goes on promising and never delivers
	case h.Size > r.edge.Size:
		s.expected = append(s.expected, expected{r.life, h.Size, h.Root, bytes.Clone(signed)})
		return nil
	case h.Root != r.edge.Root():
		return s.doubtHead(&r, model.HeadOtherLog, h, signed)
	case h.Size == s.provenSize() && h.At.Time().Sub(s.provenAt().Time()) < headPace:
		return nil
	}
	return s.edit(func(e *edit) error {
		e.quiet = true
		return e.keepHead(&r, h, signed)
	})
}

// judgeHead opens a head and says what is wrong with it, "" when it can be held
// against the tree.
func (s *Store) judgeHead(signed, notary []byte, r *reading) (tree.Head, model.EvidenceWhat) {
	if len(signed) == 0 {
		return tree.Head{Size: r.edge.Size}, model.HeadMissing
	}
	h, err := tree.Open(signed, notary)
	if err != nil {
		claimed, _ := tree.Claimed(signed) // nothing, when it is not even a head
		if errors.Is(err, tree.ErrOtherKey) {
			return claimed, model.HeadOtherKey
		}
		return claimed, model.HeadForged
	}
	switch {
	case h.Site != s.Identity().Site:
		return h, model.HeadOtherSite
	case h.Epoch != r.epoch && r.epoch != "":
		return h, model.HeadOtherEpoch
	case h.Size < r.edge.Size:
		return h, model.HeadShorter
	}
	return h, ""
}

func (s *Store) doubtHead(r *reading, what model.EvidenceWhat, h tree.Head, signed []byte) error {
	return s.edit(func(e *edit) error {
		return e.putEvidence(r, model.Evidence{What: what, Place: h.Size, Head: signed[:min(len(signed), tree.MaxHead)]})
	})
}

// meetHeads holds the tree, which has just grown by one place, to the roots that
// were expected of it.
func (e *edit) meetHeads(r *reading) error {
	for _, want := range e.s.expected { // read by who merges, and only by them
		if want.life != r.life || want.size != r.edge.Size {
			continue
		}
		if err := e.meetHead(r, want); err != nil {
			return err
		}
	}
	return nil
}

func (e *edit) meetHead(r *reading, want expected) error {
	fits := want.root == r.edge.Root()
	switch {
	case want.signed == nil && fits:
		return nil
	case want.signed == nil:
		return e.putEvidence(r, model.Evidence{What: model.RestoreOther, Place: want.size, Root: want.root})
	case !fits:
		return e.putEvidence(r, model.Evidence{What: model.HeadOtherLog, Place: want.size, Root: r.edge.Root(), Head: want.signed})
	}
	h, err := tree.Claimed(want.signed)
	if err != nil {
		return internal("meet a head", err) // it was opened when it came
	}
	return e.keepHead(r, h, want.signed)
}

// keepHead keeps a head that fits, in the place of the one before it unless that
// ends a stretch.
func (e *edit) keepHead(r *reading, h tree.Head, signed []byte) error {
	heads := e.tx.Bucket([]byte(bucketHeads))
	if key, _ := lastOf(heads, r.life); key != nil && binary.BigEndian.Uint64(key[4:])/headEvery == h.Size/headEvery {
		if err := heads.Delete(key); err != nil {
			return err
		}
	}
	state := e.feedState()
	state.Proven, state.ProvenAt = h.Size, h.At
	return heads.Put(placeKey(r.life, h.Size), signed)
}

// lastOf returns the last entry of a life in a bucket of life and number.
func lastOf(b *bbolt.Bucket, life uint32) (key, value []byte) {
	c := b.Cursor()
	if key, _ = c.Seek(placeKey(life+1, 0)); key == nil {
		key, value = c.Last()
	} else {
		key, value = c.Prev()
	}
	if key == nil || binary.BigEndian.Uint32(key) != life {
		return nil, nil
	}
	return key, value
}

// putEvidence keeps what does not fit: the first of a sort in a life of the hub's
// log whole, and of what follows the time alone, once an hour, so that a hub
// cannot fill the disk with it.
func (e *edit) putEvidence(r *reading, found model.Evidence) error {
	now := model.InstantOf(e.s.opt.Now())
	key := append(binary.BigEndian.AppendUint32(nil, r.life), found.What...)
	found.Epoch, found.First, found.Last = r.epoch, now, now
	if found.Root == (model.Hash{}) {
		found.Root = r.edge.Root()
	}
	if value := e.get(bucketEvidence, key); value != nil {
		var had model.Evidence
		if err := json.Unmarshal(value, &had); err != nil {
			return damaged(err)
		}
		if now.Time().Sub(had.Last.Time()) < headPace {
			e.quiet = true
			return nil
		}
		found.First, found.Place, found.Root, found.Head = had.First, had.Place, had.Root, had.Head
	}
	e.s.opt.Log.Error("the hub's log does not fit what it was", "what", string(found.What), "place", found.Place)
	value, err := json.Marshal(found)
	if err != nil {
		return internal("encode evidence", err)
	}
	e.feedState().Doubt = found.String()
	if isFirst := !e.has(bucketEvidence, key); isFirst {
		entry := e.s.found(model.Trouble(found.What))
		entry.From = found.Place
		if err := e.access(entry); err != nil {
			return err
		}
	}
	return e.put(bucketEvidence, key, value)
}
