package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/sync/hub"
)

func statusCommand() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "Say how the hub stands",
		Example: "  throughgate-hub status --data /var/lib/throughgate --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			status, err := ask[hub.Status](from.source(), hub.VerbStatus, hub.Done{})
			if err != nil {
				return err
			}
			return out.print(cmd, status, func(w io.Writer) { statusLines(w, status) })
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}

func statusLines(w io.Writer, status hub.Status) {
	line(w, "Authority  %s\n", status.Fingerprint)
	line(w, "SITE\tSTAFF\tDEVICES\tENTRIES")
	for _, s := range status.Sites {
		line(w, "%s\t%d\t%d\t%d", s.Code, s.Staff, s.Devices, s.Ops)
	}
	if len(status.References) > 0 {
		line(w, "\nTABLE\tROWS\tREVISION\tIMPORTED")
	}
	for _, r := range status.References {
		line(w, "%s\t%d\t%d\t%s", r.Table, r.Rows, r.Revision, r.Imported)
	}
}

func restoredCommand() *cobra.Command {
	var from data
	cmd := &cobra.Command{
		Use:   "restored",
		Short: "Say that the data were brought back from a backup",
		Long: "Say that the hub's data were brought back from a backup. Run it before the hub serves again: " +
			"every desk then begins its reading anew, because numbers it has seen may be given to other entries now.",
		Example: "  throughgate-hub restored --data /var/lib/throughgate",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := ask[hub.Done](from.source(), hub.VerbRestored, hub.Done{})
			if err == nil {
				line(cmd.OutOrStdout(), "Every desk will begin its reading anew.")
			}
			return err
		},
	}
	from.flags(cmd)
	return cmd
}
