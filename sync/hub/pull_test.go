package hub_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// answered is what a pull came to.
type answered struct {
	feed *sync.Feed
	err  error
}

// wait pulls in the background, for up to a minute. The first pull of a desk is
// answered at once, because it has been told of nothing yet.
func (d *desk) wait(after uint64) <-chan answered {
	epoch := d.pull(after).Epoch
	out := make(chan answered, 1)
	ctx, cancel := context.WithTimeout(d.service.tb.Context(), 20*time.Second)
	go func() {
		defer cancel()
		feed, err := d.Pull(ctx, after, epoch, time.Minute)
		out <- answered{feed, err}
	}()
	return out
}

func TestAPullWaitsForNews(t *testing.T) {
	s := newService(t)
	a, away := s.staff("first", "LEI", model.RoleReception), s.staff("away", "MDI", model.RoleReception)
	d, other := s.desk("LEI"), s.desk("MDI")
	waiting := s.desk("LEI").wait(0)
	other.send(model.PushTaken, other.write(away, ann, cell("1")))
	d.send(model.PushTaken, d.write(a, bert, cell("2")))
	got := <-waiting
	if got.err != nil || len(got.feed.Envelopes) != 1 || got.feed.Next != 1 || got.feed.Envelopes[0].Person != bert {
		t.Errorf("%+v", got)
	}
}

func TestAPullWakesForWhatIsNoOp(t *testing.T) {
	s := newService(t)
	s.staff("first", "LEI", model.RoleReception)
	for _, step := range []struct {
		name   string
		change func() error
	}{
		{"the roster", func() error { s.staff("second", "LEI", model.RoleNurse); return nil }},
		{"somebody is disabled", func() error { return s.DisableStaff("second") }},
		{"a table", func() error { _, err := s.SetReference(rows("practices", `{"code":"A81001"}`)); return err }},
		{"another table", func() error { _, err := s.SetReference(rows("prisons", `{"code":"LEI"}`)); return err }},
		{"a restore", s.Restored},
	} {
		d := s.desk("LEI")
		before := d.pull(0)
		waiting := d.wait(0)
		if err := step.change(); err != nil {
			t.Fatal(err)
		}
		got := <-waiting
		if got.err != nil || len(got.feed.Envelopes) != 0 || told(got.feed) == told(before) {
			t.Errorf("%s: %+v", step.name, got)
		}
	}
}

// told is what the headers of a feed say.
func told(f *sync.Feed) string { return fmt.Sprint(f.Epoch, f.SiteRevision, f.Tables) }

func TestWhatChangedBetweenTwoQuestionsIsToldAtOnce(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	d.pull(0)
	if _, err := s.SetReference(rows("prisons", `{"code":"MDI"}`)); err != nil {
		t.Fatal(err)
	}
	feed, err := d.Pull(t.Context(), 0, "", time.Minute)
	if err != nil || feed.Tables["prisons"] != 1 {
		t.Errorf("%+v, %v", feed, err)
	}
}

func TestAPullEndsWhenItsWaitIsOver(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	d.pull(0)
	began := time.Now()
	feed, err := d.Pull(t.Context(), 0, "", 50*time.Millisecond)
	if err != nil || len(feed.Envelopes) != 0 || feed.Next != 0 || time.Since(began) < 50*time.Millisecond {
		t.Errorf("%+v, %v after %v", feed, err, time.Since(began))
	}
}

func TestAWithdrawnDeviceIsToldWhileItWaits(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	waiting := d.wait(0)
	if err := s.WithdrawDevice(d.Device); err != nil {
		t.Fatal(err)
	}
	if got := <-waiting; !errors.Is(got.err, errWithdrawn) {
		t.Errorf("%+v", got)
	}
}

func TestAStoppingHubAnswersWhoWaits(t *testing.T) {
	s := newService(t)
	waiting := s.desk("LEI").wait(0)
	s.stop()
	if got := <-waiting; got.err != nil && model.KindOf(got.err) != model.KindOffline {
		t.Errorf("%+v", got)
	}
}

func TestAnotherEpochBeginsAnew(t *testing.T) {
	s := newService(t)
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	d.send(model.PushTaken, d.write(a, ann, cell("1")), d.write(a, ann, cell("2")))
	before := d.pull(0)
	if err := s.Restored(); err != nil {
		t.Fatal(err)
	}
	unaware := d.write(a, ann, cell("unaware"))
	if _, err := d.Push(t.Context(), []model.Envelope{unaware}); model.KindOf(err) != model.KindConflict {
		t.Errorf("a desk that does not know of the restore was judged: %v", err)
	}
	feed, err := d.Pull(t.Context(), before.Next, before.Epoch, time.Minute)
	if err != nil || feed.Epoch == before.Epoch || len(feed.Envelopes) != 0 || feed.Next != 0 {
		t.Fatalf("%+v, %v", feed, err)
	}
	if feed, err = d.Pull(t.Context(), 0, feed.Epoch, 0); err != nil || len(feed.Envelopes) != 2 {
		t.Errorf("%+v, %v", feed, err)
	}
	d.send(model.PushTaken, unaware)
	if later := s.desk("LEI"); later.Node < d.Node+1000 {
		t.Errorf("device %d was enrolled after the restore: a lost one may have had this number", later.Node)
	}
}

func TestACursorBeyondTheFeedIsNoticed(t *testing.T) {
	s := newService(t)
	d := s.desk("LEI")
	if _, err := d.Pull(t.Context(), 7, d.pull(0).Epoch, 0); model.KindOf(err) != model.KindConflict {
		t.Errorf("a cursor from the future: %v", err)
	}
}

func TestALongFeedComesInPages(t *testing.T) {
	s := newService(t)
	a, d := s.staff("first", "LEI", model.RoleReception), s.desk("LEI")
	const ops = 2*sync.MaxOps + 300
	batch := make([]model.Envelope, ops)
	for i := range batch {
		batch[i] = d.write(a, ann, cell("1"))
	}
	for sent := 0; sent < ops; {
		results, err := d.Push(t.Context(), batch[sent:])
		if err != nil {
			t.Fatal(err)
		}
		sent += len(results)
	}
	var cursor uint64
	var sizes []int
	for cursor < ops {
		feed := d.pull(cursor)
		for i, e := range feed.Envelopes {
			if e.Hash != batch[int(cursor)+i].Hash {
				t.Fatalf("place %d holds another op", int(cursor)+i+1)
			}
		}
		sizes = append(sizes, len(feed.Envelopes))
		cursor = feed.Next
	}
	if len(sizes) != 3 || sizes[2] != 300 {
		t.Errorf("pages of %v", sizes)
	}
}

func TestQuestionsThatMakeNoSenseAreRefused(t *testing.T) {
	s := newService(t)
	client := s.desk("LEI").http()
	for _, query := range []string{"after=-1", "after=x", "after=99999999999999999999", "wait=-3s", "wait=x"} {
		if status, err := s.get(client, sync.PathOps+"?"+query); err != nil || status != http.StatusBadRequest {
			t.Errorf("%s: %d, %v", query, status, err)
		}
	}
}
