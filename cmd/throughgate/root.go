package main

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/manual"
	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/cmd/internal/version"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/tui"
)

// root is the program as its caller sees it: one line for each command, whose
// file bears its name. Without a command it opens the workstation.
func root() *cobra.Command { return rootOver(&data{site: settings.SiteFile()}) }

// rootOver is the program over a workstation's data.
func rootOver(d *data) *cobra.Command {
	var w window
	cmd := &cobra.Command{
		Use:   "throughgate",
		Short: "Get people out of the gate with a GP, their medicines and a letter",
		Long: "Get people out of the gate with a GP, their medicines and a letter. Without a command this opens the workstation: sign in, and the release board is there. " +
			"It works without the hub, and syncs when it can.",
		Example: "  throughgate\n  throughgate --plain\n  throughgate demo",
		Version: version.Line(),
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return openWorkstation(cmd, d, &w) },
	}
	d.flags(cmd)
	w.flags(cmd)
	cmd.AddCommand(
		auditCommand(d),
		backupCommand(d),
		compactCommand(d),
		configCommand(d),
		courtPacksCommand(d),
		demoCommand(),
		doctorCommand(d),
		enrolCommand(d),
		importCommand(d),
		letterCommand(d),
		measuresCommand(d),
		passphraseCommand(d),
		printCommand(d),
		releasesCommand(d),
		worklistCommand(d),
		retentionCommand(d),
		restoreCommand(d),
		serveCommand(d),
		showCommand(d),
		statusCommand(d),
		syncCommand(d),
		manual.Command(),
	)
	besideServing(cmd, d)
	return cmd
}

func openWorkstation(cmd *cobra.Command, d *data, w *window) (err error) {
	folder, err := d.path()
	if err != nil {
		return err
	}
	chosen, err := d.settings()
	if err != nil {
		return err
	}
	if err := w.decide(chosen); err != nil {
		return err
	}
	if err := w.check(cmd); err != nil {
		return err
	}
	client, err := d.serving()
	if err != nil {
		return err
	}
	if client != nil {
		defer client.Close()
		if w.settings.Plain {
			return forward(cmd, nil, client)
		}
		return w.attach(cmd, client)
	}
	desk, err := d.open(store.Options{})
	if err != nil {
		return notEnrolled(err)
	}
	defer func() { err = errors.Join(err, desk.Close()) }()
	return w.open(cmd, desk, folder, tui.Options{}, nil)
}

// notEnrolled says what to do where there is no store.
func notEnrolled(err error) error {
	if model.KindOf(err) != model.KindNotFound {
		return err
	}
	return model.NotFound("This workstation is not enrolled yet.",
		"Ask whoever runs the hub for a code, then run: throughgate enrol --hub URL --code CODE. To look around first: throughgate demo.")
}
