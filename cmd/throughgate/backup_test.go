package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// ageKey makes a key pair: what to name as recipient, and a file that opens.
func ageKey(tb testing.TB) (public, file string) {
	tb.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		tb.Fatal(err)
	}
	file = filepath.Join(tb.TempDir(), "key.txt")
	if err := os.WriteFile(file, []byte(identity.String()+"\n"), 0o600); err != nil {
		tb.Fatal(err)
	}
	return identity.Recipient().String(), file
}

// notes has somebody sign in and write instructions for one person.
func notes(tb testing.TB, desk *store.Store, person model.PersonID, texts ...string) {
	tb.Helper()
	session, err := desk.SignIn(tb.Context(), "a.khan", "correct horse battery")
	if err != nil {
		tb.Fatal(err)
	}
	defer session.Close()
	for _, text := range texts {
		if err := session.Do(tb.Context(), model.Write{Person: person, Changes: []model.Change{&model.CustodyNoted{Text: text}}}); err != nil {
			tb.Fatal(err)
		}
	}
}

func noteTexts(tb testing.TB, desk *store.Store, person model.PersonID) []string {
	tb.Helper()
	session, err := desk.SignIn(tb.Context(), "a.khan", "correct horse battery")
	if err != nil {
		tb.Fatal(err)
	}
	defer session.Close()
	r, err := session.Get(tb.Context(), person)
	if err != nil {
		tb.Fatal(err)
	}
	var texts []string
	for _, n := range r.Custody.Notes {
		texts = append(texts, n.Text)
	}
	return texts
}

