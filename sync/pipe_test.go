package sync_test

import (
	"context"
	"net"
	gosync "sync"
	"syscall"
)

// pipes is a network in memory: it can be run under a false clock, and its
// cable can be pulled.
type pipes struct {
	incoming chan net.Conn
	closed   chan struct{}
	once     gosync.Once

	mu   gosync.Mutex
	down bool
	open map[net.Conn]bool
	// dialled, when set, is called at every attempt.
	dialled func()
	// wrap, when set, stands between desk and hub on each new connection.
	wrap func(net.Conn) net.Conn
}

func newPipes() *pipes {
	return &pipes{incoming: make(chan net.Conn), closed: make(chan struct{}), open: map[net.Conn]bool{}}
}

// Accept implements net.Listener.
func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.incoming:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

// Addr implements net.Listener.
func (p *pipes) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "tcp" }
func (pipeAddr) String() string  { return "hub.test:8443" }

// Dial is a client's way in.
func (p *pipes) Dial(ctx context.Context, _, _ string) (net.Conn, error) {
	p.mu.Lock()
	down := p.down
	if p.dialled != nil {
		p.dialled()
	}
	p.mu.Unlock()
	if down {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	}
	near, far := newCable()
	select {
	case p.incoming <- far:
	case <-p.closed:
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[far] = true
	if p.wrap != nil {
		near = p.wrap(near)
	}
	return near, nil
}

// pull takes the cable out, or puts it back.
func (p *pipes) pull(out bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = out
	for c := range p.open {
		c.Close()
		delete(p.open, c)
	}
}
