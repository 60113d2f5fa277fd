package serve_test

import (
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/tui/serve"
)

// refused opens the screens where there is no room.
func (s *server) refused(who, sentence string) {
	s.Helper()
	w := s.open(who)
	if err := w.ends(); err == nil || !strings.Contains(w.sent(), sentence) {
		s.Errorf("not refused with %q: %v, %q", sentence, err, w.sent())
	}
}

func TestSessionsAreCounted(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Sessions: 3, PerPerson: 2} })
	first := s.open("a.khan")
	first.sees("You sign in")
	s.open("a.khan").sees("You sign in")
	s.refused("a.khan", "You have as many sessions open as one person may.")
	s.open("b.jones").sees("You sign in")
	s.refused("b.jones", "Too many people work here at the moment.")
	first.write("\x03")
	if err := first.ends(); err != nil {
		t.Error(err)
	}
	s.open("b.jones").sees("You sign in")
}

// Windows of this computer take nobody's place over SSH, nor the other way round.
func TestWindowsOfThisComputerAreCountedApart(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Sessions: 1, Here: 2} })
	at := s.attaches()
	here := func() *window {
		c, err := gossh.Dial("tcp", at, s.config())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return openOn(t, c, 80, 24, nil)
	}
	here().sees("Staff id")
	s.open("a.khan").sees("You sign in")
	s.refused("b.jones", "Too many people work here at the moment.")
	here().sees("Staff id")
	third := here()
	if err := third.ends(); err == nil || !strings.Contains(third.sent(), "Too many windows of this computer are open") {
		t.Errorf("a third window is let in: %v, %q", err, third.sent())
	}
}

func TestLogInsAreCounted(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{LogIns: 2} })
	for range 2 {
		w := s.open("a.khan")
		w.sees("You sign in")
		w.write("\x03")
		w.ends()
	}
	s.refused("a.khan", "There were too many log-ins with your key")
	s.open("b.jones").sees("You sign in as b.jones")
}

// A thousand connections that say nothing do not keep anybody out, even of the
// same address: who fills the door up pushes out themselves.
func TestAThousandHalfOpenConnectionsKeepNobodyOut(t *testing.T) {
	for name, c := range map[string]struct {
		from   net.IP
		limits serve.Limits
	}{
		"from elsewhere":             {net.IPv4(127, 0, 0, 2), serve.Limits{Grace: time.Hour}},
		"from where they come, fast": {net.IPv4(127, 0, 0, 1), serve.Limits{Grace: time.Hour, Arrivals: 10_000}},
	} {
		if runtime.GOOS != "linux" {
			c.from = nil // elsewhere a computer has one such address
		}
		t.Run(name, func(t *testing.T) {
			s := newServer(t, func(o *serve.Options) { o.Limits = c.limits })
			attacker := net.Dialer{LocalAddr: &net.TCPAddr{IP: c.from}}
			cut := make(chan struct{}, 1000)
			for i := range 1000 {
				c, err := attacker.Dial("tcp", s.addr)
				if err != nil {
					t.Fatalf("connection %d: %v", i, err)
				}
				t.Cleanup(func() { c.Close() })
				go func() {
					_ = untilCut(c) // however it ends
					cut <- struct{}{}
				}()
			}
			late := time.After(patience)
			for range 950 { // so all have come in, or tried to
				select {
				case <-cut:
				case <-late:
					t.Fatal("who says nothing is not pushed out")
				}
			}
			w := s.open("a.khan")
			w.signIn("a.khan")
			if n := strings.Count(s.logs.String(), "a connection was "); n == 0 || n > 20 {
				t.Errorf("%d lines of the log say what the door did", n)
			}
		})
	}
}

func TestAConnectionThatBecomesNoSessionIsCut(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Grace: 2 * time.Second} }) // of which a busy machine spends some on letting them in
	silent, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	idle := s.client("a.khan") // signed in, and opens nothing
	channel, _, err := s.client("b.jones").OpenChannel("session", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, cut := range map[string]func() error{
		"who says nothing":           func() error { return untilCut(silent) },
		"who opens no session":       func() error { return idle.Wait() },
		"whose session has no shell": func() error { _, err := channel.Read(make([]byte, 1)); return err },
	} {
		done := make(chan error, 1)
		go func() { done <- cut() }()
		select {
		case err := <-done:
			if err == nil {
				t.Errorf("%s is served", name)
			}
		case <-time.After(patience):
			t.Errorf("%s stays", name)
		}
	}
}

