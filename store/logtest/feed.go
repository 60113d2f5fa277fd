package logtest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func feedsAreNumberedWithoutGaps(t *testing.T, open Open) {
	log := opened(t, open)
	here, there := newDevice(1, "LEI"), newDevice(2, "MDI")
	var lei, mdi [][]byte
	for range 5 {
		a, b, c := here.next(1), there.next(2), here.next(3)
		expect(t, log, model.PushTaken, a, b, c)
		lei, mdi = append(lei, a.Raw, c.Raw), append(mdi, b.Raw)
	}
	expectFeed(t, log, "LEI", lei...)
	expectFeed(t, log, "MDI", mdi...)
}

func readingStopsAtItsLimits(t *testing.T, open Open) {
	log := opened(t, open)
	batch := newDevice(1, "LEI").several(10)
	expect(t, log, model.PushTaken, batch...)
	one := len(batch[0].Raw)
	tests := []struct {
		name      string
		after     uint64
		ops, size int
		want      int
	}{
		{"all of it", 0, 100, 1 << 20, 10},
		{"the rest", 7, 100, 1 << 20, 3},
		{"at most so many", 2, 4, 1 << 20, 4},
		{"at most so large", 2, 100, 3*one + 1, 3},
		{"one at least", 2, 100, 1, 1},
		{"at the end", 10, 100, 1 << 20, 0},
		{"beyond the end", 1 << 40, 100, 1 << 20, 0},
		{"beyond any end", ^uint64(0), 100, 1 << 20, 0},
	}
	for _, tt := range tests {
		got, err := log.Read(t.Context(), "LEI", tt.after, tt.ops, tt.size)
		if err != nil || len(got) != tt.want {
			t.Errorf("%s: %d ops, %v; want %d", tt.name, len(got), err, tt.want)
		}
		for i, at := range got {
			if at.Seq != tt.after+uint64(i)+1 {
				t.Errorf("%s: place %d has the number %d", tt.name, i, at.Seq)
			}
		}
	}
}

func newsComesWithTheCommit(t *testing.T, open Open) {
	log := opened(t, open)
	d, other := newDevice(1, "LEI"), newDevice(2, "MDI")
	first, second := log.News("LEI"), log.News("LEI")
	expect(t, log, model.PushTaken, other.next(1))
	refused := d.next(1)
	refused.Refused = "No."
	expect(t, log, model.PushRefused, refused)
	select {
	case <-first:
		t.Fatal("news where nothing happened")
	default:
	}
	expect(t, log, model.PushTaken, d.next(1))
	<-first
	<-second
	if got := read(t, log, "LEI", 0); len(got) != 1 {
		t.Errorf("%d ops with the news", len(got))
	}
	select {
	case <-log.News("LEI"):
		t.Error("old news")
	default:
	}
}

func theLogIsTheSameAfterReopening(t *testing.T, open Open) {
	folder := t.TempDir()
	log := open(t, folder)
	d := newDevice(1, "LEI")
	batch := d.several(20)
	batch[3].Refused = "No."
	batch[5].Joins, batch[5].Also = "MDI", []model.Placement{in("MDI", batch[5])}
	appended(t, log, batch...)
	epoch, err := log.Epoch()
	if err != nil || epoch == "" {
		t.Fatalf("epoch %q, %v", epoch, err)
	}
	feed := read(t, log, "LEI", 0)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, folder)
	defer log.Close()
	want := make([][]byte, len(feed))
	for i, at := range feed {
		want[i] = at.Raw
	}
	expectFeed(t, log, "LEI", want...)
	expectFeed(t, log, "MDI", batch[5].Also[0].Raw)
	if again, err := log.Epoch(); err != nil || again != epoch {
		t.Errorf("the epoch was %s and is %s, %v", epoch, again, err)
	}
	expect(t, log, model.PushKnown, batch[0])
	expect(t, log, model.PushRefused, batch[3])
	next := d.next(1)
	expect(t, log, model.PushTaken, next)
	expectFeed(t, log, "LEI", append(want, next.Raw)...)
	if err := log.NewEpoch(); err != nil {
		t.Fatal(err)
	}
	if again, err := log.Epoch(); err != nil || again == epoch {
		t.Errorf("the epoch stayed %s, %v", again, err)
	}
}

const (
	appenders = 6
	rounds    = 25
)

// send appends batches of growing size from a goroutine of its own.
func send(ctx context.Context, log Log, d *device) error {
	for round := range rounds {
		results, err := log.Append(ctx, d.several(1+round%4))
		if err != nil {
			return err
		}
		for _, r := range results {
			if r.Status != model.PushTaken {
				return fmt.Errorf("%v: %s", r.Status, r.Reason)
			}
		}
	}
	return nil
}

func sendAll(t *testing.T, log Log) (want int) {
	var all sync.WaitGroup
	for i := range appenders {
		d := newDevice(uint32(i+1), []model.SiteCode{"LEI", "MDI"}[i%2])
		all.Go(func() {
			if err := send(t.Context(), log, d); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for round := range rounds {
		want += 1 + round%4
	}
	return want * appenders / 2
}

func manyAppendAtOnce(t *testing.T, open Open) {
	log := opened(t, open)
	want := sendAll(t, log)
	for _, site := range []model.SiteCode{"LEI", "MDI"} {
		got := read(t, log, site, 0)
		if len(got) != want {
			t.Errorf("%d ops at %s, want %d", len(got), site, want)
		}
		for i, at := range got {
			if at.Seq != uint64(i+1) {
				t.Fatalf("place %d has the number %d", i+1, at.Seq)
			}
		}
	}
}

// aReaderThatFollowsMissesNothing reads while others write: whoever takes each
// page's last number as the next cursor sees each number once.
func aReaderThatFollowsMissesNothing(t *testing.T, open Open) {
	log := opened(t, open)
	want := 0
	for round := range rounds {
		want += (1 + round%4) * appenders / 2
	}
	done := make(chan uint64)
	go func() {
		var cursor uint64
		for cursor < uint64(want) && t.Context().Err() == nil {
			news := log.News("LEI")
			page, err := log.Read(t.Context(), "LEI", cursor, 7, 1<<20)
			if err != nil {
				t.Error(err)
				break
			}
			for _, at := range page {
				if at.Seq != cursor+1 {
					t.Errorf("%d came after %d", at.Seq, cursor)
				}
				cursor = at.Seq
			}
			if len(page) == 0 {
				<-news
			}
		}
		done <- cursor
	}()
	sendAll(t, log)
	if got := <-done; got != uint64(want) {
		t.Errorf("read up to %d, want %d", got, want)
	}
}
