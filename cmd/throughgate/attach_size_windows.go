package main

import (
	"context"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// lookAtSize is how often the console is asked for its size, which it does not
// tell by itself.
const lookAtSize = 250 * time.Millisecond

// watchSize sends the sizes a console takes on until the context ends.
func watchSize(ctx context.Context, out *os.File, sizes chan<- [2]int) {
	tick := time.NewTicker(lookAtSize)
	defer tick.Stop()
	var was [2]int // the first is sent: it may have changed before
	for {
		was = newSize(ctx, out, was, sizes)
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// drawable has a console understand the sequences of the screens until undo.
func drawable(out *os.File) (undo func() error, err error) {
	console := windows.Handle(out.Fd())
	var before uint32
	if err := windows.GetConsoleMode(console, &before); err != nil {
		return nil, err
	}
	wanted := before | windows.ENABLE_PROCESSED_OUTPUT | windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING | windows.DISABLE_NEWLINE_AUTO_RETURN
	if err := windows.SetConsoleMode(console, wanted); err != nil {
		return nil, err
	}
	return func() error { return windows.SetConsoleMode(console, before) }, nil
}
