package hub

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// Log is what the hub asks of its op log. store/logtest says what each method
// promises.
type Log interface {
	Append(ctx context.Context, entries []model.LogEntry) ([]model.PushResult, error)
	Read(ctx context.Context, site model.SiteCode, after uint64, ops, size int) ([]model.Logged, error)
	Last(site model.SiteCode) (uint64, error)
	News(site model.SiteCode) <-chan struct{}
	Epoch() (string, error)
	NewEpoch() error
}

// People is what the hub asks of its log when somebody changes prison.
type People interface {
	History(ctx context.Context, person model.PersonID) ([]model.Placement, error)
	Person(ctx context.Context, site model.SiteCode, person model.PersonID, after uint64, ops, size int) ([]model.Logged, error)
	Members(ctx context.Context, people []model.PersonID) (map[model.PersonID][]model.SiteCode, error)
}

// Registers is where the hub keeps what is not an op. It gets sealed values
// only.
type Registers interface {
	Load(table string) (map[string][]byte, error)
	Save(values ...model.Register) error
}

// Accesses is what the hub asks of its log for the access logs of all devices.
// It gets sealed entries only.
type Accesses interface {
	AppendAccess(ctx context.Context, entries []model.KeptAccess) error
	ReadAccess(ctx context.Context, site model.SiteCode, after uint64, entries, size int) ([]model.KeptAccess, error)
	LastAccess(site model.SiteCode) (uint64, error)
	AccessChain(ctx context.Context, device model.DeviceID, from, to uint64) (hashes map[uint64][]model.Hash, before uint64, err error)
}

// Backend is all that the hub keeps anything in.
type Backend interface {
	Log
	Trees
	People
	Registers
	Accesses
	// Backup writes a copy as of one moment.
	Backup(to io.Writer) error
}

// Options are what a hub takes from outside. Nil and zero fields mean the clock,
// randomness and costs of a real service.
type Options struct {
	Now     func() time.Time
	Random  io.Reader
	Log     *slog.Logger // no person's data, name or key ever gets into it
	Stretch seal.Params  // of first passphrases
	// SlowFailure is how long a wrong enrolment code waits for its answer.
	SlowFailure time.Duration
}

func (o Options) filled() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Stretch == (seal.Params{}) {
		o.Stretch = seal.DefaultParams
	}
	if o.SlowFailure == 0 {
		o.SlowFailure = 500 * time.Millisecond
	}
	return o
}

// Hub is the service. It is safe for use by any number of goroutines.
type Hub struct {
	Options
	log  Backend
	box  *seal.Box // under the hub's key: everything secret that is kept
	keep registry
	told told
	// signedHeads come after the registry in the order of locks.
	signedHeads heads
	// What devices show of themselves.
	shown    shownTurns
	contacts contacts
	// What they send that no honest program would.
	suspected suspected
	doors
	looking sync.Mutex // held while the hub adds to its own access chain
	// placing is held for writing while somebody's ops are brought to another
	// site's feed, so that no op of theirs is written in between and missed.
	placing sync.RWMutex
}

// New makes a hub over what it kept, or begins one where nothing is kept yet. A
// key that is not the one it was begun with is KindForbidden.
func New(backend Backend, key seal.Key, opts Options) (*Hub, error) {
	h := &Hub{Options: opts.filled(), log: backend, box: seal.NewBox(key)}
	h.doors = newDoors()
	if err := h.load(); err != nil {
		return nil, err
	}
	return h, nil
}

// AuthorityPEM is the certificate of the hub's own authority, which signs the
// hub's and every device's certificate.
func (h *Hub) AuthorityPEM() string { return h.keep.authority.pem() }

// Fingerprint is the SHA-256 of the authority's certificate, as hexadecimal
// pairs: what an operator compares by eye.
func (h *Hub) Fingerprint() string { return h.keep.authority.fingerprint() }

// internal is a failure of ours, with the operation for the log.
func internal(operation string, err error) error {
	var known *model.Error
	if errors.As(err, &known) {
		return err
	}
	return &model.Error{Kind: model.KindInternal, Msg: "The hub made a mistake.",
		Hint: "Nothing is lost. Tell whoever runs the hub if it happens again.", Err: fmt.Errorf("%s: %w", operation, err)}
}
