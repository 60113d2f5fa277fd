package serve

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"

	"github.com/throughgate/throughgate/tui"
)

// mostLine is the longest line that is taken, in letters: more than any answer
// may have.
const mostLine = 64 << 10

// spoken is a terminal that is asked line by line, for plain mode. What is typed
// is shown by this end: a terminal over SSH shows nothing by itself. A line that
// was not ended when the connection was cut is nobody's answer.
type spoken struct {
	keys *bufio.Reader // whole keys
	out  io.Writer
}

var _ tui.Console = (*spoken)(nil)

// Write implements tui.Console.
func (l *spoken) Write(p []byte) (int, error) {
	if _, err := l.out.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n"))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Shows implements tui.Console.
func (*spoken) Shows() bool { return true }

// Line implements tui.Console.
func (l *spoken) Line() (string, error) { return l.read(l.out) }

// Secret implements tui.Console.
func (l *spoken) Secret() (string, error) { return l.read(io.Discard) }

// The keys of a line, besides letters.
const (
	keyInterrupt = '\x03'
	keyEnd       = '\x04'
	keyRubOut    = '\x15'
	keyDelete    = '\x7f'
)

// rubOut takes one letter off the terminal.
const rubOut = "\b \b"

// read takes a line, and shows its letters on the way.
func (l *spoken) read(show io.Writer) (string, error) {
	var typed []rune
	drop := func(n int) {
		_, _ = io.WriteString(show, strings.Repeat(rubOut, n)) // of a line that is gone
		typed = typed[:len(typed)-n]
	}
	for {
		key, _, err := l.keys.ReadRune()
		switch {
		case err != nil, key == keyInterrupt, key == keyEnd && len(typed) == 0:
			return "", io.EOF
		case key == '\r' || key == '\n':
			if next, _ := l.keys.Peek(min(1, l.keys.Buffered())); key == '\r' && string(next) == "\n" {
				_, _ = l.keys.Discard(1) // both ends of one pasted line
			}
			_, err := io.WriteString(l.out, "\r\n")
			return string(typed), err
		case key == keyDelete || key == '\b':
			drop(min(1, len(typed)))
		case key == keyRubOut:
			drop(len(typed))
		case key == '\x1b':
			l.skip()
		case key >= ' ' && len(typed) < mostLine:
			typed = append(typed, key)
			_, _ = io.WriteString(show, string(key))
		}
	}
}

// skip passes over the rest of a key that is no letter, such as an arrow. All of
// it came together.
func (l *spoken) skip() {
	if l.keys.Buffered() == 0 {
		return
	}
	kind, _, _ := l.keys.ReadRune()
	for kind == '[' || kind == 'O' {
		end, _, err := l.keys.ReadRune()
		if err != nil || end >= '@' && end <= '~' {
			return
		}
	}
}

// speak runs plain mode and returns why it ended, empty when its user left it.
func (s *Server) speak(v *visit, in io.Reader, out io.Writer) (why string) {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	touched, rest := s.hangUpWhenIdle(v)
	defer rest()
	keys := newKeyboard(in, touched, func() {})
	defer keys.stop()
	go func() {
		select {
		case <-v.ended:
			stop()
		case <-ctx.Done():
		}
	}()
	_ = tui.NewPlain(s.gateFor(v), s.optionsFor(v), &spoken{bufio.NewReader(keys), out}).Run(ctx) // it has said why
	return v.whyOver(nil)
}
