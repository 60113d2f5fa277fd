//go:build e2e && unix

package e2e_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// world is a hub process and the programs to reach it with.
type world struct {
	testing.TB
	bin, folder string
	hub         string // address
}

const site = "ZMI"

// newWorld builds both programs, makes a hub with a site, its staff and its
// practices, and serves it.
func newWorld(tb testing.TB) *world {
	tb.Helper()
	w := &world{TB: tb, bin: tb.TempDir(), folder: tb.TempDir()}
	build := exec.Command("go", "build", "-o", w.bin, "../throughgate", "../throughgate-hub")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		tb.Fatalf("build: %v\n%s", err, out)
	}
	w.admin("site", "add", site, "--name", "HMP Millbrook (invented)")
	w.admin("import", "practices", practicesFile())
	w.serve()
	return w
}

func (w *world) path(name string) string { return filepath.Join(w.folder, name) }

// run runs one of the programs to its end and returns what it printed.
func (w *world) run(program string, args ...string) string {
	w.Helper()
	var out, errout bytes.Buffer
	cmd := exec.Command(filepath.Join(w.bin, program), args...)
	cmd.Stdout, cmd.Stderr = &out, &errout
	if err := cmd.Run(); err != nil {
		w.Fatalf("%s %s: %v\n%s%s", program, strings.Join(args, " "), err, out.String(), errout.String())
	}
	return out.String()
}

func (w *world) admin(args ...string) string {
	w.Helper()
	return w.run("throughgate-hub", append(args, "--data", w.path("hub"))...)
}

// serve starts the hub and waits until it says where.
func (w *world) serve() {
	w.Helper()
	cmd := exec.Command(filepath.Join(w.bin, "throughgate-hub"), "serve", "--data", w.path("hub"), "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		w.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		w.Fatalf("the hub did not start: %v", err)
	}
	_, address, found := strings.Cut(strings.TrimSpace(line), "https://")
	if !found {
		w.Fatalf("the hub said %q", line)
	}
	w.hub = address
}

// desk is an enrolled workstation.
type desk struct {
	*world
	name, folder string
	cable        *cable
}

func (w *world) desk(name string) *desk {
	w.Helper()
	var code struct{ Code string }
	w.decode(w.admin("device", "code", "--site", site, "--json"), &code)
	d := &desk{world: w, name: name, folder: w.path(name), cable: newCable(w, w.hub)}
	w.run("throughgate", "enrol", "--hub", "https://"+d.cable.address(), "--code", code.Code, "--data", d.folder)
	return d
}

func (w *world) decode(text string, into any) {
	w.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		w.Fatalf("%v in %q", err, text)
	}
}

func (w *world) write(name, text string) string {
	w.Helper()
	if err := os.WriteFile(w.path(name), []byte(text), 0o600); err != nil {
		w.Fatal(err)
	}
	return w.path(name)
}

// someone is a member of staff with a passphrase of their own.
type someone struct{ id, passphrase, file string }

// hire puts somebody on the roster, who changes the first passphrase at a desk.
func (d *desk) hire(id, role, name string) someone {
	d.Helper()
	var first struct{ Passphrase string }
	d.decode(d.admin("staff", "add", id, "--site", site, "--role", role, "--name", name, "--json"), &first)
	s := someone{id: id, passphrase: id + " has three random words"}
	s.file = d.write(id+".txt", s.passphrase+"\n")
	d.do("sync", "--once")
	d.do("passphrase", "change", "--staff", id, "--passphrase-file", d.write(id+"-first.txt", first.Passphrase), "--new-passphrase-file", s.file)
	d.do("sync", "--once")
	return s
}

// do runs a command at the desk.
func (d *desk) do(args ...string) string {
	d.Helper()
	return d.run("throughgate", append(args, "--data", d.folder)...)
}

// as runs a command at the desk signed in as somebody.
func (d *desk) as(s someone, args ...string) string {
	d.Helper()
	return d.do(append(args, "--staff", s.id, "--passphrase-file", s.file)...)
}

// open shows the desk's screens to somebody who signs in.
func (d *desk) open(s someone) *terminal {
	d.Helper()
	t := start(d, d.name, filepath.Join(d.bin, "throughgate"), "--data", d.folder)
	t.shows("Staff id")
	t.keys(s.id)
	t.shows("[" + s.id)
	t.keys(tab)
	t.shows("> Passphrase")
	t.keys(s.passphrase)
	t.shows(strings.Repeat("*", len(s.passphrase)))
	t.keys(enter)
	t.hides("Staff id")
	return t
}
