package doctor_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"

	"github.com/creack/pty"

	"github.com/throughgate/throughgate/cmd/internal/doctor"
)

// screen is a terminal of some size that answers where its cursor is with a
// column; 0 never answers.
func screen(t *testing.T, width, height uint16, column int, env map[string]string) *doctor.Terminal {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(slave, &pty.Winsize{Cols: width, Rows: height}); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		answer(master, column)
	}()
	t.Cleanup(func() {
		slave.Close()
		master.Close()
		<-done
	})
	return &doctor.Terminal{In: slave, Out: slave, System: "linux", Getenv: func(name string) string { return env[name] }}
}

func answer(master *os.File, column int) {
	var heard []byte
	piece := make([]byte, 256)
	for {
		n, err := master.Read(piece)
		if err != nil {
			return
		}
		heard = append(heard, piece[:n]...)
		if column > 0 && bytes.Contains(heard, []byte("\x1b[6n")) {
			fmt.Fprintf(master, "\x1b[1;%dR", column)
			heard = nil
		}
	}
}

func TestATerminalThatWillNotDoIsSaid(t *testing.T) {
	usual := map[string]string{"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}
	with := func(name, value string) map[string]string {
		all := map[string]string{name: value}
		for k, v := range usual {
			if _, is := all[k]; !is {
				all[k] = v
			}
		}
		return all
	}
	const right = 7 // a letter, a blank, one twice as wide, a blank, a letter; then the cursor
	for name, c := range map[string]struct {
		width, height uint16
		column        int
		env           map[string]string
		check         string
		state         doctor.State
		says          string
	}{
		"well":         {120, 40, right, usual, "widths", doctor.OK, "the room that they should"},
		"size":         {120, 40, right, usual, "window", doctor.OK, "120x40"},
		"small":        {76, 20, right, usual, "window", doctor.Fail, "It is 76x20; the screens need 80x24."},
		"no size":      {0, 0, right, usual, "window", doctor.Warn, "does not say its size"},
		"dumb":         {80, 24, right, with("TERM", "dumb"), "terminal", doctor.Fail, "TERM does not name"},
		"no TERM":      {80, 24, right, with("TERM", ""), "terminal", doctor.Fail, "TERM does not name"},
		"no colour":    {80, 24, right, with("NO_COLOR", "1"), "colours", doctor.OK, "NO_COLOR"},
		"vt100":        {80, 24, right, with("TERM", "vt100"), "colours", doctor.OK, "by its TERM"},
		"colours":      {80, 24, right, usual, "colours", doctor.OK, "Sixteen"},
		"utf8":         {80, 24, right, usual, "letters", doctor.OK, "Unicode, by LANG"},
		"latin":        {80, 24, right, with("LC_ALL", "en_GB.ISO-8859-1"), "letters", doctor.Warn, "LC_ALL is en_GB.ISO-8859-1"},
		"no locale":    {80, 24, right, with("LANG", ""), "letters", doctor.Warn, "No locale is set"},
		"narrow":       {80, 24, right - 1, usual, "widths", doctor.Warn, "A test of 6 columns took 5"},
		"as bytes":     {80, 24, 12, usual, "widths", doctor.Warn, "took 11"},
		"says nothing": {80, 24, 0, usual, "widths", doctor.OK, "did not say"},
	} {
		t.Run(name, func(t *testing.T) {
			p := patientIn(t, t.TempDir())
			p.Terminal = screen(t, c.width, c.height, c.column, c.env)
			holds(t, p, c.check, c.state, c.says)
		})
	}
}
