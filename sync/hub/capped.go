package hub

import (
	"context"
	"crypto/tls"
	"net"
	"net/netip"
	"sync"
)

// capped is a listener that has at most so many connections open; further ones
// wait in the system's queue. Of those from one address that no device has used
// yet it closes what is too many, so that a stranger cannot take every place.
type capped struct {
	net.Listener
	free   chan struct{}
	closed chan struct{}
	once   sync.Once

	most      int // strangers of one address
	mu        sync.Mutex
	strangers map[netip.Addr]int
}

func newCapped(l net.Listener, most, strangers int) *capped {
	return &capped{
		Listener: l, free: make(chan struct{}, most), closed: make(chan struct{}),
		most: strangers, strangers: make(map[netip.Addr]int),
	}
}

// Accept implements net.Listener.
func (c *capped) Accept() (net.Conn, error) {
	select {
	case c.free <- struct{}{}:
	case <-c.closed:
		return nil, net.ErrClosed
	}
	for {
		conn, err := c.Listener.Accept()
		if err != nil {
			<-c.free
			return nil, err
		}
		from := addressOf(conn.RemoteAddr().String())
		if c.letIn(from) {
			return &cappedConn{Conn: conn, door: c, from: from}, nil
		}
		_ = conn.Close() // nobody is owed an answer
	}
}

func (c *capped) letIn(from netip.Addr) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.strangers[from] >= c.most {
		return false
	}
	c.strangers[from]++
	return true
}

func (c *capped) forget(from netip.Addr) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.strangers[from]--; c.strangers[from] == 0 {
		delete(c.strangers, from)
	}
}

// Close implements net.Listener.
func (c *capped) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Listener.Close()
}

// cappedConn is a stranger's until a device is known to use it.
type cappedConn struct {
	net.Conn
	door        *capped
	from        netip.Addr
	known, once sync.Once
}

// recognised makes room for another stranger of the same address.
func (c *cappedConn) recognised() { c.known.Do(func() { c.door.forget(c.from) }) }

// Close implements net.Conn.
func (c *cappedConn) Close() error {
	err := c.Conn.Close()
	c.recognised()
	c.once.Do(func() { <-c.door.free })
	return err
}

type connKey struct{}

// withConn lets a handler tell its connection that a device uses it.
func withConn(ctx context.Context, conn net.Conn) context.Context {
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn()
	}
	return context.WithValue(ctx, connKey{}, conn)
}

// recognise notes that a request's connection is a known device's.
func recognise(ctx context.Context) {
	if conn, ok := ctx.Value(connKey{}).(*cappedConn); ok {
		conn.recognised()
	}
}
