//go:build e2e && unix

package e2e_test

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// served is a workstation that several people work on, and what a client needs
// to reach it.
type served struct {
	*desk
	host, port, known string
	process           *exec.Cmd
}

// serve has a process hold the desk's store and let people in over SSH.
func (d *desk) serve() *served {
	d.Helper()
	s := &served{desk: d, known: d.path(d.name + "-known-hosts")}
	s.process = exec.Command(filepath.Join(d.bin, "throughgate"), "serve", "--ssh", "127.0.0.1:0", "--data", d.folder)
	out, err := s.process.StdoutPipe()
	if err != nil {
		d.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { s.stop() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		d.Fatalf("serve did not start: %v", err)
	}
	_, rest, found := strings.Cut(line, "Serving SSH at ")
	address, _, _ := strings.Cut(rest, ",")
	if s.host, s.port, err = net.SplitHostPort(address); err != nil || !found {
		d.Fatalf("serve said %q", line)
	}
	return s
}

// stop ends the process as an operator does, and waits.
func (s *served) stop() {
	if s.process.ProcessState == nil {
		_ = s.process.Process.Signal(os.Interrupt)
		_ = s.process.Wait()
	}
}

// sshKey makes a key pair with ssh-keygen and returns the private half's path.
func (w *world) sshKey(name string) string {
	w.Helper()
	path := w.path(name + "-key")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", path).CombinedOutput(); err != nil {
		w.Fatalf("ssh-keygen: %v\n%s", err, out)
	}
	return path
}

// register has the hub know somebody's key, and the desk hear of it.
func (d *desk) register(who someone, key string) {
	d.Helper()
	d.admin("staff", "ssh-key", "add", who.id, key+".pub")
	d.do("sync", "--once")
}

// client is how OpenSSH is called: with one key, and nothing of the computer's
// own settings.
func (s *served) client(key string, extra ...string) []string {
	args := []string{"-F", "/dev/null", "-p", s.port, "-i", key, "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none",
		"-o", "StrictHostKeyChecking=accept-new", "-o", "UserKnownHostsFile=" + s.known, "-o", "LogLevel=ERROR"}
	return append(append(args, extra...), "visitor@"+s.host)
}

// visit opens the screens over SSH and signs in: the key says who, so the
// passphrase is all that is asked for.
func (s *served) visit(who someone, key string, extra ...string) *terminal {
	s.Helper()
	t := start(s, who.id, "ssh", s.client(key, append([]string{"-tt"}, extra...)...)...)
	t.passphrase(who)
	return t
}

func (t *terminal) passphrase(who someone) {
	t.Helper()
	t.shows("> Passphrase", who.id)
	t.keys(who.passphrase)
	t.shows(strings.Repeat("*", len(who.passphrase)))
	t.keys(enter)
	t.hides("> Passphrase")
}

// TestTwoPeopleWorkOverSSH is a nurse and an officer on one store with OpenSSH,
// and a window on the same computer beside them, each seeing at once what the
// other has done.
func TestTwoPeopleWorkOverSSH(t *testing.T) {
	w := newWorld(t)
	d := w.desk("ward")
	nurse, officer := d.hire("g.boateng", "nurse", "BOATENG, Grace"), d.hire("a.khan", "reception", "KHAN, Aisha")
	omu := d.hire("c.murphy", "omu", "MURPHY, Colm")
	nurseKey, officerKey := w.sshKey("nurse"), w.sshKey("officer")
	d.register(nurse, nurseKey)
	d.register(officer, officerKey)
	files := custodyFiles(t)
	number := firstOf(t, files[0])
	for _, file := range files {
		d.as(officer, "import", "custody", file)
	}
	s := d.serve()

	atHealth, atGate := s.visit(nurse, nurseKey), s.visit(officer, officerKey)
	atHealth.find(number)
	atGate.find(number)
	if strings.Contains(atGate.text(), "e medicines") {
		t.Errorf("an officer is offered medicines:\n%s", atGate.text())
	}
	prepare(atHealth)
	atGate.line("Discharge letter") // further down than the window shows
	atGate.shows("Done: signed")

	window := d.open(omu)
	window.find(number)
	setHandover(atGate, "In progress")
	for _, each := range []*terminal{window, atHealth, atGate} {
		each.line("Hand-over at the gate")
		each.until("showed the hand-over", func(screen string) bool {
			_, after, _ := strings.Cut(screen, "> Hand-over at the gate")
			line, _, _ := strings.Cut(after, "\n")
			return strings.Contains(line, "In progress")
		})
	}
	shown := d.as(officer, "show", number, "--json") // beside the process that has the store
	if !strings.Contains(shown, "inProgress") && !strings.Contains(shown, "in-progress") {
		t.Errorf("a command beside serve does not show what was just written:\n%s", shown)
	}
	s.stop()
	for _, each := range []*terminal{window, atHealth, atGate} {
		_ = each.ends()
	}
	if said := d.as(nurse, "letter", number, "--out", d.path("letter.txt")); !strings.HasPrefix(said, "Wrote letter 1, signed ") {
		t.Errorf("after serve: %s", said)
	}
}

