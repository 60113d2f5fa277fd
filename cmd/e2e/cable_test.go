//go:build e2e && unix

package e2e_test

import (
	"io"
	"net"
	"sync"
	"testing"
)

// cable is the line between a desk and the hub, which a test can pull out.
type cable struct {
	listener net.Listener
	to       string

	mu   sync.Mutex
	cut  bool
	open map[net.Conn]bool
}

func newCable(tb testing.TB, to string) *cable {
	tb.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	c := &cable{listener: listener, to: to, open: make(map[net.Conn]bool)}
	tb.Cleanup(func() {
		_ = listener.Close()
		c.pull()
	})
	go c.accept()
	return c
}

func (c *cable) address() string { return c.listener.Addr().String() }

func (c *cable) accept() {
	for {
		from, err := c.listener.Accept()
		if err != nil {
			return
		}
		to, err := net.Dial("tcp", c.to)
		if err != nil || !c.hold(from, to) {
			_ = from.Close()
			continue
		}
		go c.carry(from, to)
		go c.carry(to, from)
	}
}

// hold takes note of a connection; it is refused while the cable is out.
func (c *cable) hold(both ...net.Conn) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range both {
		if c.cut {
			_ = conn.Close()
		} else {
			c.open[conn] = true
		}
	}
	return !c.cut
}

func (c *cable) carry(from, to net.Conn) {
	_, _ = io.Copy(to, from)
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, conn := range []net.Conn{from, to} {
		_ = conn.Close()
		delete(c.open, conn)
	}
}

// pull takes the cable out.
func (c *cable) pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = true
	for conn := range c.open {
		_ = conn.Close()
	}
}

// plug puts it back.
func (c *cable) plug() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cut = false
}
