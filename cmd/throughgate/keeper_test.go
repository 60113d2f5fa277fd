package main

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/throughgate/throughgate/store"
)

// TestOneAtATimeExchangesWithTheHub has a keeper and several errands, and never two
// of them at work.
func TestOneAtATimeExchangesWithTheHub(t *testing.T) {
	var busy atomic.Bool
	var kept atomic.Int32
	alone := func(work func()) {
		if !busy.CompareAndSwap(false, true) {
			t.Error("two exchange with the hub at once")
		}
		work()
		busy.Store(false)
	}
	k := newKeeper(func(ctx context.Context) error {
		alone(func() { kept.Add(1); <-ctx.Done() })
		return nil
	})
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan error, 1)
	go func() { over <- k.run(ctx) }()
	failed := errors.New("offline")
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				if err := k.between(t.Context(), func(context.Context) error { alone(func() {}); return failed }); err != failed {
					t.Errorf("the errand came to %v", err)
				}
			}
		})
	}
	all.Wait()
	stop()
	if err := <-over; err != nil || kept.Load() == 0 {
		t.Errorf("it kept %d times, and ended with %v", kept.Load(), err)
	}
	if err := k.between(t.Context(), func(context.Context) error { return nil }); err != errNotServed {
		t.Errorf("who comes afterwards is told %v", err)
	}
}

func TestAKeeperEndsWithTheStore(t *testing.T) {
	erased := errors.Join(store.ErrErased)
	k := newKeeper(onlyWhenTold)
	over := make(chan error, 1)
	go func() { over <- k.run(t.Context()) }()
	if err := k.between(t.Context(), func(context.Context) error { return erased }); err != erased {
		t.Errorf("the errand came to %v", err)
	}
	if err := <-over; err != erased {
		t.Errorf("the keeper ended with %v", err)
	}
}

func TestAnErrandEndsWithTheServer(t *testing.T) {
	k := newKeeper(onlyWhenTold)
	ctx, stop := context.WithCancel(t.Context())
	over := make(chan error, 1)
	go func() { over <- k.run(ctx) }()
	err := k.between(t.Context(), func(ctx context.Context) error {
		stop()
		<-ctx.Done()
		return ctx.Err()
	})
	if !errors.Is(err, context.Canceled) || <-over != nil {
		t.Errorf("the errand came to %v", err)
	}
}
