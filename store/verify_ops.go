package store

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"sync"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// ops goes through the log of ops: that each stands where it belongs and in a
// place of the feed, opens, and is signed by its author.
func (v *verifier) ops() error {
	before := make(map[string]bool) // keys in ops of the feed before the hub was put back
	err := v.paced(bucketFeed, placeKey(v.reading.life-1, 1), func(_ *bbolt.Tx, key, value []byte) (bool, error) {
		p, err := readPlace(value)
		if err != nil || bytes.Compare(key, placeKey(v.reading.life, 0)) >= 0 {
			return false, nil
		}
		if _, now := v.places[string(p.op)]; !now {
			before[string(p.op)] = true
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	var some []kept
	err = v.paced(bucketOps, []byte{}, func(tx *bbolt.Tx, key, value []byte) (bool, error) {
		one := kept{key: bytes.Clone(key), raw: bytes.Clone(value), lost: before[string(key)]}
		if len(key) == opKeySize {
			one.queued = tx.Bucket([]byte(bucketOutbox)).Get(key[personSize+1:]) != nil
		}
		if some = append(some, one); len(some) >= checkPace {
			v.verifyOps(some)
			some = some[:0]
		}
		return true, nil
	})
	if err != nil {
		return err
	}
	v.verifyOps(some)
	return v.cameMeanwhile()
}

// cameMeanwhile reports the ops without a place, but for those that were pulled
// since the feed was gone through.
func (v *verifier) cameMeanwhile() error {
	err := v.paced(bucketFeed, placeKey(v.reading.life, uint64(v.report.Checked.Places)+1), func(_ *bbolt.Tx, _, value []byte) (bool, error) {
		if p, err := readPlace(value); err == nil {
			delete(v.unplaced, string(p.op))
		}
		return true, nil
	})
	for _, key := range slices.Sorted(maps.Keys(v.unplaced)) {
		v.report.Find(v.unplaced[key])
	}
	return err
}

// kept is an entry of the log of ops.
type kept struct {
	key, raw []byte
	lost     bool // the hub had it before it was put back
	queued   bool // to be sent

	env   model.Envelope
	op    *model.Op
	fault model.FindingWhat
}

// verifyOps verifies some ops, two at a time: a signature takes longer than all
// the rest.
func (v *verifier) verifyOps(some []kept) {
	var both sync.WaitGroup
	half := len(some) / 2
	for _, share := range [][]kept{some[:half], some[half:]} {
		both.Go(func() {
			for i := range share {
				share[i].verify(v)
			}
		})
	}
	both.Wait()
	for i := range some {
		v.note(&some[i])
	}
}

// verify opens one op. It changes nothing but the entry.
func (k *kept) verify(v *verifier) {
	var err error
	if k.env, err = model.DecodeEnvelope(k.raw); err != nil {
		k.fault = model.FoundAltered
		return
	}
	if !bytes.Equal(k.key, opKey(k.env.Person, k.env.Compartment, k.env.Stamp)) {
		k.fault = model.FoundMoved
		return
	}
	o, err := v.keys.openOp(k.env)
	switch {
	case errors.Is(err, errNoKey):
	case err != nil:
		k.fault = model.FoundAltered
	case !v.roster.signed(&o):
		k.op, k.fault = o.op, model.FoundForged
	default:
		k.op = o.op
	}
}

// note takes what was found of one op into the report.
func (v *verifier) note(k *kept) {
	place := v.places[string(k.key)]
	f := model.Finding{What: k.fault, Site: v.own.Site, Place: place}.Of(&k.env)
	switch {
	case k.fault == model.FoundAltered && place != 0:
		v.link(&k.env, nil, true) // its place said so already
		return
	case k.fault != "":
		v.report.Find(f)
		return
	case k.op == nil:
		v.report.Checked.Closed++
	default:
		v.report.Checked.Ops++
	}
	v.link(&k.env, k.op, false)
	switch {
	case place != 0 || k.queued:
	case k.env.Device == v.own.Device && k.env.Seq > v.last[chainOf{k.env.Device, k.env.Incarnation}].seq:
		v.report.Checked.Unconfirmed++
	case k.lost:
		v.report.Checked.OnlyHere++
	default:
		f.What = model.FoundUnplaced
		v.unplaced[string(k.key)] = f
	}
}

// link adds an op to its device's chain; op is nil where nobody here can open it.
func (v *verifier) link(env *model.Envelope, op *model.Op, refused bool) {
	link := model.ChainLink{Device: env.Device, Incarnation: env.Incarnation, Seq: env.Seq, Hash: env.Hash, Stamp: env.Stamp, Refused: refused}
	if op != nil {
		link.Prev, link.Open = op.Prev, true
	}
	name := chainOf{env.Device, env.Incarnation}
	if name == (chainOf{v.own.Device, v.own.Incarnation}) && env.Seq > v.desk.seq {
		return // made since this began, and perhaps not the only one
	}
	v.chains[name] = append(v.chains[name], link)
}

// linkUnknown adds to its device's chain an op of which nothing is left but its
// place.
func (v *verifier) linkUnknown(p *place) {
	at, err := model.StampFromBytes(p.op[personSize+1:])
	if err != nil {
		return // the place itself is damaged, and the tree says so
	}
	v.link(&model.Envelope{Device: p.device, Incarnation: p.incarnation, Seq: p.seq, Stamp: at}, nil, true)
}

// others takes into the chains what is not in the log of ops: what the hub
// refused, and what waits for somebody who can open it.
func (v *verifier) others() error {
	return v.s.view(func(tx *bbolt.Tx) error {
		err := tx.Bucket([]byte(bucketRefused)).ForEach(func(_, value []byte) error {
			_, env, err := readRefused(value)
			if err != nil {
				return err
			}
			v.report.Checked.Refused++
			v.link(&env, nil, true)
			return nil
		})
		if err != nil {
			return err
		}
		return tx.Bucket([]byte(bucketWaiting)).ForEach(func(_, value []byte) error {
			if env, err := model.DecodeEnvelope(value); err == nil { // else its place says so
				v.report.Checked.Closed++
				v.link(&env, nil, false)
			}
			return nil
		})
	})
}
