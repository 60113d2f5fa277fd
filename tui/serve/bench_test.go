package serve_test

import (
	"io"
	"net"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/throughgate/throughgate/tui/serve"
)

// proxy passes a connection on and counts how often the direction changes: two
// changes are one round trip.
type proxy struct {
	mu      sync.Mutex
	last    byte
	changes int
	down    atomic.Int64 // bytes to the client, ciphered
}

func (p *proxy) note(direction byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if direction != p.last {
		p.last = direction
		p.changes++
	}
}

func (p *proxy) reset() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last, p.changes = 0, 0
	p.down.Store(0)
}

// roundTrips is how many of them there were since the last reset.
func (p *proxy) roundTrips() float64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	return float64(p.changes) / 2
}

// between puts a proxy before a server and returns its address.
func (p *proxy) between(tb testing.TB, to string) string {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				near.Close()
				return
			}
			go p.pass(far, near, '>')
			go p.pass(near, far, '<')
		}
	}()
	return l.Addr().String()
}

func (p *proxy) pass(to, from net.Conn, direction byte) {
	defer to.Close()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			p.note(direction)
			if direction == '<' {
				p.down.Add(int64(n))
			}
			if _, err := to.Write(buf[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// BenchmarkFirstFrame is from the passphrase's Enter to the board, and from the
// first packet to the sign-in screen. Budget: 4 round trips and 100 ms after
// sign-in. (What a keyring's passphrase and a store cost is in
// BenchmarkServe of cmd/throughgate.)
func BenchmarkFirstFrame(b *testing.B) {
	s := newServer(b, plenty)
	var p proxy
	s.addr = p.between(b, s.addr)
	var before, after float64
	var took time.Duration
	for b.Loop() {
		p.reset()
		w := s.open("a.khan")
		w.sees("You sign in as a.khan")
		before += p.roundTrips()
		w.write("open a.khan")
		w.sees("[*********** ")
		p.reset()
		began := time.Now()
		w.write("\r")
		w.sees("KHAN, A", "Today")
		took += time.Since(began)
		after += p.roundTrips()
		w.client.Close()
	}
	n := float64(b.N)
	b.ReportMetric(before/n, "roundtrips-to-sign-in")
	b.ReportMetric(after/n, "roundtrips-after")
	b.ReportMetric(float64(took.Microseconds())/n/1000, "ms-after")
}

// BenchmarkCursorMove counts what a move of the cursor through a board sends,
// ciphered. Budget: 300 bytes, without the pane that stands beside it from 120
// columns on. (Every other screen is held to the budget by
// TestAMoveOfTheCursorSendsLittle of package tui, before SSH has added to it.)
func BenchmarkCursorMove(b *testing.B) {
	for name, size := range map[string][2]int{"80x24": {80, 24}, "120x40": {120, 40}} {
		b.Run(name, func(b *testing.B) {
			s := newServer(b, plenty)
			var p proxy
			s.addr = p.between(b, s.addr)
			w := openOn(b, s.client("a.khan"), size[0], size[1], nil)
			w.signIn("a.khan")
			moves := []string{"\x1b[B", "\x1b[A"}
			p.reset()
			n := 0
			for b.Loop() {
				before := len(w.sent())
				w.write(moves[n%2])
				w.until(func() bool { return len(w.sent()) > before }, "the cursor")
				n++
			}
			b.ReportMetric(float64(p.down.Load())/float64(n), "bytes/move")
		})
	}
}

// BenchmarkIdle counts what a screen that is left alone sends while a minute of
// the clock ends. Budget: none. Whether the client is still there is asked beside
// that, every 15 s; what one such question takes, ciphered, is counted apart.
func BenchmarkIdle(b *testing.B) {
	for name, every := range map[string]time.Duration{"screen": time.Hour, "keep-alive": time.Second} {
		b.Run(name, func(b *testing.B) {
			began := time.Now()
			s := newServer(b, func(o *serve.Options) {
				plenty(o)
				o.Limits.KeepAlive = every
				o.Screens.Now = func() time.Time { return morning.Add(57*time.Second + time.Since(began)) }
			})
			var p proxy
			s.addr = p.between(b, s.addr)
			s.open("a.khan").signIn("a.khan")
			for b.Loop() {
				p.reset()
				const left = 4 * time.Second
				<-time.After(left)
			}
			if name == "screen" {
				b.ReportMetric(float64(p.down.Load()), "bytes-idle")
			} else {
				b.ReportMetric(float64(p.down.Load())/4, "bytes/question")
			}
		})
	}
}

// BenchmarkKeyWhileAnotherTypes is from a key to what it paints, at a person's
// pace, while another session holds a key down (60 a second). Budget: 20 ms at the 99th
// percentile.
func BenchmarkKeyWhileAnotherTypes(b *testing.B) {
	s := newServer(b, plenty)
	loud, w := s.open("b.jones"), s.open("a.khan")
	loud.signIn("b.jones")
	w.signIn("a.khan")
	over := make(chan struct{})
	var typing sync.WaitGroup
	typing.Go(func() {
		held := time.NewTicker(time.Second / 60)
		defer held.Stop()
		for {
			select {
			case <-over:
				return
			case <-held.C:
			}
			if _, err := io.WriteString(loud.keys, "\x1b[B\x1b[A"); err != nil {
				return
			}
		}
	})
	moves := []string{"\x1b[B", "\x1b[A"}
	var took []time.Duration
	pace := time.NewTicker(90 * time.Millisecond)
	defer pace.Stop()
	for n := 0; b.Loop(); n++ {
		<-pace.C
		before := len(w.sent())
		began := time.Now()
		w.write(moves[n%2])
		w.until(func() bool { return len(w.sent()) > before }, "the cursor")
		took = append(took, time.Since(began))
	}
	close(over)
	loud.client.Close()
	typing.Wait()
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
}

// plenty lets a benchmark come as often as it likes.
func plenty(o *serve.Options) {
	o.Limits = serve.Limits{Arrivals: 1e6, LogIns: 1e6, Sessions: 1000, PerPerson: 1000, PerAddress: 1000, Connections: 1000}
}
