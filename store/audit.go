package store

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Accesses returns the newest entries of the access logs of all desks of the
// site that fit, newest first, at most limit of them: this desk's own, and what
// the others wrote down as far as it has come from the hub. It is for managers
// and auditors; that they read it, and how many entries, is an entry itself.
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
	own, err := s.ownAccesses(f, limit)
	if err != nil {
		return nil, err
	}
	others, err := s.othersAccesses(f, limit)
	if err != nil {
		return nil, err
	}
	all := append(own, others...)
	slices.SortStableFunc(all, func(a, b model.Access) int {
		return cmp.Or(cmp.Compare(b.At, a.At), bytes.Compare(a.Device[:], b.Device[:]), cmp.Compare(b.Seq, a.Seq))
	})
	return all[:min(len(all), limit)], nil
}

// ownAccesses goes through the whole of this desk's log, for a clock that was set
// back puts late entries before early ones. When an entry was made is read
// before anything else of it: most are passed over by that.
func (s *Store) ownAccesses(f model.AccessFilter, limit int) ([]model.Access, error) {
	var found []model.Access
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketAccess)).Cursor()
		for key, value := c.Last(); key != nil && len(found) < limit; key, value = c.Prev() {
			if at, known := atOf(value); known && !f.When(at) {
				continue
			}
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

// atOf reads when an entry was made without decoding it. It is not known where
// the entry is not written as this program writes it.
func atOf(entry []byte) (at model.Instant, known bool) {
	_, rest, found := bytes.Cut(entry[:min(len(entry), 64)], []byte(`,"at":`))
	if !found {
		return 0, false
	}
	for i, c := range rest {
		if c < '0' || c > '9' {
			return at, i > 0 && c == ','
		}
		at = at*10 + model.Instant(c-'0')
	}
	return 0, false
}

// othersAccesses walks back from the newest, whose key begins with its time.
func (s *Store) othersAccesses(f model.AccessFilter, limit int) ([]model.Access, error) {
	var found []model.Access
	err := s.view(func(tx *bbolt.Tx) error {
		c := tx.Bucket([]byte(bucketReads)).Cursor()
		key, value := c.Last()
		if f.Until != 0 {
			if after, _ := c.Seek(numberKey(uint64(max(f.Until, 0)))); after != nil {
				key, value = c.Prev()
			} else {
				key, value = c.Last()
			}
		}
		since := numberKey(uint64(max(f.Since, 0)))
		for ; bytes.Compare(key, since) >= 0 && key != nil && len(found) < limit; key, value = c.Prev() {
			device, seq, err := deviceOfReads(key)
			if err != nil {
				return err
			}
			raw := model.RawAccess{Device: device, Seq: seq, Raw: value}
			if a, sound := raw.Open(); sound && f.Fits(&a) {
				found = append(found, a)
			}
		}
		return nil
	})
	return found, err
}
