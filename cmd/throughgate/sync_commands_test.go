package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync/hub"
)

// lightly stretches passphrases hardly at all.
var lightly = seal.Params{Time: 1, MemoryKiB: 64, Threads: 1}

// central is a hub with one prison, served on the loopback.
type central struct {
	*hub.Hub
	tb   testing.TB
	url  string
	stop func()
	// ahead is by how much the hub's clock goes before the workstations', in
	// nanoseconds.
	ahead atomic.Int64
}

func newCentral(tb testing.TB) *central {
	tb.Helper()
	c := &central{tb: tb}
	now := func() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }
	h, closer, err := hubdata.Open(hubdata.Source{Folder: filepath.Join(tb.TempDir(), "hub"), Make: true, Options: hub.Options{Stretch: lightly, Now: now}})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := h.AddSite("LEI", "HMP Leeds"); err != nil {
		tb.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Serve(ctx, listener) }()
	c.Hub, c.url = h, "https://"+listener.Addr().String()
	c.stop = func() {
		cancel()
		if err := <-done; err != nil {
			tb.Error(err)
		}
		if err := closer.Close(); err != nil {
			tb.Error(err)
		}
		c.stop = func() {}
	}
	tb.Cleanup(func() { c.stop() })
	return c
}

func (c *central) code() string {
	c.tb.Helper()
	made, err := c.AddCode("LEI")
	if err != nil {
		c.tb.Fatal(err)
	}
	return made.Code
}

// call runs a command without a terminal.
func call(tb testing.TB, args ...string) (code int, out, errout string) {
	tb.Helper()
	var stdout, stderr bytes.Buffer
	code = edge.Run(root(), args, strings.NewReader(""), &stdout, &stderr)
	if strings.Count(stderr.String(), "\n") > 1 {
		tb.Errorf("%v: more than one sentence: %q", args, stderr.String())
	}
	return code, stdout.String(), stderr.String()
}

// want runs a command and holds its exit code and words.
func want(tb testing.TB, code int, words string, args ...string) {
	tb.Helper()
	got, out, errout := call(tb, args...)
	if got != code || !strings.Contains(out+errout, words) {
		tb.Errorf("%v: exit %d, %q and %q; want %d and %q", args, got, out, errout, code, words)
	}
}

// enrolled makes a workstation and returns its folder.
func (c *central) enrolled() string {
	c.tb.Helper()
	folder := filepath.Join(c.tb.TempDir(), "desk")
	want(c.tb, edge.Done, "enrolled at HMP Leeds (LEI)", "enrol", "--hub", c.url, "--code", c.code(), "--data", folder)
	return folder
}

// writes has somebody new sign in at a workstation and enter a person.
func (c *central) writes(folder string, id model.StaffID) {
	c.tb.Helper()
	first, err := c.AddStaff(hub.NewStaff{ID: id, Site: "LEI", Role: model.RoleReception, Name: "Example"})
	if err != nil {
		c.tb.Fatal(err)
	}
	want(c.tb, edge.Done, "In step", "sync", "--once", "--data", folder)
	desk, err := store.Open(folder, store.Options{Stretch: lightly})
	if err != nil {
		c.tb.Fatal(err)
	}
	defer desk.Close()
	session, err := desk.SignIn(c.tb.Context(), id, first.Passphrase)
	if err != nil {
		c.tb.Fatal(err)
	}
	if err := session.ChangePassphrase(c.tb.Context(), first.Passphrase, "correct horse battery"); err != nil {
		c.tb.Fatal(err)
	}
	person, err := session.NewPerson("")
	if err == nil {
		name := &model.PersonNamed{Name: model.PersonName{Family: "Example"}}
		err = session.Do(c.tb.Context(), model.Write{Person: person, Changes: []model.Change{name}})
	}
	if err != nil {
		c.tb.Fatal(err)
	}
}

