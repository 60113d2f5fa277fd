package main

import (
	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/manual"
	"github.com/throughgate/throughgate/cmd/internal/version"
)

// root is the program as its caller sees it: one line for each command, whose
// file bears its name.
func root() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "throughgate-hub",
		Short:   "Serve the desks of every site",
		Version: version.Line(),
		Args:    cobra.NoArgs,
	}
	cmd.AddCommand(
		serveCommand(),
		siteCommand(),
		staffCommand(),
		deviceCommand(),
		importCommand(),
		statusCommand(),
		adminCommand(),
		auditCommand(),
		backupCommand(),
		restoredCommand(),
		manual.Command(),
	)
	return cmd
}
