package sync_test

import (
	"context"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// These have the real store at the ends and the real hub over its real log
// between them, on the loopback: all that is counted is sealed, signed, verified
// and on every disk concerned when the clock is stopped.

// benchOps is how many ops one round of a throughput benchmark moves.
const benchOps = 5000

// metered counts the bytes of every connection of a client, TLS and all.
type metered struct{ bytes atomic.Int64 }

func (m *metered) dial(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := new(net.Dialer).DialContext(ctx, network, address)
	return &meteredConn{c, m}, err
}

type meteredConn struct {
	net.Conn
	meter *metered
}

// Read implements net.Conn.
func (c *meteredConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.meter.bytes.Add(int64(n))
	return n, err
}

// Write implements net.Conn.
func (c *meteredConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.meter.bytes.Add(int64(n))
	return n, err
}

// writeMany makes n ops as a release morning does: several a form, of all
// compartments, on a few dozen people.
func (w *workstation) writeMany(n int) {
	var people []model.PersonID
	for range 50 {
		people = append(people, w.person())
	}
	note := "Seen at reception, will be collected by family at the gate."
	for i := 0; n > 0; i++ {
		id := people[i%len(people)]
		w.do(w.officer, id, named("Example"), &model.CustodyNoted{Text: note},
			&model.ItemSet{Item: model.ItemAccommodation, State: model.Done, Note: note}, &model.CustodyNoted{Text: note})
		w.do(w.nurse, id, &model.HealthNoted{Text: note}, &model.ProblemsSet{Problems: []string{"Asthma", "Opioid dependence"}},
			&model.HealthNoted{Text: note}, &model.HealthNoted{Text: note})
		n -= 8
	}
}

func BenchmarkPush(b *testing.B) {
	service := newService(b, loopback(b))
	meter := &metered{}
	service.dial = meter.dial
	w := service.workstation(b, 1)
	moved, bytes := 0, int64(0)
	b.ResetTimer()
	for b.Loop() {
		b.StopTimer()
		w.writeMany(benchOps)
		meter.bytes.Store(0)
		b.StartTimer()
		moved += w.pushAll(b)
		bytes += meter.bytes.Load()
	}
	b.ReportMetric(float64(moved)/b.Elapsed().Seconds(), "ops/s")
	b.ReportMetric(float64(bytes)/float64(moved), "wire-B/op")
}

// pushAll does what the agent does when there is something to push.
func (w *workstation) pushAll(tb testing.TB) (moved int) {
	tb.Helper()
	for {
		ops, err := w.Outgoing(sync.MaxOps)
		if err != nil {
			tb.Fatal(err)
		}
		if len(ops) == 0 {
			return moved
		}
		results, err := w.client.Push(tb.Context(), ops)
		if err == nil {
			err = w.Settle(results)
		}
		if err != nil || results[0].Status != model.PushTaken {
			tb.Fatalf("%+v, %v", results[:min(1, len(results))], err)
		}
		moved += len(results)
	}
}

func BenchmarkPull(b *testing.B) {
	service := newService(b, loopback(b))
	author := service.workstation(b, 1)
	meter := &metered{}
	service.dial = meter.dial
	reader := service.workstation(b, 2) // with an officer and a nurse signed in
	moved, bytes := 0, int64(0)
	b.ResetTimer()
	for b.Loop() {
		b.StopTimer()
		author.writeMany(benchOps)
		moved += author.pushAll(b)
		meter.bytes.Store(0)
		b.StartTimer()
		reader.once()
		bytes += meter.bytes.Load()
	}
	if s := reader.Status(); s.Waiting+s.Quarantined != 0 {
		b.Fatalf("%+v", s)
	}
	b.ReportMetric(float64(moved)/b.Elapsed().Seconds(), "ops/s")
	b.ReportMetric(float64(bytes)/float64(moved), "wire-B/op")
}

// BenchmarkEditBetweenDesks takes the time from the key press at one desk to
// the record at another that is open, kept on all three disks.
func BenchmarkEditBetweenDesks(b *testing.B) {
	service := newService(b, loopback(b))
	from, to := service.workstation(b, 1), service.workstation(b, 2)
	defer from.run()()
	defer to.run()()
	tokens, stop := to.Watch()
	defer stop()
	id := from.person()
	from.do(from.officer, id, named("Begin"))
	waitFor(tokens, func() bool { return len(to.officer.Rows()) == 1 })
	var took []time.Duration
	pace := time.NewTicker(25 * time.Millisecond) // faster than any hand, slower than the hub's limit
	defer pace.Stop()
	for i := 0; b.Loop(); i++ {
		name, want := "One", "ONE, Sam"
		if i%2 == 1 {
			name, want = "Two", "TWO, Sam"
		}
		b.StopTimer()
		<-pace.C
		b.StartTimer()
		start := time.Now()
		from.do(from.officer, id, named(name))
		waitFor(tokens, func() bool { return to.officer.Rows()[0].Name == want })
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

func waitFor(tokens <-chan struct{}, done func() bool) {
	for !done() {
		<-tokens
	}
}
