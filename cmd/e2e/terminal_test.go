//go:build e2e && unix

package e2e_test

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
)

// patience is how long a screen may take to show what a test waits for. It is
// for a busy machine; the screens themselves answer within a frame.
const patience = 30 * time.Second

const columns, rows = 100, 30

// terminal is a program on a terminal of its own: what it draws is read into a
// screen, and tests wait for what the screen shows, never for time to pass.
type terminal struct {
	testing.TB
	name    string
	cmd     *exec.Cmd
	pty     *os.File
	screen  vt10x.Terminal
	changed chan struct{} // holds a token when the screen was drawn on
	over    chan struct{} // closed when the program has gone

	mu     sync.Mutex
	waited error
}

// start runs a program on a new terminal. It is killed at the end of the test
// if it is still there.
func start(tb testing.TB, name, program string, args ...string) *terminal {
	tb.Helper()
	t := &terminal{TB: tb, name: name, screen: vt10x.New(vt10x.WithSize(columns, rows)), changed: make(chan struct{}, 1), over: make(chan struct{})}
	t.cmd = exec.Command(program, args...)
	t.cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"CI", "NO_COLOR", "SSH_CONNECTION", "TERM", "TZ"}, name)
	}), "TERM=xterm-256color")
	var err error
	if t.pty, err = pty.StartWithSize(t.cmd, &pty.Winsize{Cols: columns, Rows: rows}); err != nil {
		tb.Fatal(err)
	}
	go t.read()
	tb.Cleanup(func() {
		_ = t.cmd.Process.Kill() // it has gone already when the test went well
		<-t.over
		_ = t.pty.Close()
	})
	return t
}

// read draws what comes until the program has gone.
func (t *terminal) read() {
	defer close(t.over)
	buf := make([]byte, 64<<10)
	for {
		n, err := t.pty.Read(buf)
		if n > 0 {
			_, _ = t.screen.Write(buf[:n])
			t.wake()
		}
		if err != nil { // Linux ends a terminal whose program has gone with EIO
			break
		}
	}
	err := t.cmd.Wait()
	t.mu.Lock()
	t.waited = err
	t.mu.Unlock()
	t.wake()
}

func (t *terminal) wake() {
	select {
	case t.changed <- struct{}{}:
	default:
	}
}

// text is what the screen shows now.
func (t *terminal) text() string { return t.screen.String() }

// until waits for the screen to satisfy a condition.
func (t *terminal) until(what string, is func(screen string) bool) string {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		text := t.text()
		if is(text) {
			return text
		}
		select {
		case <-t.changed:
		case <-t.over:
			if text = t.text(); is(text) {
				return text
			}
			t.Fatalf("%s: ended before %s:\n%s", t.name, what, text)
		case <-deadline.C:
			t.Fatalf("%s: never %s:\n%s", t.name, what, text)
		}
	}
}

// shows waits for all of some words.
func (t *terminal) shows(words ...string) string {
	t.Helper()
	return t.until("showed "+strings.Join(words, " and "), func(screen string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(screen, w) })
	})
}

// hides waits for some words to go.
func (t *terminal) hides(words string) {
	t.Helper()
	t.until("stopped showing "+words, func(screen string) bool { return !strings.Contains(screen, words) })
}

// keys types.
func (t *terminal) keys(s string) {
	t.Helper()
	if _, err := t.pty.WriteString(s); err != nil {
		t.Fatalf("%s: %v", t.name, err)
	}
}

// The keys that are not letters.
const (
	enter   = "\r"
	escape  = "\x1b"
	tab     = "\t"
	right   = "\x1b[C"
	left    = "\x1b[D"
	down    = "\x1b[B"
	up      = "\x1b[A"
	end     = "\x1b[F"
	backTab = "\x1b[Z"
	ctrlU   = "\x15"
	ctrlC   = "\x03"
	ctrlK   = "\x0b"
	ctrlL   = "\x0c"
)

// ends waits for the program to go by itself.
func (t *terminal) ends() error {
	t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	select {
	case <-t.over:
	case <-deadline.C:
		t.Fatalf("%s: never ended:\n%s", t.name, t.text())
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.waited
}

// kill ends the program as a power cut would.
func (t *terminal) kill() {
	t.Helper()
	if err := t.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = t.ends() // "signal: killed"
}
