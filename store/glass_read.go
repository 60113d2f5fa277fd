package store

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// isOver tells whether the time is up, and lets go of the keys then. A clock
// that was set back to before the override ends it too.
func (g *Glass) isOver() bool {
	now := g.session.store.opt.Now()
	if !model.InstantOf(now).Before(g.until) || now.Before(g.from) {
		g.wipe()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.keys == nil
}

// wipe overwrites the keys.
func (g *Glass) wipe() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.keys != nil {
		g.keys.zero()
		g.keys = nil
	}
}

// Close lets go of what was opened.
func (g *Glass) Close() { g.wipe() }

// Until is when it ends.
func (g *Glass) Until() model.Instant { return g.until }

// Get returns the person's record as the session reads it, and with it the
// compartment that was opened. The look is written to the access log, with the
// reason, before it is given out. It is Locked when the time is over.
func (g *Glass) Get(ctx context.Context) (*model.Record, error) {
	ss := g.session
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	if g.isOver() {
		return nil, errGlassOver
	}
	r, err := ss.peek(g.asked.Person)
	if err == nil {
		err = g.readInto(r)
	}
	if errors.Is(err, seal.ErrWiped) {
		return nil, errGlassOver
	}
	if err != nil {
		return nil, ss.explain(err)
	}
	r = r.ThisStay()
	if g.isOver() { // while it was read, which is then not whole
		return nil, errGlassOver
	}
	entry := ss.look(model.AccessGlass, g.asked.Person, ss.isKin(r))
	entry.Parts, entry.Reason = []model.Compartment{g.asked.Opens}, string(g.asked.Reason)
	return r, ss.store.note(entry)
}

// readInto folds the compartment from the log, and from what has come for it
// while nobody who may read it was signed in at this desk: the one nurse may be
// at home. Nothing of it is kept.
func (g *Glass) readInto(r *model.Record) error {
	g.mu.Lock()
	held := g.keys
	g.mu.Unlock()
	if held == nil {
		return seal.ErrWiped
	}
	all, err := g.arrivals()
	if err != nil {
		return err
	}
	ops := make([]*model.Op, 0, len(all))
	for i := range all {
		if ops, err = g.open(&all[i], held, ops); err != nil {
			return err
		}
	}
	slices.SortFunc(ops, func(a, b *model.Op) int { return a.Stamp.Compare(b.Stamp) })
	part := model.FoldAll(g.asked.Person, []model.Compartment{g.asked.Opens}, ops)
	switch g.asked.Opens {
	case model.Custody:
		r.Custody = part.Custody
	case model.Health:
		r.Health = part.Health
	}
	return nil
}

// open adds an op of the log, which was verified when it came in, or one that
// waits, where it can be believed.
func (g *Glass) open(a *arrival, held *keys, ops []*model.Op) ([]*model.Op, error) {
	if a.fate == fateWait {
		s := g.session.store
		s.mu.RLock()
		r, now := s.roster, s.hubTime()
		s.mu.RUnlock()
		switch a.open(held, r, now); {
		case a.fate == fateDoubt:
			return ops, nil // as a merge would put it aside
		case a.op == nil:
			return ops, errNoKey
		}
		return append(ops, a.op), nil
	}
	o, err := held.openOp(a.env)
	switch {
	case errors.Is(err, errNoKey), errors.Is(err, seal.ErrWiped):
		return ops, err
	case err != nil:
		return ops, damaged(err)
	}
	return append(ops, o.op), nil
}

// arrivals copies what the file has of the compartment: of the log, and with
// fateWait of what nobody has opened here.
func (g *Glass) arrivals() ([]arrival, error) {
	var all []arrival
	id, c := g.asked.Person, g.asked.Opens
	add := func(tx *bbolt.Tx, bucket string, prefix []byte, f fate) error {
		cursor := tx.Bucket([]byte(bucket)).Cursor()
		for key, value := cursor.Seek(prefix); bytes.HasPrefix(key, prefix); key, value = cursor.Next() {
			env, err := model.DecodeEnvelope(bytes.Clone(value))
			if err != nil {
				return damaged(err)
			}
			all = append(all, arrival{opened: opened{env: env}, fate: f})
		}
		return nil
	}
	err := g.session.store.view(func(tx *bbolt.Tx) error {
		if err := add(tx, bucketOps, opPrefix(id, c), fateFold); err != nil {
			return err
		}
		return add(tx, bucketWaiting, partKey(c, id), fateWait)
	})
	return all, err
}
