package sync

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Outbox is what a desk has for the hub. Every method may be called while
// others run.
type Outbox interface {
	// Watch gives a channel that gets a token after each commit, and is closed
	// when the desk is.
	Watch() (tokens <-chan struct{}, stop func())
	// Outgoing lists up to max ops the hub has not answered for, oldest first.
	Outgoing(max int) ([]model.Envelope, error)
	// Settle takes note of the hub's answers. What was refused is kept, and put
	// before a person.
	Settle(results []model.PushResult) error
	OutgoingKeyrings() ([]model.SealedKeyring, error)
	KeyringsSent(sent []model.SealedKeyring) error
}

// Inbox is where the ops of other desks go.
type Inbox interface {
	// Cursor is the place in the site's feed up to which everything was merged,
	// and the epoch it belongs to, "" before the first.
	Cursor() (after uint64, epoch string, err error)
	// PutHead takes the hub's signed head of the feed up to what is merged next,
	// before it is merged; nil when there was none. What does not fit is not an
	// error: it is kept as evidence, and the work goes on.
	PutHead(signed []byte) error
	// Merge keeps the next ops of the feed, up to the number next, and moves the
	// cursor there. It is idempotent, for after a change of epoch everything
	// comes again.
	Merge(ops []model.Envelope, next uint64, epoch string) error
	// Refill answers a change of epoch: the hub went back to a backup and may
	// have lost what it had taken. The cursor goes to 0 of the new epoch, and
	// every op that was made at this desk into the outbox again; what the hub
	// still has it answers with "known". Ops of another desk that the hub lost
	// come back from that desk, or are lost to the hub with it: a hub takes an
	// op from the device that made it alone. Begins is the hub's signed head of
	// what the new life of its log began with.
	Refill(epoch string, begins []byte) error
}

// Facts are what the hub tells a desk besides ops.
type Facts interface {
	Site() model.SiteData
	PutSite(site model.SiteData) error
	// ReferenceRevision is 0 for a table the desk does not have.
	ReferenceRevision(table string) (uint64, error)
	PutReference(table string, revision uint64, rows []byte) error
}

// Self is what a desk is to the hub: one of its kind.
type Self interface {
	Passport() (model.Passport, error)
	// KeepTurn keeps the hub's token, and the incarnation that is to go on. It is
	// on the disk when KeepTurn returns nil.
	KeepTurn(turn string, incarnation uint32) error
	// Erase removes everything for good. Every method says so afterwards.
	Erase(reason string) error
}

// Desk is a workstation's store as the agent sees it.
type Desk interface {
	Self
	Comeback
	Outbox
	Inbox
	Facts
	Looks
	// SetSync takes what the agent reports, for the screens; Status gives back
	// what was reported before the program was last closed.
	SetSync(state model.SyncState) error
	Status() model.DeskStatus
}

// Hub is a hub as the agent sees it; Client is one. See Client for what each
// method does.
type Hub interface {
	// Present takes what every request from now on shows of the desk.
	Present(p model.Passport)
	Push(ctx context.Context, envelopes []model.Envelope) ([]model.PushResult, error)
	Pull(ctx context.Context, after uint64, epoch string, wait time.Duration) (*Feed, error)
	Site(ctx context.Context) (model.SiteData, error)
	PutKeyring(ctx context.Context, k model.SealedKeyring) error
	Reference(ctx context.Context, table string) (rows []byte, revision uint64, err error)
	Skew() time.Duration
	Erased(ctx context.Context, unsent int) error
	Person(ctx context.Context, id model.PersonID) ([]model.Envelope, error)
	HubAccess
}

// HubAccess is what the hub does with access logs.
type HubAccess interface {
	PushAccess(ctx context.Context, entries []model.RawAccess) (AccessAnswer, error)
	PullAccess(ctx context.Context, after uint64, epoch string) (entries []model.RawAccess, next uint64, err error)
}

