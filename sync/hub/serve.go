package hub

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

const (
	maxConnections = 8192
	headerTime     = 10 * time.Second // for the TLS handshake, and for a request's header
	bodyTime       = time.Minute      // for the body of a request, and for an answer
	unreadTime     = 2 * time.Second  // for a body that nobody asked for
	idleTime       = 2 * time.Minute
	shutdownTime   = 10 * time.Second
	maxHeader      = 16 << 10
)

// Serve answers workstations on a listener until the context ends, then lets
// the requests under way finish. names are further names and addresses for the
// hub's certificate. It closes the listener.
func (h *Hub) Serve(ctx context.Context, listener net.Listener, names ...string) error {
	closing := make(chan struct{})
	server := &http.Server{
		Handler:           h.Handler(),
		TLSConfig:         h.tlsConfig(names),
		ReadHeaderTimeout: headerTime, // and no ReadTimeout: it would end long polls
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(h.Log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return withClosing(closing) },
		ConnContext:       withConn,
		Protocols:         new(http.Protocols),
	}
	server.Protocols.SetHTTP1(true) // one request a connection at a time: nothing else is needed
	server.RegisterOnShutdown(func() { close(closing) })

	done := make(chan error, 1)
	go func() { done <- server.ServeTLS(newCapped(listener, maxConnections, strangersAtOnce), "", "") }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	limit, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if err := server.Shutdown(limit); err != nil {
		server.Close()
	}
	if err := <-done; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// tlsConfig asks for a device's certificate but serves who has none: enrolling
// is how one is got. Handlers look at it.
func (h *Hub) tlsConfig(names []string) *tls.Config {
	server := &serverCertificate{hub: h, names: names}
	return &tls.Config{
		MinVersion:     tls.VersionTLS13,
		ClientAuth:     tls.VerifyClientCertIfGiven,
		ClientCAs:      h.keep.authority.pool(),
		GetCertificate: server.get,
		Time:           h.Now,
	}
}

// serverCertificate makes the hub's certificate when it is first asked for, and
// a new one before it ends.
type serverCertificate struct {
	hub     *Hub
	names   []string
	mu      sync.Mutex
	current *tls.Certificate
}

func (s *serverCertificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.hub.Now()
	if s.current != nil && now.Before(s.current.Leaf.NotAfter.Add(-serverRenew)) {
		return s.current, nil
	}
	made, err := s.hub.keep.authority.forServer(s.names, now)
	if err != nil {
		return nil, err
	}
	s.current = made
	return made, nil
}

type closingKey struct{}

func withClosing(closing <-chan struct{}) context.Context {
	return context.WithValue(context.Background(), closingKey{}, closing)
}

// closing is closed when the server begins to shut down: who waits for news
// answers then. It is nil, and blocks for ever, where no server said so.
func closing(ctx context.Context) <-chan struct{} {
	c, _ := ctx.Value(closingKey{}).(<-chan struct{})
	return c
}
