package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hinshun/vt10x"
	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/sync/hub"
	"github.com/throughgate/throughgate/tui/serve"
)

// longest is how long a test waits for what must come.
const longest = 30 * time.Second

// transcript is what somebody is told, as it comes.
type transcript struct {
	mu   sync.Mutex
	text bytes.Buffer
	news chan struct{}
}

func newTranscript() *transcript { return &transcript{news: make(chan struct{}, 1)} }

// Write implements io.Writer.
func (t *transcript) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	select {
	case t.news <- struct{}{}:
	default:
	}
	return t.text.Write(p)
}

func (t *transcript) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.text.String()
}

// await waits until it is so.
func (t *transcript) await(tb testing.TB, so func() bool, what string) {
	tb.Helper()
	late := time.NewTimer(longest)
	defer late.Stop()
	for !so() {
		select {
		case <-t.news:
		case <-late.C:
			tb.Fatalf("%s does not come:\n%s", what, t)
		}
	}
}

// servedDesk is a workstation that throughgate serve serves.
type servedDesk struct {
	*bench
	address, print string // of SSH, and of its host key
	out, log       *transcript
	end            func() int
}

// serve serves the workstation of a bench until the test ends.
func (b *bench) serve(args ...string) *servedDesk {
	b.Helper()
	s := &servedDesk{bench: b, out: newTranscript(), log: newTranscript()}
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan int, 1)
	go func() {
		args := append([]string{"serve", "--ssh", "127.0.0.1:0", "--data", b.Desk}, args...)
		code := edge.RunWithin(ctx, root(), args, strings.NewReader(""), s.out, s.log)
		_, _ = io.WriteString(s.out, "\nIt has ended.\n")
		done <- code
	}()
	var ended sync.Once
	var code int
	s.end = func() int {
		ended.Do(func() {
			stop()
			code = <-done
		})
		return code
	}
	b.Cleanup(func() {
		if code := s.end(); code != edge.Done {
			b.Errorf("serve ended with %d: %s", code, s.log)
		}
	})
	s.out.await(b, func() bool {
		return strings.Contains(s.out.String(), "Host key SHA256:") || strings.Contains(s.out.String(), "ended")
	}, "the host key")
	found := regexp.MustCompile(`Serving SSH at (\S+), and other windows of this computer\.\nHost key (\S+)\n`).FindStringSubmatch(s.out.String())
	if found == nil {
		b.Fatalf("it says %q and %q", s.out, s.log)
	}
	s.address, s.print = found[1], found[2]
	return s
}

func sshKey(tb testing.TB, staff string) gossh.Signer {
	tb.Helper()
	signer, err := signerOf(staff)
	if err != nil {
		tb.Fatal(err)
	}
	return signer
}

func signerOf(staff string) (gossh.Signer, error) {
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, staff)
	return gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(seed))
}

// register registers everybody's key at the hub and brings them to the
// workstation.
func register(d *demo.Demo) error {
	for _, who := range demo.Staff() {
		signer, err := signerOf(string(who.ID))
		if err != nil {
			return err
		}
		line := string(gossh.MarshalAuthorizedKey(signer.PublicKey()))
		if _, err := d.Hub().AddSSHKey(hub.SSHKey{ID: who.ID, Key: line}); err != nil {
			return err
		}
	}
	var errout bytes.Buffer
	if code := edge.Run(root(), []string{"sync", "--once", "--data", d.Desk}, strings.NewReader(""), io.Discard, &errout); code != edge.Done {
		return errors.New(errout.String())
	}
	return nil
}

// pane is a window over SSH.
type pane struct {
	testing.TB
	*transcript
	client *gossh.Client
	keys   io.Writer
	ended  chan error
	mu     sync.Mutex
	screen vt10x.Terminal
}

func (s *servedDesk) dial(staff string) (*gossh.Client, error) {
	return gossh.Dial("tcp", s.address, &gossh.ClientConfig{
		User: staff, Auth: []gossh.AuthMethod{gossh.PublicKeys(sshKey(s, staff))}, Timeout: longest,
		HostKeyCallback: func(_ string, _ net.Addr, key gossh.PublicKey) error {
			if print := gossh.FingerprintSHA256(key); print != s.print {
				s.Errorf("its host key is %s, and it says %s", print, s.print)
			}
			return nil
		},
	})
}

