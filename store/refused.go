package store

import (
	"context"
	"encoding/json"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// refused is an op the hub would not have, as it is kept. It is kept after it
// was settled too: that somebody tried is part of the record of what happened.
type refused struct {
	At       model.Instant `json:"at"`
	Reason   string        `json:"reason"`
	Envelope []byte        `json:"envelope"`
	Settled  model.StaffID `json:"settled,omitempty"` // who let it go
}

func (e *edit) refuse(env model.Envelope, reason string) error {
	kept, _ := env.AppendBinary(nil) // never fails
	e.counts.refused++
	return e.putRefused(env.Stamp, refused{At: model.InstantOf(e.s.opt.Now()), Reason: reason, Envelope: kept})
}

func (e *edit) putRefused(at model.Stamp, r refused) error {
	value, err := json.Marshal(r)
	if err != nil {
		return internal("encode a refusal", err)
	}
	return e.put(bucketRefused, stampKey(at), value)
}

func readRefused(value []byte) (refused, model.Envelope, error) {
	var r refused
	err := json.Unmarshal(value, &r)
	if err != nil {
		return r, model.Envelope{}, damaged(err)
	}
	env, err := model.DecodeEnvelope(r.Envelope)
	if err != nil {
		return r, env, damaged(err)
	}
	return r, env, nil
}

func countUnsettled(tx *bbolt.Tx) int {
	n := 0
	_ = tx.Bucket([]byte(bucketRefused)).ForEach(func(_, value []byte) error { // fails only when the function does
		if r, _, err := readRefused(value); err != nil || r.Settled == "" {
			n++
		}
		return nil
	})
	return n
}

// takeOut removes refused ops from the log and folds their people anew. Where
// nobody is signed in who could, the part is marked for whoever comes.
func (e *edit) takeOut(k *keys, out []model.Envelope) error {
	parts := make(map[string]bool)
	for _, env := range out {
		if err := e.delete(bucketOps, opKey(env.Person, env.Compartment, env.Stamp)); err != nil {
			return err
		}
		parts[string(partKey(env.Compartment, env.Person))] = true
	}
	for part := range parts {
		if err := e.refoldPart(k, []byte(part)); err != nil {
			return err
		}
	}
	return nil
}

func (e *edit) refoldPart(k *keys, part []byte) error {
	c, id := readPartKey(part)
	if !k.holds(c) {
		return e.put(bucketRefold, part, []byte{})
	}
	r, err := e.refold(k, c, id)
	if errors.Is(err, errNoKey) {
		return e.put(bucketRefold, part, []byte{})
	}
	if err != nil {
		return err
	}
	err = e.savePart(k, c, r)
	if errors.Is(err, seal.ErrTooLarge) { // the part stays as it was: one person's must not stop the others'
		e.s.opt.Log.Error("a person's record is too large to be folded anew")
		return e.put(bucketRefold, part, []byte{})
	}
	if err != nil {
		return err
	}
	return e.delete(bucketRefold, part)
}

// reasonElsewhere stands for the hub's reason where the entry is not open to the
// reader: a reason tells what it is about.
const reasonElsewhere = "Whoever may read it sees why."

// Refusals lists what the hub would not have and nobody has settled yet, oldest
// first. Op is nil where this session may not read it.
func (ss *Session) Refusals(ctx context.Context) ([]model.Refusal, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	var all []model.Refusal
	err := ss.store.view(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte(bucketRefused)).ForEach(func(_, value []byte) error {
			r, env, err := readRefused(value)
			if err != nil || r.Settled != "" {
				return err
			}
			one := model.Refusal{Stamp: env.Stamp, Person: env.Person, At: r.At, Reason: reasonElsewhere}
			if o, err := ss.held().openOp(env); err == nil {
				one.Op, one.Reason = o.op, r.Reason
			}
			all = append(all, one)
			return nil
		})
	})
	return all, err
}

// Dismiss settles a refusal: its author, or a colleague who may read it, has made
// the change anew or does not want it any more.
func (ss *Session) Dismiss(ctx context.Context, at model.Stamp) error {
	if err := ss.mayRead(ctx); err != nil {
		return err
	}
	return ss.store.edit(func(e *edit) error {
		value := e.get(bucketRefused, stampKey(at))
		if value == nil {
			return model.NotFound("There is no such refusal.", "It may have been settled already.")
		}
		r, env, err := readRefused(value)
		if err != nil || r.Settled != "" {
			return err
		}
		if !ss.held().holds(env.Compartment) {
			return model.Forbidden("The "+env.Compartment.String()+" record is not open to your role.", "Ask a colleague who works with it.")
		}
		r.Settled = ss.actor.Staff
		e.counts.refused--
		return e.putRefused(at, r)
	})
}
