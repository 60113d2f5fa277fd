package store

import (
	"context"
	"fmt"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// maxFollowers bounds how many changes one change may bring with it, against a
// fault in the model that would go round in a circle.
const maxFollowers = 32

// Do makes the changes of a write, all or none, and returns when they are on
// the disk. Each is asked of the actor's rights and of its own sense on the
// record as it stands, the earlier changes of the same write included; what a
// change brings with it is written at the same moment.
//
// Errors: Forbidden or Invalid from the model; Conflict where a change says so;
// Locked when the session is over; Outside when this computer's clock is wrong
// or the disk fails. Nothing was changed then.
func (ss *Session) Do(ctx context.Context, w model.Write) error {
	return ss.noteClock(ss.do(ctx, w))
}

func (ss *Session) do(ctx context.Context, w model.Write) error {
	if err := ss.mayWrite(ctx); err != nil {
		return err
	}
	if w.Person.IsZero() {
		return model.Invalid("There is nobody to change.", "")
	}
	return ss.store.edit(func(e *edit) error {
		signing, err := ss.hand()
		if err != nil {
			return err
		}
		if err := e.checkBehind(ss.store.opt.Now()); err != nil {
			return err
		}
		if err := e.wantIfRetired(w.Person); err != nil {
			return err
		}
		r, err := ss.store.loadRecord(ss.held(), e.tx, w.Person)
		if err != nil {
			return ss.explain(err)
		}
		doing := writing{e: e, ss: ss, w: w, now: ss.store.opt.Now(), signing: signing, record: r}
		for _, change := range w.Changes {
			if err := doing.make(change); err != nil {
				return err
			}
		}
		return doing.save()
	})
}

// writing is one Do under way.
type writing struct {
	e       *edit
	ss      *Session
	w       model.Write
	now     time.Time
	signing seal.SigningKey
	record  *model.Record
	written map[string]model.Stamp // slots, by this write
	ops     []*model.Op
}

// make is one change of the write, and then what follows from it.
func (d *writing) make(change model.Change) error {
	if err := model.Allow(d.ss.actor, change, d.record); err != nil {
		return err
	}
	if err := change.Check(d.record.ThisStay(), d.now); err != nil {
		return err
	}
	if err := d.append(change, d.base(change)); err != nil {
		return err
	}
	return d.follow(change)
}

// follow makes what changes bring with them. These are the model's own words,
// so nobody is asked whether they are sensible, but rights hold: the hub would
// refuse what they do not allow.
func (d *writing) follow(first model.Change) error {
	due := []model.Change{first}
	for n := 0; len(due) > 0; n++ {
		follower, leads := due[0].(model.Follower)
		due = due[1:]
		if !leads {
			continue
		}
		if n > maxFollowers {
			return internal("follow "+first.Kind(), fmt.Errorf("more than %d changes", maxFollowers))
		}
		for _, change := range follower.Follows(d.record.ThisStay()) {
			if err := model.Allow(d.ss.actor, change, d.record); err != nil {
				return err
			}
			if err := d.append(change, d.latest(change)); err != nil {
				return err
			}
			due = append(due, change)
		}
	}
	return nil
}

// base is what the author had seen in the slot: on their screen, unless this
// same write has written it since.
func (d *writing) base(change model.Change) model.Stamp {
	if _, mine := d.written[change.Slot()]; mine || d.w.Seen == nil {
		return d.latest(change)
	}
	return d.w.Seen.Seen(change.Compartment(), change.Slot())
}

func (d *writing) latest(change model.Change) model.Stamp {
	if at, mine := d.written[change.Slot()]; mine {
		return at
	}
	return d.record.Seen(change.Compartment(), change.Slot())
}

// append stamps one change and folds it into the record. It is signed and sealed
// later, with the others.
func (d *writing) append(change model.Change, base model.Stamp) error {
	body, err := model.EncodeChange(change)
	if err != nil {
		return internal("encode a change", err)
	}
	if err := model.CheckSize(change, body); err != nil {
		return err
	}
	id, desk := d.ss.store.id, &d.e.desk
	desk.seq++
	op := &model.Op{
		Stamp: desk.clock.Next(d.now), Actor: d.ss.actor, Device: id.Device, Incarnation: id.Incarnation,
		Seq: desk.seq, Person: d.w.Person, Base: base, Kind: change.Kind(), Body: body,
		Change: change, Compartment: change.Compartment(),
	}
	if slot := change.Slot(); slot != "" {
		if d.written == nil {
			d.written = make(map[string]model.Stamp)
		}
		d.written[slot] = op.Stamp
	}
	d.ops = append(d.ops, op)
	d.record.Fold(op)
	return nil
}

// save seals the ops and the parts they changed, and keeps them: one after the
// other, for waking a second processor takes longer than it would save.
func (d *writing) save() error {
	if err := d.fits(); err != nil {
		return err
	}
	envs, err := d.sealOps()
	if err != nil {
		return err
	}
	parts, err := d.closeParts()
	if err != nil {
		return d.ss.explain(err)
	}
	for i := range envs {
		if err := d.e.keepOwn(&envs[i]); err != nil {
			return err
		}
	}
	for _, part := range parts {
		if err := d.e.keepPart(part); err != nil {
			return err
		}
	}
	return nil
}

// fits refuses a write that no push has room for: it is sent as a whole.
func (d *writing) fits() error {
	size := 0
	for _, op := range d.ops {
		size += len(op.Body)
	}
	if len(d.ops) > model.MaxWrite || size > model.MaxWriteBytes {
		return model.Invalid("This is too much to be kept in one step.", "Do it in parts.")
	}
	return nil
}

// sealOps links the ops to the chain of this device, signs and seals them.
func (d *writing) sealOps() ([]model.Envelope, error) {
	envs := make([]model.Envelope, len(d.ops))
	for i, op := range d.ops {
		op.Prev, op.Before, op.After = d.e.desk.prev, uint16(i), uint16(len(d.ops)-1-i)
		env, err := d.ss.held().sealOp(op, d.signing)
		if err != nil {
			return nil, err
		}
		d.e.desk.prev, envs[i] = env.Hash, env
	}
	return envs, nil
}

func (d *writing) closeParts() ([]closedPart, error) {
	var touched [model.Health + 1]bool
	for _, op := range d.ops {
		touched[op.Compartment] = true
	}
	var parts []closedPart
	for _, c := range model.Compartments() {
		if !touched[c] {
			continue
		}
		part, err := d.ss.held().closePart(c, d.record)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// keepOwn puts an envelope made here into the log and the outbox.
func (e *edit) keepOwn(env *model.Envelope) error {
	value, _ := env.AppendBinary(nil) // never fails
	if err := e.put(bucketOps, opKey(env.Person, env.Compartment, env.Stamp), value); err != nil {
		return err
	}
	e.counts.pending++
	return e.put(bucketOutbox, stampKey(env.Stamp), outboxValue(env.Person, env.Compartment))
}
