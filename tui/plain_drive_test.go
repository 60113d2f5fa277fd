package tui_test

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

// talk is plain mode without a terminal: a test types lines and reads what was
// said. It lives in a bubble of testing/synctest, as driver does.
type talk struct {
	t        tester
	desk     *desk
	plain    *tui.Plain
	signedIn model.StaffID // who began
	lines    chan string
	over     chan struct{}
	err      error // of Run, once it is over

	mu      sync.Mutex
	out     strings.Builder // all that was written
	heard   int             // how much of it the test has read
	waits   bool            // it waits for a line
	secret  bool            // and will not show it
	hidden  int             // how much was written before it stopped showing what is typed
	unended string          // typed of a line that has no end
	worked  time.Duration   // how long it let the test wait, of the bubble's clock
}

// Write implements tui.Console.
func (k *talk) Write(b []byte) (int, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.out.Write(b)
}

// Line implements tui.Console.
func (k *talk) Line() (string, error) { return k.next(false) }

// Hide implements tui.Console.
func (k *talk) Hide() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.hidden = k.out.Len()
}

// Secret implements tui.Console.
func (k *talk) Secret() (string, error) { return k.next(true) }

// Unended implements tui.Console.
func (k *talk) Unended() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.unended
}

// Shows implements tui.Console.
func (*talk) Shows() bool { return true }

func (k *talk) next(secret bool) (string, error) {
	k.set(true, secret)
	line, more := <-k.lines
	k.set(false, false)
	if !more {
		return "", io.EOF
	}
	return line, nil
}

func (k *talk) set(waits, secret bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.waits, k.secret = waits, secret
}

// plainly runs a test of plain mode over a desk.
func plainly(t *testing.T, sc scene, test func(k *talk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		apart := time.Until(deskNow)
		d := newDesk(func() time.Time { return time.Now().Add(apart) })
		if sc.desk == nil {
			sc.desk = morning
		}
		sc.desk(t, d)
		k := listen(t, d, sc)
		defer k.close()
		test(k)
	})
}

// listen begins plain mode at a desk. It must be closed.
func listen(t tester, d *desk, sc scene) *talk {
	k := &talk{t: t, desk: d, signedIn: sc.signedIn, lines: make(chan string), over: make(chan struct{})}
	options := tui.Options{Now: d.now, Demo: sc.demo, Idle: sc.idle, Still: sc.still}
	if sc.signedIn != "" {
		options.SignedIn = &session{desk: d, member: d.staff[sc.signedIn]}
	}
	k.plain = tui.NewPlain(d, options, k)
	go func() {
		defer close(k.over)
		k.err = k.plain.Run(context.Background())
	}()
	k.settle()
	return k
}

// settle waits until it asks for a line.
func (k *talk) settle() {
	for {
		synctest.Wait()
		if k.waiting() {
			return
		}
		select {
		case <-k.over:
			return
		default:
		}
		const step = 5 * time.Millisecond
		time.Sleep(step) // of the bubble's clock
		k.worked += step
	}
}

func (k *talk) waiting() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.waits
}

// end ends the input.
func (k *talk) end() {
	if k.lines != nil {
		close(k.lines)
		k.lines = nil
	}
	k.settle()
}

// close ends the input, and lets go of everything that still waits.
func (k *talk) close() {
	k.end()
	const longest = 25 * time.Hour
	time.Sleep(longest) // of the bubble's clock
}

// types types lines, and returns what the last one was answered.
func (k *talk) types(lines ...string) string {
	k.t.Helper()
	for _, line := range lines {
		k.echo(line)
		select {
		case k.lines <- line:
		case <-k.over:
			k.t.Fatalf("nobody takes %q any more:\n%s", line, k.all())
		}
		k.settle()
	}
	return k.last()
}

// echo shows a line behind the prompt, as a terminal does.
func (k *talk) echo(line string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.secret {
		line = ""
	}
	k.out.WriteString(part.Clean(line) + "\n") // what the terminal makes of it is not the program's
	k.heard = k.out.Len()
}

// last is what was said since the last line was typed.
func (k *talk) last() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.out.String()[k.heard:]
}

// all is everything that was ever said.
func (k *talk) all() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.out.String()
}

// hears fails unless every text was said since the last line.
func (k *talk) hears(texts ...string) {
	k.t.Helper()
	for _, text := range texts {
		if !strings.Contains(k.last(), text) {
			k.t.Fatalf("%q was not said:\n%s", text, k.last())
		}
	}
}

// hearsNot fails when one of the texts was said since the last line.
func (k *talk) hearsNot(texts ...string) {
	k.t.Helper()
	for _, text := range texts {
		if strings.Contains(k.last(), text) {
			k.t.Fatalf("%q was said:\n%s", text, k.last())
		}
	}
}

// prompt is the line it waits in.
func (k *talk) prompt() string {
	said := k.all()
	return said[strings.LastIndex(said, "\n")+1:]
}

// signIn signs somebody in as a person does.
func (k *talk) signIn(staff model.StaffID) {
	k.types(string(staff), k.desk.staff[staff].passphrase)
}
