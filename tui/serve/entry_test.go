package serve_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
)

func TestAKeyAndAPassphraseOpenTheScreens(t *testing.T) {
	s := newServer(t, nil)
	w := s.open("a.khan")
	w.sees("throughgate  HMP Leeds  Sign in", "You sign in as a.khan")
	w.write("open b.jones\r")
	w.sees("The staff id or the passphrase is wrong.")
	w.write("open a.khan\r")
	w.sees("HMP Leeds  Releases", "INVENTED000, P…")
	if strings.Contains(w.view(), "09:42") {
		t.Errorf("a clock goes down the line every minute:\n%s", w.view())
	}
	w.write("\x03")
	w.sees("Press Ctrl+C once more to leave.")
	w.write("\x03")
	if err := w.ends(); err != nil {
		t.Errorf("leaving is no failure: %v", err)
	}
	if open := s.desk.sessions(); open != 0 || !slices.Equal(s.desk.vias, []string{model.ViaSSH}) {
		t.Errorf("%d sessions are open, by %q", open, s.desk.vias)
	}
}

func TestNoOtherWayIn(t *testing.T) {
	s := newServer(t, nil)
	for name, auth := range map[string][]gossh.AuthMethod{
		"nothing":    nil,
		"password":   {gossh.Password("open a.khan")},
		"dialogue":   {gossh.KeyboardInteractive(func(_, _ string, q []string, _ []bool) ([]string, error) { return make([]string, len(q)), nil })},
		"wrong key":  {gossh.PublicKeys(keyOf(t, "stranger"))},
		"three keys": {gossh.PublicKeys(keyOf(t, "one"), keyOf(t, "two"), keyOf(t, "three"), keyOf(t, "a.khan"))},
		"stolen key": {gossh.PublicKeys(impostor{keyOf(t, "a.khan"), keyOf(t, "stranger")})},
	} {
		if c, err := gossh.Dial("tcp", s.addr, s.config(auth...)); err == nil {
			c.Close()
			t.Errorf("%s is enough", name)
		}
	}
	s.open("a.khan").sees("You sign in as a.khan")
}

// impostor shows one key and signs with another.
type impostor struct {
	shown gossh.Signer
	gossh.Signer
}

func (i impostor) PublicKey() gossh.PublicKey { return i.shown.PublicKey() }

func TestOnlyWhatIsModernIsSpoken(t *testing.T) {
	s := newServer(t, nil)
	auth := gossh.PublicKeys(keyOf(t, "a.khan"))
	for name, change := range map[string]func(*gossh.ClientConfig){
		"key exchange": func(c *gossh.ClientConfig) { c.KeyExchanges = []string{gossh.KeyExchangeDH14SHA256} },
		"NIST curve":   func(c *gossh.ClientConfig) { c.KeyExchanges = []string{gossh.KeyExchangeECDHP256} },
		"cipher":       func(c *gossh.ClientConfig) { c.Ciphers = []string{gossh.CipherAES256CTR} },
		"code": func(c *gossh.ClientConfig) {
			c.MACs = []string{gossh.HMACSHA1}
			c.Ciphers = []string{gossh.CipherAES128CTR}
		},
	} {
		config := s.config(auth)
		change(config)
		if c, err := gossh.Dial("tcp", s.addr, config); err == nil {
			c.Close()
			t.Errorf("an old %s is spoken", name)
		}
	}
	for _, exchange := range []string{gossh.KeyExchangeMLKEM768X25519, gossh.KeyExchangeCurve25519} {
		config := s.config(auth)
		config.KeyExchanges = []string{exchange}
		c, err := gossh.Dial("tcp", s.addr, config)
		if err != nil {
			t.Errorf("%s: %v", exchange, err)
			continue
		}
		c.Close()
	}
}

func TestNothingButTheScreens(t *testing.T) {
	s := newServer(t, nil)
	c := s.client("a.khan")
	if _, err := c.Dial("tcp", "127.0.0.1:22"); err == nil {
		t.Error("a port is forwarded")
	}
	if _, err := c.Listen("tcp", "127.0.0.1:0"); err == nil {
		t.Error("a port is forwarded back")
	}
	for _, kind := range []string{"command@throughgate", "x11", "direct-streamlocal@openssh.com", "auth-agent@openssh.com"} {
		if _, _, err := c.OpenChannel(kind, nil); err == nil {
			t.Errorf("%s is opened", kind)
		}
	}
	session, err := c.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func() error{
		"sftp":  func() error { return session.RequestSubsystem("sftp") },
		"agent": func() error { return request(session, "auth-agent-req@openssh.com", nil) },
		"x11": func() error {
			return request(session, "x11-req", gossh.Marshal(struct {
				S    bool
				A, B string
				N    uint32
			}{}))
		},
		"env":  func() error { return session.Setenv("LD_PRELOAD", "/tmp/x.so") },
		"long": func() error { return session.Setenv("LANG", strings.Repeat("x", 65)) },
		"ctrl": func() error { return session.Setenv("LANG", "\x1b]0;x\a") },
	} {
		if ask() == nil {
			t.Errorf("%s is granted", name)
		}
	}
	for _, name := range []string{"LANG", "COLORTERM", "NO_COLOR"} {
		if err := session.Setenv(name, "1"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.NewSession(); err == nil {
		t.Error("a second session is granted")
	}
}

func request(s *gossh.Session, name string, payload []byte) error {
	granted, err := s.SendRequest(name, true, payload)
	if err == nil && !granted {
		err = errors.New("refused")
	}
	return err
}

// A command is not run, nor a file passed by one, whatever the terminal is.
func TestACommandIsNotRun(t *testing.T) {
	s := newServer(t, nil)
	for _, command := range []string{"id", "scp -t /tmp", "", "\x1b]0;x\a"} {
		for _, terminal := range []bool{false, true} {
			session, err := s.client("a.khan").NewSession()
			if err != nil {
				t.Fatal(err)
			}
			if terminal {
				if err := session.RequestPty("xterm", 24, 80, nil); err != nil {
					t.Fatal(err)
				}
			}
			said, err := session.CombinedOutput(command)
			var exit *gossh.ExitError
			if !errors.As(err, &exit) || exit.ExitStatus() != 1 || !strings.HasPrefix(string(said), "Nothing is run here") {
				t.Errorf("%q: %v, %q", command, err, said)
			}
		}
	}
	if s.desk.sessions() != 0 || len(s.desk.vias) != 0 {
		t.Error("a session with the store was opened")
	}
}

func TestAShellWithoutATerminalIsTold(t *testing.T) {
	s := newServer(t, nil)
	session, err := s.client("a.khan").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	said := &safeBuffer{}
	session.Stdout = said
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	var exit *gossh.ExitError
	if err := session.Wait(); !errors.As(err, &exit) || exit.ExitStatus() != 1 || !strings.Contains(said.String(), "The screens need a terminal.") {
		t.Errorf("%v, %q", err, said.String())
	}
}
