package store

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// mergeBatch is how many envelopes one transaction takes in: enough for the
// disk's two waits to weigh nothing, and so few that somebody who writes
// meanwhile does not notice.
const mergeBatch = 1000

// Merge takes in the next envelopes of the feed, of which the last has the number
// next, and then keeps the place in the feed that they reach to. They may come
// again. What nobody here can open waits sealed; what cannot be believed is put
// aside and counted; neither stops the rest. Each one's place in the feed is kept
// with its hash, and held to the heads that the hub signed (PutHead). When Merge
// returns nil all of them are on the disk.
func (s *Store) Merge(envs []model.Envelope, next uint64, epoch string) error {
	s.merging.Lock()
	defer s.merged()
	if uint64(len(envs)) > next {
		return internal("merge", fmt.Errorf("%d envelopes up to number %d", len(envs), next))
	}
	first := next - uint64(len(envs)) + 1
	for {
		some := envs[:min(len(envs), mergeBatch)]
		if err := s.mergeSome(some, &stretch{first, epoch}); err != nil {
			return err
		}
		first, envs = first+uint64(len(some)), envs[len(some):]
		if len(envs) == 0 {
			return nil
		}
	}
}

// stretch is where in the feed some envelopes stand.
type stretch struct {
	first uint64
	epoch string
}

// mergeSome merges in one transaction; at is nil for what came before.
func (s *Store) mergeSome(envs []model.Envelope, at *stretch) error {
	all, err := s.arrivals(envs)
	if err != nil {
		return err
	}
	k, now := s.judgeNow(all)
	err = s.edit(func(e *edit) error {
		if at != nil {
			if err := e.read(at, all); err != nil {
				return err
			}
		}
		return e.takeIn(all, k, now)
	})
	if err == nil && at != nil {
		s.forgetMet(at.first + uint64(len(all)))
	}
	return err
}

// arrivals are envelopes on their way in, of which it is known whether the log has
// them.
func (s *Store) arrivals(envs []model.Envelope) ([]arrival, error) {
	all := make([]arrival, len(envs))
	for i, env := range envs {
		all[i].env = env
		all[i].bytes, _ = env.AppendBinary(nil) // never fails
	}
	return all, s.recognise(all)
}

// judgeNow says what becomes of arrivals with what is known now, and returns the
// keys and the time that it went by.
func (s *Store) judgeNow(all []arrival) (*keys, time.Time) {
	s.mu.RLock()
	k, r, now := s.keys, s.roster, s.hubTime()
	s.mu.RUnlock()
	judge(all, k, r, now)
	return k, now
}

// read takes note of what was read of the feed.
func (e *edit) read(at *stretch, all []arrival) error {
	r, err := readReading(e.tx)
	if err != nil {
		return err
	}
	if r.epoch != at.epoch && r.edge.Size > 0 {
		return internal("merge", errors.New("a feed of another epoch"))
	}
	r.epoch = at.epoch
	if err := e.takePlaces(&r, at.first, all); err != nil {
		return err
	}
	e.feedState().Read = r.edge.Size
	return nil
}

// forgetMet drops what was expected of places before a number.
func (s *Store) forgetMet(next uint64) {
	s.expected = slices.DeleteFunc(s.expected, func(want expected) bool { return want.size < next })
}

// hubTime is what the hub's clock says now, as far as is known: an op is not
// from the future because this computer's clock is slow. The caller holds mu.
func (s *Store) hubTime() time.Time { return s.opt.Now().Add(-s.sync.Skew) }

// takeIn keeps every arrival and folds each person once.
func (e *edit) takeIn(all []arrival, k *keys, now time.Time) error {
	slices.SortFunc(all, func(a, b arrival) int {
		return cmp.Or(
			bytes.Compare(a.env.Person[:], b.env.Person[:]),
			cmp.Compare(a.env.Compartment, b.env.Compartment),
			a.env.Stamp.Compare(b.env.Stamp),
		)
	})
	var fresh []*arrival
	var taken *arrival // the last one that is in the log or goes there
	retired := e.retiredOnes()
	for i := range all {
		a := &all[i]
		if (a.fate == fateFold || a.fate == fateWait) && retired(a.env.Person) {
			if err := e.holdBack(a); err != nil {
				return err
			}
			continue
		}
		a.compare(taken)
		if a.fate == fateFold || a.fate == fateKnown || a.fate == fateAnew {
			taken = a
		}
		if err := e.keep(a); err != nil {
			return err
		}
		if a.fate != fateFold {
			continue
		}
		fresh = append(fresh, a)
		if err := e.desk.clock.Witness(a.env.Stamp, now); err != nil {
			return err // cannot be: judge looked at it
		}
	}
	return e.foldIn(fresh, k)
}

// additions are the new ops of one part of one person's record, in stamp order.
type additions struct {
	fresh  []*arrival
	before []byte // the sealed snapshot
	after  closedPart
	spoilt bool // the snapshot was, and the part is made from the log
	err    error
}

func (a *additions) part() (model.Compartment, model.PersonID) {
	first := &a.fresh[0].env
	return first.Compartment, first.Person
}

// foldIn folds ops, which are sorted by part and stamp. Opening, folding and
// sealing is shared by two goroutines; the transaction itself is touched by one
// at a time.
func (e *edit) foldIn(fresh []*arrival, k *keys) error {
	parts := e.byPart(fresh)
	var both sync.WaitGroup
	var reading sync.Mutex
	half := len(parts) / 2
	for _, share := range [][]additions{parts[:half], parts[half:]} {
		both.Go(func() {
			for i := range share {
				share[i].guarded(e, k, &reading)
			}
		})
	}
	both.Wait()
	for i := range parts {
		if errors.Is(parts[i].err, seal.ErrTooLarge) {
			if err := parts[i].makeFit(e, k); err != nil {
				return err
			}
		}
		if parts[i].err != nil {
			return parts[i].err
		}
	}
	for i := range parts {
		if len(parts[i].fresh) == 0 {
			continue
		}
		if parts[i].spoilt {
			e.s.findsSpoilt(parts[i].part())
		}
		if err := e.keepPart(parts[i].after); err != nil {
			return err
		}
	}
	return nil
}

