package store

import (
	"context"
	"encoding/json"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Accesses returns the newest entries of the access log that fit, newest first,
// at most limit of them. It is for managers and auditors; that they read it, and
// how many entries, is an entry itself.
func (ss *Session) Accesses(ctx context.Context, f model.AccessFilter, limit int) ([]model.Access, error) {
	if err := ss.mayAudit(ctx); err != nil {
		return nil, err
	}
	found, err := ss.store.accesses(f, limit)
	if err != nil {
		return nil, err
	}
	return found, ss.Note(ctx, model.AccessAudit, f.Person, len(found))
}

// mayAudit is mayRead for who answers for what others read.
func (ss *Session) mayAudit(ctx context.Context) error {
	if err := ss.mayRead(ctx); err != nil {
		return err
	}
	return model.AllowAudit(ss.actor.Role)
}

func (s *Store) accesses(f model.AccessFilter, limit int) ([]model.Access, error) {
	var found []model.Access
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketAccess)).Cursor()
		for key, value := c.Last(); key != nil && len(found) < limit; key, value = c.Prev() {
			var a model.Access
			if err := json.Unmarshal(value, &a); err != nil {
				return damaged(err)
			}
			a.Device = s.id.Device
			if f.Fits(&a) {
				found = append(found, a)
			}
		}
		return nil
	})
	return found, err
}
