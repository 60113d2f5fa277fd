//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/edge"
)

// localTerminal is a terminal of this computer with the program on it.
type localTerminal struct {
	*pane
	hand *os.File // the end that a person sits at
	tty  *os.File
	code chan int
	stop func()
	was  string // its state before the program came
}

// here runs the program on a terminal of this computer.
func (s *servedDesk) here(columns, rows int, args ...string) *localTerminal {
	s.Helper()
	hand, tty, err := pty.Open()
	if err != nil {
		s.Fatal(err)
	}
	if err := pty.Setsize(hand, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		s.Fatal(err)
	}
	l := &localTerminal{hand: hand, tty: tty, code: make(chan int, 1)}
	l.pane = &pane{TB: s, transcript: newTranscript(), keys: hand, screen: vt10x.New(vt10x.WithSize(columns, rows))}
	l.was = l.state()
	ctx, stop := context.WithCancel(context.Background())
	l.stop = stop
	go func() { _, _ = io.Copy(l.pane, hand) }()
	go func() { l.code <- edge.RunWithin(ctx, root(), append(args, "--data", s.Desk), tty, tty, tty) }()
	s.Cleanup(func() {
		stop()
		hand.Close()
		tty.Close()
	})
	return l
}

func (l *localTerminal) state() string {
	l.Helper()
	state, err := exec.Command("stty", "-g", "-F", l.tty.Name()).Output()
	if err != nil {
		l.Skipf("this computer has no stty: %v", err)
	}
	return string(state)
}

func TestTheProgramBesideServeIsAWindowOnIt(t *testing.T) {
	b := newLoneBench(t)
	s := b.serve()
	t.Setenv("TERM", "xterm-256color")
	t.Setenv("NO_COLOR", "")
	bright := s.here(120, 40)
	bright.sees("Staff id")
	bright.types("officer\r" + demo.Passphrase + "\r")
	bright.sees("Releases", "KHAN, Aisha")
	nurse := s.open("nurse")
	nurse.signIn("nurse")
	nurse.smith()
	nurse.instruction()
	nurse.types("\t\t\r")
	nurse.sees("Everybody sees the instruction now.")
	bright.types("/")
	bright.sees("Esc end the filter")
	bright.types("smith, j\r")
	bright.sees("Enter open")
	bright.types("\r")
	bright.sees("Do: Needs a bottom bunk")

	if err := pty.Setsize(bright.hand, &pty.Winsize{Cols: 79, Rows: 20}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGWINCH); err != nil { // as a terminal that controls a process does
		t.Fatal(err)
	}
	bright.sees("Window too small: 79x20")
	bright.types("\x03")
	if code := <-bright.code; code != edge.Done || bright.state() != bright.was {
		t.Errorf("exit %d, and the terminal is %q, was %q", code, bright.state(), bright.was)
	}
}

// Whatever ends it, the terminal is as it was.
func TestTheTerminalIsGivenBackWhenServeEnds(t *testing.T) {
	b := newLoneBench(t)
	s := b.serve()
	stopped, killed := s.here(80, 24), s.here(80, 24, "--theme", "light")
	stopped.sees("Staff id")
	killed.sees("Staff id")
	killed.stop()
	if code := <-killed.code; code != edge.Done {
		t.Errorf("told to end: exit %d", code)
	}
	s.end()
	if code := <-stopped.code; code != edge.Refused {
		t.Errorf("exit %d:\n%s", code, stopped.view())
	}
	stopped.sees("Throughgate is being stopped here")
	for _, l := range []*localTerminal{stopped, killed} {
		if after := l.state(); after != l.was {
			t.Errorf("the terminal is %q, was %q", after, l.was)
		}
		l.await(t, func() bool {
			said := l.String()
			return strings.LastIndex(said, "\x1b[?1049l") > strings.LastIndex(said, "\x1b[?1049h")
		}, "the screen it was before")
	}
}

// A command beside serve asks on the terminal it was started on.
func TestACommandBesideServeAsksWhoStartedIt(t *testing.T) {
	b := newLoneBench(t)
	smith := b.someone("SMITH")
	s := b.serve()
	l := s.here(100, 60, "show", smith.Prison)
	l.sees("Staff id: ")
	l.types("nurse\r")
	l.sees("Passphrase: ")
	l.types(demo.Passphrase + "\r")
	if code := <-l.code; code != edge.Done {
		t.Errorf("exit %d", code)
	}
	l.sees("SMITH, John", "Sertraline")
	if strings.Contains(l.String(), demo.Passphrase+"\r\n") {
		t.Error("the passphrase was shown")
	}
}

func TestPlainModeWorksBesideServe(t *testing.T) {
	b := newLoneBench(t)
	s := b.serve()
	l := s.here(100, 40, "--plain")
	l.sees("Staff id")
	l.types("officer\r")
	l.sees("Passphrase")
	l.types(demo.Passphrase + "\r")
	l.sees("Releases:", "SMITH, John")
	l.types("quit\r")
	if code := <-l.code; code != edge.Done {
		t.Errorf("exit %d:\n%s", code, l.String())
	}
	if strings.Contains(l.String(), demo.Passphrase+"\r\n") {
		t.Error("the passphrase was shown")
	}
}
