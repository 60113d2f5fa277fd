package hub_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
	"github.com/throughgate/throughgate/sync/hub"
)

var errStopped = sync.ErrStopped

// held is a copy of a workstation's data, as far as the hub can tell copies
// apart: what it has kept of the hub's tokens.
type held struct {
	*sync.Client
	tb       testing.TB
	passport model.Passport
}

// copyOf is a copy of a desk's data that shows what the original would.
func (d *desk) copyOf(p model.Passport) *held {
	d.service.tb.Helper()
	client, err := sync.NewClient(d.Identity, sync.Options{Now: d.service.now, Version: "v1.2.3"})
	if err != nil {
		d.service.tb.Fatal(err)
	}
	d.service.tb.Cleanup(client.Close)
	client.Present(p)
	return &held{client, d.service.tb, p}
}

func (d *desk) held() *held { return d.copyOf(model.Passport{Incarnation: d.Incarnation}) }

// again is the program of a copy started anew.
func (h *held) again(d *desk) *held { return d.copyOf(h.passport) }

// ask pulls, and keeps the token that comes with the answer.
func (h *held) ask() error {
	h.tb.Helper()
	feed, err := h.Pull(h.tb.Context(), 0, "", 0)
	if err == nil && feed.Turn != "" {
		h.passport.Turn, h.passport.Incarnation, h.passport.Restored = feed.Turn, feed.Incarnation, 0
		h.Present(h.passport)
	}
	return err
}

// asks wants a pull to be answered, or to be refused with an error in its chain.
func (h *held) asks(want error) {
	h.tb.Helper()
	if err := h.ask(); !errors.Is(err, want) || want == nil && err != nil {
		h.tb.Fatalf("asked and got %v, want %v", err, want)
	}
}

func (s *service) stateOf(d *desk) hub.DeviceInfo {
	s.tb.Helper()
	all, err := s.Devices("")
	if err != nil {
		s.tb.Fatal(err)
	}
	i := slices.IndexFunc(all, func(info hub.DeviceInfo) bool { return info.ID == d.Device })
	return all[i]
}

func (s *service) expectState(d *desk, want hub.DeviceState) {
	s.tb.Helper()
	if got := s.stateOf(d); got.State != want {
		s.tb.Errorf("the device is %s (%s), want %s", got.State, got.Why, want)
	}
}

// clock is a time that a test moves on.
type clock struct{ ms atomic.Int64 }

func (c *clock) now() time.Time      { return time.UnixMilli(c.ms.Load()).UTC() }
func (c *clock) add(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// timed is a service with two prisons and a clock to move.
func timed(t *testing.T) (*service, *clock) {
	c := new(clock)
	c.ms.Store(morning.UnixMilli())
	s := begun(t, c.now)
	for _, code := range []model.SiteCode{"LEI", "MDI"} {
		if _, err := s.AddSite(code, "HMP"); err != nil {
			t.Fatal(err)
		}
	}
	return s, c
}

// backup is the hub's file as it is now.
func (s *service) backup() (path string) {
	s.tb.Helper()
	file, err := os.Create(filepath.Join(s.tb.TempDir(), "copy.db"))
	if err == nil {
		err = errors.Join(s.Backup(file), file.Close())
	}
	if err != nil {
		s.tb.Fatal(err)
	}
	return file.Name()
}

// bringBack puts a backup in the hub's place, and says nothing of it.
func (s *service) bringBack(path string) {
	s.tb.Helper()
	s.stop()
	content, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(filepath.Join(s.folder, "hub.db"), content, 0o600)
	}
	if err != nil {
		s.tb.Fatal(err)
	}
	s.open()
}

func TestOneCopyGoesOnForYears(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	h := d.held()
	for day := range 50 {
		before := h.passport.Turn
		h.asks(nil)
		if h.passport.Turn == before {
			t.Fatalf("day %d: no token at the program's start", day)
		}
		for range 6 {
			c.add(2 * time.Minute)
			h.asks(nil)
		}
		c.add(23 * time.Hour)
		h = h.again(d)
	}
	s.expectState(d, hub.DeviceActive)
	if got := s.stateOf(d); got.Version != "v1.2.3" || got.Address != "127.0.0.1" || got.Seen.IsZero() {
		t.Errorf("the list says %+v", got)
	}
}

