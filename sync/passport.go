package sync

import (
	"net/http"
	"strconv"
	"sync"

	"github.com/throughgate/throughgate/model"
)

// maxTurn bounds a token, in bytes.
const maxTurn = 64

// shown is what a client shows of its device with every request.
type shown struct {
	// turns is held for reading by every request for as long as it lasts, and for
	// writing while the token changes: a request with the token before must not
	// reach the hub after one with the new, or it would look like a copy's.
	turns sync.RWMutex

	mu       sync.Mutex
	passport model.Passport
	began    bool // this program has had a token from the hub
	version  string
}

// Present takes what the requests from now on show of the device. When token or
// incarnation are new it waits for the requests under way, so it must not be
// called from one.
func (c *Client) Present(p model.Passport) {
	s := &c.shown
	s.mu.Lock()
	before := s.passport
	if p.Turn == before.Turn && p.Incarnation == before.Incarnation && p.Restored == before.Restored {
		s.passport = p
		s.mu.Unlock()
		return
	}
	s.mu.Unlock()
	s.turns.Lock()
	defer s.turns.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passport = p
}

// begin takes note that the hub gave this program a token.
func (s *shown) begin() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.began = true
}

// header puts it into a request.
func (s *shown) header(asks bool) http.Header {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := http.Header{}
	out.Set(HeaderIncarnation, strconv.FormatUint(uint64(s.passport.Incarnation), 10))
	out.Set(HeaderPending, strconv.Itoa(s.passport.Pending))
	for name, value := range map[string]string{HeaderTurn: s.passport.Turn, HeaderVersion: s.version} {
		if value != "" {
			out.Set(name, value)
		}
	}
	if s.passport.Restored != 0 {
		out.Set(HeaderRestored, strconv.FormatUint(uint64(s.passport.Restored), 10))
	}
	if asks && !s.began {
		out.Set(HeaderStart, "1")
	}
	return out
}

// PassportOf reads what a device shows in a request; start tells that its
// program has had no token yet since it began. What is not there is zero.
func PassportOf(h http.Header) (p model.Passport, version string, start bool) {
	number := func(name string, bits int) uint64 {
		n, err := strconv.ParseUint(h.Get(name), 10, bits)
		if err != nil {
			return 0
		}
		return n
	}
	p.Incarnation, p.Restored = uint32(number(HeaderIncarnation, 32)), uint32(number(HeaderRestored, 32))
	p.Pending = int(number(HeaderPending, 31))
	if turn := h.Get(HeaderTurn); len(turn) <= maxTurn {
		p.Turn = turn
	}
	version = sentence(h.Get(HeaderVersion))
	return p, version[:min(len(version), maxTurn)], h.Get(HeaderStart) != ""
}
