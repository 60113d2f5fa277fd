package store

import (
	"context"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Conflicts lists what waits to be settled in the compartments this session may
// read, with the ops that disagree. Whose conflicts were shown is written to the
// access log, once in a session.
func (ss *Session) Conflicts(ctx context.Context) ([]model.PersonConflict, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	people, err := ss.inConflict()
	if err != nil {
		return nil, err
	}
	var all []model.PersonConflict
	kin := make(map[model.PersonID]bool)
	for _, id := range people {
		some, isKin, err := ss.conflictsOf(id)
		if err != nil {
			return nil, err
		}
		all, kin[id] = append(all, some...), isKin
	}
	return all, ss.noteOnce(model.AccessConflict, people, kin)
}

func (ss *Session) inConflict() ([]model.PersonID, error) {
	seen := make(map[model.PersonID]bool)
	var people []model.PersonID
	err := ss.store.view(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketConflicts)).ForEach(func(key, _ []byte) error {
			if c, id := readPartKey(key); ss.held().holds(c) && !seen[id] {
				seen[id] = true
				people = append(people, id)
			}
			return nil
		})
	})
	return people, err
}

// conflictsOf also tells whether the person bears the family name of who asks.
func (ss *Session) conflictsOf(id model.PersonID) (all []model.PersonConflict, kin bool, err error) {
	r, err := ss.peek(id)
	if err != nil {
		return nil, false, err
	}
	row := model.RowOf(id, &r.Shared)
	for _, conflict := range r.Conflicts() {
		ops, err := ss.headOps(id, conflict)
		if err != nil {
			return nil, false, err
		}
		all = append(all, model.PersonConflict{Row: row, Conflict: conflict, Ops: ops})
	}
	return all, ss.isKin(r), nil
}

// headOps reads the op of each head of a conflict.
func (ss *Session) headOps(id model.PersonID, conflict model.Conflict) ([]*model.Op, error) {
	ops := make([]*model.Op, len(conflict.Heads))
	err := ss.store.view(func(tx *bbolt.Tx) (err error) {
		for i, head := range conflict.Heads {
			value := tx.Bucket([]byte(bucketOps)).Get(opKey(id, conflict.Compartment, head.Stamp()))
			if value == nil {
				return damaged(errors.New("a record shows an op that the log does not have"))
			}
			if ops[i], err = ss.held().openOwn(value); err != nil {
				return err
			}
		}
		return nil
	})
	return ops, ss.explain(err)
}
