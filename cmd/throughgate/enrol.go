package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	wire "github.com/throughgate/throughgate/sync"
)

// enrolment is what enrol was asked for.
type enrolment struct {
	*data
	hub, code string
}

func enrolCommand(d *data) *cobra.Command {
	e := enrolment{data: d}
	cmd := &cobra.Command{
		Use:   "enrol",
		Short: "Make this computer a workstation of a hub",
		Long: "Make this computer a workstation of a hub. Whoever runs the hub gives you its address and a code that works once. " +
			"Without --code you are asked for it, so that it stays out of the shell's history.",
		Example: "  throughgate enrol --hub https://hub.example:7443 --code XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX",
		Args:    cobra.NoArgs,
		RunE:    e.run,
	}
	cmd.Flags().StringVar(&e.hub, "hub", "", "the hub's address, such as https://hub.example:7443")
	cmd.Flags().StringVar(&e.code, "code", "", "the code that the hub printed")
	return cmd
}

func (e *enrolment) run(cmd *cobra.Command, _ []string) (err error) {
	if e.hub == "" {
		return edge.UsageError("the hub's address is missing", "Give --hub URL.")
	}
	code, err := e.askedCode(cmd)
	if err != nil {
		return err
	}
	folder, err := e.ready(code)
	if err != nil {
		return err
	}
	id, err := wire.Enrol(cmd.Context(), e.hub, code, wire.Options{})
	if err != nil {
		return err
	}
	desk, err := store.Create(folder, store.Identity(id), store.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	fmt.Fprintf(cmd.OutOrStdout(), "This workstation is enrolled at %s (%s).\n", plain(id.SiteName), id.Site)
	// Who works here comes with the first exchange; without it nobody can sign in.
	return syncOnce(cmd.Context(), desk)
}

// ready finds what can go wrong here before the code, which works once, is used.
func (e *enrolment) ready(code string) (folder string, err error) {
	if _, err := wire.ParseHubURL(e.hub); err != nil {
		return "", err
	}
	if _, err := wire.ParseCode(code); err != nil {
		return "", err
	}
	if folder, err = e.path(); err != nil {
		return "", err
	}
	return folder, room(folder)
}

func (e *enrolment) askedCode(cmd *cobra.Command) (string, error) {
	if e.code != "" {
		return e.code, nil
	}
	ask := asking(cmd)
	if ask == nil {
		return "", edge.UsageError("There is no terminal to ask for the code on.", "Give --code CODE.")
	}
	return ask.line("Enrolment code: ")
}

// room makes sure that a store can be made in the folder.
func room(folder string) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return noRoom(err)
	}
	desk, err := store.Open(folder, store.Options{})
	switch {
	case err == nil:
		return errors.Join(errEnrolled, desk.Close())
	case errors.Is(err, store.ErrErased): // and may be used anew
	case model.KindOf(err) == model.KindLocked:
		return errEnrolled
	case model.KindOf(err) != model.KindNotFound:
		return err
	}
	probe := filepath.Join(folder, ".throughgate-probe")
	if err := os.WriteFile(probe, make([]byte, 64<<10), 0o600); err != nil {
		_ = os.Remove(probe) // it may have been made and not filled
		return noRoom(err)
	}
	return noRoom(os.Remove(probe))
}

var errEnrolled = &model.Error{Kind: model.KindConflict, Msg: "This workstation is enrolled already.",
	Hint: "Nothing was changed and the code is still good. For another workstation choose another folder with --data."}

func noRoom(err error) error {
	if err == nil {
		return nil
	}
	hint := "Look whether the disk is full, or choose another folder with --data. The code is still good."
	if errors.Is(err, fs.ErrPermission) {
		hint = "It may not be written to. Choose another with --data. The code is still good."
	}
	return &model.Error{Kind: model.KindOutside, Msg: "The folder for this workstation's data cannot be used.", Hint: hint, Err: err}
}
