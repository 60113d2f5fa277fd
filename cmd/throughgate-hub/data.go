package main

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/throughgate/throughgate/cmd/internal/hubdata"
)

// data is which hub a command is for.
type data struct{ folder, keyFile string }

func (d *data) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&d.folder, "data", "", "the folder with the hub's data")
	cmd.Flags().StringVar(&d.keyFile, "key-file", "", "a file with the hub's key, if not hub.key in the folder or $"+hubdata.KeyVariable)
	_ = cmd.MarkFlagRequired("data") // fails for a flag that is not there
	_ = cmd.MarkFlagDirname("data")
}

func (d *data) source() hubdata.Source {
	return hubdata.Source{Folder: d.folder, KeyFile: d.keyFile}
}

// ask does one thing of the hub's administration, beside a hub that runs or
// without one.
func ask[Out any](source hubdata.Source, verb string, in any) (out Out, err error) {
	admin, closer, err := hubdata.Connect(source)
	if err != nil {
		return out, err
	}
	defer closer.Close()
	return hubdata.Call[Out](admin, verb, in)
}

// show prints an answer: as JSON when that was asked for, else as people read it.
type show struct{ json bool }

func (s *show) flag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&s.json, "json", false, "print JSON")
}

func (s *show) print(cmd *cobra.Command, value any, people func(io.Writer)) error {
	out := cmd.OutOrStdout()
	if !s.json {
		table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
		people(table)
		return table.Flush()
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// group is a command that only holds others.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short}
	cmd.AddCommand(commands...)
	return cmd
}

// yes prints a truth as a word, and nothing when it is not so.
func yes(b bool, word string) string {
	if b {
		return word
	}
	return ""
}

func line(w io.Writer, format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
