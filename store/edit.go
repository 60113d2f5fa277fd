package store

import (
	"encoding/binary"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// desk is what must move on with every write, or an op could repeat a stamp, a
// sequence number or a link of the chain. It is one value in the file.
type desk struct {
	commits uint64 // transactions so far; tells whether one in doubt took place
	clock   model.Clock
	seq     uint64     // of the last op made here
	prev    model.Hash // of that op
	looks   uint64     // entries in the access log
	look    model.Hash // of the last of them
	people  uint64     // with a record
}

func (d *desk) encode() []byte {
	b := binary.BigEndian.AppendUint64(nil, d.commits)
	b, _ = d.clock.Last.AppendBinary(b) // never fails
	b = binary.BigEndian.AppendUint64(b, d.seq)
	b = append(b, d.prev[:]...)
	b = binary.BigEndian.AppendUint64(b, d.looks)
	b = append(b, d.look[:]...)
	return binary.BigEndian.AppendUint64(b, d.people)
}

const deskSize = 8 + model.StampSize + 8 + 32 + 8 + 32 + 8

// decode leaves the clock's node alone: that is the identity's.
func (d *desk) decode(b []byte) error {
	if len(b) != deskSize {
		return errors.New("the desk's own entry is cut short")
	}
	d.commits, b = binary.BigEndian.Uint64(b), b[8:]
	d.clock.Last, _ = model.StampFromBytes(b) // the length was checked
	b = b[model.StampSize:]
	d.seq, b = binary.BigEndian.Uint64(b), b[8:]
	b = b[copy(d.prev[:], b):]
	d.looks, b = binary.BigEndian.Uint64(b), b[8:]
	b = b[copy(d.look[:], b):]
	d.people = binary.BigEndian.Uint64(b)
	return nil
}

// counts are how many entries some buckets have, so that the header of the
// screen costs no read.
type counts struct {
	pending, newKeys, refused, waiting, quarantined int
}

// edit is one write transaction, with what memory is to learn once it is
// durable and not before.
type edit struct {
	s      *Store
	tx     *bbolt.Tx
	desk   desk
	counts counts
	rows   []model.Row // new or changed
	gone   []model.PersonID
	roster *roster          // when it changed
	feed   *model.FeedState // when it changed
	notary []byte           // when it was told first
	// incarnation is the new one when another began, else 0.
	incarnation uint32
	aside       map[doubt]uint64 // what was put aside, and why
	told        int              // how many of the troubles it writes down
	quiet       bool             // nothing changed that anybody watches
	then        func()           // what is to be done once it is durable, before anybody else writes
}

// edit runs fn in a write transaction. When it returns nil everything fn put is
// on the disk and memory knows it; otherwise nothing was changed.
func (s *Store) edit(fn func(*edit) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.stopped != nil {
		return s.stopped
	}
	s.mu.RLock()
	e := &edit{s: s, desk: s.desk, counts: s.counts}
	s.mu.RUnlock()
	e.desk.commits++
	err := s.update(e.desk.commits, func(tx *bbolt.Tx) error {
		e.tx = tx
		if err := fn(e); err != nil {
			return err
		}
		if err := errors.Join(e.keepLate(), e.noteAside(), e.keepFound()); err != nil {
			return err
		}
		return e.put(bucketDesk, keyDesk, e.desk.encode())
	})
	if err != nil {
		return err
	}
	s.learn(e)
	return nil
}

func (s *Store) learn(e *edit) {
	s.desk, s.unkept = e.desk, nil
	s.troubles.done(e.told)
	s.mu.Lock()
	s.counts, s.people = e.counts, int(e.desk.people)
	if e.roster != nil {
		s.roster = e.roster
	}
	if e.incarnation != 0 {
		s.id.Incarnation = e.incarnation
	}
	if e.feed != nil {
		s.feed = *e.feed
	}
	if e.notary != nil {
		s.notary = e.notary
	}
	if s.board != nil {
		s.board.note(e.rows, e.gone)
	}
	s.mu.Unlock()
	if e.then != nil {
		e.then()
	}
	if !e.quiet {
		s.watch.wake()
	}
}

// update is bbolt's, with the disk's failures in words. What fn returns comes
// back as it is.
func (s *Store) update(commit uint64, fn func(*bbolt.Tx) error) (err error) {
	defer s.findsDamage(&err)
	defer guard(&err)()
	var own error
	err = s.db.Update(func(tx *bbolt.Tx) error {
		own = fn(tx)
		return own
	})
	if err == nil || own != nil {
		return diskFailure(err)
	}
	return s.settleDoubt(commit, err)
}

// settleDoubt finds out what a failed commit left. When only the last step
// failed, making the new root durable, the file may show the transaction as
// done and a power cut may still undo it. Its pages are on the disk by then, so
// one more commit, which writes the other root, makes it certain. When that
// fails too nobody can say, and the store takes no more writes until it has been
// opened anew.
func (s *Store) settleDoubt(commit uint64, cause error) error {
	var now desk
	err := s.view(func(tx *bbolt.Tx) error { return now.read(tx) })
	if err == nil && now.commits < commit {
		return diskFailure(cause)
	}
	if err == nil {
		err = s.db.Update(func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte(bucketDesk)).Put(keyDesk, now.encode())
		})
	}
	if err == nil {
		return nil
	}
	s.opt.Log.Error("the store takes no more writes", "cause", cause, "then", err)
	s.stopped = outside("The disk failed while this was being kept.", "Close Throughgate and start it again, then look whether it is there.", cause)
	return s.stopped
}

func (d *desk) read(tx *bbolt.Tx) error {
	if bucket := tx.Bucket([]byte(bucketDesk)); bucket != nil {
		return d.decode(bucket.Get(keyDesk))
	}
	return nil // a store that is just being made
}

// view runs fn in a read transaction. Nothing that fn reads from the
// transaction may be used after it: the slices die with it.
func (s *Store) view(fn func(*bbolt.Tx) error) (err error) {
	defer s.findsDamage(&err)
	defer guard(&err)()
	if err := s.gone(); err != nil {
		return err
	}
	return diskFailure(s.db.View(fn))
}

func (e *edit) put(bucket string, key, value []byte) error {
	return e.tx.Bucket([]byte(bucket)).Put(key, value)
}

// delete is no error when there is nothing.
func (e *edit) delete(bucket string, key []byte) error {
	return e.tx.Bucket([]byte(bucket)).Delete(key)
}

func (e *edit) get(bucket string, key []byte) []byte {
	return e.tx.Bucket([]byte(bucket)).Get(key)
}

func (e *edit) has(bucket string, key []byte) bool { return e.get(bucket, key) != nil }
