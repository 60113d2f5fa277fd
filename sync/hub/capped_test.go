package hub_test

import (
	"crypto/tls"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// strangers is how many connections one address may have that no device uses.
const strangers = 64

// shutOut tells whether the hub closes a connection at once.
func shutOut(t *testing.T, conn net.Conn) bool {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, err := conn.Read(make([]byte, 1))
	timeout, ok := err.(net.Error)
	return err != nil && (!ok || !timeout.Timeout())
}

func TestOneAddressCannotTakeEveryConnection(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	d.pull(0)
	address := strings.TrimPrefix(s.url, "https://")
	all := make([]net.Conn, strangers+1)
	for i := range all {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		all[i] = conn
	}
	if !shutOut(t, all[strangers]) {
		t.Error("one more than may be was let in")
	}
	d.pull(0) // a desk that the hub knows goes on
	for _, conn := range all {
		conn.Close()
	}
	config := s.httpWith().Transport.(*http.Transport).TLSClientConfig
	for began := time.Now(); ; { // the hub has to notice first
		conn, err := tls.Dial("tcp", address, config)
		if err == nil {
			conn.Close()
			return
		}
		if time.Since(began) > 20*time.Second {
			t.Fatal(err)
		}
	}
}

func TestManyDesksMayHaveOneAddress(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	for i := range strangers + 8 {
		client := d.http()
		if status, err := s.get(client, sync.PathSite); err != nil || status != http.StatusOK {
			t.Fatalf("connection %d: status %d, %v", i, status, err)
		}
	}
}

func TestADeviceWaitsInAFewPlacesOnly(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d, other := s.desk("LEI"), s.desk("LEI")
	answers := make(chan answered)
	for range 5 {
		waiting := d.wait(0)
		go func() { answers <- <-waiting }()
	}
	if first := <-answers; model.KindOf(first.err) != model.KindOffline {
		t.Errorf("a fifth place: %v", first.err)
	}
	other.send(model.PushTaken, other.write(a, ann, cell("1")))
	for range 4 {
		if got := <-answers; got.err != nil || len(got.feed.Envelopes) != 1 {
			t.Errorf("%+v", got)
		}
	}
	got := d.wait(0) // there is room again
	if got := <-got; got.err != nil {
		t.Error(got.err)
	}
}
