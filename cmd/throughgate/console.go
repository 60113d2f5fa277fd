package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/throughgate/throughgate/tui"
)

// console is where plain mode is read from and written to: a terminal, or
// whatever a script has put there.
type console struct {
	out      io.Writer
	in       *bufio.Reader
	terminal *os.File   // nil when the input is none
	away     *elsewhere // the terminal of whoever started this; nil when it is here
	ended    <-chan struct{}
	shown    func() // has the terminal show again what is typed; nil when it does

	mu   sync.Mutex   // guards said: lines are read beside what is said
	said bytes.Buffer // to go there with the next question
}

func consoleOf(cmd *cobra.Command) *console {
	c := &console{out: cmd.OutOrStdout(), in: bufio.NewReader(cmd.InOrStdin())}
	c.away, _ = cmd.InOrStdin().(*elsewhere)
	file, isFile := cmd.InOrStdin().(*os.File)
	if isFile && term.IsTerminal(int(file.Fd())) {
		c.terminal, c.ended = file, cmd.Context().Done()
	}
	return c
}

// Write implements tui.Console. To a terminal elsewhere words go with the
// question they end in: on their own they could come after it.
func (c *console) Write(b []byte) (int, error) {
	if c.away == nil {
		return c.out.Write(b)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.said.Write(b)
}

// take is what was said since the last question.
func (c *console) take() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer c.said.Reset()
	return c.said.String()
}

// Close says what no question came after.
func (c *console) Close() { _, _ = io.WriteString(c.out, c.take()) }

// ask asks on a terminal elsewhere.
func (c *console) ask(secret bool) (string, error) {
	answer, err := c.away.answer(c.take(), secret)
	if err != nil {
		return "", io.EOF
	}
	return answer, nil
}

// Unended implements tui.Console: the system edits the line, and gives it away
// only whole.
func (*console) Unended() string { return "" }

// Shows implements tui.Console.
func (c *console) Shows() bool { return c.terminal != nil || c.away != nil }

// maxLine is the longest line that is taken, in bytes: more than any answer may
// have. The rest of a longer one is read and thrown away.
const maxLine = 256 << 10

// byteOrderMark is what some programs on Windows begin a pipe with.
const byteOrderMark = "\xef\xbb\xbf"

// Line implements tui.Console. A last line without an end is a line.
func (c *console) Line() (string, error) {
	if c.away != nil {
		return c.ask(false)
	}
	var line bytes.Buffer
	for {
		chunk, err := c.in.ReadSlice('\n')
		line.Write(chunk[:min(len(chunk), maxLine-min(line.Len(), maxLine))])
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && line.Len() == 0:
			return "", io.EOF
		}
		return strings.TrimRight(strings.TrimPrefix(line.String(), byteOrderMark), "\r\n"), nil
	}
}

// Hide implements tui.Console.
func (c *console) Hide() {
	if c.terminal != nil && c.shown == nil {
		c.shown = hush(c.terminal)
	}
}

// Secret implements tui.Console. What was typed ahead stands on the screen
// already, and is taken as it is.
func (c *console) Secret() (string, error) {
	if c.shown != nil {
		defer func() { c.shown(); c.shown = nil }()
	}
	if c.away != nil {
		return c.ask(true)
	}
	if c.terminal == nil || c.in.Buffered() > 0 {
		return c.Line()
	}
	typed, err := readHidden(c.terminal, c.ended)
	_, _ = io.WriteString(c, "\n") // the Enter that was not shown
	if err != nil {
		return "", io.EOF
	}
	return typed, nil
}

var _ tui.Console = (*console)(nil)
