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
		Use:     "throughgate",
		Short:   "Get people out of the gate with a GP, their medicines and a letter",
		Version: version.Line(),
		Args:    cobra.NoArgs,
	}
	var d data
	d.flags(cmd)
	cmd.AddCommand(
		enrolCommand(&d),
		importCommand(&d),
		letterCommand(&d),
		passphraseCommand(&d),
		releasesCommand(&d),
		showCommand(&d),
		statusCommand(&d),
		syncCommand(&d),
		manual.Command(),
	)
	return cmd
}
