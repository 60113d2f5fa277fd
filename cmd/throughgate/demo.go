package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/tui"
)

// maxDemoPeople keeps a slip of the finger from filling the disk.
const maxDemoPeople = 20_000

// demonstration is what demo was asked for.
type demonstration struct {
	window
	output
	people int
	seed   uint64
	signIn string
	keep   string
}

func demoCommand() *cobra.Command {
	var d demonstration
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try everything on invented people",
		Long: "Try everything on invented people: a prison that does not exist, with its own hub, in a folder that is gone when you leave. " +
			"The first screen says who may sign in. With --keep nothing is shown: the folders stay, and what is in them is printed.",
		Example: "  throughgate demo --sign-in officer\n  throughgate demo --plain\n  throughgate demo --keep /tmp/millbrook --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return d.run(cmd) },
	}
	d.window.flags(cmd)
	d.output.flags(cmd)
	cmd.Flags().IntVar(&d.people, "people", 200, "how many people to invent")
	cmd.Flags().Uint64Var(&d.seed, "seed", 1, "the same number gives the same people")
	cmd.Flags().StringVar(&d.signIn, "sign-in", "", "go straight to the board as this member of staff, such as officer or nurse")
	cmd.Flags().StringVar(&d.keep, "keep", "", "leave the workstation's and the hub's folders in this new folder, and print what is in them")
	_ = cmd.MarkFlagDirname("keep") // fails for a flag that is not there
	return cmd
}

func (d *demonstration) run(cmd *cobra.Command) error {
	switch {
	case d.people < 1 || d.people > maxDemoPeople:
		return edge.UsageError("--people must be from 1 to 20000", "")
	case d.json && d.keep == "":
		return edge.UsageError("--json goes with --keep", "")
	case d.signIn != "" && !worksThere(d.signIn):
		return edge.UsageError("nobody in the demonstration has this staff id", "Try officer, nurse, prescriber, pharmacy, admin, omu, safer or manager.")
	case d.keep != "":
		return d.leave(cmd)
	}
	if err := d.decide(settings.Default()); err != nil {
		return err
	}
	if err := d.check(cmd); err != nil {
		return err
	}
	return d.show(cmd)
}

func worksThere(id string) bool {
	for _, s := range demo.Staff() {
		if string(s.ID) == id {
			return true
		}
	}
	return false
}

func (d *demonstration) plan(folder string) demo.Plan {
	return demo.Plan{Folder: folder, Seed: d.seed, People: d.people, Now: time.Now}
}

// show opens the screens over a demonstration that is gone afterwards.
func (d *demonstration) show(cmd *cobra.Command) (err error) {
	folder, err := os.MkdirTemp("", "throughgate-demo-")
	if err != nil {
		return &model.Error{Kind: model.KindOutside, Msg: "There is no room for a demonstration on this computer.", Hint: "Look whether the disk is full.", Err: err}
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	built, err := demo.Build(cmd.Context(), d.plan(folder))
	if err != nil {
		return stopped(cmd.Context(), err)
	}
	defer func() { err = errors.Join(err, built.Close()) }()
	desk, err := store.Open(built.Desk, store.Options{Stretch: built.Stretch})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	return d.window.open(cmd, opened{Store: desk}, built.Desk, tui.Options{Demo: demoStaff()}, d.signInAs(cmd))
}

func (d *demonstration) signInAs(cmd *cobra.Command) func(*gate) (tui.Session, error) {
	if d.signIn == "" {
		return nil
	}
	return func(g *gate) (tui.Session, error) {
		return g.SignIn(cmd.Context(), model.StaffID(d.signIn), demo.Passphrase)
	}
}

func demoStaff() []tui.DemoStaff {
	var all []tui.DemoStaff
	for _, s := range demo.Staff() {
		all = append(all, tui.DemoStaff{ID: string(s.ID), Role: s.Role.Words(), Passphrase: demo.Passphrase})
	}
	return all
}

// stopped makes nothing of an error that came of being told to end.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// keptDemo is what --keep leaves. Its JSON is part of the command line's
// contract.
type keptDemo struct {
	Workstation string         `json:"workstation"` // folder, for --data
	Hub         string         `json:"hub"`         // folder, for throughgate-hub --data
	URL         string         `json:"url"`         // where the workstation looks for the hub
	Site        model.SiteCode `json:"site"`
	SignIns     []demoSignIn   `json:"signIns"`
}

type demoSignIn struct {
	Staff      model.StaffID `json:"staff"`
	Name       string        `json:"name"`
	Role       model.Role    `json:"role"`
	Passphrase string        `json:"passphrase"`
}

// leave makes a demonstration, stops its hub and prints where everything is.
func (d *demonstration) leave(cmd *cobra.Command) error {
	folder, err := filepath.Abs(d.keep)
	if err != nil {
		return &model.Error{Kind: model.KindOutside, Msg: "The folder could not be found.", Hint: "Give its whole path.", Err: err}
	}
	if entries, err := os.ReadDir(folder); err == nil && len(entries) > 0 {
		return &model.Error{Kind: model.KindConflict, Msg: "This folder is not empty.", Hint: "Choose a new one for the demonstration."}
	}
	built, err := demo.Build(cmd.Context(), d.plan(folder))
	if err != nil {
		return errors.Join(err, os.RemoveAll(folder)) // it was new or empty
	}
	if err := built.Close(); err != nil {
		return err
	}
	kept := keptDemo{Workstation: built.Desk, Hub: built.HubFolder, URL: built.URL, Site: demo.Site}
	for _, s := range demo.Staff() {
		kept.SignIns = append(kept.SignIns, demoSignIn{s.ID, s.Name, s.Role, demo.Passphrase})
	}
	return d.print(cmd, kept, kept.lines)
}

func (k keptDemo) lines(w io.Writer) {
	line(w, "Workstation\t%s", k.Workstation)
	line(w, "Hub\t%s", k.Hub)
	line(w, "Hub's address\t%s", k.URL)
	for _, s := range k.SignIns {
		line(w, "Sign in as\t%s\t%s\t%s\tpassphrase %s", s.Staff, s.Name, s.Role.Words(), s.Passphrase)
	}
}
