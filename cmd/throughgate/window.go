package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/settings"
	"github.com/throughgate/throughgate/cmd/internal/version"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	wire "github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

// window is how the screens are shown.
type window struct {
	theme    string // the flag
	plain    bool   // the flag
	settings settings.Settings
}

func (w *window) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&w.theme, "theme", "", "dark, light, contrast or mono (default: what the settings say, else dark; mono where NO_COLOR is set)")
	cmd.Flags().BoolVar(&w.plain, "plain", false, "say everything in lines and ask for one line at a time: for screen readers, braille lines, scripts and terminals that can only print")
	_ = cmd.RegisterFlagCompletionFunc("theme", cobra.FixedCompletions([]string{"dark", "light", "contrast", "mono"}, cobra.ShellCompDirectiveNoFileComp))
}

// check refuses what cannot be shown before anything is opened.
func (w *window) check(cmd *cobra.Command) error {
	if _, err := part.ParseTheme(w.theme); err != nil {
		return edge.UsageError(err.Error(), "")
	}
	if w.plain || w.settings.Plain {
		return nil
	}
	in, isIn := cmd.InOrStdin().(*os.File)
	out, isOut := cmd.OutOrStdout().(*os.File)
	if !isIn || !isOut || !term.IsTerminal(int(in.Fd())) || !term.IsTerminal(int(out.Fd())) {
		return edge.UsageError("The screens need a terminal.", "--plain needs none. For scripts there are commands such as releases and show; see --help.")
	}
	return nil
}

// decide takes the settings, and the flags over them.
func (w *window) decide(s settings.Settings) error {
	w.settings = s
	if w.plain {
		if err := w.settings.Override("plain", true, "plain"); err != nil {
			return err
		}
	}
	if w.theme == "" {
		return nil
	}
	return w.settings.Override("theme", strings.ToLower(w.theme), "theme")
}

// open shows the workstation until its user leaves or the context ends, with
// the sync agent beside it where no other process has one.
func (w *window) open(cmd *cobra.Command, desk opened, folder string, options tui.Options, signIn func(*gate) (tui.Session, error)) error {
	ctx, stop := context.WithCancel(cmd.Context())
	g := &gate{desk: desk.Store, tables: newTables(desk.Store), papers: filepath.Join(folder, store.PapersFolder), via: model.ViaDesk, retain: w.settings.Retention.Days, due: w.settings.Due.Timeline()}
	var beside sync.WaitGroup
	defer beside.Wait()
	defer stop()
	beside.Go(func() { g.tables.keep(ctx) })
	ended := make(chan error, 1)
	if desk.held {
		g.via = model.ViaAttached
		ended <- nil // the agent is with who has the store
	} else {
		beside.Go(func() {
			defer stop() // without a store there is nothing to show
			ended <- keepInStep(ctx, desk.Store, slog.New(slog.DiscardHandler))
		})
	}

	theme, err := part.ParseTheme(w.settings.Theme)
	if err != nil {
		return err
	}
	options.Theme = part.ThemeFor(theme, os.Getenv("TERM"), os.Getenv("NO_COLOR"))
	options.Idle = time.Duration(w.settings.IdleMinutes) * time.Minute
	options.Now, options.Timeline = time.Now, g.due
	if signIn != nil {
		if options.SignedIn, err = signIn(g); err != nil {
			return err
		}
	}
	show := draw
	if w.settings.Plain {
		g.tables.wait(ctx)
		show = speak
	}
	err = show(ctx, cmd, g, options)
	stop()
	return lastWord(cmd.Context(), ended, err)
}

// lastWord is what there is to say when the screens have ended with an error or
// none: why the store has gone, if it has. The screens end on seeing that, before
// the agent has told the hub and ends itself, so its word is waited for.
func lastWord(asked context.Context, agent <-chan error, screens error) error {
	if gone := <-agent; gone != nil {
		return gone
	}
	if asked.Err() != nil {
		return nil // to end from outside; everything kept is kept
	}
	return screens
}

// draw is the workstation on a full screen.
func draw(ctx context.Context, cmd *cobra.Command, g tui.Gate, options tui.Options) error {
	app := tui.New(g, options)
	defer app.Close()
	program := tea.NewProgram(app, tea.WithAltScreen(), tea.WithContext(ctx), tea.WithoutSignalHandler(),
		tea.WithFPS(framesPerSecond()), tea.WithInput(cmd.InOrStdin()), tea.WithOutput(cmd.OutOrStdout()))
	_, err := program.Run()
	if errors.Is(err, tea.ErrProgramPanic) {
		return &model.Error{Kind: model.KindInternal, Msg: "The screens failed.", Hint: "What you saw as kept is kept. Start Throughgate again.", Err: err}
	}
	return err
}

// speak is the workstation in plain mode.
func speak(ctx context.Context, cmd *cobra.Command, g tui.Gate, options tui.Options) error {
	c := consoleOf(cmd)
	defer c.Close()
	return tui.NewPlain(g, options, c).Run(ctx)
}

// framesPerSecond is the most bubbletea can draw on a terminal of this computer,
// and what a line bears when somebody came in over SSH.
func framesPerSecond() int {
	if os.Getenv("SSH_CONNECTION") != "" {
		return 15
	}
	return 120
}

// keepInStep runs the sync agent until the context ends, or the hub has withdrawn
// this workstation and its data are erased: then it says so. A workstation whose
// certificate cannot be used works on by itself and says why it does not sync.
func keepInStep(ctx context.Context, desk *store.Store, log *slog.Logger) error {
	client, err := wire.NewClient(wire.Identity(desk.Identity()), wire.Options{Version: version.String()})
	if err != nil {
		state := desk.Status().SyncState
		state.Online, state.Err = false, edge.Sentence(err)
		_ = desk.SetSync(state) // only words for the header
		<-ctx.Done()
		return nil
	}
	defer client.Close()
	agent := wire.Agent{Desk: desk, Hub: client, Log: log}
	return erasedBy(agent.Run(ctx), desk)
}

// erasedBy is what is said of a store that an agent has erased, nil when it ended
// for any other reason.
func erasedBy(err error, desk *store.Store) error {
	if !errors.Is(err, wire.ErrWithdrawn) {
		return nil
	}
	if _, gone := desk.Passport(); errors.Is(gone, store.ErrErased) {
		return gone
	}
	return err
}