// TestADeskIsBroughtBackAndGoesOn backs a desk up while it is worked at, lets it
// send more, loses it, and works on from the backup: nothing is lost, what the
// hub has since comes back, and no number is used twice.
func TestADeskIsBroughtBackAndGoesOn(t *testing.T) {
	c := newCentral(t)
	folder := c.enrolled()
	c.writes(folder, "a.khan")
	public, key := ageKey(t)
	copied := filepath.Join(t.TempDir(), "desk.age")

	desk, err := store.Open(folder, store.Options{Stretch: lightly})
	if err != nil {
		t.Fatal(err)
	}
	person := model.PersonID{9}
	notes(t, desk, person, "before")
	var out, errout bytes.Buffer
	args := []string{"backup", "--to", copied, "--recipient", public, "--json", "--data", folder}
	if code := edge.Run(rootOver(&data{held: desk}), args, strings.NewReader(""), &out, &errout); code != edge.Done {
		t.Fatalf("exit %d, %s", code, errout.String())
	}
	var made madeBackup
	if err := json.Unmarshal(out.Bytes(), &made); err != nil || made.File != copied || made.Entries == 0 || made.OpensWith != withKeys || made.Keys != 1 || made.Size == 0 {
		t.Errorf("%v, %+v", err, made)
	}
	notes(t, desk, person, "after")
	if err := desk.Close(); err != nil {
		t.Fatal(err)
	}
	want(t, edge.Done, "In step", "sync", "--once", "--data", folder)

	back := filepath.Join(t.TempDir(), "back")
	want(t, edge.Refused, "This backup opens with a private key", "restore", copied, "--data", back, "--passphrase-file", key)
	want(t, edge.Refused, "This folder is not empty.", "restore", copied, "--data", folder, "--identity", key)
	want(t, edge.Done, "Brought back", "restore", copied, "--data", back, "--identity", key)
	if desk, err = store.Open(back, store.Options{Stretch: lightly}); err != nil {
		t.Fatal(err)
	}
	notes(t, desk, person, "brought back")
	if err := desk.Close(); err != nil {
		t.Fatal(err)
	}
	want(t, edge.Done, "In step", "sync", "--once", "--data", back)
	if desk, err = store.Open(back, store.Options{Stretch: lightly}); err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	if texts := noteTexts(t, desk, person); len(texts) != 3 {
		t.Errorf("of three notes there are %q", texts)
	}
	if s := desk.Status(); s.Pending != 0 || s.Refused != 0 || s.Quarantined != 0 {
		t.Errorf("%+v", s)
	}
	if err := desk.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestTheFirstAndTheRestoredOneCannotBothGoOn lets the desk that a backup was
// made of work on after the restored one: the hub takes nothing from it, and
// stops both until somebody decides.
func TestTheFirstAndTheRestoredOneCannotBothGoOn(t *testing.T) {
	c := newCentral(t)
	first := c.enrolled()
	c.writes(first, "a.khan")
	public, key := ageKey(t)
	folder := t.TempDir()
	copied, back := filepath.Join(folder, "desk.age"), filepath.Join(folder, "back")
	want(t, edge.Done, "read it back", "backup", "--to", copied, "--recipient", public, "--data", first)
	want(t, edge.Done, "Brought back", "restore", copied, "--identity", key, "--data", back)
	want(t, edge.Done, "In step", "sync", "--once", "--data", back)
	want(t, edge.Done, "In step", "sync", "--once", "--data", back)
	c.ahead.Store(int64(2 * time.Minute)) // what was on its way from before is not borne for longer
	const twice = "This workstation's data exist twice"
	want(t, edge.Refused, twice, "sync", "--once", "--data", first)
	want(t, edge.Refused, twice, "sync", "--once", "--data", back)
	if s := statusOf(t, first); !strings.HasPrefix(s.Stopped, twice) || s.Pending == 0 {
		t.Errorf("%+v", s)
	}
}

func TestBackupSaysWhyNot(t *testing.T) {
	c := newCentral(t)
	folder := c.enrolled()
	public, key := ageKey(t)
	site := filepath.Join(t.TempDir(), "site.toml")
	if err := os.WriteFile(site, []byte("[backup]\nrecipients = [\""+public+"\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	pass := filepath.Join(t.TempDir(), "pass.txt")
	if err := os.WriteFile(pass, []byte("three random words\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	stranger, _ := ageKey(t)
	to := func(name string) string { return filepath.Join(filepath.Dir(pass), name) }
	for _, test := range []struct {
		code int
		want string
		site string
		args []string
	}{
		{edge.Usage, "the backup's file is missing", "", []string{"backup"}},
		{edge.Usage, "Nobody could open this backup.", "", []string{"backup", "--to", to("a")}},
		{edge.Usage, "exclude each other", "", []string{"backup", "--to", to("a"), "--recipient", public, "--passphrase-file", pass}},
		{edge.Refused, "--recipient cannot be used: key 1 is not an age public key.", "", []string{"backup", "--to", to("a"), "--recipient", "age1x"}},
		{edge.Refused, "There is a file of this name already.", "", []string{"backup", "--to", pass, "--recipient", public}},
		{edge.Done, "It opens with its passphrase.", "", []string{"backup", "--to", to("b"), "--passphrase-file", pass}},
		{edge.Done, "the private key of its recipient", site, []string{"backup", "--to", to("c")}},
		{edge.Refused, "The site has decided backup.recipients", site, []string{"backup", "--to", to("d"), "--recipient", stranger}},
		{edge.Refused, "The site has decided who can open backups", site, []string{"backup", "--to", to("d"), "--passphrase-file", pass}},
		{edge.Usage, "no terminal to ask for the passphrase", "", []string{"restore", to("b"), "--data", to("n")}},
		{edge.Refused, "This is not a file of age private keys.", "", []string{"restore", to("b"), "--data", to("n"), "--identity", pass}},
		{edge.Refused, "This backup opens with a passphrase, not with a key.", "", []string{"restore", to("b"), "--data", to("n"), "--identity", key}},
		{edge.Refused, "There is no such backup.", "", []string{"restore", to("zzz"), "--data", to("n"), "--identity", key}},
		{edge.Refused, "This file is not a backup of Throughgate.", "", []string{"restore", pass, "--data", to("n"), "--identity", key}},
		{edge.Done, "Brought back", "", []string{"restore", to("b"), "--data", to("n"), "--passphrase-file", pass}},
		{edge.Done, "Brought back", "", []string{"restore", to("c"), "--data", to("o"), "--identity", key}},
	} {
		var out, errout bytes.Buffer
		args := test.args
		if args[0] == "backup" {
			args = append(args, "--data", folder)
		}
		code := edge.Run(rootOver(&data{site: test.site}), args, strings.NewReader(""), &out, &errout)
		if code != test.code || !strings.Contains(out.String()+errout.String(), test.want) {
			t.Errorf("%v: exit %d, %q and %q, want %d, %q", test.args, code, out.String(), errout.String(), test.code, test.want)
		}
	}
	if _, err := os.Stat(to("d")); err == nil {
		t.Error("a backup that was refused is there")
	}
}

func TestCompactSaysWhatItCameTo(t *testing.T) {
	c := newCentral(t)
	folder := c.enrolled()
	c.writes(folder, "a.khan")
	want(t, edge.Done, "The workstation's file was ", "compact", "--data", folder)
	want(t, edge.Done, "In step", "sync", "--once", "--data", folder)
	held, err := store.Open(folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer held.Close()
	want(t, edge.Refused, "The store is in use by another program.", "compact", "--data", folder)
	want(t, edge.Refused, "There is no store in this folder.", "compact", "--data", t.TempDir())
}

// TestADeskIsLookedAfterWhileItIsServed backs up and examines a workstation that
// another process serves, and does not take its file away.
func TestADeskIsLookedAfterWhileItIsServed(t *testing.T) {
	b := newBench(t)
	s := b.serve()
	officer := s.open("officer")
	officer.signIn("officer")
	public, key := ageKey(t)
	t.Chdir(b.folder)
	if code, out, errout := b.run("backup", "--to", "desk.age", "--recipient", public); code != edge.Done || !strings.Contains(out, filepath.Join(b.folder, "desk.age")) {
		t.Fatalf("exit %d, %q, %q", code, out, errout)
	}
	code, out, errout := b.run("doctor", "--json")
	var found examined
	if err := json.Unmarshal([]byte(out), &found); err != nil || code != edge.Done {
		t.Errorf("exit %d, %v, %q, %q", code, err, out, errout)
	}
	code, out, errout = b.run("compact")
	b.refused(edge.Refused, "The store is in use by another program.", code, out, errout)
	officer.smith() // still at work
	want(t, edge.Done, "Brought back", "restore", "desk.age", "--identity", key, "--data", filepath.Join(b.folder, "back"))
}
