package serve

import (
	"context"
	"io"
	"sync"

	"golang.org/x/time/rate"
)

// How much of what comes down the line reaches the program, in bytes: far more
// than anybody types, and little enough that one session cannot take the
// computer from the others.
const (
	typedPerSecond = 2 << 10
	typedAtOnce    = 4 << 10
	// pasteShare is how many bytes of a paste count for one: it reaches the
	// program as one key.
	pasteShare = 16
)

// mostRead is how much bubbletea asks for at a time. It takes a read that is
// filled for one that goes on, and waits with what stands at its end.
const mostRead = 256

// keyboard is what a client types, as the program may read it: whole keys, no
// sequence that is none, and pastes of a length that somebody could mean.
type keyboard struct {
	line io.Reader
	pace *rate.Limiter
	over context.Context // ends the waiting for a turn
	stop context.CancelFunc

	touched func()        // something was typed
	tooLong func()        // a paste was cut, and what was kept of it has been read
	gone    chan struct{} // closed when the line has ended
	ended   sync.Once     // closes it
	chunk   [4 << 10]byte // as it came
	parser  parser        // with what was not whole yet
	keys    []token       // whole, and not read yet
}

// newKeyboard reads from a line. Close it when the program has ended.
func newKeyboard(line io.Reader, touched, tooLong func()) *keyboard {
	over, stop := context.WithCancel(context.Background())
	return &keyboard{
		line: line, pace: rate.NewLimiter(typedPerSecond, typedAtOnce), over: over, stop: stop,
		touched: touched, tooLong: tooLong, gone: make(chan struct{}),
	}
}

// Read implements io.Reader. When it is called, all that it gave out before has
// reached the program.
func (k *keyboard) Read(p []byte) (int, error) {
	for {
		if n, cost := k.fill(p); n > 0 {
			if k.pace.WaitN(k.over, cost) != nil {
				return 0, io.EOF
			}
			return n, nil
		}
		n, err := k.line.Read(k.chunk[:])
		if n > 0 {
			k.touched()
			k.keys = k.parser.parse(k.chunk[:n])
			continue
		}
		if err != nil {
			k.ended.Do(func() { close(k.gone) })
			return 0, io.EOF
		}
	}
}

// fill puts as many whole keys into p as fit, or a piece of a paste, and says
// what that costs.
func (k *keyboard) fill(p []byte) (n, cost int) {
	for len(k.keys) > 0 {
		next := &k.keys[0]
		switch {
		case n > 0 && (next.kind != keyPress || n+len(next.text) >= min(len(p), mostRead)):
			return n, n
		case next.kind == keyCut:
			k.tooLong()
		case next.kind == keyPaste:
			n = copy(p, next.text)
			if next.text = next.text[n:]; len(next.text) == 0 {
				k.keys = k.keys[1:]
			}
			return n, max(1, n/pasteShare)
		default:
			n += copy(p[n:], next.text)
		}
		k.keys = k.keys[1:]
	}
	return n, n
}
