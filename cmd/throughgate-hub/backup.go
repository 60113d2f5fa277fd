package main

import (
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/hubdata"
)

func backupCommand() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the hub's data into a file, while it serves",
		Long: "Copy the hub's data into a file, as they are at one moment, while the hub serves. The copy is looked through before it gets its name. " +
			"To bring it back, put it into the hub's folder as hub.db and run restored. Keep the hub's key apart from it: the copy opens with the key only.",
		Example: "  throughgate-hub backup /mnt/backup/hub-2026-03-02.db --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			path, err := filepath.Abs(args[0])
			if err != nil {
				return err
			}
			made, err := ask[hubdata.Backup](from.source(), hubdata.VerbBackup, hubdata.Backup{Path: path})
			if err != nil {
				return err
			}
			return out.print(cmd, made, func(w io.Writer) {
				line(w, "Copied %d KB to %s. Keep the hub's key apart from it.", (made.Bytes+1023)/1024, made.Path)
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}
