package main

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

func consoleOver(input string) *console {
	cmd := &cobra.Command{}
	cmd.SetIn(strings.NewReader(input))
	cmd.SetOut(io.Discard)
	return consoleOf(cmd)
}

func TestConsoleTakesLinesAsAnySystemEndsThem(t *testing.T) {
	c := consoleOver("\xef\xbb\xbfa.khan\r\nthree random words \n\nNguyễn")
	for _, want := range []string{"a.khan", "three random words ", "", "Nguyễn"} {
		if got, err := c.Line(); got != want || err != nil {
			t.Errorf("%q, %v; want %q", got, err, want)
		}
	}
	if _, err := c.Line(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end of the input it says %v", err)
	}
	if c.Shows() {
		t.Error("a pipe does not show what is typed")
	}
}

func TestConsoleReadsSecretsFromAPipeToo(t *testing.T) {
	c := consoleOver("a.khan\n  blanks count  \n")
	if _, err := c.Line(); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Secret(); got != "  blanks count  " || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}

// What is pasted without an end must not fill the memory, nor become the next
// answers.
func TestConsoleCutsALineThatNobodyTyped(t *testing.T) {
	const pasted = 10 << 20
	c := consoleOver(strings.Repeat("x", pasted) + "\nnext\n")
	if got, err := c.Line(); len(got) != maxLine || err != nil {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if got, err := c.Line(); got != "next" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
}
