package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/store"
)

func compactCommand(d *data) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:   "compact",
		Short: "Give back the room that this workstation's file no longer needs",
		Long: "Give back the room that this workstation's file no longer needs: it is written anew, compared with the old one, and takes its place. " +
			"Nobody may work at the workstation meanwhile. doctor says when it is worth the while.",
		Example: "  throughgate compact",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			folder, err := d.path()
			if err != nil {
				return err
			}
			before, after, err := store.Compact(cmd.Context(), folder, store.Options{})
			if err != nil {
				return err
			}
			done := compacted{Before: before.All, After: after.All}
			return out.print(cmd, done, done.lines)
		},
	}
	out.flags(cmd)
	return cmd
}

// compacted is what compacting came to. Its JSON is part of the command line's
// contract.
type compacted struct {
	Before int64 `json:"before"` // bytes
	After  int64 `json:"after"`
}

func (c compacted) lines(w io.Writer) {
	line(w, "The workstation's file was %s and is %s now.", sizeWords(c.Before), sizeWords(c.After))
}
