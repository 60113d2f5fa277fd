package store

import (
	"encoding/json"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// The outbox names ops of the log; their stamps are in the order in which this
// device made them.

func outboxValue(id model.PersonID, c model.Compartment) []byte {
	return append(append(make([]byte, 0, personSize+1), id[:]...), byte(c))
}

// queued returns the key in the log of an entry of the outbox.
func queued(stamp, value []byte) ([]byte, error) {
	if len(stamp) != model.StampSize || len(value) != personSize+1 {
		return nil, damaged(errors.New("an entry of the outbox is cut short"))
	}
	return append(append(make([]byte, 0, len(stamp)+len(value)), value...), stamp...), nil
}

// Outgoing returns at most limit envelopes that the hub has not answered yet, in
// the order in which they were made and in whole writes: more than limit where
// the first write alone is longer.
func (s *Store) Outgoing(limit int) ([]model.Envelope, error) {
	var all []model.Envelope
	whole := 0
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketOutbox)).Cursor()
		for stamp, value := c.First(); stamp != nil; stamp, value = c.Next() {
			if whole > 0 && len(all) >= limit {
				break
			}
			env, err := readQueued(tx, stamp, value)
			if err != nil {
				return err
			}
			if all = append(all, env); env.After == 0 && (whole == 0 || len(all) <= limit) {
				whole = len(all)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return all[:whole], nil
}

func readQueued(tx *bbolt.Tx, stamp, value []byte) (model.Envelope, error) {
	key, err := queued(stamp, value)
	if err != nil {
		return model.Envelope{}, err
	}
	kept := tx.Bucket([]byte(bucketOps)).Get(key)
	if kept == nil {
		return model.Envelope{}, damaged(errors.New("the outbox names an op that the log does not have"))
	}
	env, err := model.DecodeEnvelope(append([]byte(nil), kept...))
	if err != nil {
		return model.Envelope{}, damaged(err)
	}
	return env, nil
}

// Settle takes note of the hub's answers. What was taken or known leaves the
// outbox. What was refused leaves the record too, for no other desk will ever
// have it, and is listed by Refusals for its author. Answers about anything else
// are passed over, so the same answers may come twice.
func (s *Store) Settle(results []model.PushResult) error {
	return s.edit(func(e *edit) error {
		var out []model.Envelope
		for _, result := range results {
			stamp := stampKey(result.Stamp)
			value := e.get(bucketOutbox, stamp)
			if value == nil {
				continue
			}
			if result.Status == model.PushRefused {
				env, err := readQueued(e.tx, stamp, value)
				if err != nil {
					return err
				}
				if err := e.refuse(env, result.Reason); err != nil {
					return err
				}
				out = append(out, env)
			}
			e.counts.pending--
			if err := e.delete(bucketOutbox, stamp); err != nil {
				return err
			}
		}
		return e.takeOut(s.openKeys(), out)
	})
}

// Refill queues every op that was made at this desk again, and every keyring
// whose owner made it, and forgets the place in the hub's feed. It is for a hub
// that was restored and so lost what it had: epoch is its new one. What it has
// after all it answers with "known". Begins is the hub's signed head of what its
// log begins the new life with, nil when it gave none: what this desk had read
// must begin so too.
func (s *Store) Refill(epoch string, begins []byte) error {
	s.merging.Lock()
	defer s.merged()
	s.expected = nil
	return s.edit(func(e *edit) error {
		err := e.tx.Bucket([]byte(bucketOps)).ForEach(func(_, value []byte) error {
			env, err := model.DecodeEnvelope(value)
			if err != nil {
				return damaged(err)
			}
			stamp := stampKey(env.Stamp)
			if env.Device != s.id.Device || e.has(bucketOutbox, stamp) {
				return nil
			}
			e.counts.pending++
			return e.put(bucketOutbox, stamp, outboxValue(env.Person, env.Compartment))
		})
		if err := errors.Join(err, e.requeueKeyrings()); err != nil {
			return err
		}
		if err := errors.Join(e.putNumber(keyTold, 0), e.putNumber(keyReads, 0)); err != nil {
			return err
		}
		before, now, err := e.beginAnew(epoch)
		if err != nil {
			return err
		}
		state := e.feedState()
		*state = model.FeedState{}
		return e.notePutBack(&before, &now, begins)
	})
}

// requeueKeyrings queues the keyrings that people made themselves, at whatever
// desk. A hub that lost one would refuse what was signed with its key.
func (e *edit) requeueKeyrings() error {
	return e.tx.Bucket([]byte(bucketKeyrings)).ForEach(func(staff, value []byte) error {
		var ring model.SealedKeyring
		if err := json.Unmarshal(value, &ring); err != nil {
			return damaged(err)
		}
		isOld := len(ring.Box) == 0 // which the hub would not take
		if len(ring.By) == 0 || isOld || e.has(bucketNewKeys, staff) {
			return nil
		}
		e.counts.newKeys++
		return e.saveKeyring(bucketNewKeys, ring)
	})
}
