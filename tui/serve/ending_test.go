package serve_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/tui/serve"
)

// endsWith waits for the end of a session that somebody else ended.
func (w *window) endsWith(sentence string) {
	w.Helper()
	var exit *gossh.ExitError
	if err := w.ends(); !errors.As(err, &exit) || exit.ExitStatus() != 1 {
		w.Errorf("it ended with %v", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !strings.Contains(w.raw.String(), sentence) || !strings.Contains(w.raw.String(), "\x1b[?1049l") {
		w.Errorf("it ended without %q, or with the terminal taken", sentence)
	}
}

// left waits until so many sessions are left open.
func (s *server) left(sessions int) {
	s.Helper()
	s.eventually(func() bool { return s.desk.sessions() == sessions }, "end of the other sessions")
}

func TestAWithdrawnKeyEndsItsSessions(t *testing.T) {
	s := newServer(t, nil)
	in, waiting := s.open("a.khan"), s.open("b.jones")
	in.signIn("a.khan")
	waiting.sees("You sign in as b.jones")
	s.withdraw()
	in.endsWith("Your key is no longer registered here, so this session has ended.")
	waiting.endsWith("Your key is no longer registered here")
	s.left(0)
	if _, err := s.dial("a.khan"); err == nil {
		t.Error("a withdrawn key opens the door")
	}
}

// Between the key exchange and the screens a key may be withdrawn too.
func TestAKeyWithdrawnOnTheWayInOpensNothing(t *testing.T) {
	s := newServer(t, nil)
	c := s.client("a.khan")
	s.mu.Lock()
	s.members = nil
	s.mu.Unlock()
	other := s.open("b.jones")
	other.sees("You sign in as b.jones")
	s.desk.news()
	if err := other.ends(); err == nil || !strings.Contains(other.sent(), "registered here.") && !strings.Contains(other.sent(), "registered here,") {
		t.Errorf("it ended with %v and %q", err, other.sent()) // before its first screen, or after
	}
	openOn(t, c, 80, 24, nil).ends()
	s.left(0)
}

func TestAKeyOfTwoPeopleIsNobodys(t *testing.T) {
	s := newServer(t, nil)
	s.mu.Lock()
	s.members = append(s.members, serve.Member{Staff: "c.reid", Keys: []string{lineOf(keyOf(t, "a.khan")), "nonsense", "ssh-dss AAAA", lineOf(keyOf(t, "c.reid"))}})
	s.mu.Unlock()
	w := s.open("b.jones")
	s.desk.news()
	w.sees("You sign in as b.jones")
	s.eventually(func() bool {
		c, err := s.dial("c.reid")
		if err == nil {
			c.Close()
		}
		return err == nil
	}, "key that only c.reid has")
	if c, err := s.dial("a.khan"); err == nil { // asked once: too many would be refused for their number
		c.Close()
		t.Error("a key of two people opens the door")
	}
}

func TestShutdownSaysSoAndKeepsWhatWasTyped(t *testing.T) {
	s := newServer(t, nil)
	w := s.open("a.khan")
	w.signIn("a.khan")
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	s.Shutdown(ctx)
	w.endsWith("Throughgate is being stopped here, so this session has ended.")
	s.left(0)
	if c, err := net.Dial("tcp", s.addr); err == nil {
		c.Close()
		t.Error("it still listens")
	}
}

func TestALineThatIsCutClosesTheSession(t *testing.T) {
	s := newServer(t, nil)
	w := s.open("a.khan")
	w.signIn("a.khan")
	w.client.Close()
	s.left(0)
}

// A client whose computer is gone answers nothing, and its connection stays.
func TestAClientThatDoesNotAnswerIsGone(t *testing.T) {
	s := newServer(t, func(o *serve.Options) {
		o.Limits = serve.Limits{KeepAlive: 10 * time.Millisecond, Patience: 2 * time.Second}
	})
	conn, err := net.Dial("tcp", s.addr)
	if err != nil {
		t.Fatal(err)
	}
	mute, channels, requests, err := gossh.NewClientConn(conn, s.addr, s.config(gossh.PublicKeys(keyOf(t, "a.khan"))))
	if err != nil {
		t.Fatal(err)
	}
	none := make(chan *gossh.Request)
	close(none)
	w := openOn(t, gossh.NewClient(mute, channels, none), 80, 24, nil)
	gone := make(chan struct{})
	go func() {
		for request := range requests {
			select {
			case <-gone: // nobody answers any more
			default:
				_ = request.Reply(false, nil)
			}
		}
	}()
	w.signIn("a.khan")
	close(gone)
	if err := w.ends(); err == nil {
		t.Error("it was taken for leaving")
	}
	s.left(0)
}

func TestWhoIsAwayForLongLosesTheirPlaceToOthers(t *testing.T) {
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Idle: 300 * time.Millisecond} })
	w := s.open("a.khan")
	w.endsWith("Nobody was there for a long time, so this session has ended.")
}

// attaches listens for windows of this computer until the server is shut down.
func (s *server) attaches() (addr string) {
	s.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.Fatal(err)
	}
	go s.ServeAttached(l)
	return l.Addr().String()
}

// A window of this computer is not in anybody's way: it locks, and stays.
func TestAWindowOfThisComputerStays(t *testing.T) {
	const idle = 50 * time.Millisecond
	s := newServer(t, func(o *serve.Options) { o.Limits = serve.Limits{Idle: idle} })
	c, err := gossh.Dial("tcp", s.attaches(), s.config())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	w := openOn(t, c, 80, 24, nil)
	w.sees("Staff id", "09:42") // and it has a clock
	select {
	case err := <-w.done:
		t.Errorf("it ended: %v\n%s", err, w.view())
	case <-time.After(10 * idle):
	}
}

func TestAFaultInOneSessionEndsThatOneAlone(t *testing.T) {
	s := newServer(t, nil)
	good := s.open("b.jones")
	good.signIn("b.jones")
	s.desk.mu.Lock()
	s.desk.fails = "a.khan"
	s.desk.mu.Unlock()
	bad := s.open("a.khan")
	bad.sees("You sign in as a.khan")
	bad.write("open a.khan\r")
	bad.endsWith("The screens failed. What you saw as kept is kept.")
	s.desk.mu.Lock()
	s.desk.fails = ""
	s.desk.mu.Unlock()
	good.write("?")
	good.sees("Help: Releases")
	s.left(1)
}
