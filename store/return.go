package store

import (
	"bytes"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Somebody whom the retention rule removed comes back: the hub sends an entry of
// theirs, or somebody here writes of them. An entry alone would show a record
// without their allergies, so it is not folded: the whole record is asked of the
// hub, which has all of it, and merged at once.

// holdBack keeps an entry of somebody who was removed out of their record, and
// remembers to fetch all of it.
func (e *edit) holdBack(a *arrival) error {
	if err := e.leaveWord(&a.env, model.RemovedByRetention); err != nil {
		return err
	}
	return e.want(a.env.Person)
}

func (e *edit) want(id model.PersonID) error { return e.put(bucketWanted, id[:], []byte{}) }

// wantIfRetired is for who writes here of somebody who was removed.
func (e *edit) wantIfRetired(id model.PersonID) error {
	if !e.isRetired(id) {
		return nil
	}
	return e.want(id)
}

// Wanted lists people whose whole record is to be fetched from the hub.
func (s *Store) Wanted() ([]model.PersonID, error) {
	var all []model.PersonID
	err := s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketWanted)).ForEach(func(key, _ []byte) error {
			all = append(all, model.PersonID(bytes.Clone(key)))
			return nil
		})
	})
	return all, err
}

// isWanted tells whether a record is not whole yet.
func isWanted(tx *bbolt.Tx, id model.PersonID) bool {
	return tx.Bucket([]byte(bucketWanted)).Get(id[:]) != nil
}

// Return takes in all entries of somebody who was removed and came back, in one
// transaction: there is no moment at which a part of their record shows.
func (s *Store) Return(id model.PersonID, envs []model.Envelope) error {
	s.merging.Lock()
	defer s.merging.Unlock()
	all, err := s.arrivals(envs)
	if err != nil {
		return err
	}
	k, now := s.judgeNow(all)
	return s.edit(func(e *edit) error {
		for _, gone := range []struct {
			bucket string
			key    []byte
		}{{bucketRetired, retiredKey(id)}, {bucketWanted, id[:]}} {
			if err := e.delete(gone.bucket, gone.key); err != nil {
				return err
			}
		}
		for _, key := range keysOfPerson(e.tx, bucketRemoved, id[:]) {
			if err := e.delete(bucketRemoved, key); err != nil {
				return err
			}
		}
		return e.takeIn(all, k, now)
	})
}

// retiredOnes tells who was removed, looking each person up once: entries come in
// the order of their people.
func (e *edit) retiredOnes() func(model.PersonID) bool {
	var last model.PersonID
	is := false
	return func(id model.PersonID) bool {
		if id != last {
			last, is = id, e.isRetired(id)
		}
		return is
	}
}
