package sync

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/throughgate/throughgate/model"
)

// loop is one of the agent's two: what it failed with last, and how long it
// waits after that.
type loop struct {
	name  string
	wake  chan struct{} // ends a wait early
	pause time.Duration // the last wait; 0 when the last run went well
	err   error         // guarded by standing.mu
	pace  *rate.Limiter // of its pushes or pulls
}

// How often each loop turns to the hub at most. A person's edits go at once; an import that
// writes a thousand times a second goes in batches, and does not have the hub
// ask this desk to come back later. The hub allows a device 100 requests a
// second.
const (
	turnsASecond = 45
	turnsAtOnce  = 90
)

func newLoop(name string) loop {
	return loop{name: name, wake: make(chan struct{}, 1), pace: rate.NewLimiter(turnsASecond, turnsAtOnce)}
}

func (l *loop) nudge() {
	select {
	case l.wake <- struct{}{}:
	default: // it was nudged already
	}
}

// rest waits after a failure: twice as long each time up to the most, and
// anywhere in the upper half of that. It tells whether to go on.
func (a *Agent) rest(ctx context.Context, l *loop) bool {
	l.pause = min(max(2*l.pause, a.Pause), a.PauseMost)
	timer := time.NewTimer(l.pause/2 + time.Duration(a.Jitter()*float64(l.pause/2)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-l.wake:
	case <-ctx.Done():
		return false
	}
	return ctx.Err() == nil
}

// standing is what the agent tells the desk of itself.
type standing struct {
	mu          sync.Mutex
	state, told model.SyncState
}

// begin takes up where the program was closed: offline until the hub is
// reached.
func (s *standing) begin(before model.SyncState) {
	s.state = model.SyncState{Since: before.Since, LastSync: before.LastSync, Skew: before.Skew, Stopped: before.Stopped}
	if before.Online {
		s.state.Since = before.LastSync
	}
}

// reached notes an exchange with the hub that went well. When the hub is back
// and the other loop still waits after a failure of the network, it need wait
// no longer. Failures the hub itself answered with are left their time, or a
// hub that is busy would be asked the more often the more there is to do.
func (a *Agent) reached() {
	s := &a.standing
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range []*loop{&a.push, &a.pull} {
		if isUnreached(l.err) && statusOf(l.err) == 0 {
			l.nudge()
		}
	}
	s.state.LastSync = model.InstantOf(a.Now())
	s.state.Skew = a.Hub.Skew().Round(time.Second)
	a.setOnline(true)
	a.tell()
}

// shownEpoch is called when the hub has been asked with its own epoch: a push
// that it would not look at before need wait no longer.
func (a *Agent) shownEpoch() {
	a.standing.mu.Lock()
	defer a.standing.mu.Unlock()
	if saidByHub(a.push.err) == http.StatusPreconditionFailed {
		a.push.nudge()
	}
}

// report notes how a loop's run ended, and returns err.
func (a *Agent) report(l *loop, err error) error {
	if errors.Is(err, context.Canceled) {
		return err // the agent ends; that says nothing of the hub
	}
	s := &a.standing
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil {
		l.pause = 0
		select {
		case <-l.wake:
		default:
		}
	} else if l.err == nil || l.err.Error() != err.Error() {
		a.Log.Info("sync failed", "loop", l.name, "kind", string(model.KindOf(err)), "err", err)
	}
	l.err = err
	a.noteStop(err)
	if errors.Is(err, ErrWithdrawn) && a.end != nil {
		a.end(err)
	}
	if isUnreached(err) {
		a.setOnline(false)
	}
	a.tell()
	return err
}

// setOnline and tell are called with standing.mu held.
func (a *Agent) setOnline(online bool) {
	state := &a.standing.state
	if state.Online != online || state.Since.IsZero() {
		state.Online, state.Since = online, model.InstantOf(a.Now())
	}
}

func (a *Agent) tell() {
	state := &a.standing.state
	state.Err = words(a.push.err)
	if state.Err == "" {
		state.Err = words(a.pull.err)
	}
	if *state == a.standing.told {
		return // telling wakes the desk's watchers, of whom the agent is one
	}
	a.standing.told = *state
	if err := a.Desk.SetSync(*state); err != nil {
		a.Log.Warn("the standing was not kept", "err", err)
	}
}

// words is what a person reads of an error.
func words(err error) string {
	var known *model.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &known):
		return known.Error()
	}
	return "Sync failed for a reason it does not know. It tries again."
}

// deskError is a failure of the desk's own store, which says nothing of the
// hub.
type deskError struct {
	step string
	err  error
}

func atDesk(step string, err error) error { return &deskError{step, err} }

func (e *deskError) Error() string { return e.step + ": " + e.err.Error() }
func (e *deskError) Unwrap() error { return e.err }

// isUnreached tells whether the hub was not reached at all, or something else
// stood in its place.
func isUnreached(err error) bool {
	var own *deskError
	if err == nil || errors.As(err, &own) {
		return false
	}
	kind := model.KindOf(err)
	return kind == model.KindOffline || kind == model.KindOutside
}
