package store

import (
	"encoding/json"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// readFeedState returns how the desk's copy of the hub's log stands, for Status.
func readFeedState(tx *bbolt.Tx) (model.FeedState, error) {
	var out model.FeedState
	r, err := readReading(tx)
	if err != nil {
		return out, err
	}
	out.Read = r.edge.Size
	if _, signed := lastOf(tx.Bucket([]byte(bucketHeads)), r.life); signed != nil {
		if h, err := tree.Claimed(signed); err == nil {
			out.Proven, out.ProvenAt = h.Size, h.At
		}
	}
	all, err := readEvidence(tx)
	if err != nil {
		return out, err
	}
	for _, one := range all {
		if one.Epoch == r.epoch {
			out.Doubt = one.String()
		}
	}
	out.PutBack, err = readPutBack(tx)
	return out, err
}

// readEvidence lists all that was kept of the hub's word that did not fit, oldest
// life first.
func readEvidence(tx *bbolt.Tx) ([]model.Evidence, error) {
	var all []model.Evidence
	err := tx.Bucket([]byte(bucketEvidence)).ForEach(func(_, value []byte) error {
		var one model.Evidence
		if err := json.Unmarshal(value, &one); err != nil {
			return damaged(err)
		}
		all = append(all, one)
		return nil
	})
	return all, err
}

func readPutBack(tx *bbolt.Tx) (p model.PutBack, err error) {
	if value := tx.Bucket([]byte(bucketMeta)).Get(keyPutBack); value != nil {
		if err := json.Unmarshal(value, &p); err != nil {
			return p, damaged(err)
		}
	}
	return p, nil
}

// feedState is the state that memory learns when this edit is durable.
func (e *edit) feedState() *model.FeedState {
	if e.feed == nil {
		e.s.mu.RLock()
		now := e.s.feed
		e.s.mu.RUnlock()
		e.feed = &now
	}
	return e.feed
}

func (s *Store) provenSize() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.feed.Proven
}

func (s *Store) provenAt() model.Instant {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.feed.ProvenAt
}

// notePutBack takes note that the hub's log was put back: from where this desk had
// read it to, and to where by the hub's own signed head, if that is of what this
// desk had read.
func (e *edit) notePutBack(before, now *reading, begins []byte) error {
	p := model.PutBack{At: model.InstantOf(e.s.opt.Now()), From: before.edge.Size}
	if notary := e.s.notaryKey(); notary != nil && len(begins) > 0 {
		h, what := e.s.judgeHead(begins, notary, now)
		if what != "" {
			if err := e.putEvidence(now, model.Evidence{What: what, Place: h.Size, Head: begins}); err != nil {
				return err
			}
		} else if err := e.putBackTo(&p, before, now, h, begins); err != nil {
			return err
		}
	}
	e.feedState().PutBack = p
	entry := e.s.found(model.TroublePutBack)
	entry.From = p.To
	if err := e.access(entry); err != nil {
		return err
	}
	value, err := json.Marshal(p)
	if err != nil {
		return internal("encode what was put back", err)
	}
	return e.put(bucketMeta, keyPutBack, value)
}

// putBackTo holds what the hub's log begins its new life with to what this desk
// read in the one before.
func (e *edit) putBackTo(p *model.PutBack, before, now *reading, h tree.Head, signed []byte) error {
	p.To = h.Size
	e.s.expected = append(e.s.expected, expected{now.life, h.Size, h.Root, signed})
	if h.Size > before.edge.Size { // the hub kept more than this desk had read
		e.s.expected = append(e.s.expected, expected{life: now.life, size: before.edge.Size, root: before.edge.Root()})
		p.Proven = true
		return nil
	}
	root, err := rootOf(e.tx, before.life, h.Size)
	if err != nil {
		return nil // a hole in this desk's places, which audit verify names: nothing is proven
	}
	if p.Proven = root == h.Root; p.Proven {
		return nil
	}
	return e.putEvidence(now, model.Evidence{What: model.RestoreOther, Place: h.Size, Root: root, Head: signed})
}

// pinNotary keeps the hub's public key the first time that it is told. Another
// one later is kept out, and as evidence.
func (e *edit) pinNotary(told []byte) error {
	if len(told) == 0 {
		return nil
	}
	pinned := e.s.notaryKey()
	if pinned == nil {
		e.notary = told
		return e.put(bucketMeta, keyNotary, told)
	}
	if string(pinned) == string(told) {
		return nil
	}
	r, err := readReading(e.tx)
	if err != nil {
		return err
	}
	return e.putEvidence(&r, model.Evidence{What: model.NotaryChanged, Place: r.edge.Size})
}

// notaryKey is the hub's public key as it was told first, nil before that.
func (s *Store) notaryKey() []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.notary
}
