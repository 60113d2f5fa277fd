package sync_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// bubble runs a test with a hub under a false clock, on a network in memory.
func bubble(t *testing.T, test func(t *testing.T, h *hub, network *pipes)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		network := newPipes()
		test(t, newHub(t, network), network)
	})
}

// pass lets false time pass: in a bubble nobody really waits.
func pass(d time.Duration) { time.Sleep(d) }

// station is a desk with its agent.
type station struct {
	*desk
	agent  *sync.Agent
	client *sync.Client
}

// station enrols a workstation.
func (h *hub) station(tb testing.TB) *station {
	tb.Helper()
	id := h.enrol()
	client, err := sync.NewClient(id, h.options())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(client.Close)
	d := newDesk(id.Node)
	return &station{d, &sync.Agent{Desk: d, Hub: client, Jitter: func() float64 { return 0.5 }}, client}
}

// run runs the agent until the test, or stop, ends it.
func (s *station) run(tb testing.TB) (stop func()) {
	tb.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() { done <- s.agent.Run(ctx) }()
	ended := false
	stop = func() {
		if !ended {
			ended = true
			cancel()
			<-done
			s.client.Close()
		}
	}
	tb.Cleanup(stop)
	return stop
}

// equal tells whether all hold the same ops, n of them.
func equal(tb testing.TB, n int, all ...*station) {
	tb.Helper()
	first := all[0].holds()
	if len(first) != n {
		tb.Errorf("desk 1 holds %d ops, want %d", len(first), n)
	}
	for i, s := range all[1:] {
		if !slices.Equal(first, s.holds()) {
			tb.Errorf("desk %d holds %d ops, desk 1 %d, or others", i+2, len(s.holds()), len(first))
		}
	}
	for i, s := range all {
		if pending := s.Status().Pending; pending != 0 {
			tb.Errorf("desk %d has %d to send", i+1, pending)
		}
	}
}

// TestEditGoesFromDeskToDeskAtOnce holds that no timer stands in the way of an
// edit: under the false clock it takes no time at all, although every desk is in
// the middle of a long poll.
func TestEditGoesFromDeskToDeskAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a, b := h.station(t), h.station(t)
		a.run(t)
		b.run(t)
		synctest.Wait()
		pass(3 * time.Second) // into the long poll
		for range 5 {
			start := time.Now()
			a.write(1)
			b.write(2)
			synctest.Wait()
			if took := time.Since(start); took != 0 {
				t.Errorf("took %v", took)
			}
		}
		equal(t, 15, a, b)
		if s := a.Status(); !s.Online || s.Err != "" || s.LastSync.IsZero() {
			t.Errorf("%+v", s)
		}
	})
}

func TestDeskWorksOnWithoutTheHubAndCatchesUp(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, network *pipes) {
		a, b := h.station(t), h.station(t)
		a.run(t)
		b.run(t)
		synctest.Wait()
		network.pull(true)
		cut := model.InstantOf(time.Now())
		synctest.Wait()
		a.write(3)
		pass(10 * time.Minute)
		s := a.Status()
		if s.Online || s.Pending != 3 || !strings.Contains(s.Err, "cannot be reached") || s.Since < cut || s.Since > cut+1000 {
			t.Errorf("%+v", s)
		}
		network.pull(false)
		pass(time.Minute)
		synctest.Wait()
		equal(t, 3, a, b)
		if s := a.Status(); !s.Online || s.Err != "" {
			t.Errorf("%+v", s)
		}
	})
}

// TestBackOffGrowsToItsMost counts the attempts of an hour without a hub.
func TestBackOffGrowsToItsMost(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, network *pipes) {
		a := h.station(t)
		network.pull(true)
		var attempts []time.Time
		network.mu.Lock()
		network.dialled = func() { attempts = append(attempts, time.Now()) }
		network.mu.Unlock()
		stop := a.run(t)
		pass(time.Hour)
		stop()
		// Pulling alone has something to do; 45 s is the middle of 30 to 60.
		if n := len(attempts); n < 80 || n > 90 {
			t.Errorf("%d attempts in an hour", n)
		}
		if first := attempts[1].Sub(attempts[0]); first != 750*time.Millisecond {
			t.Errorf("first wait %v", first)
		}
		if last := attempts[len(attempts)-1].Sub(attempts[len(attempts)-2]); last != 45*time.Second {
			t.Errorf("last wait %v", last)
		}
	})
}

func TestNudgeEndsTheWait(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, network *pipes) {
		a := h.station(t)
		network.pull(true)
		a.run(t)
		a.write(1)
		pass(20 * time.Minute)
		network.pull(false)
		start := time.Now()
		a.agent.Nudge()
		synctest.Wait()
		if s := a.Status(); s.Pending != 0 || !s.Online || time.Since(start) != 0 {
			t.Errorf("%+v after %v", s, time.Since(start))
		}
	})
}

// TestHubThatIsBackIsUsedByBothAtOnce holds that a push that waits after a failure goes
// as soon as the pulling side finds the hub.
func TestHubThatIsBackIsUsedByBothAtOnce(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, network *pipes) {
		a := h.station(t)
		fails := true
		h.meddle = func(_ http.ResponseWriter, r *http.Request) bool {
			if fails && r.Method == http.MethodPost {
				panic(http.ErrAbortHandler)
			}
			return false
		}
		a.run(t)
		synctest.Wait()
		a.write(1)
		synctest.Wait()
		h.mu.Lock()
		fails = false
		h.mu.Unlock()
		h.change(func() { h.site.Revision++ }) // ends the long poll
		synctest.Wait()
		if s := a.Status(); s.Pending != 0 || s.Err != "" {
			t.Errorf("%+v", s)
		}
	})
}

