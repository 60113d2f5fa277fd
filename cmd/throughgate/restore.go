package main

import (
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/backup"
)

// restoring is what restore was asked for.
type restoring struct {
	*data
	output
	identity, passphrase string // files
}

func restoreCommand(d *data) *cobra.Command {
	r := restoring{data: d}
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Bring a backup back into an empty folder",
		Long: "Bring a backup back into an empty folder. All of it is looked through before anything is put in place. " +
			"The workstation goes on under a new number, and what the hub has since comes back with the next sync. " +
			"Two workstations must not go on from one backup: where the first still works, the hub notices and stops both until somebody decides.",
		Example: "  throughgate restore /mnt/backup/desk-2026-03-02.age --identity key.txt --data /srv/throughgate/desk",
		Args:    cobra.ExactArgs(1),
		RunE:    r.run,
	}
	r.output.flags(cmd)
	cmd.Flags().StringVar(&r.identity, "identity", "", "a file with the age private key that opens the backup")
	cmd.Flags().StringVar(&r.passphrase, "passphrase-file", "", "a file with the passphrase that opens the backup")
	_ = cmd.MarkFlagFilename("identity") // fails for a flag that is not there
	_ = cmd.MarkFlagFilename("passphrase-file")
	return cmd
}

func (r *restoring) run(cmd *cobra.Command, args []string) error {
	if r.identity != "" && r.passphrase != "" {
		return edge.UsageError("--identity and --passphrase-file exclude each other", "A backup opens with a key or with a passphrase.")
	}
	folder, err := r.path()
	if err != nil {
		return err
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return err
	}
	key, err := r.key(cmd)
	if err != nil {
		return err
	}
	about, err := backup.Restore(cmd.Context(), args[0], folder, key, store.Options{})
	if err != nil {
		return err
	}
	done := restoredDesk{Folder: folder, About: about}
	return r.print(cmd, done, done.lines)
}

func (r *restoring) key(cmd *cobra.Command) (backup.Key, error) {
	if r.identity != "" {
		file, err := openInput(r.identity)
		if err != nil {
			return backup.Key{}, err
		}
		defer file.Close()
		return backup.KeyOf(file)
	}
	ask := asking(cmd)
	if r.passphrase == "" && ask == nil {
		return backup.Key{}, edge.UsageError("There is no terminal to ask for the passphrase on.", "Give --identity FILE or --passphrase-file FILE.")
	}
	passphrase, err := passphraseFrom(r.passphrase, "Passphrase of the backup: ", ask)
	if err != nil {
		return backup.Key{}, err
	}
	return backup.KeyFrom(passphrase)
}

// restoredDesk is a workstation that was brought back. Its JSON is part of the
// command line's contract.
type restoredDesk struct {
	Folder string `json:"folder"`
	backup.About
}

func (r restoredDesk) lines(w io.Writer) {
	line(w, "Brought back %d entries of %s, as they were %s, into %s.", r.Entries, r.Site, r.Made, plain(r.Folder))
	line(w, "What the hub has had since comes with the next sync: throughgate sync --once --data %s", plain(r.Folder))
	line(w, "Do not let the workstation that it was made of go on too.")
}
