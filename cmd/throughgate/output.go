package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/spf13/cobra"
)

// output is how a command prints what it found: as people read it, or as JSON
// whose shape stays.
type output struct{ json bool }

func (o *output) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.json, "json", false, "print JSON")
}

func (o *output) print(cmd *cobra.Command, value any, people func(io.Writer)) error {
	out := cmd.OutOrStdout()
	if !o.json {
		var said strings.Builder
		people(&said)
		table := tabwriter.NewWriter(out, 0, 4, 2, ' ', 0)
		if _, err := io.WriteString(table, strings.Map(harmless, said.String())); err != nil {
			return err
		}
		return table.Flush()
	}
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// harmless is the last gate before a terminal: what another desk wrote may hold
// anything.
func harmless(r rune) rune {
	if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
		return -1
	}
	return r
}

func line(w io.Writer, format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// plain keeps a value on its line and in its column, whatever is in it.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// sizeWords is a number of bytes as people read it.
func sizeWords(bytes int64) string {
	switch {
	case bytes < 1<<20:
		return fmt.Sprintf("%d KB", (bytes+1023)>>10)
	case bytes < 10<<30:
		return fmt.Sprintf("%d MB", (bytes+1<<20-1)>>20)
	}
	return fmt.Sprintf("%d GB", bytes>>30)
}
