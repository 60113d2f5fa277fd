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
	shareAtOnce = 4 // of workAtOnce, for one device
	// What is kept of a device that no member of staff has signed: entries of its
	// access log, and of refused entries that they were. A desk that was away for
	// months brings some hundred thousand at once.
	keepRate  = 10 // a second
	keepBurst = 300_000
	keyring   = 1000 // of them is what a new keyring counts for: every desk of the site fetches it
	// A token costs a wait for the disk, with which every other device waits.
	turnRate  = rate.Limit(0.1) // a second
	turnBurst = 30
)

// doors keep the hub from being rushed.
type doors struct {
	mu        *sync.Mutex
	devices   map[model.DeviceID]*rate.Limiter
	addresses map[netip.Addr]*rate.Limiter
	failures  *rate.Limiter
	enrolling chan struct{}
	working   chan struct{}
	at        map[model.DeviceID]int // of working
	waiting   map[model.DeviceID]int
	keeping   map[model.DeviceID]*rate.Limiter
	turns     map[model.DeviceID]*rate.Limiter
}

func newDoors() doors {
	return doors{
		mu:      new(sync.Mutex),
		devices: make(map[model.DeviceID]*rate.Limiter), addresses: make(map[netip.Addr]*rate.Limiter),
		failures: rate.NewLimiter(enrolAllRate, enrolAllBurst), enrolling: make(chan struct{}, enrolAtOnce),
		working: make(chan struct{}, workAtOnce), at: make(map[model.DeviceID]int), waiting: make(map[model.DeviceID]int),
		keeping: make(map[model.DeviceID]*rate.Limiter), turns: make(map[model.DeviceID]*rate.Limiter),
	}
}

var errBusy = errors.New("hub: too many requests")

// busy tells a client to come back later; it is answered as 429.
func busy() error {
	return &model.Error{Kind: model.KindOffline, Msg: "The hub is asked too often just now.", Hint: "Try again in a minute.", Err: errBusy}
}

// admit counts a request of a device.
func (d *doors) admit(id model.DeviceID, now time.Time) error {
	return d.allow(d.devices, id, deviceRate, deviceBurst, now, 1)
}

// mayKeep counts entries of a device that are about to be kept.
func (d *doors) mayKeep(id model.DeviceID, now time.Time, entries int) error {
	return d.allow(d.keeping, id, keepRate, keepBurst, now, entries)
}

// mayTurn counts a token for a device.
func (d *doors) mayTurn(id model.DeviceID, now time.Time) error {
	return d.allow(d.turns, id, turnRate, turnBurst, now, 1)
}

func (d *doors) allow(of map[model.DeviceID]*rate.Limiter, id model.DeviceID, each rate.Limit, burst int, now time.Time, n int) error {
	d.mu.Lock()
	limiter := of[id]
	if limiter == nil {
		limiter = rate.NewLimiter(each, burst)
		of[id] = limiter
	}
	d.mu.Unlock()
	if !limiter.AllowN(now, n) {
		return busy()
	}
	return nil
}

// work waits for a turn at what takes much memory. One device cannot have all of
// them.
func (d *doors) work(ctx context.Context, id model.DeviceID) (done func(), err error) {
	left, err := d.share(d.at, id, shareAtOnce)
	if err != nil {
		return nil, err
	}
	select {
	case d.working <- struct{}{}:
		return func() { <-d.working; left() }, nil
	case <-ctx.Done():
		left()
		return nil, ctx.Err()
	}
}

// wait counts a long poll of a device until done is called.
func (d *doors) wait(id model.DeviceID) (done func(), err error) {
	return d.share(d.waiting, id, waitsAtOnce)
}

// share counts a device among those who do something until done is called.
func (d *doors) share(of map[model.DeviceID]int, id model.DeviceID, most int) (done func(), err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if of[id] >= most {
		return nil, busy()
	}
	of[id]++
	return func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		if of[id]--; of[id] == 0 {
			delete(of, id)
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
