package serve_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hinshun/vt10x"
	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
	"github.com/throughgate/throughgate/tui/serve"
)

var morning = time.Date(2026, 11, 23, 9, 42, 0, 0, model.London)

// patience is how long a test waits for what must come.
const patience = 20 * time.Second

// keyOf is the key of somebody in these tests, the same each time.
func keyOf(tb testing.TB, who string) gossh.Signer {
	tb.Helper()
	seed := make([]byte, ed25519.SeedSize)
	copy(seed, who)
	signer, err := gossh.NewSignerFromKey(ed25519.NewKeyFromSeed(seed))
	if err != nil {
		tb.Fatal(err)
	}
	return signer
}

func lineOf(signer gossh.Signer) string {
	return strings.TrimSpace(string(gossh.MarshalAuthorizedKey(signer.PublicKey())))
}

// server is one over a desk, on a free port.
type server struct {
	testing.TB
	*serve.Server
	desk *desk
	addr string
	host gossh.Signer
	logs *safeBuffer

	mu      sync.Mutex
	members []serve.Member
}

// safeBuffer is written by the server and read by the test.
type safeBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// newServer starts one, where a.khan and b.jones are registered.
func newServer(tb testing.TB, change func(*serve.Options)) *server {
	tb.Helper()
	s := &server{TB: tb, desk: newDesk(40), host: keyOf(tb, "host"), logs: &safeBuffer{}}
	for _, who := range []string{"a.khan", "b.jones"} {
		s.members = append(s.members, serve.Member{Staff: model.StaffID(who), Keys: []string{lineOf(keyOf(tb, who))}})
	}
	options := serve.Options{
		Gate:    func(via string) tui.Gate { return gate{s.desk, via} },
		Staff:   s.staff,
		Watch:   s.desk.Watch,
		HostKey: s.host,
		Theme:   part.Dark,
		Log:     slog.New(slog.NewTextHandler(s.logs, nil)),
		Screens: tui.Options{Now: func() time.Time { return morning }},
	}
	if change != nil {
		change(&options)
	}
	s.Server = serve.New(options)
	s.addr = s.listen(s.Serve)
	tb.Cleanup(func() {
		ctx, stop := context.WithTimeout(context.Background(), patience)
		defer stop()
		s.Shutdown(ctx)
		if ctx.Err() != nil {
			tb.Error("the server did not end")
		}
	})
	return s
}

// listen serves on a free port until the test ends.
func (s *server) listen(serve func(net.Listener) error) string {
	s.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- serve(l) }()
	s.Cleanup(func() {
		if err := <-done; err != nil {
			s.Error(err)
		}
	})
	return l.Addr().String()
}

func (s *server) staff() []serve.Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.members
}

// withdraw takes everybody's keys away.
func (s *server) withdraw() {
	s.mu.Lock()
	s.members = nil
	s.mu.Unlock()
	s.desk.news()
}

// dial connects with somebody's key.
func (s *server) dial(who string) (*gossh.Client, error) {
	s.Helper()
	return gossh.Dial("tcp", s.addr, s.config(gossh.PublicKeys(keyOf(s, who))))
}

func (s *server) config(auth ...gossh.AuthMethod) *gossh.ClientConfig {
	return &gossh.ClientConfig{User: "anybody", Auth: auth, HostKeyCallback: gossh.FixedHostKey(s.host.PublicKey()), Timeout: patience}
}

func (s *server) client(who string) *gossh.Client {
	s.Helper()
	c, err := s.dial(who)
	if err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { c.Close() })
	return c
}

// window is a client's terminal: what the server sends stands on its screen.
type window struct {
	testing.TB
	client  *gossh.Client
	session *gossh.Session
	keys    io.WriteCloser
	done    chan error // of the session

	mu    sync.Mutex
	term  vt10x.Terminal
	raw   bytes.Buffer
	news  chan struct{}
	ended bool
}

// open opens the screens in a window.
func (s *server) open(who string) *window {
	s.Helper()
	return openOn(s, s.client(who), 80, 24, nil)
}

func openOn(tb testing.TB, c *gossh.Client, columns, rows int, env map[string]string) *window {
	tb.Helper()
	session, err := c.NewSession()
	if err != nil {
		tb.Fatal(err)
	}
	w := &window{TB: tb, client: c, session: session, done: make(chan error, 1), term: vt10x.New(vt10x.WithSize(max(columns, 1), max(rows, 1))), news: make(chan struct{}, 1)}
	for name, value := range env {
		if err := session.Setenv(name, value); err != nil {
			tb.Fatal(err)
		}
	}
	if err := session.RequestPty("xterm-256color", rows, columns, nil); err != nil {
		tb.Fatal(err)
	}
	if w.keys, err = session.StdinPipe(); err != nil {
		tb.Fatal(err)
	}
	session.Stdout, session.Stderr = w, w
	if err := session.Shell(); err != nil {
		tb.Fatal(err)
	}
	go func() {
		err := session.Wait()
		w.mu.Lock()
		w.ended = true
		w.mu.Unlock()
		w.stir()
		w.done <- err
	}()
	return w
}

// Write takes what the server sends.
func (w *window) Write(p []byte) (int, error) {
	w.mu.Lock()
	w.term.Write(p)
	w.raw.Write(p)
	w.mu.Unlock()
	w.stir()
	return len(p), nil
}

func (w *window) stir() {
	select {
	case w.news <- struct{}{}:
	default:
	}
}

func (w *window) view() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.term.String()
}

func (w *window) sent() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.raw.String()
}

// sees waits until every text stands in the window.
func (w *window) sees(texts ...string) {
	w.Helper()
	w.until(func() bool {
		view := w.view()
		for _, text := range texts {
			if !strings.Contains(view, text) {
				return false
			}
		}
		return true
	}, strings.Join(texts, ", "))
}

// hears waits until the server has sent a text, whatever became of it.
func (w *window) hears(text string) {
	w.Helper()
	w.until(func() bool { return strings.Contains(w.sent(), text) }, text)
}

func (w *window) until(so func() bool, wanted string) {
	w.Helper()
	late := time.NewTimer(patience)
	defer late.Stop()
	for !so() {
		select {
		case <-w.news:
		case <-late.C:
			w.Fatalf("%q does not come:\n%s", wanted, w.view())
		}
	}
}

// ends waits until the server has ended the session, and returns its error.
func (w *window) ends() error {
	w.Helper()
	select {
	case err := <-w.done:
		return err
	case <-time.After(patience):
		w.Fatalf("the session does not end:\n%s", w.view())
		return nil
	}
}

func (w *window) write(keys string) {
	w.Helper()
	if _, err := io.WriteString(w.keys, keys); err != nil {
		w.Fatal(err)
	}
}

// signIn signs the owner of the key in.
func (w *window) signIn(who string) {
	w.Helper()
	w.sees("You sign in as " + who)
	w.write("open " + who + "\r")
	w.sees("KHAN, A", "Today")
}
