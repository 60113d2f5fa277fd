package sync_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	gosync "sync"
	"testing"
	"testing/synctest"
	"time"
)

// frail is a connection that breaks after a number of bytes, anywhere: in a
// handshake, a head, a body, an answer.
type frail struct {
	*cable
	mu   gosync.Mutex
	left int
}

func (f *frail) spend(n int) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.left -= n
	return f.left <= 0
}

// Read implements net.Conn.
func (f *frail) Read(p []byte) (int, error) {
	n, err := f.cable.Read(p)
	if f.spend(n) {
		f.cut()
	}
	return n, err
}

// Write implements net.Conn. What breaks the connection goes out in part.
func (f *frail) Write(p []byte) (int, error) {
	if f.spend(len(p)) {
		n, _ := f.cable.Write(p[:len(p)/2])
		f.cut()
		return n, net.ErrClosed
	}
	return f.cable.Write(p)
}

// TestStormLosesNothing has several desks write while every connection breaks
// sooner or later, the cable is pulled now and then, and the hub once goes back
// to a backup. When the storm is over all hold the same.
func TestStormLosesNothing(t *testing.T) {
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			bubble(t, func(t *testing.T, h *hub, network *pipes) { storm(t, h, network, seed) })
		})
	}
}

func storm(t *testing.T, h *hub, network *pipes, seed uint64) {
	random := rand.New(rand.NewPCG(seed, 1))
	const desks, rounds = 4, 25
	var all []*station
	for range desks {
		all = append(all, h.station(t))
	}
	breakAll(network, seed)
	for _, s := range all {
		s.run(t)
	}
	written := 0
	for round := range rounds {
		for _, s := range all {
			n := random.IntN(40)
			s.write(n)
			written += n
		}
		pass(time.Duration(random.IntN(5000)) * time.Millisecond)
		switch random.IntN(6) {
		case 0:
			network.pull(true)
		case 1:
			network.pull(false)
		}
		if round == rounds/2 {
			h.mu.Lock()
			kept := random.IntN(len(h.log) + 1)
			h.mu.Unlock()
			h.restore(kept)
		}
	}
	network.mu.Lock()
	network.wrap = nil
	network.mu.Unlock()
	network.pull(false)
	pass(5 * time.Minute)
	synctest.Wait()
	equal(t, written, all...)
	if len(h.log) != written {
		t.Errorf("the hub has %d of %d", len(h.log), written)
	}
}