// untilCut reads until the other side has closed.
func untilCut(c net.Conn) (err error) {
	for err == nil {
		_, err = c.Read(make([]byte, 256))
	}
	return err
}

func TestConnectionsAreCounted(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Connections: 3, PerAddress: 2} })
	one, two := s.client("a.khan"), s.client("a.khan")
	if _, err := s.dial("a.khan"); err == nil {
		t.Error("a third connection of one address is let in")
	}
	one.Close()
	s.eventually(func() bool { c, err := s.dial("a.khan"); return err == nil && c != nil }, "room after somebody left")
	two.Close()
}

// eventually tries until it is so.
func (s *server) eventually(so func() bool, what string) {
	s.Helper()
	late := time.Now().Add(patience)
	for !so() {
		if time.Now().After(late) {
			s.Fatalf("no %s", what)
		}
		<-time.After(10 * time.Millisecond)
	}
}

func TestAnAddressMayComeSoOften(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Arrivals: 0.1} })
	refused := 0
	for range 3 {
		if c, err := s.dial("a.khan"); err != nil {
			refused++
		} else {
			c.Close()
		}
	}
	if refused == 0 {
		t.Error("an address may come as often as it likes")
	}
}

func TestNoLogSaysWhoCame(t *testing.T) {
	s := newServer(t, nil)
	if _, err := s.dial("stranger"); err == nil {
		t.Error("a stranger is let in")
	}
	w := s.open("a.khan")
	w.signIn("a.khan")
	w.client.Close()
	s.left(0)
	said := s.logs.String()
	if !strings.Contains(said, gossh.FingerprintSHA256(keyOf(t, "stranger").PublicKey())) || !strings.Contains(said, "a session began") {
		t.Errorf("the log lacks what whoever looks after it needs:\n%s", said)
	}
	for _, who := range []string{"khan", "KHAN", "INVENTED", "anybody"} {
		if strings.Contains(said, who) {
			t.Errorf("the log names %s:\n%s", who, said)
		}
	}
}

// Every refusal can be read afterwards by whoever looks after the workstation.
func TestWhatIsRefusedIsWrittenDown(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{PerPerson: 1, LogIns: 4} })
	hears := func(words string) {
		t.Helper()
		s.eventually(func() bool { return strings.Contains(s.logs.String(), words) }, words)
	}
	for name, ask := range map[string]func(*gossh.Client){
		"what=direct-tcpip":  func(c *gossh.Client) { _, _ = c.Dial("tcp", "127.0.0.1:22") },
		"what=tcpip-forward": func(c *gossh.Client) { _, _ = c.Listen("tcp", "127.0.0.1:0") },
		"what=subsystem": func(c *gossh.Client) {
			session, err := c.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			for range 100 { // and not a hundred times
				_ = session.RequestSubsystem("sftp")
			}
		},
	} {
		c := s.client("b.jones")
		ask(c)
		hears(name)
		c.Close()
	}
	if n := strings.Count(s.logs.String(), "what=subsystem"); n != 1 {
		t.Errorf("one connection's requests are written down %d times", n)
	}
	in := s.open("a.khan")
	in.sees("You sign in")
	s.refused("a.khan", "You have as many sessions open as one person may.")
	hears("You have as many sessions open")
	for range 2 {
		_ = s.open("a.khan").ends()
	}
	s.refused("a.khan", "There were too many log-ins with your key")
	hears("There were too many log-ins")
	s.withdraw()
	_ = in.ends()
	hears(`msg="a session ended" via=ssh why="Your key is no longer registered`)
}

// Whoever has no key may offer some all day: the log tells of it and stays small.
func TestAStrangerDoesNotFillTheLog(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Arrivals: 1000} })
	strange := s.config(gossh.PublicKeys(keyOf(t, "one"), keyOf(t, "two"), keyOf(t, "three")))
	for range 40 {
		if c, err := gossh.Dial("tcp", s.addr, strange); err == nil {
			c.Close()
			t.Fatal("a stranger came in")
		}
	}
	if n := strings.Count(s.logs.String(), "a key that is not registered was offered"); n < 3 || n > 40 {
		t.Errorf("120 keys are %d lines of the log", n)
	}
	s.open("a.khan").sees("You sign in")
}
