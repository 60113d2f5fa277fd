//go:build unix

package cmd_test

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// running is a program on a terminal that never answers, with a folder for
// temporary files of its own.
type running struct {
	testing.TB
	cmd      *exec.Cmd
	terminal *os.File
	out      *bufio.Reader
	temp     string
}

func openDemo(tb testing.TB, folder string, args ...string) *running {
	tb.Helper()
	r := &running{TB: tb, temp: tb.TempDir()}
	r.cmd = exec.Command(filepath.Join(folder, "throughgate"), append([]string{"demo", "--people", "30"}, args...)...)
	r.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "TMPDIR="+r.temp)
	var err error
	if r.terminal, err = pty.StartWithSize(r.cmd, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		tb.Fatal(err)
	}
	r.out = bufio.NewReader(r.terminal)
	// A program that falls silent is killed, so that reading from it ends.
	late := time.AfterFunc(30*time.Second, func() { _ = r.cmd.Process.Kill() })
	tb.Cleanup(func() {
		late.Stop()
		_ = r.cmd.Process.Kill() // it has gone when all went well
		_ = r.terminal.Close()
	})
	return r
}

// shows reads until the program has written some words.
func (r *running) shows(words string) {
	r.Helper()
	for seen := ""; !strings.Contains(seen, words); {
		b, err := r.out.ReadByte()
		if err != nil {
			r.Fatalf("no %q on the terminal: %v\n%q", words, err, seen)
		}
		seen += string(b)
	}
}

func (r *running) ctrlC() {
	r.Helper()
	if _, err := r.terminal.WriteString("\x03"); err != nil {
		r.Fatal(err)
	}
}

// ended reads the rest, since a program that draws waits for its reader, and
// holds the program to a good end that leaves nothing behind.
func (r *running) ended() {
	r.Helper()
	_, _ = io.Copy(io.Discard, r.out)
	if err := r.cmd.Wait(); err != nil {
		r.Errorf("it ended with %v", err)
	}
	if left, err := os.ReadDir(r.temp); err != nil || len(left) != 0 {
		r.Errorf("%d folders left, %v", len(left), err)
	}
}

// hearHangUp undoes for the programs a test starts what nohup did for the test:
// a program that starts with the signal ignored leaves it so.
func hearHangUp(t *testing.T) {
	t.Helper()
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	t.Cleanup(func() { signal.Stop(heard) })
}

func TestDemonstrationLeavesNothingBehindHoweverItEnds(t *testing.T) {
	hearHangUp(t)
	folder := buildPrograms(t)
	send := func(s os.Signal) func(*running) {
		return func(r *running) {
			if err := r.cmd.Process.Signal(s); err != nil {
				r.Fatal(err)
			}
		}
	}
	for name, end := range map[string]func(*running){
		"Ctrl+C":             (*running).ctrlC,
		"told to end":        send(syscall.SIGTERM),
		"terminal goes away": send(syscall.SIGHUP),
	} {
		for _, mode := range []string{"--theme=mono", "--plain"} {
			t.Run(name+mode, func(t *testing.T) {
				r := openDemo(t, folder, mode)
				r.shows("Sign in as one of")
				end(r)
				r.ended()
			})
		}
	}
}

func TestDemonstrationGoesStraightToTheBoard(t *testing.T) {
	folder := buildPrograms(t)
	for _, staff := range []string{"officer", "nurse"} {
		r := openDemo(t, folder, "--sign-in", staff)
		r.shows("SMITH, John")
		r.ctrlC()
		r.shows("once more") // somebody is signed in
		r.ctrlC()
		r.ended()
	}
}
