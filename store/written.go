package store

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Writes returns the newest entries of records that fit, newest first, at most
// limit of them: who changed what kind of thing, when and where, and no value.
// Of compartments this session holds no key to it tells person, time and
// workstation. It is for managers and auditors, and reading it is an entry of the
// access log.
func (ss *Session) Writes(ctx context.Context, f model.AccessFilter, limit int) ([]model.Written, error) {
	if err := ss.mayAudit(ctx); err != nil {
		return nil, err
	}
	heads, err := ss.store.opHeads(f)
	if err != nil {
		return nil, err
	}
	var found []model.Written
	for _, head := range heads {
		if len(found) >= limit {
			break
		}
		w, err := ss.written(head)
		if err != nil {
			return nil, err
		}
		if f.FitsWritten(&w) {
			found = append(found, w)
		}
	}
	return found, ss.Note(ctx, model.AccessAudit, f.Person, len(found))
}

// opHead is where an op stands in the log.
type opHead struct {
	at  model.Stamp
	key []byte
}

// opHeads lists the ops of a person, or of everybody, that are of the wanted
// time, newest first. It reads nothing but the keys.
func (s *Store) opHeads(f model.AccessFilter) ([]opHead, error) {
	var prefix []byte
	if !f.Person.IsZero() {
		prefix = f.Person[:]
	}
	var heads []opHead
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketOps)).Cursor()
		for key, _ := c.Seek(prefix); key != nil && bytes.HasPrefix(key, prefix); key, _ = c.Next() {
			at, err := model.StampFromBytes(key[min(len(key), personSize+1):])
			if err != nil {
				return damaged(err)
			}
			if f.When(model.InstantOf(at.Time())) {
				heads = append(heads, opHead{at, bytes.Clone(key)})
			}
		}
		return nil
	})
	slices.SortFunc(heads, func(a, b opHead) int { return b.at.Compare(a.at) })
	return heads, err
}

func (ss *Session) written(head opHead) (w model.Written, err error) {
	err = ss.store.view(func(tx *bbolt.Tx) error {
		env, err := model.DecodeEnvelope(tx.Bucket([]byte(bucketOps)).Get(head.key))
		if err != nil {
			return damaged(err)
		}
		opened, err := ss.keys.openOp(env)
		if errors.Is(err, errNoKey) {
			err = nil
		}
		if err != nil {
			return damaged(err)
		}
		w = model.WrittenOf(&env, opened.op)
		return nil
	})
	return w, err
}
