package serve

import (
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

// door is where connections come in: so many at a time, and those that do not
// become a session soon are shut out again. It acts before the key exchange,
// which costs the server more than it costs whoever asks for it.
type door struct {
	limits   Limits
	log      *slog.Logger
	arrivals *pace
	said     *rate.Limiter // of what is refused here, for the log

	mu      sync.Mutex // guards what follows
	inside  map[string]int
	total   int
	waiting []*guest // not a session yet, the longest first
	closed  bool
}

func newDoor(l Limits, log *slog.Logger) *door {
	return &door{limits: l, log: log, arrivals: newPace(l.Arrivals, 10*l.Arrivals), said: rate.NewLimiter(rate.Every(10*time.Second), 5), inside: make(map[string]int)}
}

// guest is a connection as the door sees it. Deadlines are the door's business:
// the SSH library would take the one away by which a connection must be a
// session.
type guest struct {
	net.Conn
	door  *door
	from  string
	grace *time.Timer
	once  sync.Once
	spoke atomic.Bool // it has sent something

	strayed atomic.Bool // it has asked for something else than the screens
}

type guestKey struct{}

// enter lets a connection in, or returns nil. Where too many wait already the
// one that has waited longest has to go, of the address that has most of them, and
// of those one that has said nothing yet: so whoever fills the door up pushes out
// nobody but themselves.
func (d *door) enter(conn net.Conn) *guest {
	from := addressOf(conn)
	if from != "" && !d.arrivals.allows(from) {
		d.note("a connection was refused: its address comes too often")
		return nil
	}
	g := &guest{Conn: conn, door: d, from: from}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.waiting) >= d.limits.Unauthenticated {
		go d.crowded().Close() // which comes back here
		d.note("a connection was cut: too many wait to be let in")
	}
	if d.closed {
		return nil
	}
	if d.total >= d.limits.Connections || from != "" && d.inside[from] >= d.limits.PerAddress {
		d.note("a connection was refused: too many are open")
		return nil
	}
	d.total++
	d.inside[from]++
	d.waiting = append(d.waiting, g)
	g.grace = time.AfterFunc(d.limits.Grace, func() { _ = g.Close() })
	return g
}

// note writes down what the door does, and not each of a thousand times.
func (d *door) note(what string) {
	if d.said.Allow() {
		d.log.Warn(what)
	}
}

// crowded takes the one who has to go out of those who wait.
func (d *door) crowded() *guest {
	of := make(map[string]int)
	most := d.waiting[0].from
	for _, g := range d.waiting {
		if of[g.from]++; of[g.from] > of[most] {
			most = g.from
		}
	}
	at := slices.IndexFunc(d.waiting, func(g *guest) bool { return g.from == most && !g.spoke.Load() })
	if at < 0 {
		at = slices.IndexFunc(d.waiting, func(g *guest) bool { return g.from == most })
	}
	gone := d.waiting[at]
	d.waiting = slices.Delete(d.waiting, at, at+1)
	return gone
}

// shut lets nobody in any more, and shuts those out who wait.
func (d *door) shut() {
	d.mu.Lock()
	d.closed = true
	waiting := slices.Clone(d.waiting)
	d.mu.Unlock()
	for _, g := range waiting {
		_ = g.Close()
	}
}

// settle is called once the connection has become a session.
func (g *guest) settle() {
	g.door.mu.Lock()
	defer g.door.mu.Unlock()
	g.grace.Stop()
	g.door.leaveQueue(g)
}

func (d *door) leaveQueue(g *guest) {
	d.waiting = slices.DeleteFunc(d.waiting, func(other *guest) bool { return other == g })
}

// Read implements net.Conn.
func (g *guest) Read(p []byte) (int, error) {
	n, err := g.Conn.Read(p)
	if n > 0 && !g.spoke.Load() {
		g.spoke.Store(true)
	}
	return n, err
}

// Close implements net.Conn.
func (g *guest) Close() error {
	g.once.Do(g.leave)
	return g.Conn.Close()
}

func (g *guest) leave() {
	d := g.door
	d.mu.Lock()
	defer d.mu.Unlock()
	g.grace.Stop()
	d.leaveQueue(g)
	d.total--
	if d.inside[g.from]--; d.inside[g.from] == 0 {
		delete(d.inside, g.from)
	}
}

// SetDeadline implements net.Conn, and does nothing: see guest.
func (g *guest) SetDeadline(time.Time) error { return nil }

// addressOf is who a connection counts for: an IPv4 address, or the network of
// an IPv6 one, of which everybody has plenty. A socket of this computer has none.
func addressOf(conn net.Conn) string {
	at, err := netip.ParseAddrPort(conn.RemoteAddr().String())
	if err != nil {
		return ""
	}
	ip := at.Addr().Unmap()
	if ip.Is4() {
		return ip.String()
	}
	network, err := ip.WithZone("").Prefix(64)
	if err != nil {
		return ""
	}
	return network.String()
}
