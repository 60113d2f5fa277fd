package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

func staffSSHKey() *cobra.Command {
	return group("ssh-key", "Which SSH keys a member of staff may reach a workstation with", sshKeyAdd(), sshKeyRemove(), sshKeyList())
}

func sshKeyAdd() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:   "add ID FILE",
		Short: "Register an SSH public key for a member of staff",
		Long: "Register an SSH public key for a member of staff, from a file as ssh-keygen writes it, or from the standard input for -. " +
			"The key says who they are to a workstation that serves the screens over SSH; their passphrase is asked for all the same. " +
			"Taken are Ed25519, ECDSA, RSA of 3072 bits or more, and keys on a security key; at most five for each person, and each for one person only.",
		Example: "  throughgate-hub staff ssh-key add a.khan id_ed25519.pub --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readKey(cmd.InOrStdin(), args[1])
			if err != nil {
				return err
			}
			key, err := ask[hub.SSHKeyInfo](from.source(), hub.VerbSSHKeyAdd, hub.SSHKey{ID: model.StaffID(args[0]), Key: text})
			if err != nil {
				return err
			}
			return out.print(cmd, key, func(w io.Writer) { line(w, "Registered %s %s.", key.Type, key.Fingerprint) })
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}

// longKey is more than any public key's file has, in bytes.
const longKey = 64 << 10

// readKey reads a public key's file, or the standard input for "-".
func readKey(in io.Reader, path string) (string, error) {
	if path != "-" {
		file, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return "", &model.Error{Kind: model.KindNotFound, Msg: "There is no such file.", Hint: "Check its path.", Err: err}
		}
		if err != nil {
			return "", &model.Error{Kind: model.KindOutside, Msg: "The file could not be opened.", Hint: "Check who may read it.", Err: err}
		}
		defer file.Close()
		in = file
	}
	text, err := io.ReadAll(io.LimitReader(in, longKey))
	if err != nil {
		return "", &model.Error{Kind: model.KindOutside, Msg: "The key could not be read.", Hint: "Check the file.", Err: err}
	}
	return string(text), nil
}

func sshKeyRemove() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:     "remove ID FINGERPRINT",
		Short:   "Take an SSH key of a member of staff back",
		Long:    "Take an SSH key of a member of staff back, by its fingerprint as ssh-key list prints it.",
		Example: "  throughgate-hub staff ssh-key remove a.khan SHA256:JVOUnclSnXGLqpSpE3EvvEu8S3dXLGmOVCPDnvqPX9s --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			key, err := ask[hub.SSHKeyInfo](from.source(), hub.VerbSSHKeyRemove, hub.SSHKey{ID: model.StaffID(args[0]), Key: args[1]})
			if err != nil {
				return err
			}
			return out.print(cmd, key, func(w io.Writer) {
				line(w, "Removed %s. It opens no new session at any workstation that has heard of this.", key.Fingerprint)
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}

func sshKeyList() *cobra.Command {
	var from data
	var out show
	cmd := &cobra.Command{
		Use:     "list ID",
		Short:   "List the SSH keys of a member of staff",
		Example: "  throughgate-hub staff ssh-key list a.khan --data /var/lib/throughgate",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			keys, err := ask[[]hub.SSHKeyInfo](from.source(), hub.VerbSSHKeys, args[0])
			if err != nil {
				return err
			}
			return out.print(cmd, keys, func(w io.Writer) {
				if len(keys) == 0 {
					line(w, "They have no SSH key. Register one with: throughgate-hub staff ssh-key add %s FILE.", args[0])
					return
				}
				line(w, "FINGERPRINT\tTYPE")
				for _, k := range keys {
					line(w, "%s\t%s", k.Fingerprint, k.Type)
				}
			})
		},
	}
	from.flags(cmd)
	out.flag(cmd)
	return cmd
}