func statusOf(tb testing.TB, folder string) (s standing) {
	tb.Helper()
	code, out, errout := call(tb, "status", "--json", "--data", folder)
	if code != edge.Done || json.Unmarshal([]byte(out), &s) != nil {
		tb.Fatalf("exit %d, %q, %q", code, out, errout)
	}
	return s
}

func TestTwoWorkstationsComeIntoStep(t *testing.T) {
	c := newCentral(t)
	a, b := c.enrolled(), c.enrolled()
	c.writes(a, "a.khan")
	if s := statusOf(t, a); s.Pending != 2 || s.Site != "LEI" || s.Hub != c.url || s.LastSync == nil {
		t.Errorf("%+v", s)
	}
	code, out, _ := call(t, "sync", "--once", "--json", "--data", a)
	var done synced
	if code != edge.Done || json.Unmarshal([]byte(out), &done) != nil || done.Sent != 2 || done.Pending != 0 || done.NowRefused != 0 {
		t.Errorf("exit %d, %s", code, out)
	}
	want(t, edge.Done, "Sent", "sync", "--once", "--data", b)
	if s := statusOf(t, b); s.Waiting != 1 || s.Quarantined != 0 || s.Pending != 0 {
		t.Errorf("%+v", s)
	}
	want(t, edge.Done, "Sealed", "status", "--data", b)
}

func TestWithoutTheHubNothingIsLost(t *testing.T) {
	c := newCentral(t)
	a := c.enrolled()
	c.writes(a, "a.khan")
	code := c.code()
	c.stop()
	want(t, edge.Offline, "cannot be reached", "sync", "--once", "--data", a)
	if s := statusOf(t, a); s.Pending != 2 || !strings.Contains(s.LastError, "cannot be reached") {
		t.Errorf("%+v", s)
	}
	want(t, edge.Offline, "try again when the hub can be reached", "enrol", "--hub", c.url, "--code", code, "--data", t.TempDir())
}

func TestEnrolSpendsNoCodeInVain(t *testing.T) {
	c := newCentral(t)
	a, code := c.enrolled(), c.code()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	want(t, edge.Refused, "enrolled already", "enrol", "--hub", c.url, "--code", code, "--data", a)
	want(t, edge.Refused, "cannot be used", "enrol", "--hub", c.url, "--code", code, "--data", filepath.Join(file, "desk"))
	want(t, edge.Refused, "code is still good", "enrol", "--hub", c.url, "--code", code, "--data", file)
	held, err := store.Open(a, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want(t, edge.Refused, "enrolled already", "enrol", "--hub", c.url, "--code", code, "--data", a)
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	b := filepath.Join(t.TempDir(), "desk")
	want(t, edge.Done, "enrolled at", "enrol", "--hub", c.url, "--code", code, "--data", b)
	want(t, edge.Refused, "has been used", "enrol", "--hub", c.url, "--code", code, "--data", t.TempDir())
}

func TestSyncCommandsSayWhatIsWrong(t *testing.T) {
	empty := t.TempDir()
	want(t, edge.Usage, "--hub", "enrol", "--code", "x", "--data", empty)
	want(t, edge.Usage, "--code", "enrol", "--hub", "https://hub.test", "--data", empty)
	want(t, edge.Refused, "enrolment code", "enrol", "--hub", "https://hub.test", "--code", "x", "--data", empty)
	want(t, edge.Refused, "begins with https", "enrol", "--hub", "http://hub.test", "--code", "x", "--data", empty)
	want(t, edge.Refused, "no store", "sync", "--once", "--data", empty)
	want(t, edge.Refused, "no store", "status", "--data", empty)
	if left, err := os.ReadDir(empty); err != nil || len(left) != 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// TestSyncRunsUntilStopped ends the command as a signal would.
func TestSyncRunsUntilStopped(t *testing.T) {
	c := newCentral(t)
	a := c.enrolled()
	c.writes(a, "a.khan")
	desk, err := store.Open(a, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	tokens, stop := desk.Watch()
	defer stop()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- syncUntil(ctx, desk) }()
	for desk.Status().Pending > 0 {
		<-tokens
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
