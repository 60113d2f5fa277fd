package main

import (
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/doctor"
	"github.com/throughgate/throughgate/cmd/internal/version"
	"github.com/throughgate/throughgate/model"
)

func doctorCommand(d *data) *cobra.Command {
	var out output
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Look at everything that a service desk would ask about",
		Long: "Look at everything that a service desk would ask about: folder, disk, store, settings, clock, the way to the hub, certificate, what waits to be sent, and the terminal. " +
			"Each line says how it stands and what to do. Nobody needs to sign in, and nothing in it is about anybody. The exit code is 1 when something does not work.",
		Example: "  throughgate doctor\n  throughgate doctor --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			folder, err := d.path()
			if err != nil {
				return err
			}
			files, err := d.files()
			if err != nil {
				return err
			}
			patient := doctor.Patient{
				Folder: folder, Files: files, Version: version.Line(), Desk: d.held, Now: time.Now,
				LowRoom: doctor.LowRoom, NoRoom: doctor.NoRoom,
			}
			if !out.json {
				patient.Terminal = doctor.HereIs(cmd.InOrStdin(), cmd.OutOrStdout())
			}
			found := examined{Lines: doctor.Look(cmd.Context(), patient)}
			found.State = doctor.Worst(found.Lines)
			if err := out.print(cmd, found, found.lines); err != nil {
				return err
			}
			if found.State == doctor.Fail {
				return &model.Error{Kind: model.KindOutside, Msg: "Something does not work.", Hint: "Each line says what to do; give all of them to the service desk."}
			}
			return nil
		},
	}
	out.flags(cmd)
	return cmd
}

// examined is what doctor found. Its JSON is part of the command line's
// contract.
type examined struct {
	State doctor.State  `json:"state"` // the worst of all
	Lines []doctor.Line `json:"lines"`
}

func (e examined) lines(w io.Writer) {
	for _, l := range e.Lines {
		line(w, "%s\t%s\t%s", l.State, l.Check, plain(l.Says))
		if l.Do != "" {
			line(w, "\t\tDo: %s", plain(l.Do))
		}
	}
}
