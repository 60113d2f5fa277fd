package sync

import (
	"context"
	"errors"
	"net/http"

	"github.com/throughgate/throughgate/model"
)

// pushAll sends keyrings, then ops in their order, until there is nothing left
// that the hub has not answered for. Keyrings go first: the ops behind them may
// be signed with their keys.
func (a *Agent) pushAll(ctx context.Context) error {
	for {
		if err := a.mayPush(); err != nil {
			return err
		}
		refused, err := a.pushKeyrings(ctx)
		if err != nil {
			return err
		}
		ops, err := a.nextBatch(ctx)
		if err != nil {
			return err
		}
		if len(ops) == 0 {
			return refused
		}
		if err := a.pushOps(ctx, ops); err != nil {
			return err
		}
	}
}

// nextBatch reads the outbox after it has waited its turn, so that what was
// written meanwhile goes too.
func (a *Agent) nextBatch(ctx context.Context) ([]model.Envelope, error) {
	ops, err := a.Desk.Outgoing(1)
	if err == nil && len(ops) > 0 {
		if err := a.push.pace.Wait(ctx); err != nil {
			return nil, context.Cause(ctx)
		}
		ops, err = a.Desk.Outgoing(MaxOps)
	}
	if err != nil {
		return nil, atDesk("outgoing", err)
	}
	return ops, nil
}

// pushKeyrings returns a keyring's refusal apart from failures: it stays queued
// until the site's data brings the hub's newer one, and meanwhile must not stop
// everybody else's work.
func (a *Agent) pushKeyrings(ctx context.Context) (refused, err error) {
	rings, err := a.Desk.OutgoingKeyrings()
	if err != nil {
		return nil, atDesk("outgoing keyrings", err)
	}
	for _, ring := range rings {
		err := a.Hub.PutKeyring(ctx, ring)
		switch {
		case isRefusal(err):
			refused = err
		case err != nil:
			return nil, err
		default:
			a.reached()
			if err := a.Desk.KeyringsSent([]model.SealedKeyring{ring}); err != nil {
				return nil, atDesk("keyrings sent", err)
			}
		}
	}
	return refused, nil
}

// maxSuspects is how many single ops may make the hub stumble before it is the
// hub that is taken to be ill.
const maxSuspects = 4

// batch is one run through a batch some of whose ops the hub may be unable to
// take. That one of them is the matter is believed only when the hub takes
// others: a hub that is ill, or of another version, stumbles over all.
type batch struct {
	agent    *Agent
	probes   []model.Envelope // the last writes of the batch; see suspect
	suspects [][]model.Envelope
	stumbled error // over the last suspect
	answered bool  // the hub has answered for some op
}

// pushOps sends a batch and settles every op of it, or says why not.
func (a *Agent) pushOps(ctx context.Context, ops []model.Envelope) error {
	b := &batch{agent: a, probes: ops[first(ops):]}
	if err := b.send(ctx, ops); err != nil {
		return err
	}
	if len(b.suspects) > 0 && !b.answered {
		return b.stumbled
	}
	for _, write := range b.suspects {
		if err := b.sendSuspect(ctx, write); err != nil {
			return err
		}
	}
	return nil
}

// first is how many of some ops are of the first one's write: what is sent is sent
// in whole writes.
func first(ops []model.Envelope) int { return model.WholeUpTo(ops, 1) }

// send halves what the hub cannot take until the write that is the matter is
// alone, so that the queue goes on.
func (b *batch) send(ctx context.Context, ops []model.Envelope) error {
	for len(ops) > 0 {
		results, err := b.agent.Hub.Push(ctx, ops)
		switch {
		case err == nil:
			if err := b.settle(results); err != nil {
				return err
			}
			ops = ops[len(results):]
		case isTooLong(err):
			if err := b.refuse(ops[:first(ops)], err); err != nil {
				return err
			}
			ops = ops[first(ops):]
		case !isStumble(err):
			return err
		case len(ops) == first(ops):
			return b.suspect(ctx, ops, err)
		default:
			half := model.WholeUpTo(ops, len(ops)/2)
			if err := b.send(ctx, ops[:half]); err != nil {
				return err
			}
			ops = ops[half:]
		}
	}
	return nil
}

// suspect puts a write aside that made the hub stumble alone. While the hub has
// taken no other, one from the end of the batch is tried; it will be sent in
// its place again, and then is known.
func (b *batch) suspect(ctx context.Context, write []model.Envelope, err error) error {
	b.suspects, b.stumbled = append(b.suspects, write), err
	if b.answered || len(b.probes) == 0 {
		return nil
	}
	last := len(b.probes) - 1
	last = max(last-int(b.probes[last].Before), 0)
	results, probed := b.agent.Hub.Push(ctx, b.probes[last:])
	b.probes = b.probes[:last]
	switch {
	case probed == nil:
		return b.settle(results)
	case !isStumble(probed):
		return probed
	case len(b.suspects) == maxSuspects:
		return err
	}
	return nil
}

// sendSuspect tries a write once more, now that the hub has shown to be well.
func (b *batch) sendSuspect(ctx context.Context, write []model.Envelope) error {
	results, err := b.agent.Hub.Push(ctx, write)
	switch {
	case err == nil:
		return b.settle(results)
	case isStumble(err):
		return b.refuse(write, err)
	}
	return err
}

// refuse puts a write before a person in the hub's place.
func (b *batch) refuse(write []model.Envelope, err error) error {
	reason := "The hub cannot take this entry. Make it again, and report it."
	var known *model.Error
	if errors.As(err, &known) && known.Kind == model.KindInvalid {
		reason = known.Error()
	}
	refused := make([]model.PushResult, len(write))
	for i := range write {
		refused[i] = model.PushResult{Stamp: write[i].Stamp, Status: model.PushRefused, Reason: reason}
	}
	if err := b.agent.Desk.Settle(refused); err != nil {
		return atDesk("settle", err)
	}
	return nil
}

func (b *batch) settle(results []model.PushResult) error {
	b.answered = true
	b.agent.reached()
	if err := b.agent.Desk.Settle(results); err != nil {
		return atDesk("settle", err)
	}
	return nil
}

// isTooLong tells the client's own verdict, that the first op fits no push.
func isTooLong(err error) bool { return statusOf(err) == 0 && model.KindOf(err) == model.KindInvalid }

// isStumble tells whether it may be one op in what was sent that is the matter.
func isStumble(err error) bool {
	switch saidByHub(err) {
	case http.StatusBadRequest, http.StatusConflict, http.StatusRequestEntityTooLarge,
		http.StatusUnprocessableEntity, http.StatusInternalServerError:
		return true
	}
	return false
}

// isRefusal tells whether the hub will not have this one thing, and would have
// others of this device.
func isRefusal(err error) bool {
	if errors.Is(err, ErrWithdrawn) || errors.Is(err, ErrStopped) {
		return false
	}
	switch saidByHub(err) {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusConflict,
		http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return true
	}
	return false
}
