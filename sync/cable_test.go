package sync_test

import (
	"io"
	"net"
	"os"
	gosync "sync"
	"syscall"
	"time"
)

// cable is one end of a connection in memory. It buffers, as a network does:
// with net.Pipe, TLS would wait for itself.
type cable struct {
	in, out *stream
}

// stream is one direction.
type stream struct {
	mu       gosync.Mutex
	ready    *gosync.Cond
	data     []byte
	ended    error // what a reader gets after the data
	deadline time.Time
	timer    *time.Timer
}

func newStream() *stream {
	s := &stream{}
	s.ready = gosync.NewCond(&s.mu)
	return s
}

func newCable() (near, far net.Conn) {
	a, b := newStream(), newStream()
	return &cable{a, b}, &cable{b, a}
}

// Read implements net.Conn.
func (c *cable) Read(p []byte) (int, error) {
	s := c.in
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		switch {
		case !s.deadline.IsZero() && !time.Now().Before(s.deadline):
			return 0, os.ErrDeadlineExceeded
		case len(s.data) > 0:
			n := copy(p, s.data)
			s.data = s.data[n:]
			return n, nil
		case s.ended != nil:
			return 0, s.ended
		}
		s.ready.Wait()
	}
}

// Write implements net.Conn.
func (c *cable) Write(p []byte) (int, error) {
	s := c.out
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended != nil {
		return 0, &net.OpError{Op: "write", Net: "tcp", Err: syscall.EPIPE}
	}
	s.data = append(s.data, p...)
	s.ready.Broadcast()
	return len(p), nil
}

// Close lets the other side read what is under way.
func (c *cable) Close() error {
	c.in.end(net.ErrClosed, true)
	c.out.end(io.EOF, false)
	return nil
}

// cut loses what is under way, in both directions.
func (c *cable) cut() {
	reset := &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	c.in.end(reset, true)
	c.out.end(reset, true)
}

func (s *stream) end(err error, drop bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended == nil {
		s.ended = err
	}
	if drop {
		s.data = nil
	}
	if s.timer != nil {
		s.timer.Stop()
	}
	s.ready.Broadcast()
}

// SetReadDeadline implements net.Conn.
func (c *cable) SetReadDeadline(t time.Time) error {
	s := c.in
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline = t
	if s.timer != nil {
		s.timer.Stop()
	}
	switch left := time.Until(t); {
	case t.IsZero():
	case left <= 0: // needs no timer; one that is due at once runs inside the runtime, where the race detector can crash
		s.ready.Broadcast()
	default:
		s.timer = time.AfterFunc(left, s.ready.Broadcast)
	}
	return nil
}

// SetWriteDeadline implements net.Conn; a write never waits.
func (c *cable) SetWriteDeadline(time.Time) error { return nil }

// SetDeadline implements net.Conn.
func (c *cable) SetDeadline(t time.Time) error { return c.SetReadDeadline(t) }

// LocalAddr implements net.Conn.
func (c *cable) LocalAddr() net.Addr { return pipeAddr{} }

// RemoteAddr implements net.Conn.
func (c *cable) RemoteAddr() net.Addr { return pipeAddr{} }
