package serve

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"strings"
	"sync"

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

	mu     sync.Mutex // guards what follows: a session is ended beside who types
	typed  []rune     // of the line that is read
	secret bool
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
func (l *spoken) Line() (string, error) {
	l.begin(false)
	return l.read(l.out)
}

// Hide implements tui.Console. Nothing is shown of what nobody has read yet.
func (*spoken) Hide() {}

// Secret implements tui.Console.
func (l *spoken) Secret() (string, error) {
	l.begin(true)
	return l.read(io.Discard)
}

// Unended implements tui.Console.
func (l *spoken) Unended() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.secret {
		return ""
	}
	return string(l.typed)
}

func (l *spoken) begin(secret bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.typed, l.secret = nil, secret
}

// add takes a letter, if there is room for it.
func (l *spoken) add(key rune) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.typed) >= mostLine {
		return false
	}
	l.typed = append(l.typed, key)
	return true
}

// drop takes back the last letters, and says how many there were.
func (l *spoken) drop(most int) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n = min(most, len(l.typed))
	l.typed = l.typed[:len(l.typed)-n]
	return n
}

func (l *spoken) blank() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.typed) == 0
}

// end takes the line.
func (l *spoken) end() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	line := string(l.typed)
	l.typed = nil
	return line
}

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
	rubOutLast := func(most int) {
		_, _ = io.WriteString(show, strings.Repeat(rubOut, l.drop(most))) // of a line that is gone
	}
	for {
		key, _, err := l.keys.ReadRune()
		switch {
		case err != nil, key == keyInterrupt, key == keyEnd && l.blank():
			return "", io.EOF
		case key == '\r' || key == '\n':
			if next, _ := l.keys.Peek(min(1, l.keys.Buffered())); key == '\r' && string(next) == "\n" {
				_, _ = l.keys.Discard(1) // both ends of one pasted line
			}
			_, err := io.WriteString(l.out, "\r\n")
			return l.end(), err
		case key == keyDelete || key == '\b':
			rubOutLast(1)
		case key == keyRubOut:
			rubOutLast(mostLine)
		case key == '\x1b':
			l.skip()
		case key >= ' ' && l.add(key):
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
	_ = tui.NewPlain(s.gateFor(v), s.optionsFor(v), &spoken{keys: bufio.NewReader(keys), out: out}).Run(ctx) // it has said why
	return v.whyOver(nil)
}
