package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/tui/serve"
)

// ownProcess are the commands that this process runs itself even when another
// serves the workstation, with those below them: they work on no store, on
// another one, or need it for themselves. All others run inside the one that
// serves.
var ownProcess = []string{
	"throughgate",         // the screens attach, in a way of their own
	"throughgate compact", // nothing else may have the file
	"throughgate config",  // files beside the store
	"throughgate demo",    // its own store, and gone afterwards
	"throughgate docs",    // no store
	"throughgate enrol",   // there is none yet
	"throughgate restore", // nothing else may have it
	"throughgate serve",   // one is enough, and it says so
}

// fileArguments are the commands whose arguments name files.
var fileArguments = []string{"throughgate import custody"}

// besideServing lets a command run inside the process that serves this
// workstation, where one does: it holds the store.
func besideServing(cmd *cobra.Command, d *data) {
	for _, child := range cmd.Commands() {
		besideServing(child, d)
	}
	run := cmd.RunE
	if run == nil || runsAlone(cmd) {
		return
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		client, err := d.serving()
		if err != nil {
			return err
		}
		if client == nil {
			return run(cmd, args)
		}
		defer client.Close()
		return forward(cmd, args, client)
	}
}

func runsAlone(cmd *cobra.Command) bool {
	path := cmd.CommandPath()
	return slices.ContainsFunc(ownProcess, func(alone string) bool {
		return path == alone || strings.HasPrefix(path, alone+" ") && alone != "throughgate"
	})
}

// forward runs a command elsewhere and ends as it ended there.
func forward(cmd *cobra.Command, args []string, client *serve.Client) error {
	line, err := commandLine(cmd, args)
	if err != nil {
		return err
	}
	command := serve.Command{Args: line, In: cmd.InOrStdin(), Out: cmd.OutOrStdout(), Err: cmd.ErrOrStderr()}
	if ask := asking(cmd); ask != nil {
		command.Terminal, command.In = true, nil // what is typed answers questions
		command.Ask = func(question string, secret bool) (string, error) {
			if secret {
				return ask.secret(question)
			}
			return ask.line(question)
		}
	}
	code, err := client.Run(cmd.Context(), command)
	if err != nil {
		return err
	}
	return edge.Exited(code)
}

// commandLine is what was asked for, such that it means the same in another
// process: every file by its whole path.
func commandLine(cmd *cobra.Command, args []string) ([]string, error) {
	line := strings.Fields(cmd.CommandPath())[1:] // none for the program itself
	var failed []error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		values := []string{f.Value.String()}
		if many, ok := f.Value.(pflag.SliceValue); ok {
			values = many.GetSlice()
		}
		for _, value := range values {
			if namesFile(f) && value != "" {
				whole, err := filepath.Abs(value)
				failed, value = append(failed, err), whole
			}
			line = append(line, "--"+f.Name+"="+value)
		}
	})
	line = append(line, "--")
	for _, arg := range args {
		if slices.Contains(fileArguments, cmd.CommandPath()) && arg != "-" {
			whole, err := filepath.Abs(arg)
			failed, arg = append(failed, err), whole
		}
		line = append(line, arg)
	}
	return line, errors.Join(failed...)
}

func namesFile(f *pflag.Flag) bool {
	_, file := f.Annotations[cobra.BashCompFilenameExt]
	_, folder := f.Annotations[cobra.BashCompSubdirsInDir]
	return file || folder
}

// runHere runs a command of another process of the same user over the store that
// this one holds.
func runHere(ctx context.Context, c serve.Command, d data, held *store.Store) int {
	d.held = held
	var in io.Reader = c.In
	if c.Terminal {
		in = &elsewhere{ask: c.Ask}
	}
	return edge.RunWithin(ctx, rootOver(&d), c.Args, in, c.Out, c.Err)
}

// elsewhere is the terminal of whoever started a command. Reading from it asks
// for a line.
type elsewhere struct {
	ask  func(question string, secret bool) (string, error)
	rest []byte
}

func (e *elsewhere) line(question string) (string, error)   { return e.answer(question, false) }
func (e *elsewhere) secret(question string) (string, error) { return e.answer(question, true) }

func (e *elsewhere) answer(question string, secret bool) (string, error) {
	answer, err := e.ask(question, secret)
	if err != nil {
		return "", errNoAnswer
	}
	return answer, nil
}

// Read implements io.Reader.
func (e *elsewhere) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		line, err := e.ask("", false)
		if err != nil {
			return 0, io.EOF
		}
		e.rest = []byte(line + "\n")
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}