// open opens the screens over SSH.
func (s *servedDesk) open(staff string) *pane {
	s.Helper()
	client, err := s.dial(staff)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { client.Close() })
	session, err := client.NewSession()
	if err != nil {
		s.Fatal(err)
	}
	p := &pane{TB: s, transcript: newTranscript(), client: client, ended: make(chan error, 1), screen: vt10x.New(vt10x.WithSize(80, 24))}
	if err := session.RequestPty("xterm", 24, 80, nil); err != nil {
		s.Fatal(err)
	}
	if p.keys, err = session.StdinPipe(); err != nil {
		s.Fatal(err)
	}
	session.Stdout, session.Stderr = p, p
	if err := session.Shell(); err != nil {
		s.Fatal(err)
	}
	go func() { p.ended <- session.Wait() }()
	return p
}

// Write implements io.Writer.
func (p *pane) Write(b []byte) (int, error) {
	p.mu.Lock()
	_, _ = p.screen.Write(b)
	p.mu.Unlock()
	return p.transcript.Write(b)
}

func (p *pane) view() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen.String()
}

// sees waits until every text stands in the window.
func (p *pane) sees(texts ...string) {
	p.Helper()
	late := time.NewTimer(longest)
	defer late.Stop()
	for _, text := range texts {
		for !strings.Contains(p.view(), text) {
			select {
			case <-p.news:
			case <-late.C:
				p.Fatalf("%q does not come:\n%s", text, p.view())
			}
		}
	}
}

func (p *pane) types(keys string) {
	p.Helper()
	if _, err := io.WriteString(p.keys, keys); err != nil {
		p.Fatal(err)
	}
}

// signIn signs in, to the board.
func (p *pane) signIn(staff string) {
	p.Helper()
	p.sees("You sign in as " + staff)
	p.types(demo.Passphrase + "\r")
	p.sees("Releases", "Today")
}

// smith opens the record of somebody on the board.
func (p *pane) smith() {
	p.Helper()
	p.types("/")
	p.sees("Esc end the filter")
	p.types("smith, j")
	p.sees("1 of ")
	p.types("\r")
	p.sees("Enter open")
	p.types("\r")
	p.sees("Release checklist", "Not ready", "SMITH, John") // the lines come with the record
}

// types an instruction about them, with the last field left half written.
func (p *pane) instruction() {
	p.Helper()
	p.types("i")
	p.sees("What must be done?")
	p.types("Needs a bottom bunk")
	p.sees("[Needs a bottom bunk ")
}

func TestTwoPeopleWorkOverSSHLiveToEachOther(t *testing.T) {
	b := newLoneBench(t)
	s := b.serve()
	officer, nurse := s.open("officer"), s.open("nurse")
	officer.signIn("officer")
	nurse.signIn("nurse")
	officer.smith()
	nurse.smith()
	nurse.instruction()
	nurse.types("\t\t\r")
	nurse.sees("Everybody sees the instruction now.")
	officer.sees("Do: Needs a bottom bunk")
	if seen := officer.String(); strings.Contains(seen, "Sertraline") || !strings.Contains(nurse.String(), "Penicillin") {
		t.Error("the officer sees what is the nurse's, or the nurse does not")
	}
	nurse.client.Close()
	officer.types("\x03")
	officer.sees("Press Ctrl+C once more")
	officer.types("\x03")
	if err := <-officer.ended; err != nil {
		t.Errorf("leaving: %v", err)
	}
	if said := s.log.String(); strings.Contains(said, "SMITH") || strings.Contains(said, "officer") || strings.Contains(said, "bunk") {
		t.Errorf("the log holds somebody's data:\n%s", said)
	}
}

// A line that is cut locks: whoever comes back is in the same field with every
// letter.
func TestWhoseLineWasCutComesBackToTheSameField(t *testing.T) {
	b := newLoneBench(t)
	s := b.serve()
	p := s.open("nurse")
	p.signIn("nurse")
	p.smith()
	p.instruction()
	p.types("\t+3") // the next field
	p.sees("[+3 ")
	p.types("m")
	p.client.Close()

	again := s.open("nurse")
	again.sees("You sign in as nurse")
	again.types(demo.Passphrase + "\r")
	again.sees("SMITH, John", "[Needs a bottom bunk ", "[+3m ")
	again.types("\x7fd")
	again.sees("[+3d ")
	s.end()
	if err := <-again.ended; err == nil || !strings.Contains(again.String(), "Throughgate is being stopped here") {
		t.Errorf("it was stopped without a word: %v", err)
	}
	after := b.serve()
	third := after.open("nurse")
	third.sees("You sign in as nurse")
	third.types(demo.Passphrase + "\r")
	third.sees("SMITH, John", "[Needs a bottom bunk ", "[+3d ")
}