// TestALostAnswerIsNoCopy loses the answer with the token, again and again, with
// a hub that was started anew in between.
func TestALostAnswerIsNoCopy(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	h := d.held()
	h.asks(nil)
	for range 5 {
		lost := h.again(d)
		lost.asks(nil)
		c.add(time.Hour)
		h = h.again(d)
		s.stop()
		s.open()
		d.HubURL = s.url
		h = h.again(d)
	}
	h.asks(nil)
	h.asks(nil)
	s.expectState(d, hub.DeviceActive)
}

// TestARequestThatWasHeldUpIsNoCopy has a request with the token before arrive
// after one with the newest.
func TestARequestThatWasHeldUpIsNoCopy(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	h := d.held()
	h.asks(nil)
	late := h.again(d)
	c.add(6 * time.Minute)
	h.asks(nil)
	h.asks(nil)
	if _, err := late.Client.Site(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.add(2 * time.Minute)
	if _, err := late.Client.Site(t.Context()); !errors.Is(err, errStopped) {
		t.Errorf("minutes later: %v", err)
	}
}

// TestTwoCopiesAreNoticedAndAPersonDecides copies a workstation's data and lets
// both copies ask.
func TestTwoCopiesAreNoticedAndAPersonDecides(t *testing.T) {
	s, c := timed(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d := s.desk("LEI")
	one := d.held()
	one.asks(nil)
	two := one.again(d)
	for i := 0; ; i++ {
		if i == 4 {
			t.Fatal("two copies asked in turn and nobody noticed")
		}
		c.add(6 * time.Minute)
		if one.ask() != nil || two.ask() != nil {
			break
		}
	}
	for _, h := range []*held{one, two} {
		h.asks(errStopped)
		if _, err := h.Push(t.Context(), []model.Envelope{d.write(a, ann, cell("1"))}); !errors.Is(err, errStopped) {
			t.Errorf("a stopped device pushes: %v", err)
		}
	}
	s.expectState(d, hub.DeviceStopped)
	other := s.desk("LEI")
	other.held().asks(nil)

	if err := s.ResumeDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	s.expectState(d, hub.DeviceResuming)
	if _, err := two.Push(t.Context(), []model.Envelope{d.write(a, ann, cell("1"))}); model.KindOf(err) != model.KindConflict || errors.Is(err, errStopped) {
		t.Errorf("it pushes before it has asked: %v", err)
	}
	before := two.passport.Incarnation
	two.asks(nil)
	if two.passport.Incarnation == before {
		t.Error("the copy that goes on has the incarnation of both")
	}
	for range 3 {
		c.add(10 * time.Minute)
		one.asks(errStopped)
		two.asks(nil)
		two = two.again(d)
	}
	s.expectState(d, hub.DeviceActive)

	// The one that was left behind is let go on after all.
	if err := s.ResumeDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	one.asks(nil)
	c.add(10 * time.Minute)
	one.asks(nil)
	two.asks(errStopped)
	s.expectState(d, hub.DeviceActive)
}

// TestCopiesThatResumeTogetherAreNoticedAgain has both ask before one of them
// has shown its new token.
func TestCopiesThatResumeTogetherAreNoticedAgain(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	one := d.held()
	one.asks(nil)
	two := one.again(d)
	if err := s.ResumeDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	one.asks(nil)
	two.asks(nil) // as one whose answer was lost
	for i := 0; s.stateOf(d).State != hub.DeviceStopped; i++ {
		if i == 4 {
			t.Fatal("nobody noticed")
		}
		c.add(6 * time.Minute)
		_, _ = one.ask(), two.ask()
	}
}

func TestARolledBackStoreIsNoticedAndResumes(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	h := d.held()
	h.asks(nil)
	lastWeek := h.passport
	for range 3 {
		c.add(24 * time.Hour)
		h.asks(nil)
		h.asks(nil)
	}
	c.add(time.Hour)
	back := d.copyOf(lastWeek)
	back.asks(errStopped)
	if err := s.ResumeDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	back.asks(nil)
	back.asks(nil)
	if back.passport.Incarnation == lastWeek.Incarnation {
		t.Error("it goes on with the incarnation it had")
	}
	s.expectState(d, hub.DeviceActive)
}

// TestARestoredBackupEndsTheLifeBefore brings a backup back as the commands do,
// and then lets the machine it was of ask, too.
func TestARestoredBackupEndsTheLifeBefore(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	h := d.held()
	h.asks(nil)
	backup := h.passport
	for range 3 {
		c.add(24 * time.Hour)
		h.asks(nil)
	}
	restored := backup
	restored.Restored, restored.Incarnation = backup.Incarnation, 4711
	lost := d.copyOf(restored)
	lost.asks(nil) // and the answer is lost
	r := d.copyOf(restored)
	r.asks(nil)
	for range 3 {
		r.asks(nil)
		c.add(6 * time.Minute)
	}
	if got := s.stateOf(d); got.State != hub.DeviceActive || got.Incarnation != 4711 {
		t.Errorf("after the restore: %+v", got)
	}
	h.asks(errStopped)
	r.asks(errStopped)
	if err := s.ResumeDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	r.asks(nil)
	// A copy that was left behind cannot get in by saying that it was restored.
	sly := h.passport
	sly.Restored, sly.Incarnation = h.passport.Incarnation, 99
	d.copyOf(sly).asks(errStopped)
	s.expectState(d, hub.DeviceActive)
}

func TestTwoEntriesInOnePlaceStopTheDevice(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	d := s.desk("LEI")
	one := d.write(a, ann, cell("A-1-001"))
	d.send(model.PushTaken, one)
	d.seq, d.prev = 0, model.Hash{}
	other := d.write(a, ann, cell("A-1-002"))
	if _, err := d.Push(t.Context(), []model.Envelope{other}); !errors.Is(err, errStopped) {
		t.Fatalf("another entry in a known place: %v", err)
	}
	s.expectState(d, hub.DeviceStopped)
	if feed := s.desk("LEI").pull(0); len(feed.Envelopes) != 1 {
		t.Errorf("%d ops are in the feed", len(feed.Envelopes))
	}
	// The copy that goes on has the entry still; it is refused now, and no more.
	if err := s.ResumeDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	h := d.held()
	h.asks(nil)
	results, err := h.Push(t.Context(), []model.Envelope{other})
	if err != nil || results[0].Reason != model.ReasonOtherHash {
		t.Errorf("%v, %v", results, err)
	}
	s.expectState(d, hub.DeviceActive)
}

// TestAHubThatWasPutBackStopsNobody restores the hub to what it was days ago.
func TestAHubThatWasPutBackStopsNobody(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	h := d.held()
	h.asks(nil)
	backup := s.backup()
	stale := h.passport
	for range 5 {
		c.add(24 * time.Hour)
		h.asks(nil)
	}
	s.bringBack(backup)
	d.HubURL = s.url
	h = h.again(d)
	if err := h.ask(); model.KindOf(err) != model.KindConflict || errors.Is(err, errStopped) {
		t.Errorf("before the operator has said so: %v", err)
	}
	if err := s.Restored(); err != nil {
		t.Fatal(err)
	}
	h.asks(nil)
	h.asks(nil)
	s.expectState(d, hub.DeviceActive)
	c.add(time.Hour)
	d.copyOf(stale).asks(errStopped)
}

func TestARequestMustSayOfWhichCopyItIs(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	h := d.copyOf(model.Passport{})
	if err := h.ask(); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a request that shows nothing: %v", err)
	}
	s.expectState(d, hub.DeviceActive)
	d.copyOf(model.Passport{Incarnation: d.Incarnation + 1}).asks(errStopped)
	s.expectState(d, hub.DeviceStopped)
	if err := s.ResumeDevice(model.DeviceID{1}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a device that is not: %v", err)
	}
	if err := s.WithdrawDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	if err := s.ResumeDevice(d.Device); model.KindOf(err) != model.KindConflict {
		t.Errorf("a withdrawn device resumes: %v", err)
	}
}

// TestStoppingWakesWhoWaits has one copy wait for news while the other is found
// out.
func TestStoppingWakesWhoWaits(t *testing.T) {
	s, c := timed(t)
	d := s.desk("LEI")
	one := d.held()
	one.asks(nil)
	stale := one.passport
	c.add(6 * time.Minute)
	one.asks(nil)
	one.asks(nil)
	done := make(chan error, 1)
	feed, err := one.Pull(t.Context(), 0, "", 0) // so that no revision is news
	if err != nil || feed.Turn != "" {
		t.Fatal(feed, err)
	}
	go func() {
		_, err := one.Pull(t.Context(), 0, "", 30*time.Second)
		done <- err
	}()
	c2 := d.copyOf(stale)
	for !errors.Is(c2.ask(), errStopped) {
		c.add(time.Minute)
	}
	if err := <-done; !errors.Is(err, errStopped) {
		t.Errorf("who waited got %v", err)
	}
}
