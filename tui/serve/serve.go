package serve

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/charmbracelet/ssh"
	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui"
	"github.com/throughgate/throughgate/tui/part"
)

// Options is what a program decides for its server.
type Options struct {
	// Gate is the workstation, for somebody who came over SSH (model.ViaSSH) or
	// attached (model.ViaAttached).
	Gate func(via string) tui.Gate
	// Staff lists who may come over SSH now, with their keys. It is asked again
	// at each token of Watch.
	Staff func() []Member
	Watch func() (tokens <-chan struct{}, stop func())
	// HostKey is this server's own.
	HostKey gossh.Signer
	// Theme is for who does not ask for another.
	Theme part.ThemeName
	// Screens is what all sessions have in common. Theme and Staff are set for
	// each.
	Screens tui.Options
	// Command runs a command of the user who also runs this process; nil runs
	// none.
	Command func(ctx context.Context, c Command) (exit int)
	Limits  Limits
	Log     *slog.Logger
}

// Limits is how much the server bears. A zero value is replaced by the default
// in its comment.
type Limits struct {
	Connections     int           // at a time: 200
	PerAddress      int           // of them from one address: 100
	Unauthenticated int           // of them whose key is not known yet: 50
	Arrivals        float64       // a second from one address, after a burst of ten seconds' worth: 5
	Grace           time.Duration // until a connection must have become a session: 15 s
	Sessions        int           // over SSH at a time: 64
	PerPerson       int           // of them of one person: 3
	Here            int           // windows and commands of this computer at a time: 64
	LogIns          float64       // a minute with one key, and tenfold from one address, after a burst of as many: 10
	KeepAlive       time.Duration // between two questions whether the client is still there: 15 s
	Patience        time.Duration // for its answer, and for it to take what was sent: 30 s
	Idle            time.Duration // without a key, until the session ends: 30 min
}

func (l Limits) withDefaults() Limits {
	for _, each := range []struct {
		n     *int
		value int
	}{{&l.Connections, 200}, {&l.PerAddress, 100}, {&l.Unauthenticated, 50}, {&l.Sessions, 64}, {&l.PerPerson, 3}, {&l.Here, 64}} {
		if *each.n == 0 {
			*each.n = each.value
		}
	}
	for _, each := range []struct {
		d     *time.Duration
		value time.Duration
	}{{&l.Grace, 15 * time.Second}, {&l.KeepAlive, 15 * time.Second}, {&l.Patience, 30 * time.Second}, {&l.Idle, 30 * time.Minute}} {
		if *each.d == 0 {
			*each.d = each.value
		}
	}
	if l.Arrivals == 0 {
		l.Arrivals = 5
	}
	if l.LogIns == 0 {
		l.LogIns = 10
	}
	return l
}

// Server shows the screens to whoever may see them.
type Server struct {
	opt      Options
	roster   roster
	registry registry
	keys     *pace // of log-ins, by key
	homes    *pace // and by address
	told     *told // of what is refused, for the log
	ssh      *ssh.Server
	attached *ssh.Server
	doors    []*door
	stop     func()         // watching
	watching sync.WaitGroup // until it has stopped

	mu        sync.Mutex // guards what follows
	listeners []net.Listener
	down      bool
}

// New makes a server, which serves nobody yet. It must be shut down.
func New(opt Options) *Server {
	opt.Limits = opt.Limits.withDefaults()
	if opt.Log == nil {
		opt.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	l := opt.Limits
	s := &Server{
		opt: opt, registry: newRegistry(l),
		keys: newPace(l.LogIns/60, l.LogIns), homes: newPace(10*l.LogIns/60, 10*l.LogIns), told: newTold(),
	}
	s.ssh = s.speaks(model.ViaSSH)
	s.ssh.PublicKeyHandler = s.mayEnter
	s.ssh.BannerHandler = welcome
	s.attached = s.speaks(model.ViaAttached)
	s.attached.ChannelHandlers[channelCommand] = s.command
	s.watch()
	return s
}

// watch ends sessions whose key is withdrawn, as soon as this workstation
// learns of it.
func (s *Server) watch() {
	s.roster.read(s.opt.Staff())
	tokens, stop := s.opt.Watch()
	s.stop = stop
	s.watching.Go(func() {
		for range tokens {
			s.roster.read(s.opt.Staff())
			s.registry.endWhere(func(v *visit) bool { return v.via == model.ViaSSH && s.roster.owner(v.key) != v.owner },
				"Your key is no longer registered here, so this session has ended. What you saw as kept is kept. Ask the service desk to register it.")
		}
	})
}

// Serve takes SSH connections until Shutdown, and then returns nil. It closes
// the listener.
func (s *Server) Serve(l net.Listener) error { return s.serve(s.ssh, l) }

// ServeAttached takes connections of the user who also runs this process. The
// listener must let nobody else in: no key is asked for.
func (s *Server) ServeAttached(l net.Listener) error { return s.serve(s.attached, l) }

func (s *Server) serve(as *ssh.Server, l net.Listener) error {
	s.mu.Lock()
	if s.down {
		_ = l.Close()
	}
	s.listeners = append(s.listeners, l)
	s.mu.Unlock()
	if err := as.Serve(l); !errors.Is(err, net.ErrClosed) && !errors.Is(err, ssh.ErrServerClosed) {
		return err
	}
	return nil
}

// Shutdown takes nobody new, ends every session with a sentence and waits until
// they are over, or the context is: then lines are cut. What is typed and not
// sent is kept either way.
func (s *Server) Shutdown(ctx context.Context) {
	s.stop()
	s.watching.Wait()
	s.mu.Lock()
	s.down = true
	for _, l := range s.listeners {
		_ = l.Close() // it may be closed already
	}
	s.mu.Unlock()
	for _, door := range s.doors {
		door.shut()
	}
	s.registry.close("Throughgate is being stopped here, so this session has ended. What you saw as kept is kept, and so is what you typed.")
	s.registry.wait(ctx)
	_, _ = s.ssh.Close(), s.attached.Close() // of listeners that are closed already
}
