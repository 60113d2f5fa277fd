package serve_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/tui/serve"
)

// plainly opens plain mode over SSH.
func (s *server) plainly(who string) *window {
	s.Helper()
	return openOn(s, s.client(who), 80, 24, map[string]string{"THROUGHGATE_PLAIN": "1"})
}

func TestPlainModeGoesOverSSH(t *testing.T) {
	s := newServer(t, nil)
	w := s.plainly("a.khan")
	w.hears("Passphrase")
	w.write("open a.khxn\x7f\x7fan\r") // and a slip of the finger
	w.hears("Releases")
	w.write("he\x1b[Axy\x7f\x7flp\r")
	w.hears("help")
	w.write("quit\r")
	if err := w.ends(); err != nil {
		t.Errorf("leaving: %v", err)
	}
	said := w.sent()
	for _, b := range []byte(said) {
		if b < ' ' && b != '\r' && b != '\n' && b != '\b' || b == 0x7f {
			t.Fatalf("the control byte %#x is sent:\n%q", b, said)
		}
	}
	if strings.Contains(said, "open a.kh") {
		t.Errorf("the passphrase was shown:\n%q", said)
	}
	if strings.Count(said, "\n") != strings.Count(said, "\r\n") {
		t.Errorf("its lines begin where the one before ended:\n%q", said)
	}
}

// A terminal that can only print is spoken to in lines without being asked.
func TestATerminalThatCanOnlyPrintIsSpokenTo(t *testing.T) {
	s := newServer(t, nil)
	session, err := s.client("a.khan").NewSession()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.RequestPty("dumb", 24, 80, nil); err != nil {
		t.Fatal(err)
	}
	out, err := session.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := session.Shell(); err != nil {
		t.Fatal(err)
	}
	first := make([]byte, 40)
	if _, err := out.Read(first); err != nil || !strings.HasPrefix(string(first), "Throughgate, ") {
		t.Errorf("%q, %v", first, err)
	}
}

// The ways a session ends are those of the screens.
func TestPlainModeOverSSHEndsWithASentence(t *testing.T) {
	s := newServer(t, nil)
	w := s.plainly("a.khan")
	w.hears("Passphrase")
	w.write("open a.khan\r")
	w.hears("Releases")
	s.withdraw()
	w.hears("Your key is no longer registered here, so this session has ended.")
	if err := w.ends(); err == nil {
		t.Error("it was taken for leaving")
	}
	s.left(0)
}

func TestALineThatIsCutClosesPlainModeToo(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits.PerPerson = 1 })
	w := s.plainly("a.khan")
	w.hears("Passphrase")
	w.write("open a.khan\r")
	w.hears("Releases")
	w.client.Close()
	s.left(0)
}

// Half a line is told to who typed it when they are back, however the line to them
// ended; half a passphrase is nowhere.
func TestHalfALineComesBack(t *testing.T) {
	for name, end := range map[string]func(s *server, w *window){
		"cut":     func(_ *server, w *window) { w.client.Close() },
		"ended":   func(s *server, _ *window) { s.withdraw() },
		"stopped": func(_ *server, w *window) { w.write("\x03") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, nil)
			w := s.plainly("a.khan")
			w.hears("Passphrase")
			w.write("open a.khan\r")
			w.hears("Releases")
			w.write("find smx\x7fi")
			w.sees("find smi")
			end(s, w)
			s.left(0)
			if !strings.Contains(s.kept(), "find smi") {
				t.Errorf("kept is %q", s.kept())
			}
		})
	}
	s := newServer(t, nil)
	w := s.plainly("a.khan")
	w.hears("Passphrase")
	w.write("open a.k\x03")
	_ = w.ends()
	if kept := s.kept(); strings.Contains(kept, "open") {
		t.Errorf("kept is %q", kept)
	}
}

// kept is every draft of the desk.
func (s *server) kept() string {
	s.desk.mu.Lock()
	defer s.desk.mu.Unlock()
	var all strings.Builder
	for key, value := range s.desk.drafts {
		all.WriteString(key + " " + string(value) + "\n")
	}
	return all.String()
}
