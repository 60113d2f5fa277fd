package main

import "github.com/spf13/cobra"

func importCommand(d *data) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "import",
		Short: "Take over what other systems know",
	}
	cmd.AddCommand(importCustodyCommand(d))
	return cmd
}
