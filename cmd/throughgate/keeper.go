package main

import (
	"cmp"
	"context"
	"errors"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// keeper keeps a workstation in step with its hub for as long as it is served, and
// rests while a command exchanges with the hub: of two that do so at once, each
// would be given a token that the other does not know of, and the hub would take
// them for two copies of the workstation and stop it.
type keeper struct {
	keep   func(ctx context.Context) error      // until ctx ends, or there is nothing left to keep
	errand chan func(ctx context.Context) error // to be done while it rests
	ended  chan struct{}
}

func newKeeper(keep func(context.Context) error) *keeper {
	return &keeper{keep: keep, errand: make(chan func(context.Context) error), ended: make(chan struct{})}
}

// onlyWhenTold is the keep of who exchanges nothing by itself.
func onlyWhenTold(ctx context.Context) error {
	<-ctx.Done()
	return nil
}

// run returns when ctx ends, or why there is nothing left to keep.
func (k *keeper) run(ctx context.Context) error {
	defer close(k.ended)
	for ctx.Err() == nil {
		within, rest := context.WithCancel(ctx)
		over := make(chan error, 1)
		go func() { over <- k.keep(within) }()
		select {
		case err := <-over:
			rest()
			return err
		case do := <-k.errand:
			rest()
			kept, done := <-over, do(ctx)
			if kept != nil || errors.Is(done, store.ErrErased) {
				return cmp.Or(kept, done)
			}
		}
	}
	return nil
}

var errNotServed error = &model.Error{Kind: model.KindConflict, Msg: "The Throughgate that serves this workstation is ending.", Hint: "Try again in a moment."}

// between has something done while nobody else exchanges with the hub.
func (k *keeper) between(ctx context.Context, do func(context.Context) error) error {
	done := make(chan error, 1)
	run := func(serving context.Context) error {
		both, cancel := context.WithCancel(ctx)
		defer cancel()
		defer context.AfterFunc(serving, cancel)()
		err := do(both)
		done <- err
		return err
	}
	select {
	case k.errand <- run:
		return <-done
	case <-k.ended:
		return errNotServed
	case <-ctx.Done():
		return ctx.Err()
	}
}
