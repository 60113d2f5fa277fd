//go:build e2e && unix

package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fails runs a command of the desk's program that is to fail, and returns what it
// said.
func (w *world) fails(args ...string) string {
	w.Helper()
	out, err := exec.Command(filepath.Join(w.bin, "throughgate"), args...).CombinedOutput()
	if err == nil {
		w.Fatalf("throughgate %s: done, and said %q", strings.Join(args, " "), out)
	}
	return string(out)
}

// TestACopiedWorkstationStopsUntilThePersonAtTheHubDecides copies a workstation's
// folder, as a computer's image is copied, and works at both.
func TestACopiedWorkstationStopsUntilThePersonAtTheHubDecides(t *testing.T) {
	w := newWorld(t)
	d := w.desk("desk")
	d.hire("a.khan", "reception", "KHAN, A")
	if out, err := exec.Command("cp", "-a", d.folder, w.path("copy")).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	one, two := d.folder, w.path("copy")
	var said string
	for range 6 {
		for _, folder := range []string{one, two} {
			out, err := exec.Command(filepath.Join(w.bin, "throughgate"), "sync", "--once", "--data", folder).CombinedOutput()
			if err != nil {
				said = string(out)
			}
		}
	}
	if !strings.Contains(said, "data exist twice") || !strings.Contains(said, "Nothing is lost") {
		t.Fatalf("two copies synced in turn and were told %q", said)
	}
	if out := w.run("throughgate", "status", "--data", one); !strings.Contains(out, "Stopped") {
		t.Errorf("the first says %s", out)
	}
	var devices []struct{ ID, State string }
	w.decode(w.admin("device", "list", "--json"), &devices)
	if len(devices) != 1 || devices[0].State != "stopped" {
		t.Fatalf("the hub lists %+v", devices)
	}
	w.admin("device", "resume", devices[0].ID)
	w.run("throughgate", "sync", "--once", "--data", two)
	if said := w.fails("sync", "--once", "--data", one); !strings.Contains(said, "left behind") {
		t.Errorf("the other copy was told %q", said)
	}
	w.run("throughgate", "sync", "--once", "--data", two)
}

// TestAWithdrawnWorkstationErasesItself withdraws one that is open on a screen.
func TestAWithdrawnWorkstationErasesItself(t *testing.T) {
	w := newWorld(t)
	d := w.desk("desk")
	s := d.hire("a.khan", "reception", "KHAN, A")
	screen := d.open(s)
	screen.shows("ONLINE")
	var devices []struct{ ID, State string }
	w.decode(w.admin("device", "list", "--json"), &devices)
	w.admin("device", "withdraw", devices[0].ID)
	if err := screen.ends(); err == nil {
		t.Error("the screens ended as if nothing had happened")
	}
	if _, err := os.Stat(filepath.Join(d.folder, "throughgate.db")); !os.IsNotExist(err) {
		t.Errorf("the store is there: %v", err)
	}
	for _, args := range [][]string{{"--data", d.folder}, {"status", "--data", d.folder}, {"sync", "--once", "--data", d.folder}} {
		if args[0] == "--data" { // the screens ask for a terminal first
			again := start(t, "again", filepath.Join(w.bin, "throughgate"), args...)
			again.shows("was withdrawn")
			continue
		}
		if said := w.fails(args...); !strings.Contains(said, "was withdrawn") || !strings.Contains(said, "Everything had been sent") {
			t.Errorf("%s says %q", args[0], said)
		}
	}
	w.decode(w.admin("device", "list", "--json"), &devices)
	if devices[0].State != "erased" {
		t.Errorf("the hub lists %+v", devices)
	}
	// The computer is enrolled anew, in the same folder.
	var code struct{ Code string }
	w.decode(w.admin("device", "code", "--site", site, "--json"), &code)
	w.run("throughgate", "enrol", "--hub", "https://"+w.hub, "--code", code.Code, "--data", d.folder)
	w.run("throughgate", "status", "--data", d.folder)
}
