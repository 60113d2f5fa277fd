package main

import (
	"errors"
	"io"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/backup"
)

// backingUp is what backup was asked for.
type backingUp struct {
	*data
	output
	to         string
	recipients []string
	passphrase string // its file
}

func backupCommand(d *data) *cobra.Command {
	b := backingUp{data: d}
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Copy this workstation's data into one encrypted file",
		Long: "Copy this workstation's data into one encrypted file, as they are at one moment, also while others work in them. " +
			"The file is for the holders of the age keys that you name, else of those in the settings, else for whoever knows a passphrase. " +
			"It is read back before it gets its name. Nobody needs to sign in, and who opens it can read no more of anybody than from the workstation itself; " +
			"but this workstation's own identity is in it, so keep it where only those who look after desks can take it.",
		Example: "  throughgate backup --to /mnt/backup/desk-2026-03-02.age --recipient age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p\n" +
			"  throughgate backup --to desk.age --passphrase-file pass.txt",
		Args: cobra.NoArgs,
		RunE: b.run,
	}
	b.output.flags(cmd)
	cmd.Flags().StringVar(&b.to, "to", "", "the file to write; it must not be there yet")
	cmd.Flags().StringArrayVar(&b.recipients, "recipient", nil, "an age public key whose holder can open the backup; may be given again")
	cmd.Flags().StringVar(&b.passphrase, "passphrase-file", "", "a file with a passphrase that opens the backup")
	_ = cmd.MarkFlagFilename("to") // fails for a flag that is not there
	_ = cmd.MarkFlagFilename("passphrase-file")
	return cmd
}

func (b *backingUp) run(cmd *cobra.Command, _ []string) (err error) {
	switch {
	case b.to == "":
		return edge.UsageError("the backup's file is missing", "Give --to FILE.")
	case len(b.recipients) > 0 && b.passphrase != "":
		return edge.UsageError("--recipient and --passphrase-file exclude each other", "A backup opens with keys or with a passphrase.")
	}
	lock, who, err := b.lock(cmd)
	if err != nil {
		return err
	}
	path, err := filepath.Abs(b.to)
	if err != nil {
		return err
	}
	desk, err := b.open(store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	about, size, err := backup.Write(cmd.Context(), desk.Store, path, lock, time.Now())
	if err != nil {
		return err
	}
	made := madeBackup{File: path, Size: size, About: about, OpensWith: who, Keys: len(b.recipients)}
	return b.print(cmd, made, made.lines)
}

// What opens a backup.
const (
	withKeys       = "keys"
	withPassphrase = "passphrase"
)

// lock decides who can open the backup: flags, else the settings, else a
// passphrase that is asked for. Keys that the site has decided are always used,
// so that a backup never leaves its desk for somebody the site does not know.
func (b *backingUp) lock(cmd *cobra.Command) (lock backup.Lock, opensWith string, err error) {
	chosen, err := b.settings()
	if err != nil {
		return lock, "", err
	}
	const key = "backup.recipients"
	if len(b.recipients) > 0 {
		if err := chosen.Override(key, b.recipients, "recipient"); err != nil {
			return lock, "", err
		}
	}
	if b.passphrase != "" && chosen.Locked(key) {
		return lock, "", model.Forbidden("The site has decided who can open backups of this computer; --passphrase-file cannot change it.", "Leave it out.")
	}
	if b.recipients = chosen.Backup.Recipients; b.passphrase == "" && len(b.recipients) > 0 {
		lock, err = backup.LockFor(b.recipients)
		return lock, withKeys, err
	}
	b.recipients = nil
	if b.passphrase == "" && asking(cmd) == nil {
		return lock, "", edge.UsageError("Nobody could open this backup.", "Give --recipient KEY or --passphrase-file FILE, or name recipients in the settings.")
	}
	passphrase, err := chosenPassphrase(cmd, b.passphrase, "Passphrase for the backup")
	if err != nil {
		return lock, "", err
	}
	lock, err = backup.LockWith(passphrase)
	return lock, withPassphrase, err
}

// madeBackup is a backup that was made. Its JSON is part of the command line's
// contract.
type madeBackup struct {
	File      string `json:"file"`
	Size      int64  `json:"size"` // bytes of the backup
	OpensWith string `json:"opensWith"`
	Keys      int    `json:"keys"`
	backup.About
}

func (m madeBackup) lines(w io.Writer) {
	line(w, "Wrote %s: %s, %d entries, and read it back.", plain(m.File), sizeWords(m.Size), m.Entries)
	switch {
	case m.OpensWith != withKeys:
		line(w, "It opens with its passphrase. Without it nobody gets it back.")
	case m.Keys == 1:
		line(w, "It opens with the private key of its recipient, and with nothing else.")
	default:
		line(w, "It opens with the private key of any of its %d recipients.", m.Keys)
	}
	line(w, "This workstation's identity is in it: keep it where only those who look after desks can take it.")
}
