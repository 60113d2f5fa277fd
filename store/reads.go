package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// keepReads is how long a desk keeps what other desks wrote down. A quarter of a
// year is what a privacy officer's regular look takes in (NHS Confidentiality
// Audit Procedures); the hub has everything, and a desk's own log is never cut.
const keepReads = 92 * 24 * time.Hour

// OutgoingAccess lists at most limit entries of this desk's access log that the
// hub does not have, oldest first, as they are kept.
func (s *Store) OutgoingAccess(limit int) ([]model.RawAccess, error) {
	var all []model.RawAccess
	err := s.view(func(tx *bbolt.Tx) error {
		told := readNumber(tx, keyTold)
		c := tx.Bucket([]byte(bucketAccess)).Cursor()
		for key, value := c.Seek(numberKey(told + 1)); key != nil && len(all) < limit; key, value = c.Next() {
			all = append(all, model.RawAccess{Seq: binary.BigEndian.Uint64(key), Raw: bytes.Clone(value)})
		}
		return nil
	})
	return all, err
}

// AccessSent takes note that the hub has all entries up to a number.
func (s *Store) AccessSent(upTo uint64) error {
	return s.edit(func(e *edit) error {
		e.quiet = true
		return e.putNumber(keyTold, upTo)
	})
}

// AccessCursor is the place in the hub's list up to which other desks' entries
// were taken in, and the hub's epoch that it belongs to, "" before the first.
func (s *Store) AccessCursor() (after uint64, epoch string, err error) {
	_, epoch, err = s.Cursor()
	if err == nil {
		err = s.view(func(tx *bbolt.Tx) error {
			after = readNumber(tx, keyReads)
			return nil
		})
	}
	return after, epoch, err
}

// MergeAccess keeps what other desks and the hub wrote down, and then the place
// in the hub's list. Entries that come again stay as they are. This desk's own
// are passed over, and so is what is no entry: the hub has it and marks the gap.
func (s *Store) MergeAccess(entries []model.RawAccess, next uint64) error {
	oldest := model.InstantOf(s.opt.Now().Add(-keepReads))
	return s.edit(func(e *edit) error {
		e.quiet = true
		for i := range entries {
			a, sound := entries[i].Open()
			if !sound || a.Device == s.id.Device || a.At.Before(oldest) {
				continue
			}
			e.quiet = false // whoever looks at the audit sees it
			if err := e.put(bucketReads, readsKey(&a, entries[i].Raw), entries[i].Raw); err != nil {
				return err
			}
		}
		return errors.Join(e.forgetReads(oldest), e.putNumber(keyReads, next))
	})
}

// readsKey begins with the time, so that the newest are the last and the oldest
// are soon found.
func readsKey(a *model.Access, raw []byte) []byte {
	hash := model.HashAccess(raw)
	key := numberKey(uint64(max(a.At, 0)))
	key = append(key, a.Device[:]...)
	key = binary.BigEndian.AppendUint64(key, a.Seq)
	return append(key, hash[:8]...)
}

const readsKeySize = 8 + len(model.DeviceID{}) + 8 + 8

// deviceOfReads tells whose entry a key of the bucket names, and its number.
func deviceOfReads(key []byte) (id model.DeviceID, seq uint64, err error) {
	if len(key) != readsKeySize {
		return id, 0, damaged(errors.New("an entry of another desk is not where it belongs"))
	}
	rest := key[8:]
	rest = rest[copy(id[:], rest):]
	return id, binary.BigEndian.Uint64(rest), nil
}

// forgetMost is how many old entries one transaction drops at most.
const forgetMost = 5000

func (e *edit) forgetReads(oldest model.Instant) error {
	c := e.tx.Bucket([]byte(bucketReads)).Cursor()
	before := numberKey(uint64(max(oldest, 0)))
	var old [][]byte
	for key, _ := c.First(); key != nil && bytes.Compare(key, before) < 0 && len(old) < forgetMost; key, _ = c.Next() {
		old = append(old, bytes.Clone(key))
	}
	for _, key := range old {
		if err := e.delete(bucketReads, key); err != nil {
			return err
		}
	}
	return nil
}

// putNumber and readNumber keep a number beside the identity; 0 when there is
// none.
func (e *edit) putNumber(key []byte, n uint64) error {
	return e.put(bucketMeta, key, numberKey(n))
}

func readNumber(tx *bbolt.Tx, key []byte) uint64 {
	if value := tx.Bucket([]byte(bucketMeta)).Get(key); len(value) == 8 {
		return binary.BigEndian.Uint64(value)
	}
	return 0
}