// Agent keeps a desk in step with its hub. Set the fields, then call Run or
// Once; one Agent serves one Desk.
type Agent struct {
	Desk Desk
	Hub  Hub
	Now  func() time.Time // time.Now when nil
	// Jitter returns a number from 0 to 1; random when nil. Without it all desks
	// of the service would come back to a hub that was down in the same second.
	Jitter func() float64
	Log    *slog.Logger // nothing is logged when nil
	// Poll is how long the hub may take to answer when it has nothing new; 30 s
	// when 0.
	Poll time.Duration
	// Pause is the wait after a first failure, PauseMost the longest; 1 s and
	// 60 s when 0.
	Pause, PauseMost time.Duration

	once     sync.Once
	end      context.CancelCauseFunc // ends Run
	standing standing
	push     loop
	pull     loop
	access   loop
}

// begin fills in what was left out.
func (a *Agent) begin() {
	a.once.Do(func() {
		a.push, a.pull, a.access = newLoop("push"), newLoop("pull"), newLoop("access")
		if a.Now == nil {
			a.Now = time.Now
		}
		if a.Jitter == nil {
			a.Jitter = rand.Float64
		}
		if a.Log == nil {
			a.Log = slog.New(slog.DiscardHandler)
		}
		if a.Poll == 0 {
			a.Poll = 30 * time.Second
		}
		if a.Pause == 0 {
			a.Pause = time.Second
		}
		if a.PauseMost == 0 {
			a.PauseMost = time.Minute
		}
		a.standing.begin(a.Desk.Status().SyncState)
		if err := a.present(); err != nil {
			a.Log.Warn("the desk's token could not be read", "err", err)
		}
	})
}

// Run keeps the desk in step until the context ends or the desk is closed, and
// returns the context's error. When the hub has withdrawn the desk, its data are
// erased and the error is ErrWithdrawn's. Pushing and pulling run side by side: what is
// written here goes out at once, whatever the long poll waits for.
func (a *Agent) Run(ctx context.Context) error {
	a.begin()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	a.end = cancel
	tokens, stop := a.Desk.Watch()
	defer stop()
	var all sync.WaitGroup
	all.Go(func() {
		defer cancel(nil)
		a.pushLoop(ctx, tokens)
	})
	all.Go(func() { a.pullLoop(ctx) })
	all.Go(func() { a.accessLoop(ctx) })
	all.Wait()
	if withdrawn := context.Cause(ctx); errors.Is(withdrawn, ErrWithdrawn) {
		return a.obey(ctx, withdrawn)
	}
	return ctx.Err()
}

// Nudge makes a running agent that waits after a failure try again now.
func (a *Agent) Nudge() {
	a.begin()
	a.push.nudge()
	a.pull.nudge()
	a.access.nudge()
}

// Once sends everything and fetches everything, once. It goes on after a
// failure that leaves the rest possible.
func (a *Agent) Once(ctx context.Context) error {
	a.begin()
	return a.obey(ctx, a.exchangeAll(ctx))
}

func (a *Agent) exchangeAll(ctx context.Context) error {
	pushed := a.report(&a.push, a.pushAll(ctx))
	if model.KindOf(pushed) == model.KindOffline || ctx.Err() != nil {
		return pushed
	}
	if err := a.report(&a.pull, a.pullAll(ctx)); err != nil {
		if pushed != nil && !errors.Is(pushed, ErrStopped) { // which is what was said last, and may be said otherwise now
			return pushed
		}
		return err
	}
	// Pulling may have found a hub that was put back: then it takes ops only
	// now, and there are more.
	if err := a.report(&a.push, a.pushAll(ctx)); err != nil {
		return err
	}
	return a.exchangeAccess(ctx)
}

func (a *Agent) pullAll(ctx context.Context) error {
	for {
		if more, err := a.pullNext(ctx, 0); err != nil || !more {
			return err
		}
	}
}

func (a *Agent) pushLoop(ctx context.Context, tokens <-chan struct{}) {
	for {
		if a.report(&a.push, a.pushAll(ctx)) != nil {
			if !a.rest(ctx, &a.push) {
				return
			}
			continue
		}
		select {
		case _, open := <-tokens:
			if !open {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}

// pullLoop asks without waiting after every failure, and at first, so that a
// desk that is back knows it at once.
func (a *Agent) pullLoop(ctx context.Context) {
	wait := time.Duration(0)
	for a.pull.pace.Wait(ctx) == nil {
		_, err := a.pullNext(ctx, wait)
		wait = a.Poll
		if a.report(&a.pull, err) != nil {
			wait = 0
			if !a.rest(ctx, &a.pull) {
				return
			}
		}
	}
}
