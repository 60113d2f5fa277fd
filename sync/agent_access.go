package sync

import (
	"context"
	"errors"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Looks is a desk's access log, and what other desks of the site have in
// theirs.
type Looks interface {
	// OutgoingAccess lists up to max entries of this desk's log that the hub does
	// not have, oldest first, as they are kept.
	OutgoingAccess(max int) ([]model.RawAccess, error)
	// AccessSent takes note that the hub has all entries up to a number.
	AccessSent(upTo uint64) error
	// AccessCursor is the place in the site's list up to which entries were
	// taken in, and the epoch it belongs to.
	AccessCursor() (after uint64, epoch string, err error)
	// MergeAccess keeps entries, and then moves the cursor. It is idempotent.
	MergeAccess(entries []model.RawAccess, next uint64) error
}

// accessEvery is how often the access log is exchanged. Nobody waits for it, so
// it goes by itself, apart from the entries of records.
const accessEvery = time.Minute

// accessLoop exchanges the access log now and then. What fails is tried again at
// the next time: it stops nothing else and says nothing of the hub that the
// other loops do not find out sooner.
func (a *Agent) accessLoop(ctx context.Context) {
	for {
		_ = a.exchangeAccess(ctx) // noted there
		pause := time.NewTimer(accessEvery/2 + time.Duration(a.Jitter()*float64(accessEvery/2)))
		select {
		case <-pause.C:
		case <-a.access.wake:
		case <-ctx.Done():
		}
		pause.Stop()
		if ctx.Err() != nil {
			return
		}
	}
}

// exchangeAccess sends what this desk has and fetches what others have. A hub
// that is too old to know of it is left in peace.
func (a *Agent) exchangeAccess(ctx context.Context) error {
	err := a.pushAccess(ctx)
	if err == nil {
		err = a.pullAccess(ctx)
	}
	if model.KindOf(err) == model.KindNotFound || errors.Is(err, context.Canceled) {
		err = nil
	}
	a.noteAccess(err)
	return err
}

// noteAccess logs a failure when it is another than the one before.
func (a *Agent) noteAccess(err error) {
	a.standing.mu.Lock()
	defer a.standing.mu.Unlock()
	before := a.access.err
	a.access.err = err
	if err != nil && (before == nil || before.Error() != err.Error()) {
		a.Log.Info("the access log was not exchanged", "kind", string(model.KindOf(err)), "err", err)
	}
}

func (a *Agent) pushAccess(ctx context.Context) error {
	for {
		entries, err := a.Desk.OutgoingAccess(MaxAccesses)
		if err != nil {
			return atDesk("outgoing access", err)
		}
		if len(entries) == 0 {
			return nil
		}
		if err := a.access.pace.Wait(ctx); err != nil {
			return context.Cause(ctx)
		}
		answer, err := a.Hub.PushAccess(ctx, entries)
		if err != nil {
			return err
		}
		if answer.Broken != "" {
			a.Log.Warn("the hub found the access log broken", "why", answer.Broken)
		}
		if err := a.Desk.AccessSent(answer.UpTo); err != nil {
			return atDesk("access sent", err)
		}
	}
}

func (a *Agent) pullAccess(ctx context.Context) error {
	for {
		after, epoch, err := a.Desk.AccessCursor()
		if err != nil {
			return atDesk("access cursor", err)
		}
		if epoch == "" {
			return nil // it has not heard of the hub's yet
		}
		if err := a.access.pace.Wait(ctx); err != nil {
			return context.Cause(ctx)
		}
		entries, next, err := a.Hub.PullAccess(ctx, after, epoch)
		if err != nil || next == after {
			return err
		}
		if err := a.Desk.MergeAccess(entries, next); err != nil {
			return atDesk("merge access", err)
		}
	}
}
