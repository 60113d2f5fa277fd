// Command throughgate is the program of a reception or release desk: it keeps
// its own sealed store, works without the hub, and syncs when it can.
package main

import (
	"os"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/quiet"
)

func main() {
	quiet.Restore()
	os.Exit(edge.Run(root(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