func TestAKeyWithdrawnAtTheHubEndsTheSession(t *testing.T) {
	b := newBench(t)
	s := b.serve()
	officer, nurse := s.open("officer"), s.open("nurse")
	officer.signIn("officer")
	nurse.signIn("nurse")
	if _, err := b.Hub().RemoveSSHKey(hub.SSHKey{ID: "nurse", Key: gossh.FingerprintSHA256(sshKey(t, "nurse").PublicKey())}); err != nil {
		t.Fatal(err)
	}
	nurse.await(t, func() bool { return strings.Contains(nurse.String(), "Your key is no longer registered here") }, "the end")
	if err := b.Hub().DisableStaff("officer"); err != nil {
		t.Fatal(err)
	}
	officer.await(t, func() bool { return strings.Contains(officer.String(), "so this session has ended") }, "the end")
	if c, err := s.dial("officer"); err == nil {
		c.Close()
		t.Error("a disabled person's key opens the door")
	}
}

// Each session begins anew and the count of wrong passphrases does not: not in
// another session, nor in one that came before and still waits.
func TestGuessingOverManySessionsIsSlowed(t *testing.T) {
	b := newBench(t)
	s := b.serve()
	waiting := s.open("nurse")
	waiting.sees("You sign in as nurse")
	for range 4 {
		p := s.open("nurse")
		p.sees("You sign in as nurse")
		p.types("wrong\r")
		p.sees("The staff id or the passphrase is wrong.")
		p.client.Close()
	}
	waiting.types(demo.Passphrase + "\r") // even the right one has to wait
	waiting.sees("Too many wrong passphrases. Try again in ")
	s.open("officer").signIn("officer") // and nobody else does
}