// night is a ward with one nurse, her key, and the number of somebody to write
// about.
func night(t *testing.T) (d *desk, nurse someone, key, number string) {
	t.Helper()
	w := newWorld(t)
	d = w.desk("ward")
	nurse = d.hire("g.boateng", "nurse", "BOATENG, Grace")
	officer := d.hire("a.khan", "reception", "KHAN, Aisha")
	key = w.sshKey("nurse")
	d.register(nurse, key)
	files := custodyFiles(t)
	for _, file := range files {
		d.as(officer, "import", "custody", file)
	}
	return d, nurse, key, firstOf(t, files[0])
}

// listed is a line of a list of people.
var listed = regexp.MustCompile(`(?m)^[> ] [A-Z]\d{4}[A-Z]{2} `)

// TestADroppedLineLosesNothing ends clients in the middle of a word: one that is
// killed over SSH, a window of this computer, one whose screen was locked, and one
// that is stopped, as a computer that sleeps is, so that its line stays open.
func TestADroppedLineLosesNothing(t *testing.T) {
	d, nurse, key, number := night(t)
	s := d.serve()
	at := s.visit(nurse, key)
	back := func(texts ...string) { // over SSH, whatever it was before
		at = start(t, "again", "ssh", s.client(key, "-tt")...)
		at.passphrase(nurse)
		at.shows(texts...)
	}
	at.find(number)
	at.to("l", "Discharge letter")
	at.line("Clinical summary")
	at.press(enter)
	at.shows("[ Keep ]")
	at.keys("Seen daily; half a sent")
	at.shows("half a sent")
	at.kill()
	back("Seen daily; half a sent", "[ Keep ]")

	at.keys(ctrlL)
	at.shows("> Passphrase")
	at.kill()
	back("Seen daily; half a sent", "[ Keep ]")
	at.to(escape, "Discharge letter") // which the form was opened from
	at.to(escape, "Release checklist")
	at.to("e", "Medicines")
	at.to("a", "Add a medicine")
	at.keys("Metha")
	at.shows("[Metha")
	at.kill()

	at = d.open(nurse) // beside serve: a window on it
	at.shows("Add a medicine", "[Metha")
	at.keys("d")
	at.shows("[Methad")
	at.kill()
	back("Add a medicine", "[Methad")
	at.keys(ctrlK)
	at.shows("Find an action, a person or a screen")
	at.keys("everyb")
	at.shows("[everyb", "1 found.")
	at.kill()
	back("Add a medicine", "[everyb", "1 found.")
	at.shows("> Everybody here")
	at.keys(enter)
	at.to("", "Everybody")
	at.keys("/")
	at.shows(" of ") // it takes letters now
	at.keys(number[:4])
	at.shows("/ " + number[:4])
	if err := at.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	back("  Everybody  ", "/ "+number[:4])
	at.keys(number[4:])
	at.shows("/ "+number, "  1 of ")

	at.press(escape)
	at.until("showed everybody again", func(screen string) bool { return len(listed.FindAllString(screen, -1)) > 1 })
	at.move(up)
	at.move(down)
	second := marked(at.text())
	at.kill()
	back("  Everybody  ", second)
}

