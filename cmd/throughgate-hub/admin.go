package main

import (
	"errors"
	"os"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/admin"
	"github.com/throughgate/throughgate/tui/part"
)

func adminCommand() *cobra.Command {
	var from data
	var theme string
	cmd := &cobra.Command{
		Use:   "admin",
		Short: "Look after staff, workstations and prisons on screens",
		Long: "Look after staff, workstations and prisons on screens, beside a hub that serves or without one. In an empty folder the first prison begins a hub. " +
			"Everything here can be done by the other commands too; what a screen tells once is kept nowhere.",
		Example: "  throughgate-hub admin --data /var/lib/throughgate",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return openAdmin(cmd, from, theme) },
	}
	from.flags(cmd)
	cmd.Flags().StringVar(&theme, "theme", "", "dark, light, contrast or mono (default dark; mono where NO_COLOR is set)")
	_ = cmd.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions([]string{"dark", "light", "contrast", "mono"}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func openAdmin(cmd *cobra.Command, from data, theme string) error {
	wanted, err := part.ParseTheme(theme)
	if err != nil {
		return edge.UsageError(err.Error(), "")
	}
	in, isIn := cmd.InOrStdin().(*os.File)
	out, isOut := cmd.OutOrStdout().(*os.File)
	if !isIn || !isOut || !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return edge.UsageError("The screens need a terminal.", "For scripts there are commands such as staff and device; see --help.")
	}
	hub, folder := begin(administration{Source: from.source()})
	if _, err := hub.Prisons(cmd.Context()); err != nil {
		return err // before the screen is taken
	}
	app := admin.New(hub, admin.Options{Theme: part.ThemeFor(wanted, os.Getenv("TERM"), os.Getenv("NO_COLOR")), Now: time.Now, Begins: folder})
	program := tea.NewProgram(app, tea.WithAltScreen(), tea.WithContext(cmd.Context()), tea.WithoutSignalHandler(), tea.WithInput(in), tea.WithOutput(out))
	_, err = program.Run()
	if errors.Is(err, tea.ErrProgramPanic) {
		return &model.Error{Kind: model.KindInternal, Msg: "The screens failed.", Hint: "What they said was done is done. Start again.", Err: err}
	}
	if cmd.Context().Err() != nil {
		return nil // asked to end from outside
	}
	return err
}
