package hub

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/throughgate/throughgate/model"
)

// How often things may be asked for. A desk at work makes a few requests a
// second, one that catches up a few hundred; more is a program gone wild. An
// enrolment code is typed by hand.
const (
	deviceRate  = 1000 // requests a second of one device
	deviceBurst = 5000
	// Only failures count for an enrolment.
	enrolRate     = rate.Limit(0.2) // failures a second of one address
	enrolBurst    = 10
	enrolAllRate  = 5 // of all addresses together
	enrolAllBurst = 100
	enrolAtOnce   = 4
	// Each batch being judged, or page being packed, takes some 20 MB at most.
	workAtOnce    = 16
	addressesKept = 10_000
	// A whole prison may be behind one address, but its desks are known by
	// their certificates after the first request.
	strangersAtOnce = 64 // connections from one address that no device has used yet
	// A desk waits in one place; more are what a lost network left behind.
	waitsAtOnce = 4 // long polls of one device
)

// doors keep the hub from being rushed.
type doors struct {
	mu        *sync.Mutex
	devices   map[model.DeviceID]*rate.Limiter
	addresses map[netip.Addr]*rate.Limiter
	failures  *rate.Limiter
	enrolling chan struct{}
	working   chan struct{}
	waiting   map[model.DeviceID]int
}

func newDoors() doors {
	return doors{
		mu:      new(sync.Mutex),
		devices: make(map[model.DeviceID]*rate.Limiter), addresses: make(map[netip.Addr]*rate.Limiter),
		failures: rate.NewLimiter(enrolAllRate, enrolAllBurst), enrolling: make(chan struct{}, enrolAtOnce),
		working: make(chan struct{}, workAtOnce), waiting: make(map[model.DeviceID]int),
	}
}

var errBusy = errors.New("hub: too many requests")

// busy tells a client to come back later; it is answered as 429.
func busy() error {
	return &model.Error{Kind: model.KindOffline, Msg: "The hub is asked too often just now.", Hint: "Try again in a minute.", Err: errBusy}
}

// admit counts a request of a device.
func (d *doors) admit(id model.DeviceID, now time.Time) error {
	d.mu.Lock()
	limiter := d.devices[id]
	if limiter == nil {
		limiter = rate.NewLimiter(deviceRate, deviceBurst)
		d.devices[id] = limiter
	}
	d.mu.Unlock()
	if !limiter.AllowN(now, 1) {
		return busy()
	}
	return nil
}

// work waits for a turn at what takes much memory.
func (d *doors) work(ctx context.Context) (done func(), err error) {
	select {
	case d.working <- struct{}{}:
		return func() { <-d.working }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// wait counts a long poll of a device until done is called.
func (d *doors) wait(id model.DeviceID) (done func(), err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.waiting[id] >= waitsAtOnce {
		return nil, busy()
	}
	d.waiting[id]++
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.waiting[id]--; d.waiting[id] == 0 {
			delete(d.waiting, id)
		}
	}, nil
}

// address returns the failures of a client's address.
func (d *doors) address(r *http.Request) *rate.Limiter {
	from := addressOf(r.RemoteAddr)
	d.mu.Lock()
	defer d.mu.Unlock()
	limiter := d.addresses[from]
	if limiter == nil {
		if len(d.addresses) >= addressesKept {
			clear(d.addresses)
		}
		limiter = rate.NewLimiter(enrolRate, enrolBurst)
		d.addresses[from] = limiter
	}
	return limiter
}

// addressOf is the address without its port. One of no known form counts with
// the others.
func addressOf(remote string) netip.Addr {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return netip.Addr{}
	}
	from, _ := netip.ParseAddr(host)
	return from
}