// TestSSHLetsNobodyElseIn tries to come in otherwise, with a real client.
func TestSSHLetsNobodyElseIn(t *testing.T) {
	w := newWorld(t)
	d := w.desk("ward")
	nurse := d.hire("g.boateng", "nurse", "BOATENG, Grace")
	key, stranger := w.sshKey("nurse"), w.sshKey("stranger")
	d.register(nurse, key)
	s := d.serve()
	for name, args := range map[string][]string{
		"another key":          s.client(stranger, "-tt"),
		"no key":               s.client(stranger, "-tt", "-o", "PubkeyAuthentication=no", "-o", "BatchMode=yes"),
		"a command":            append(s.client(key), "id"),
		"no terminal":          s.client(key, "-T"),
		"file transfer":        append(s.client(key, "-s"), "sftp"),
		"an old key exchange":  s.client(key, "-tt", "-o", "KexAlgorithms=diffie-hellman-group14-sha1"),
		"an old cipher":        s.client(key, "-tt", "-o", "Ciphers=aes128-cbc"),
		"forwarding a port":    s.client(key, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1"),
		"forwarding to a host": s.client(key, "-W", "127.0.0.1:1"),
		"an old kind of key":   s.client(key, "-tt", "-o", "PubkeyAcceptedAlgorithms=ssh-rsa"),
		"a variable":           append(s.client(key, "-o", "SetEnv=LD_PRELOAD=/tmp/x.so"), "env"),
		"an agent":             append(s.client(key, "-A"), "ssh-add", "-l"),
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command("ssh", append([]string{"-o", "BatchMode=yes", "-o", "ConnectTimeout=10"}, args...)...)
			out, err := cmd.CombinedOutput()
			if err == nil || strings.Contains(string(out), "uid=") {
				t.Errorf("let in: %q", out)
			}
		})
	}
	for name, args := range map[string][]string{
		"scp":  {"-o", "IdentitiesOnly=yes", "-i", key, d.path("nothing"), "visitor@127.0.0.1:" + d.path("copied")},
		"sftp": {"-o", "IdentitiesOnly=yes", "-i", key, "visitor@127.0.0.1"},
	} {
		args = append([]string{"-F", "/dev/null", "-P", s.port, "-o", "BatchMode=yes", "-o", "UserKnownHostsFile=" + s.known}, args...)
		if err := os.WriteFile(d.path("nothing"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(name, args...).CombinedOutput(); err == nil {
			t.Errorf("%s is let in: %q", name, out)
		}
	}
	if _, err := os.Stat(d.path("copied")); err == nil {
		t.Error("a file was copied")
	}
	after := s.visit(nurse, key) // and the door still opens for who may come
	after.shows("Releases")
	d.admin("staff", "disable", nurse.id)
	after.until("was told", func(screen string) bool {
		return strings.Contains(screen, "disabled") || strings.Contains(screen, "no longer")
	})
	_ = after.ends()
	refused := exec.Command("ssh", append([]string{"-o", "BatchMode=yes"}, s.client(key, "-tt")...)...)
	if out, err := refused.CombinedOutput(); err == nil {
		t.Errorf("somebody who was disabled is let in: %q", out)
	}
}

// TestServeKilledWhileSomebodyTypes ends the whole process as a power cut would;
// what was kept is there, and what was typed comes back.
func TestServeKilledWhileSomebodyTypes(t *testing.T) {
	d, nurse, key, number := night(t)
	s := d.serve()
	first := s.visit(nurse, key)
	first.find(number)
	setHandover(first, "In progress")
	if err := s.process.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = s.process.Wait()
	_ = first.ends()
	again := d.serve()
	second := again.visit(nurse, key)
	second.shows("Release checklist")
	second.line("Hand-over at the gate")
	second.shows("In progress")
}

// TestOneConnectionIsOneSession multiplexes, as OpenSSH does for who asks: each
// further session is a connection of its own, and counts.
func TestOneConnectionIsOneSession(t *testing.T) {
	d, nurse, key, _ := night(t)
	s := d.serve()
	shared := []string{"-tt", "-o", "ControlMaster=auto", "-o", "ControlPath=" + d.path("m")}
	for range 3 {
		start(t, nurse.id, "ssh", s.client(key, shared...)...).shows("> Passphrase")
	}
	fourth := start(t, nurse.id, "ssh", s.client(key, shared...)...)
	fourth.shows("You have as many sessions open as one person may.")
	if fourth.ends() == nil {
		t.Error("a fourth session ends well")
	}
}

// TestWhichKeysOpenTheDoor registers each kind of key that ssh-keygen makes.
func TestWhichKeysOpenTheDoor(t *testing.T) {
	w := newWorld(t)
	d := w.desk("ward")
	nurse := d.hire("g.boateng", "nurse", "BOATENG, Grace")
	made := map[string]string{}
	for name, kind := range map[string][]string{"ecdsa": {"ecdsa", "521"}, "rsa": {"rsa", "3072"}} {
		made[name] = w.path(name)
		if out, err := exec.Command("ssh-keygen", "-q", "-t", kind[0], "-b", kind[1], "-N", "", "-C", "", "-f", made[name]).CombinedOutput(); err != nil {
			t.Fatalf("ssh-keygen: %v\n%s", err, out)
		}
		d.register(nurse, made[name])
	}
	s := d.serve()
	for name, key := range made {
		at := start(t, name, "ssh", s.client(key, "-tt")...)
		at.shows("You sign in as " + nurse.id)
		at.keys(ctrlC)
		if err := at.ends(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	short := w.path("short")
	if out, err := exec.Command("ssh-keygen", "-q", "-t", "rsa", "-b", "2048", "-N", "", "-C", "", "-f", short).CombinedOutput(); err != nil {
		t.Fatalf("ssh-keygen: %v\n%s", err, out)
	}
	refused := exec.Command("ssh", append([]string{"-o", "BatchMode=yes"}, s.client(short, "-tt")...)...)
	if out, err := refused.CombinedOutput(); err == nil {
		t.Errorf("a short key is let in: %q", out)
	}
}

// TestPlainModeOverSSH is somebody who hears the screens, elsewhere.
func TestPlainModeOverSSH(t *testing.T) {
	d, nurse, key, number := night(t)
	s := d.serve()
	at := start(t, nurse.id, "ssh", s.client(key, "-tt", "-o", "SetEnv=THROUGHGATE_PLAIN=1")...)
	at.shows("You sign in as "+nurse.id, "Passphrase: ")
	at.keys(nurse.passphrase + enter)
	screen := at.shows("\nReleases: ")
	if strings.Contains(screen, nurse.passphrase) {
		t.Errorf("the passphrase is shown:\n%s", screen)
	}
	at.keys("find " + number + enter)
	at.shows("Person: ")
	at.keys("quit" + enter)
	at.shows("Left. Everything you saw as kept is kept.")
	if err := at.ends(); err != nil {
		t.Errorf("leaving: %v", err)
	}
}
