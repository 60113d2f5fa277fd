//go:build e2e && unix

package e2e_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// script runs the desk in plain mode with all lines in a pipe, and returns what
// was said.
func (d *desk) script(lines ...string) string {
	d.Helper()
	var out, errout bytes.Buffer
	cmd := exec.Command(filepath.Join(d.bin, "throughgate"), "--plain", "--data", d.folder)
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "TERM=") }), "TERM=dumb")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(strings.Join(lines, "\n")+"\n"), &out, &errout
	if err := cmd.Run(); err != nil {
		d.Fatalf("plain mode ended with %v:\n%s\n%s", err, out.String(), errout.String())
	}
	said := out.String()
	if wrong := regexp.MustCompile(`[^\n\PC]`).FindString(said); wrong != "" {
		d.Errorf("it wrote %q", wrong)
	}
	for _, bad := range []string{"not a word of this screen", "not one of the answers", "There is a problem"} {
		if strings.Contains(said, bad) {
			d.Errorf("a line was not understood:\n%s", said)
		}
	}
	return said
}

// TestAReleaseWorkedThroughAPipe is a nurse's whole part of a release, typed
// into the built program without any terminal.
func TestAReleaseWorkedThroughAPipe(t *testing.T) {
	w := newWorld(t)
	d := w.desk("health")
	nurse, officer := d.hire("g.boateng", "nurse", "BOATENG, Grace"), d.hire("a.khan", "reception", "KHAN, Aisha")
	files := custodyFiles(t)
	number := firstOf(t, files[0])
	for _, file := range files {
		d.as(officer, "import", "custody", file)
	}
	consent := []string{"given", "signed", "", "", "", "", "", "", "", "yes"}
	lines := []string{nurse.id, nurse.passphrase, "find " + number, "1"}
	lines = append(append(lines, "consent", "record 1"), consent...)
	lines = append(lines, "record 2", "given", "signed", "", "", "", "", "", "", "", "", "yes", "back")
	lines = append(lines, "gp", "do 2", "surgery", "1", "", "Keeps it", "yes", "back")
	lines = append(lines, "medicines", "add", "Sertraline", "1", "50 mg", "tablets", "50 mg", "once a day", "oral", "depression", "yes", "", "its supply", "yes")
	lines = append(lines, "handed over", "", "", "", "", "yes", "packed", "BAG 17", "1", "yes", "reconciled", "GP summary and chart", "yes", "back")
	lines = append(lines, "letter", "write", "Well.", "", "No complaints.", ".", "Please see within two weeks.", ".", "", "Healthcare.", ".", "yes")
	lines = append(lines, "sign", "more", "more", "sign", "sign", "pdf", "where", "quit")
	said := d.script(lines...)
	for _, want := range []string{"Sertraline: supply decided.", "Kept as packed or sent.", "Letter 1 is signed.", "Written to ", "Left. Everything you saw as kept is kept."} {
		if !strings.Contains(said, want) {
			t.Errorf("%q was not said:\n%s", want, said)
		}
	}

	shown := d.as(nurse, "show", number, "--json")
	for _, want := range []string{`"Sertraline"`, `"TTO"`, `"BAG 17"`, `"kept"`, `Well.\n\nNo complaints.`} {
		if !strings.Contains(shown, want) {
			t.Errorf("%s is not in the record:\n%s", want, shown)
		}
	}
	path := d.path("letter.txt")
	if said := d.as(nurse, "letter", number, "--out", path); !strings.HasPrefix(said, "Wrote letter 1, signed ") {
		t.Error(said)
	}

	said = d.script(officer.id, officer.passphrase, "find "+number, "1", "medicines", "read 5", "date")
	if strings.Contains(said, "Sertraline") || !strings.Contains(said, "Held by healthcare.") {
		t.Errorf("an officer is told of a medicine:\n%s", said)
	}
	if !strings.HasSuffix(said, "The input has ended. Locked. What you saw as kept is kept, and what you were typing is a draft.\n") {
		t.Errorf("the end of the input is not said:\n%s", said)
	}
}

// TestATerminalIsLeftAsItWasWhereverAPassphraseIsBrokenOff holds that Ctrl+C
// where a passphrase is typed ends the program at once, and that the terminal
// shows again what is typed: beside a serving Throughgate too.
func TestATerminalIsLeftAsItWasWhereverAPassphraseIsBrokenOff(t *testing.T) {
	w := newWorld(t)
	d := w.desk("health")
	nurse := d.hire("g.boateng", "nurse", "BOATENG, Grace")
	program := filepath.Join(d.bin, "throughgate")
	before := newTerminal(t)
	broken := func(t *testing.T, question string, args ...string) {
		tty := start(t, "broken", program, append(args, "--data", d.folder)...)
		if question != "" {
			tty.shows(question)
			tty.keys(nurse.id + "\n")
		}
		tty.shows("Passphrase")
		tty.keys(ctrlC)
		_ = tty.ends() // told to end; a command says that it had no answer
		if after, err := term.GetState(int(tty.pty.Fd())); err == nil && !reflect.DeepEqual(before, after) {
			t.Error("the terminal is not as it was")
		}
	}
	ways := func(t *testing.T) {
		t.Run("plain mode", func(t *testing.T) { broken(t, "Staff id:", "--plain") })
		t.Run("a command", func(t *testing.T) { broken(t, "", "releases", "--staff", nurse.id) })
	}
	ways(t)
	server := start(t, "serve", program, "serve", "--hub-sync", "off", "--data", d.folder)
	server.shows("Serving other windows")
	t.Run("beside a serving one", ways)
}

// newTerminal is the state in which every terminal begins.
func newTerminal(t *testing.T) *term.State {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	defer theirs.Close()
	state, err := term.GetState(int(theirs.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// TestPlainModeHidesAPassphraseOnATerminal also holds that nothing but text
// reaches a terminal, whatever it calls itself.
func TestPlainModeHidesAPassphraseOnATerminal(t *testing.T) {
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", bin, "../throughgate").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	tty := start(t, "plain", filepath.Join(bin, "throughgate"), "demo", "--plain", "--people", "30")
	tty.shows("Staff id:")
	tty.keys("nurse\n")
	tty.shows("Passphrase:")
	tty.keys("demo\n")
	screen := tty.shows("Releases:")
	if strings.Contains(screen, "Passphrase: demo") {
		t.Errorf("the passphrase is shown:\n%s", screen)
	}
	tty.keys("quit\n")
	tty.shows("Left. Everything you saw as kept is kept.")
	if err := tty.ends(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}
