package hub_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/sync"
)

// begin sends the head of a request without a certificate, and part of the body
// that the head promises.
func (s *service) begin(method, path string) *tls.Conn {
	s.tb.Helper()
	config := s.httpWith().Transport.(*http.Transport).TLSClientConfig
	conn, err := tls.Dial("tcp", strings.TrimPrefix(s.url, "https://"), config)
	if err != nil {
		s.tb.Fatal(err)
	}
	s.tb.Cleanup(func() { conn.Close() })
	if _, err := fmt.Fprintf(conn, "%s %s HTTP/1.1\r\nHost: hub\r\nContent-Type: %s\r\nContent-Length: 100\r\n\r\n{", method, path, sync.TypeJSON); err != nil {
		s.tb.Fatal(err)
	}
	return conn
}

// Nobody holds a connection by promising a body that no handler asks for.
func TestABodyThatNobodyAskedForIsNotWaitedFor(t *testing.T) {
	s := newService(t)
	for _, what := range [][2]string{{"GET", "/healthz"}, {"POST", "/"}, {"POST", sync.PathOps}} {
		conn := s.begin(what[0], what[1])
		// The hub's own limit is two seconds; without it this waits for ever.
		if err := conn.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Errorf("%v: no answer: %v", what, err)
			continue
		}
		answer.Body.Close()
	}
}

// Requests to enrol that never come whole keep nobody else from enrolling.
func TestSlowRequestsToEnrolKeepNobodyOut(t *testing.T) {
	s := newService(t)
	for range 8 {
		s.begin("POST", sync.PathEnrol)
	}
	for range 3 { // one after the other, so that the slow ones have arrived
		s.desk("LEI")
	}
}
