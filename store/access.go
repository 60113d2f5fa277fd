package store

import (
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// An entry of the access log (model.Access) is on the disk before what it speaks
// of is given out, so a process that is killed has shown nothing that is not
// written down. When the disk takes nothing any more the record is shown all the
// same, for somebody may need it to be safe; the entry then goes with the next
// write that succeeds, and is lost if the program ends before.

// access adds an entry at the end of the log.
func (e *edit) access(a model.Access) error {
	e.desk.looks++
	a.Seq, a.Prev = e.desk.looks, e.desk.look
	if a.At.IsZero() {
		a.At = model.InstantOf(e.s.opt.Now())
	}
	value, err := json.Marshal(a)
	if err != nil {
		return internal("encode an access", err)
	}
	e.desk.look = model.HashAccess(value)
	return e.put(bucketAccess, numberKey(a.Seq), value)
}

// note writes entries down, or remembers them when the disk does not take them.
func (s *Store) note(entries ...model.Access) error {
	err := s.edit(func(e *edit) error {
		e.quiet = true // or a screen that reads when it is woken would wake itself
		for _, a := range entries {
			if err := e.access(a); err != nil {
				return err
			}
		}
		return nil
	})
	if model.KindOf(err) != model.KindOutside {
		return err
	}
	s.opt.Log.Error("the access log could not be written", "err", errors.Unwrap(err))
	s.writing.Lock()
	defer s.writing.Unlock()
	for _, a := range entries {
		a.At = model.InstantOf(s.opt.Now())
		s.unkept = append(s.unkept, a)
	}
	return nil
}

// keepLate writes down what could not be written at its time.
func (e *edit) keepLate() error {
	for _, a := range e.s.unkept {
		if err := e.access(a); err != nil {
			return err
		}
	}
	return nil
}

// does is an entry of what this session's person does.
func (ss *Session) does(what model.AccessWhat) model.Access {
	return model.Access{What: what, Staff: ss.actor.Staff, Role: ss.actor.Role, Via: ss.via}
}

// look is an entry of a look at a person's record.
func (ss *Session) look(what model.AccessWhat, id model.PersonID, kin bool) model.Access {
	a := ss.does(what)
	a.Person, a.Parts, a.Kin = id, ss.held().readable(), kin
	return a
}

// shown is something of a person's that a session was shown in a list.
type shown struct {
	what   model.AccessWhat
	person model.PersonID
}

// noteOnce notes a look at those people of a list whom this session has not been
// shown in it before: such a list is read again with every change.
func (ss *Session) noteOnce(what model.AccessWhat, people []model.PersonID, kin map[model.PersonID]bool) error {
	ss.mu.Lock()
	var fresh []model.PersonID
	for _, id := range people {
		if !ss.looked[shown{what, id}] {
			fresh = append(fresh, id)
		}
	}
	ss.mu.Unlock()
	if len(fresh) == 0 {
		return nil
	}
	entries := make([]model.Access, len(fresh))
	for i, id := range fresh {
		entries[i] = ss.look(what, id, kin[id])
	}
	if err := ss.store.note(entries...); err != nil {
		return err
	}
	ss.mu.Lock()
	defer ss.mu.Unlock()
	for _, id := range fresh {
		ss.looked[shown{what, id}] = true
	}
	return nil
}

// Accesses returns at most limit entries of the access log after a sequence
// number, oldest first.
func (s *Store) Accesses(after uint64, limit int) ([]model.Access, error) {
	var all []model.Access
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketAccess)).Cursor()
		for key, value := c.Seek(numberKey(after + 1)); key != nil && len(all) < limit; key, value = c.Next() {
			var a model.Access
			if err := json.Unmarshal(value, &a); err != nil {
				return damaged(err)
			}
			all = append(all, a)
		}
		return nil
	})
	return all, err
}

// VerifyAccess walks the access log and says whether its chain is whole.
func (s *Store) VerifyAccess() error {
	return s.view(func(tx *bbolt.Tx) error {
		_, broken, err := walkAccess(tx)
		if err == nil && broken != 0 {
			err = damaged(fmt.Errorf("the access log is broken at entry %d", broken))
		}
		return err
	})
}
