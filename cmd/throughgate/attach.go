package main

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/serve"
)

// attach shows the screens of a serving Throughgate on this terminal, which is
// as it was afterwards, whatever happens meanwhile.
func (w *window) attach(cmd *cobra.Command, client *serve.Client) (err error) {
	in, out := cmd.InOrStdin().(*os.File), cmd.OutOrStdout().(*os.File) // check has seen that they are
	restore, err := takeTerminal(in, out)
	if err != nil {
		return &model.Error{Kind: model.KindOutside, Msg: "This terminal cannot show the screens.", Hint: "Try another one.", Err: err}
	}
	defer func() { err = errors.Join(err, restore()) }()
	ctx, stop := context.WithCancel(cmd.Context())
	var beside sync.WaitGroup
	defer beside.Wait()
	defer stop()
	sizes := make(chan [2]int)
	beside.Go(func() { watchSize(ctx, out, sizes) })

	columns, rows, err := term.GetSize(int(out.Fd()))
	if err != nil {
		columns, rows = 80, 24
	}
	code, err := client.Show(cmd.Context(), serve.Window{
		In: in, Out: out, Term: os.Getenv("TERM"), Columns: columns, Rows: rows, Resized: sizes,
		Env: map[string]string{"NO_COLOR": os.Getenv("NO_COLOR"), "THROUGHGATE_THEME": w.settings.Theme},
	})
	if err != nil || cmd.Context().Err() != nil { // it did not say goodbye
		_, _ = io.WriteString(out, serve.GiveBack)
	}
	return errors.Join(err, edge.Exited(code))
}

// takeTerminal hands every key on as it is pressed, until it is restored.
func takeTerminal(in, out *os.File) (restore func() error, err error) {
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, err
	}
	undo, err := drawable(out)
	if err != nil {
		return nil, errors.Join(err, term.Restore(int(in.Fd()), before))
	}
	return func() error { return errors.Join(undo(), term.Restore(int(in.Fd()), before)) }, nil
}

// newSize sends the size of a terminal where it has changed since.
func newSize(ctx context.Context, out *os.File, was [2]int, sizes chan<- [2]int) [2]int {
	columns, rows, err := term.GetSize(int(out.Fd()))
	now := [2]int{columns, rows}
	if err != nil || now == was {
		return was
	}
	select {
	case sizes <- now:
	case <-ctx.Done():
	}
	return now
}