func TestCommandsWorkBesideServe(t *testing.T) {
	b := newBench(t)
	smith := b.someone("SMITH")
	s := b.serve()
	officer := s.open("officer")
	officer.signIn("officer")
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{edge.Done, "HMP Millbrook", []string{"status"}},
		{edge.Done, "In step with the hub.", []string{"sync", "--once"}},
		{edge.Refused, "keeps it in step already", []string{"sync"}},
		{edge.Refused, "is being served already", []string{"serve"}},
		{edge.Usage, "unknown flag", []string{"status", "--nonsense"}},
		{edge.Usage, "no terminal to ask on", []string{"show", smith.Prison}},
	} {
		if code, out, errout := b.run(c.args...); code != c.code || !strings.Contains(out+errout, c.says) {
			t.Errorf("%v: exit %d, %q and %q", c.args, code, out, errout)
		}
	}
	var shown person
	b.json(&shown, "nurse", "show", smith.Prison)
	if shown.Name != smith.Name || shown.Health == nil {
		t.Errorf("%+v", shown.personRow)
	}
	code, out, errout := b.as("officer", "show", "A0000AA")
	b.refused(edge.Refused, "Nobody here goes by this number.", code, out, errout)

	page, err := filepath.Abs(filepath.Join("..", "..", "model", "testdata", "custody", "page.json"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(b.folder) // and files are named from there
	if err := os.WriteFile("page.json", must(os.ReadFile(page)), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errout := b.run("import", "custody", "page.json", "--staff", "officer", "--passphrase-file", "pass.txt"); !strings.Contains(out, "4 people new") {
		t.Errorf("exit %d, %q and %q", code, out, errout)
	}
	officer.types("\t") // whenever they leave
	officer.sees("  Everybody  ", "Tab releases")
	officer.types("/")
	officer.sees("Esc end the filter")
	officer.types("o'brien, s")
	officer.sees("1 of ")
	if code, _, errout := b.run("letter", smith.Prison, "--out", "letter.txt", "--staff", "nurse", "--passphrase-file", "pass.txt"); code != edge.Done {
		t.Errorf("exit %d, %q", code, errout)
	}
	if _, err := os.Stat(filepath.Join(b.folder, "letter.txt")); err != nil {
		t.Error(err)
	}
}

func must(content []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return content
}

// Who looked how is written down.
func TestTheAccessLogSaysHowSomebodyCame(t *testing.T) {
	b := newLoneBench(t)
	s := b.serve()
	s.open("officer").signIn("officer")
	b.as("nurse", "releases")
	s.end()
	desk, err := store.Open(b.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	entries, err := desk.Accesses(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	came := make(map[string]bool)
	for _, e := range entries {
		came[string(e.Staff)+" "+e.Via] = true
	}
	if !came["officer "+model.ViaSSH] || !came["nurse "+model.ViaCommand] {
		t.Errorf("%v", came)
	}
}

func TestASocketThatWasLeftBehindIsNoServer(t *testing.T) {
	b := newLoneBench(t)
	b.serve().end()
	if err := os.WriteFile(filepath.Join(b.Desk, attachSocket), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errout := b.run("status"); code != edge.Done || !strings.Contains(out, "HMP Millbrook") {
		t.Errorf("exit %d, %q", code, errout)
	}
	b.serve()
	info, err := os.Stat(filepath.Join(b.Desk, attachSocket))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// Somebody else's server at the socket is not spoken to.
func TestAServerWithAnotherKeyIsNotBelieved(t *testing.T) {
	b := newLoneBench(t)
	b.serve()
	key := filepath.Join(b.Desk, "ssh_host_ed25519_key")
	if err := os.Remove(key); err != nil {
		t.Fatal(err)
	}
	if _, err := serve.HostKey(b.Desk); err != nil { // another one
		t.Fatal(err)
	}
	code, out, errout := b.run("status")
	b.refused(edge.Refused, "does not answer as it should", code, out, errout)
}

func TestServeSaysWhyNot(t *testing.T) {
	b := newBench(t)
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{edge.Usage, "not an address and a port", []string{"serve", "--ssh", "nowhere"}},
		{edge.Usage, "--hub-sync must be on or off", []string{"serve", "--hub-sync", "maybe"}},
		{edge.Refused, "SSH cannot be served at this address.", []string{"serve", "--ssh", "192.0.2.1:22"}},
	} {
		code, out, errout := b.run(c.args...)
		b.refused(c.code, c.says, code, out, errout)
	}
	want(t, edge.Refused, "not enrolled yet", "serve", "--data", filepath.Join(b.folder, "none"))
	if err := os.WriteFile(filepath.Join(b.Desk, "ssh_host_ed25519_key"), []byte("-----BEGIN"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errout := b.run("serve")
	b.refused(edge.Refused, "SSH host key is damaged.", code, out, errout)
}

// TestOnlyThisPrisonsStaffMayComeOverSSH: the roster also has the staff of other
// prisons, for what they wrote, and those who were disabled.
func TestOnlyThisPrisonsStaffMayComeOverSSH(t *testing.T) {
	keys := []string{"ssh-ed25519 AAAA"}
	got := visitors(model.SiteData{Site: "LEI", Staff: []model.Staff{
		{ID: "here", Site: "LEI", SSHKeys: keys},
		{ID: "without", Site: "LEI"},
		{ID: "disabled", Site: "LEI", Disabled: true, SSHKeys: keys},
		{ID: "elsewhere", Site: "MDI", SSHKeys: keys},
	}})
	if len(got) != 1 || got[0].Staff != "here" {
		t.Errorf("%v may come", got)
	}
}

// A line that is cut while something is being written leaves all of it, or none
// and the draft: never half, never nothing.
func TestALineCutWhileWritingLosesNothing(t *testing.T) {
	b := newLoneBench(t)
	staff := []string{"nurse", "prescriber", "pharmacy", "safer"}
	smith := b.someone("SMITH")
	s := b.serve()
	for _, who := range staff {
		n := strings.Count(s.log.String(), "a session ended")
		p := s.open(who)
		p.signIn(who)
		p.smith()
		p.types("i")
		p.sees("What must be done?")
		p.types("Asked by " + who)
		p.sees("[Asked by " + who + " ")
		p.types("\t\t\r")
		p.client.Close() // and whether it was taken nobody knows
		s.log.await(t, func() bool { return strings.Count(s.log.String(), "a session ended") > n }, "the end of the session")
		if _, out, errout := b.as(who, "show", smith.Prison); strings.Contains(out, "Asked by "+who) {
			continue
		} else if errout != "" {
			t.Fatal(errout)
		}
		again := s.open(who)
		again.sees("You sign in as " + who)
		again.types(demo.Passphrase + "\r")
		again.sees("SMITH, John", "[Asked by "+who+" ")
		again.client.Close()
		s.log.await(t, func() bool { return strings.Count(s.log.String(), "a session ended") > n+1 }, "the end of the session")
	}
}
