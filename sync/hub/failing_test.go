package hub_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/boltlog"
)

// sick is a log whose disk can be made to fail.
type sick struct {
	*boltlog.Log
	full atomic.Bool
	deaf atomic.Bool // to the access log alone
	hung atomic.Bool // nobody waits any more whose access is to be kept
}

var errFull = &model.Error{Kind: model.KindOutside, Msg: "The hub's data could not be read or written.", Err: errors.New("no space left on device")}

func (s *sick) Append(ctx context.Context, entries []model.LogEntry) ([]model.PushResult, error) {
	if s.full.Load() {
		return nil, errFull
	}
	return s.Log.Append(ctx, entries)
}

func (s *sick) Save(values ...model.Register) error {
	if s.full.Load() {
		return errFull
	}
	return s.Log.Save(values...)
}

func (s *sick) AppendAccess(ctx context.Context, entries []model.KeptAccess) error {
	if s.full.Load() || s.deaf.Load() {
		return errFull
	}
	if s.hung.Load() && ctx.Done() != nil {
		return context.Canceled
	}
	return s.Log.AppendAccess(ctx, entries)
}

// onSickDisk opens the hub anew over a disk that can be made to fail.
func (s *service) onSickDisk() *sick {
	s.tb.Helper()
	s.stop()
	log, err := boltlog.Open(filepath.Join(s.folder, "hub.db"), boltlog.Options{})
	if err != nil {
		s.tb.Fatal(err)
	}
	disk := &sick{Log: log}
	s.openOver(disk)
	return disk
}

// TestNothingIsClaimedThatTheDiskDidNotTake fills the disk: nothing is answered
// for, nothing changes in memory either, and all goes on when there is room.
func TestNothingIsClaimedThatTheDiskDidNotTake(t *testing.T) {
	s := newService(t)
	a := s.staff("first", "LEI", model.RoleReception)
	disk := s.onSickDisk()
	d := s.desk("LEI")
	waiting := s.desk("LEI").wait(0)
	op, ring := d.write(a, ann, cell("1")), a.replacement(t, freshKey(t))
	status := asJSON(t, s.Hub)

	disk.full.Store(true)
	if _, err := d.Push(t.Context(), []model.Envelope{op}); model.KindOf(err) != model.KindOutside {
		t.Errorf("a push: %v", err)
	}
	if err := d.PutKeyring(t.Context(), ring); model.KindOf(err) != model.KindOutside {
		t.Errorf("a keyring: %v", err)
	}
	if _, err := s.AddSite("WWI", "HMP Wandsworth"); model.KindOf(err) != model.KindOutside {
		t.Errorf("a site: %v", err)
	}
	if err := s.DisableStaff("first"); model.KindOf(err) != model.KindOutside {
		t.Errorf("somebody disabled: %v", err)
	}
	if again := asJSON(t, s.Hub); again != status {
		t.Errorf("the hub was\n%s\nand is\n%s", status, again)
	}
	disk.full.Store(false)
	d.send(model.PushTaken, op)
	if err := d.PutKeyring(t.Context(), ring); err != nil {
		t.Error(err)
	}
	if got := <-waiting; got.err != nil || len(got.feed.Envelopes) != 1 {
		t.Errorf("who waited got %+v", got)
	}
}
