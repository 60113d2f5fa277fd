//go:build !windows

package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// watchSize sends the sizes a terminal takes on until the context ends.
func watchSize(ctx context.Context, out *os.File, sizes chan<- [2]int) {
	changed := make(chan os.Signal, 1)
	signal.Notify(changed, syscall.SIGWINCH)
	defer signal.Stop(changed)
	var was [2]int // the first is sent: it may have changed before
	for {
		was = newSize(ctx, out, was, sizes)
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}

// drawable prepares a terminal for the screens. Here all are.
func drawable(*os.File) (undo func() error, err error) {
	return func() error { return nil }, nil
}
