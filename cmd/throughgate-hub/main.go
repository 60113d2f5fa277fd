// Command throughgate-hub is the central service: it gives the desks of every
// site their feed, checks what they send, and keeps the log of it all.
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
