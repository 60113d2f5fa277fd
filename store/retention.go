package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// retentionPace is how many people are removed in one transaction.
const retentionPace = 20

// Retain removes from this workstation everybody who left its site more than so
// many days ago and with whom nobody has anything left to do. Nothing is removed
// from the hub. What is left of a person is where their entries stood, so that the
// audit still proves the rest; when the hub speaks of them again, their whole
// record is fetched. Each removal is an entry of the access log, on the disk at
// the same moment. A dry run only counts. Outside when this computer's clock is
// wrong: everybody would seem to have left long ago.
func (ss *Session) Retain(ctx context.Context, days int, dry bool) (model.Retained, error) {
	out := model.Retained{Days: days, DryRun: dry, Kept: make(map[model.Kept]int)}
	if err := ss.mayRead(ctx); err != nil {
		return out, err
	}
	s := ss.store
	if err := s.clockRight(); err != nil {
		return out, err
	}
	rows := ss.Rows()
	out.Here = len(rows)
	now := s.opt.Now()
	due, err := ss.retentionDue(rows, now.AddDate(0, 0, -days), now, &out)
	if err != nil {
		return out, err
	}
	s.merging.Lock()
	defer s.merging.Unlock()
	for some := range slices.Chunk(due, retentionPace) {
		if err := ctx.Err(); err != nil {
			return out, &model.Error{Kind: model.KindLocked, Msg: "This was broken off.", Err: err}
		}
		if err := ss.retain(some, &out); err != nil {
			return out, err
		}
	}
	if dry {
		return out, nil
	}
	return out, ss.noteRetention(&out)
}

