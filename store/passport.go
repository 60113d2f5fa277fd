package store

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// A copy of the file is as good as the file, so nothing in it can tell two
// copies apart. What can is that they go on from one moment, each by itself: the
// hub hands out a token, which is kept here before it is shown, and then another.
// Whoever shows an old one is a copy that stayed behind, or a file that was put
// back.

// Passport is what this store shows of itself to the hub.
func (s *Store) Passport() (model.Passport, error) {
	out := model.Passport{Incarnation: s.Identity().Incarnation, Pending: s.Status().Pending}
	err := s.view(func(tx *bbolt.Tx) error {
		meta := tx.Bucket([]byte(bucketMeta))
		out.Turn = string(meta.Get(keyTurn))
		out.Restored = readRestored(meta)
		return nil
	})
	return out, err
}

func readRestored(meta *bbolt.Bucket) uint32 {
	if value := meta.Get(keyRestored); len(value) == 4 {
		return binary.BigEndian.Uint32(value)
	}
	return 0
}

// KeepTurn keeps the token that the hub gave, and the incarnation that it says
// is to go on. It is on the disk when KeepTurn returns nil, and is not to be
// shown before. That a backup was brought back needs to be told no more.
func (s *Store) KeepTurn(turn string, incarnation uint32) error {
	return s.edit(func(e *edit) error {
		e.quiet = true
		if incarnation != s.id.Incarnation {
			if err := e.renew(incarnation); err != nil {
				return err
			}
		}
		if err := e.delete(bucketMeta, keyRestored); err != nil {
			return err
		}
		return e.put(bucketMeta, keyTurn, []byte(turn))
	})
}

// Renew begins another incarnation: the chain of what is written from now on
// starts at 1 with nothing before it, so that no two ops ever have one place,
// whatever was written by another copy of this file. What waits to be sent is
// signed already and goes as it is.
func (s *Store) Renew(incarnation uint32) error {
	return s.edit(func(e *edit) error { return e.renew(incarnation) })
}

func (e *edit) renew(incarnation uint32) error {
	id := e.s.id
	if incarnation == 0 || incarnation == id.Incarnation {
		return model.Invalid("This is not a new incarnation.", "")
	}
	id.Incarnation = incarnation
	e.incarnation, e.desk.seq, e.desk.prev = incarnation, 0, model.Hash{}
	return e.putIdentity(id)
}

// MarkRestored is for a store that was brought back from a backup: it begins an
// incarnation of its own, drawn at random, and tells the hub at the next contact
// that the one before has ended.
func (s *Store) MarkRestored() error {
	var drawn [4]byte
	for binary.BigEndian.Uint32(drawn[:]) == 0 || binary.BigEndian.Uint32(drawn[:]) == s.Identity().Incarnation {
		if _, err := io.ReadFull(s.opt.Rand, drawn[:]); err != nil {
			return internal("draw an incarnation", err)
		}
	}
	return s.edit(func(e *edit) error {
		if !e.has(bucketMeta, keyRestored) { // else the hub knows only of the first
			if err := e.put(bucketMeta, keyRestored, binary.BigEndian.AppendUint32(nil, s.id.Incarnation)); err != nil {
				return err
			}
		}
		return errors.Join(e.forgetFound(), e.renew(binary.BigEndian.Uint32(drawn[:])))
	})
}

// readIdentity reads which desk this is.
func readIdentity(meta *bbolt.Bucket) (id Identity, err error) {
	if err := json.Unmarshal(bytes.Clone(meta.Get(keyIdentity)), &id); err != nil {
		return id, damaged(err)
	}
	if err := id.check(); err != nil {
		return id, damaged(err)
	}
	return id, nil
}