// spoil makes every push that has one of these ops in it fail.
// for poison, and it is not asked more than a few times in a row.
// hub, find everything bad.
func TestSiteAndTablesFollowTheirRevisions(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a := h.station(t)
		a.run(t)
		synctest.Wait()
		if a.site.Name != "Leeds" {
			t.Errorf("%+v", a.site)
		}
		h.change(func() {
			h.site.Revision, h.site.Name = 2, "Leeds again"
			h.tables["prisons"], h.tableNo["prisons"] = []byte("{}\n"), 1
		})
		synctest.Wait()
		if a.site.Name != "Leeds again" || string(a.tables["prisons"]) != "{}\n" || a.revision["prisons"] != 1 {
			t.Errorf("%+v, %q", a.site, a.tables)
		}
		pass(10 * time.Minute)
		if n := h.count("GET " + sync.PathSite); n != 2 {
			t.Errorf("%d times", n)
		}
		if n := h.count("GET " + sync.PathReference + "prisons"); n != 1 {
			t.Errorf("%d times", n)
		}
	})
}

// TestRestoredHubIsFilledAgain puts the hub back to before what both desks had
// sent.
func TestRestoredHubIsFilledAgain(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, network *pipes) {
		a, b := h.station(t), h.station(t)
		a.run(t)
		b.run(t)
		a.write(5)
		b.write(5)
		synctest.Wait()
		network.pull(true)
		h.restore(4)
		a.write(1)
		pass(time.Minute)
		network.pull(false)
		pass(time.Minute)
		synctest.Wait()
		equal(t, 11, a, b)
		if len(h.log) != 11 || a.epoch != "first+" {
			t.Errorf("the hub has %d, epoch %q", len(h.log), a.epoch)
		}
		c := h.station(t)
		if err := c.agent.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		equal(t, 11, a, c)
	})
}

func TestWrongClockIsMeasuredAndItsStampsRefused(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a := h.station(t)
		h.ahead = -20 * time.Minute
		a.run(t)
		a.write(2)
		synctest.Wait()
		s := a.Status()
		if s.Skew != 20*time.Minute || !s.ClockWrong() || s.Refused != 2 || s.Pending != 0 {
			t.Errorf("%+v", s)
		}
		h.mu.Lock()
		h.ahead = 0
		h.mu.Unlock()
		pass(time.Minute)
		if s := a.Status(); s.Skew != 0 || s.ClockWrong() {
			t.Errorf("%+v", s)
		}
	})
}

func TestImpostorOfAnHourIsSurvived(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a, b := h.station(t), h.station(t)
		h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<title>Sign in</title>"))
			return true
		}
		a.run(t)
		b.run(t)
		a.write(4)
		pass(time.Hour)
		if s := a.Status(); s.Online || s.Pending != 4 || !strings.Contains(s.Err, "Something other") {
			t.Errorf("%+v", s)
		}
		h.mu.Lock()
		h.meddle = nil
		h.mu.Unlock()
		pass(2 * time.Minute)
		equal(t, 4, a, b)
	})
}

func TestFullDiskIsSaidAndNothingIsSkipped(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a, b := h.station(t), h.station(t)
		a.run(t)
		b.run(t)
		synctest.Wait()
		b.mu.Lock()
		b.fail = errDisk
		b.mu.Unlock()
		a.write(3)
		synctest.Wait()
		if s := b.Status(); !s.Online || !strings.Contains(s.Err, "disk is full") || b.after != 0 {
			t.Errorf("%+v", s)
		}
		b.mu.Lock()
		b.fail = nil
		b.mu.Unlock()
		pass(2 * time.Minute)
		equal(t, 3, a, b)
	})
}

func TestOnce(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, network *pipes) {
		a, b := h.station(t), h.station(t)
		a.write(2300)
		if err := a.agent.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := b.agent.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		equal(t, 2300, a, b)
		network.pull(true)
		b.write(1)
		if err := b.agent.Once(t.Context()); model.KindOf(err) != model.KindOffline {
			t.Errorf("%v", err)
		}
		if s := b.Status(); s.Online || s.Pending != 1 {
			t.Errorf("%+v", s)
		}
	})
}

func TestRunEndsWithTheDesk(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, _ *pipes) {
		a := h.station(t)
		ended := make(chan error)
		go func() { ended <- a.agent.Run(context.Background()) }()
		synctest.Wait()
		a.close()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

// TestStandingIsTakenUp holds that the last sync is remembered over a restart,
// and being online is not.
func TestStandingIsTakenUp(t *testing.T) {
	bubble(t, func(t *testing.T, h *hub, network *pipes) {
		a := h.station(t)
		last := model.InstantOf(time.Now().Add(-time.Hour))
		a.state = model.SyncState{Online: true, Since: last - 5000, LastSync: last}
		network.pull(true)
		if err := a.agent.Once(t.Context()); err == nil {
			t.Fatal("synced without a hub")
		}
		if s := a.Status(); s.Online || s.Since != last || s.LastSync != last {
			t.Errorf("%+v", s)
		}
	})
}
