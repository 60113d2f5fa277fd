package main

import (
	"io"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
)

func passphraseCommand(d *data) *cobra.Command {
	cmd := &cobra.Command{Use: "passphrase", Short: "Your passphrase"}
	cmd.AddCommand(passphraseChangeCommand(d))
	return cmd
}

func passphraseChangeCommand(d *data) *cobra.Command {
	who := signIn{data: d}
	var newFile string
	cmd := &cobra.Command{
		Use:   "change",
		Short: "Change your passphrase",
		Long: "Change your passphrase. The first one, which somebody gave you, must be changed before anything can be written in your name. " +
			"Other desks know the new one after both have reached the hub.",
		Example: "  throughgate passphrase change --staff a.khan --passphrase-file old.txt --new-passphrase-file new.txt",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return who.with(cmd, func(session *signedIn) error {
				next, err := newPassphrase(cmd, newFile)
				if err != nil {
					return err
				}
				if err := session.ChangePassphrase(cmd.Context(), session.passphrase, next); err != nil {
					return err
				}
				_, err = io.WriteString(cmd.OutOrStdout(), "Your passphrase is changed.\n")
				return err
			})
		},
	}
	who.flags(cmd)
	cmd.Flags().StringVar(&newFile, "new-passphrase-file", "", "a file with the new passphrase")
	_ = cmd.MarkFlagFilename("new-passphrase-file") // fails for a flag that is not there
	return cmd
}

func newPassphrase(cmd *cobra.Command, path string) (string, error) {
	if path == "" && asking(cmd) == nil {
		return "", edge.UsageError("There is no terminal to ask for the new passphrase on.", "Give --new-passphrase-file FILE.")
	}
	return chosenPassphrase(cmd, path, "New passphrase")
}

// chosenPassphrase is a passphrase that somebody has just thought of. It is
// typed twice on a terminal: nobody sees what they type.
func chosenPassphrase(cmd *cobra.Command, path, question string) (string, error) {
	if path != "" {
		return passphraseFrom(path, "", nil)
	}
	ask := asking(cmd)
	first, err := ask.secret(question + ": ")
	if err != nil {
		return "", err
	}
	again, err := ask.secret(question + " again: ")
	if err != nil {
		return "", err
	}
	if first != again {
		return "", model.Invalid("The two do not match.", "Nothing was changed; try again.")
	}
	return first, nil
}