// noteRetention keeps that the rule was run, and what it came to.
func (ss *Session) noteRetention(out *model.Retained) error {
	s := ss.store
	last := model.Retention{At: model.InstantOf(s.opt.Now()), Days: out.Days, People: out.People, Entries: out.Entries}
	value, err := json.Marshal(last)
	if err != nil {
		return internal("encode the retention", err)
	}
	err = s.edit(func(e *edit) error {
		total := ss.does(model.AccessRetention)
		total.Many = uint64(out.People)
		if err := e.access(total); err != nil {
			return err
		}
		return e.put(bucketMeta, keyRetained, value)
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.retained = last
	return nil
}

// RetentionDue tells whether the retention rule was not run in the last day. A
// clock that was set back makes it due.
func (s *Store) RetentionDue() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	since := s.opt.Now().Sub(s.retained.At.Time())
	return s.retained.At.IsZero() || since < 0 || since >= 24*time.Hour
}

// retentionDue lists who left before a moment, and counts those of them who have
// to stay for what their record says.
func (ss *Session) retentionDue(rows []model.Row, before, now time.Time, out *model.Retained) ([]model.PersonID, error) {
	var due []model.PersonID
	for i := range rows {
		row := &rows[i]
		if !row.Left() && !row.Deceased && row.Stay.Site == ss.actor.Site && row.Stay.Out == "" {
			continue // as nearly everybody is, without opening their record
		}
		r, err := ss.peek(row.ID)
		if model.KindOf(err) == model.KindNotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		left := model.LeftAt(&r.Shared, ss.actor.Site)
		switch {
		case left.IsZero() || !left.Time().Before(before):
		case model.OpenChecklist(&r.Shared, model.DayOf(now)):
			out.Kept[model.KeptChecklist]++
		case r.Shared.ToReview() > 0:
			out.Kept[model.KeptOverride]++
		default:
			due = append(due, row.ID)
		}
	}
	return due, nil
}

// retain removes those of some people with whom nobody has work.
func (ss *Session) retain(some []model.PersonID, out *model.Retained) error {
	work := func(tx *bbolt.Tx) ([]model.PersonID, error) {
		held, err := openWork(tx)
		if err != nil {
			return nil, err
		}
		var free []model.PersonID
		for _, id := range some {
			if why := held(id); why != "" {
				out.Kept[why]++
			} else {
				free = append(free, id)
			}
		}
		out.People += len(free)
		return free, nil
	}
	if out.DryRun {
		return ss.store.view(func(tx *bbolt.Tx) error {
			free, err := work(tx)
			for _, id := range free {
				out.Entries += len(keysOfPerson(tx, bucketOps, id[:]))
			}
			return err
		})
	}
	return ss.store.edit(func(e *edit) error {
		free, err := work(e.tx)
		if err != nil {
			return err
		}
		for _, id := range free {
			n, err := e.retire(id)
			if err != nil {
				return err
			}
			out.Entries += n
			gone := ss.does(model.AccessRetention)
			gone.Person, gone.Many = id, uint64(n)
			if err := e.access(gone); err != nil {
				return err
			}
		}
		return nil
	})
}

// openWork reads who has something that is still to be done, and returns what it
// is for a person, "" when there is nothing.
func openWork(tx *bbolt.Tx) (func(model.PersonID) model.Kept, error) {
	held := make(map[model.PersonID]model.Kept)
	note := func(id model.PersonID, why model.Kept) {
		if held[id] == "" {
			held[id] = why
		}
	}
	each := func(bucket string, fn func(key, value []byte) error) error {
		return tx.Bucket([]byte(bucket)).ForEach(fn)
	}
	err := each(bucketOutbox, func(_, value []byte) error {
		if len(value) > personSize {
			note(model.PersonID(value[:personSize]), model.KeptUnsent)
		}
		return nil
	})
	if err == nil {
		err = each(bucketConflicts, func(key, _ []byte) error {
			_, id := readPartKey(key)
			note(id, model.KeptConflict)
			return nil
		})
	}
	if err == nil {
		err = each(bucketRefused, func(_, value []byte) error {
			r, env, err := readRefused(value)
			if err == nil && r.Settled == "" {
				note(env.Person, model.KeptRefused)
			}
			return err
		})
	}
	if err == nil {
		err = each(bucketQuarantine, func(_, value []byte) error {
			if env, err := model.DecodeEnvelope(value[min(1, len(value)):]); err == nil {
				note(env.Person, model.KeptQuarantine)
			}
			return nil
		})
	}
	if err == nil {
		err = each(bucketWanted, func(key, _ []byte) error {
			note(model.PersonID(key), model.KeptFetching)
			return nil
		})
	}
	drafts := tx.Bucket([]byte(bucketDrafts))
	return func(id model.PersonID) model.Kept {
		tag := draftTag(id)
		if key, _ := drafts.Cursor().Seek(tag); held[id] == "" && bytes.HasPrefix(key, tag) {
			return model.KeptDraft
		}
		return held[id]
	}, err
}

func keysOfPerson(tx *bbolt.Tx, bucket string, prefix []byte) [][]byte {
	var keys [][]byte
	c := tx.Bucket([]byte(bucket)).Cursor()
	for key, _ := c.Seek(prefix); bytes.HasPrefix(key, prefix); key, _ = c.Next() {
		keys = append(keys, bytes.Clone(key))
	}
	return keys
}

// retire removes all of one person and returns how many entries that was.
func (e *edit) retire(id model.PersonID) (n int, err error) {
	for _, key := range keysOfPerson(e.tx, bucketOps, id[:]) {
		at, err := model.StampFromBytes(key[personSize+1:])
		if err != nil {
			return n, damaged(err)
		}
		if err := e.remove(id, model.Compartment(key[personSize]), at, model.RemovedByRetention); err != nil {
			return n, err
		}
		n++
	}
	for _, c := range model.Compartments() {
		part := partKey(c, id)
		for _, key := range keysOfPerson(e.tx, bucketWaiting, part) {
			env, err := model.DecodeEnvelope(e.get(bucketWaiting, key))
			if err != nil {
				return n, damaged(err)
			}
			e.counts.waiting--
			n++
			if err := e.leaveWord(&env, model.RemovedByRetention); err != nil {
				return n, err
			}
			if err := e.delete(bucketWaiting, key); err != nil {
				return n, err
			}
		}
		if err := e.delete(bucketRefold, part); err != nil {
			return n, err
		}
		if err := e.keepPart(closedPart{compartment: c, person: id}); err != nil {
			return n, err
		}
	}
	if err := e.blankRefused(id); err != nil {
		return n, err
	}
	return n, e.put(bucketRetired, retiredKey(id), numberKey(uint64(model.InstantOf(e.s.opt.Now()))))
}

// blankRefused takes what was refused, and settled, out of a person's refusals:
// their place in the device's chain is left.
func (e *edit) blankRefused(id model.PersonID) error {
	blank := make(map[model.Stamp]refused)
	err := e.tx.Bucket([]byte(bucketRefused)).ForEach(func(_, value []byte) error {
		r, env, err := readRefused(value)
		if err == nil && env.Person == id && len(env.Sealed) > 0 {
			r.Envelope = env.Head()
			blank[env.Stamp] = r
		}
		return err
	})
	for at, r := range blank {
		if err == nil {
			err = e.putRefused(at, r)
		}
	}
	return err
}

// retiredKey is under what it is kept that somebody was removed: not their id,
// of which nothing here is to speak any more.
func retiredKey(id model.PersonID) []byte {
	sum := sha256.Sum256(append([]byte("throughgate retired\n"), id[:]...))
	return sum[:16]
}

func (e *edit) isRetired(id model.PersonID) bool { return e.has(bucketRetired, retiredKey(id)) }
