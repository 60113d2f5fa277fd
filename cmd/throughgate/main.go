// Command throughgate is the program of a reception or release desk: it keeps
// its own sealed store, works without the hub, and syncs when it can.
package main

import (
	"os"

	"golang.org/x/term"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/quiet"
)

func main() {
	quiet.Restore()
	leave := asItIs(os.Stdin)
	exit := edge.Run(root(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	leave()
	os.Exit(exit)
}

// asItIs returns what puts a terminal back as it is now: whoever is told to end
// where a passphrase is typed leaves one that does not show what is typed.
func asItIs(terminal *os.File) (leave func()) {
	before, err := term.GetState(int(terminal.Fd()))
	if err != nil {
		return func() {} // it is none
	}
	return func() { _ = term.Restore(int(terminal.Fd()), before) } // one that has gone needs none
}
