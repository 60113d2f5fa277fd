package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"slices"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// fate is what becomes of an envelope that came from the hub.
type fate uint8

const (
	fateFold  fate = iota // verified: into the log and the record
	fateKnown             // it is in the log already
	fateAnew              // it is in the log, sealed otherwise than it came now
	fateWait              // nobody here can open it yet
	fateDoubt             // it cannot be believed: into quarantine
)

// arrival is one envelope on its way in.
type arrival struct {
	opened
	bytes []byte // the envelope as it came
	fate  fate
	why   doubt
	told  bool // it was put aside before, and that is written down
}

// doubt is why an envelope is in quarantine, as it is kept there.
type doubt byte

const (
	doubtOpen      doubt = 1 // it does not open, or holds no op
	doubtSignature doubt = 2 // no known key of its author signed it
	doubtFuture    doubt = 3 // it is dated too far ahead
	doubtOther     doubt = 4 // its stamp is that of another op
	doubtRoom      doubt = 5 // with it, its person's part would be too large to keep
)

// judge says of each arrival what becomes of it. Two goroutines share the
// work: checking a signature takes longer than all the rest.
func judge(all []arrival, k *keys, r *roster, now time.Time) {
	var both sync.WaitGroup
	half := len(all) / 2
	for _, share := range [][]arrival{all[:half], all[half:]} {
		both.Go(func() {
			for i := range share {
				if share[i].fate == fateFold || share[i].fate == fateAnew {
					share[i].open(k, r, now)
				}
			}
		})
	}
	both.Wait()
}

func (a *arrival) open(k *keys, r *roster, now time.Time) {
	o, err := k.openOp(a.env)
	switch {
	case errors.Is(err, errNoKey):
		a.fate = fateWait
	case err != nil:
		a.fate, a.why = fateDoubt, doubtOpen
	case a.env.Stamp.Time().Sub(now) > model.MaxAhead:
		a.fate, a.why = fateDoubt, doubtFuture
	case !r.signed(&o):
		a.fate, a.why = fateDoubt, doubtSignature
	default:
		a.opened = o
	}
}

// recognise finds those that the log has already, so that nothing is opened
// twice.
func (s *Store) recognise(all []arrival) error {
	return s.view(func(tx *bbolt.Tx) error {
		ops := tx.Bucket([]byte(bucketOps))
		for i := range all {
			a := &all[i]
			kept := ops.Get(opKey(a.env.Person, a.env.Compartment, a.env.Stamp))
			if kept == nil {
				continue
			}
			env, err := model.DecodeEnvelope(kept)
			if err != nil {
				return damaged(err)
			}
			switch {
			case env.Hash != a.env.Hash:
				a.fate, a.why = fateDoubt, doubtOther
			case bytes.Equal(kept, a.bytes):
				a.fate = fateKnown
			default: // a hub that was put back sealed for this site once more
				a.fate = fateAnew
			}
		}
		return nil
	})
}

// compare looks for the same op twice in one batch; taken is the last one before
// this one, in order of part and stamp, that is in the log or goes there.
func (a *arrival) compare(taken *arrival) {
	switch {
	case taken == nil || a.fate != fateFold:
	case a.env.Stamp != taken.env.Stamp || a.env.Person != taken.env.Person || a.env.Compartment != taken.env.Compartment:
	case a.env.Hash == taken.env.Hash:
		a.fate = fateKnown
	default:
		a.fate, a.why = fateDoubt, doubtOther
	}
}

func (a *arrival) waitingKey() []byte {
	return slices.Concat(partKey(a.env.Compartment, a.env.Person), stampKey(a.env.Stamp))
}

func (a *arrival) quarantineKey() []byte {
	sum := sha256.Sum256(a.bytes)
	return sum[:]
}

// keep puts an arrival where its fate says, and takes it away from where it was
// before.
func (e *edit) keep(a *arrival) error {
	switch a.fate {
	case fateWait:
		return e.keepAside(bucketWaiting, a.waitingKey(), a.bytes, &e.counts.waiting)
	case fateDoubt:
		return e.putAside(a)
	case fateFold, fateAnew:
		if err := e.put(bucketOps, opKey(a.env.Person, a.env.Compartment, a.env.Stamp), a.bytes); err != nil {
			return err
		}
	}
	err := e.takeBack(bucketWaiting, a.waitingKey, &e.counts.waiting)
	if err == nil && e.counts.quarantined > 0 {
		at := a.quarantineKey()
		a.told = isTold(e.get(bucketQuarantine, at)) // or it is told anew when its record has no room again
		err = e.takeBack(bucketQuarantine, func() []byte { return at }, &e.counts.quarantined)
	}
	return err
}

// putBack takes an arrival out of the log again and puts it aside.
func (e *edit) putBack(a *arrival, why doubt) error {
	if err := e.delete(bucketOps, opKey(a.env.Person, a.env.Compartment, a.env.Stamp)); err != nil {
		return err
	}
	a.fate, a.why = fateDoubt, why
	return e.keep(a)
}

func (e *edit) keepAside(bucket string, key, value []byte, count *int) error {
	if !e.has(bucket, key) {
		*count++
	}
	return e.put(bucket, key, value)
}

func (e *edit) takeBack(bucket string, key func() []byte, count *int) error {
	if *count == 0 {
		return nil
	}
	if at := key(); e.has(bucket, at) {
		*count--
		return e.delete(bucket, at)
	}
	return nil
}
