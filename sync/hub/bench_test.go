package hub_test

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

// benchBatch is how many ops a desk with much to send puts into one push.
const benchBatch = 500

// counted is a desk whose bytes on the network are counted, TLS and all.
type counted struct {
	*desk
	out, in atomic.Int64
}

type countedConn struct {
	net.Conn
	by *counted
}

func (c countedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.by.out.Add(int64(n))
	return n, err
}

func (c countedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.by.in.Add(int64(n))
	return n, err
}

func (s *service) countedDesk(site model.SiteCode) *counted {
	c := &counted{desk: s.desk(site)}
	client, err := sync.NewClient(c.Identity, sync.Options{Now: s.now,
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			conn, err := new(net.Dialer).DialContext(ctx, network, address)
			return countedConn{conn, c}, err
		}})
	if err != nil {
		s.tb.Fatal(err)
	}
	s.tb.Cleanup(client.Close)
	c.Client = client
	return c
}

// next is a page of the feed. The token that comes with it is kept, as a desk
// keeps it, or every request would ask for another.
func (c *counted) next(after uint64, wait time.Duration) (*sync.Feed, error) {
	feed, err := c.Pull(context.Background(), after, "", wait)
	if err == nil && feed.Turn != "" {
		c.Present(model.Passport{Incarnation: feed.Incarnation, Turn: feed.Turn})
	}
	return feed, err
}

// day makes ops as they come in a day, of both sides.
func (d *desk) day(officer, nurse *author, n int) []model.Envelope {
	out := make([]model.Envelope, n)
	for i := range out {
		person := model.PersonID{byte(i), byte(i >> 8), 1}
		switch i % 3 {
		case 0:
			out[i] = d.write(officer, person, cell("A-2-014"))
		case 1:
			out[i] = d.write(officer, person, &model.ItemSet{Item: model.ItemAccommodation, State: model.Done, Note: "Seen in the vestibule."})
		default:
			out[i] = d.write(nurse, person, &model.HealthNoted{Text: "Seen at first night screening, no concerns, asked to come back."})
		}
	}
	return out
}

// busy is a hub at the real clock with a desk and two people at work.
func busy(b *testing.B) (s *service, d *counted, officer, nurse *author) {
	s = begun(b, time.Now)
	if _, err := s.AddSite("LEI", "HMP Leeds"); err != nil {
		b.Fatal(err)
	}
	officer, nurse = s.staff("officer", "LEI", model.RoleReception), s.staff("nurse", "LEI", model.RoleNurse)
	return s, s.countedDesk("LEI"), officer, nurse
}

// BenchmarkPush sends batches over TLS on the loopback; each op is verified and
// on disk before it is answered.
func BenchmarkPush(b *testing.B) {
	_, d, officer, nurse := busy(b)
	d.send(model.PushTaken, d.write(officer, ann, cell("1"))) // makes the connection
	sent := d.out.Load()
	b.ResetTimer()
	for range b.N {
		b.StopTimer()
		batch := d.day(officer, nurse, benchBatch)
		b.StartTimer()
		d.send(model.PushTaken, batch...)
	}
	ops := float64(b.N * benchBatch)
	b.ReportMetric(ops/b.Elapsed().Seconds(), "ops/s")
	b.ReportMetric(float64(d.out.Load()-sent)/ops, "wire-B/op")
}

// BenchmarkPull reads a feed from its beginning, page by page.
func BenchmarkPull(b *testing.B) {
	const ops = 10_000
	s, d, officer, nurse := busy(b)
	for range ops / benchBatch {
		d.send(model.PushTaken, d.day(officer, nurse, benchBatch)...)
	}
	reader := s.countedDesk("LEI")
	if _, err := reader.next(ops, 0); err != nil {
		b.Fatal(err)
	}
	got := reader.in.Load()
	b.ResetTimer()
	for range b.N {
		var cursor uint64
		for n := 0; n < ops; {
			feed, err := reader.next(cursor, 0)
			if err != nil {
				b.Fatal(err)
			}
			cursor, n = feed.Next, n+len(feed.Envelopes)
		}
	}
	b.ReportMetric(float64(b.N*ops)/b.Elapsed().Seconds(), "ops/s")
	b.ReportMetric(float64(reader.in.Load()-got)/float64(b.N*ops), "wire-B/op")
}

// BenchmarkEdit is one op from one desk to another that waits for it.
func BenchmarkEdit(b *testing.B) {
	s, d, officer, _ := busy(b)
	reader := s.countedDesk("LEI")
	began, err := reader.next(0, 0)
	if err != nil {
		b.Fatal(err)
	}
	cursor, arrived := began.Next, make(chan time.Time)
	go func() {
		for cursor < uint64(b.N) {
			feed, err := reader.next(cursor, time.Minute)
			if err != nil {
				b.Error(err)
				close(arrived)
				return
			}
			if cursor = feed.Next; len(feed.Envelopes) > 0 {
				arrived <- time.Now()
			}
		}
	}()
	var took []time.Duration
	for range b.N {
		op := d.write(officer, ann, cell("A-2-014"))
		began := time.Now()
		d.send(model.PushTaken, op)
		took = append(took, (<-arrived).Sub(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkVerify goes through a log of 100,000 ops: bytes, tree, chain and
// signature of each.
func BenchmarkVerify(b *testing.B) {
	const ops = 100_000
	s, d, officer, nurse := busy(b)
	for range ops / benchBatch {
		d.send(model.PushTaken, d.day(officer, nurse, benchBatch)...)
	}
	d.pull(ops)
	b.ResetTimer()
	for b.Loop() {
		if r := verified(b, s.Hub); len(r.Findings) != 0 || r.Checked.Places != ops {
			b.Fatalf("%+v", r)
		}
	}
	b.ReportMetric(float64(ops*b.N)/b.Elapsed().Seconds(), "ops/s")
}
