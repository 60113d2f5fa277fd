package main

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func TestNothingPrintedMovesTheTerminal(t *testing.T) {
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetOut(&out)
	err := new(output).print(cmd, nil, func(w io.Writer) { line(w, "a\t%s\tŁ", "\x1b[2J\x07\u009b\u202eb") })
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); strings.ContainsAny(got, "\x1b\x07\u009b\u202e") || !strings.Contains(got, "[2Jb") || !strings.HasSuffix(got, "Ł\n") {
		t.Errorf("printed %q", got)
	}
}