// byPart divides ops, which are sorted, by the part they belong to.
func (e *edit) byPart(fresh []*arrival) []additions {
	var parts []additions
	for len(fresh) > 0 {
		one := additions{fresh: fresh}
		c, id := one.part()
		n := slices.IndexFunc(fresh, func(a *arrival) bool { return a.env.Person != id || a.env.Compartment != c })
		if n < 0 {
			n = len(fresh)
		}
		one.fresh, fresh = fresh[:n], fresh[n:]
		one.before = e.get(bucketSnapshots, partKey(c, id))
		parts = append(parts, one)
	}
	return parts
}

// guarded is fold in a goroutine of its own, where nobody else meets what a
// damaged file does.
func (a *additions) guarded(e *edit, k *keys, reading *sync.Mutex) {
	defer guard(&a.err)()
	a.fold(e, k, reading)
}

// fold adds the ops to the part, or, where one is older than the part, makes
// the part anew from the log, which has them by now.
func (a *additions) fold(e *edit, k *keys, reading *sync.Mutex) {
	c, id := a.part()
	r := model.NewRecord(id, []model.Compartment{c})
	a.err = k.openPart(c, r, a.before)
	a.spoilt = errors.Is(a.err, errSpoilt)
	if a.err != nil && !a.spoilt {
		return
	}
	if !a.spoilt && r.CanFold(c, a.fresh[0].env.Stamp) {
		for _, one := range a.fresh {
			r.Fold(one.op)
		}
	} else { // of a spoilt part the log is all there is
		values := a.logOf(e, reading)
		if r, a.err = k.foldValues(c, id, values); a.err != nil {
			return
		}
	}
	a.after, a.err = k.closePart(c, r)
}

// logOf reads the part's log, in the one transaction, which is one goroutine's at
// a time.
func (a *additions) logOf(e *edit, reading *sync.Mutex) [][]byte {
	reading.Lock()
	defer reading.Unlock()
	c, id := a.part()
	return logOf(e.tx, c, id)
}

// makeFit puts aside what a part has no room for, so that one person's record
// cannot stop everybody's: first the large entries, and when that is not enough
// all the new ones. They are kept, count as put aside, and are tried again with
// the rest of what was. With nothing left to add the part stays as it is.
func (a *additions) makeFit(e *edit, k *keys) error {
	e.s.opt.Log.Error("a person's record is too large to keep what came for it")
	c, id := a.part()
	for _, spare := range []func(*arrival) bool{
		func(one *arrival) bool { return model.Large(one.op.Change) },
		func(*arrival) bool { return true },
	} {
		var fits []*arrival
		for _, one := range a.fresh {
			if !spare(one) {
				fits = append(fits, one)
			} else if err := e.putBack(one, doubtRoom); err != nil {
				return err
			}
		}
		if a.fresh, a.err = fits, nil; len(fits) == 0 {
			return nil
		}
		a.before = e.get(bucketSnapshots, partKey(c, id))
		if a.fold(e, k, new(sync.Mutex)); !errors.Is(a.err, seal.ErrTooLarge) {
			return nil
		}
	}
	return nil
}

// openKeys returns what all open sessions together can open.
func (s *Store) openKeys() *keys {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.keys
}

// lookAgain merges what was put aside and may be taken in now: somebody has
// signed in, or the roster has changed. Parts that wait to be folded anew are.
func (s *Store) lookAgain() error {
	s.merging.Lock()
	defer s.merged()
	k := s.openKeys()
	aside, err := s.putAside(k)
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(aside, mergeBatch) {
		if err := s.mergeSome(batch, nil); err != nil {
			return err
		}
	}
	if err := s.refoldDue(k); err != nil {
		return err
	}
	return s.derive(k)
}

// putAside lists the waiting envelopes that k can open, and all that could not
// be believed.
func (s *Store) putAside(k *keys) ([]model.Envelope, error) {
	var all []model.Envelope
	add := func(value []byte) error {
		env, err := model.DecodeEnvelope(bytes.Clone(value))
		if err != nil {
			return damaged(err)
		}
		if k.opener(env.Compartment, env.KeyVersion) != nil {
			all = append(all, env)
		}
		return nil
	}
	err := s.view(func(tx *bbolt.Tx) error {
		err := tx.Bucket([]byte(bucketWaiting)).ForEach(func(_, value []byte) error { return add(value) })
		if err != nil {
			return err
		}
		return tx.Bucket([]byte(bucketQuarantine)).ForEach(func(_, value []byte) error { return add(value[1:]) })
	})
	return all, err
}

// refoldDue folds anew the parts that were marked while nobody could.
func (s *Store) refoldDue(k *keys) error {
	var due [][]byte
	err := s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketRefold)).ForEach(func(key, _ []byte) error {
			if c, _ := readPartKey(key); k.holds(c) {
				due = append(due, bytes.Clone(key))
			}
			return nil
		})
	})
	if err != nil || len(due) == 0 {
		return err
	}
	return s.edit(func(e *edit) error {
		for _, part := range due {
			if err := e.refoldPart(k, part); err != nil {
				return err
			}
		}
		return nil
	})
}
