package store

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"go.etcd.io/bbolt"
	bolt "go.etcd.io/bbolt/errors"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// Options are the outside world as the store sees it. The zero value is the
// real one.
type Options struct {
	Now     func() time.Time
	Rand    io.Reader
	Log     *slog.Logger
	Stretch seal.Params // of passphrases changed here; seal.DefaultParams when zero
	Hours   model.Hours // of the site's working day, for alarms; the rules' own when zero
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Stretch == (seal.Params{}) {
		o.Stretch = seal.DefaultParams
	}
	return o
}

// Store is one open store. All its methods may be called by any number of
// goroutines.
type Store struct {
	dir string
	db  *bbolt.DB
	opt Options
	id  Identity // its incarnation is guarded by writing and mu, the rest never changes

	// writing is held by whoever writes; it comes before mu.
	writing sync.Mutex
	desk    desk           // guarded by writing
	stopped error          // guarded by writing; why nothing may be written any more
	unkept  []model.Access // guarded by writing; what a full disk would not take

	troubles troubles // found, and not written down yet

	merging  sync.Mutex // held by whoever merges; it comes before writing
	expected []expected // guarded by merging

	mu        sync.RWMutex // guards what follows
	roster    *roster
	sessions  map[*Session]bool // false: about to end
	keys      *keys             // of all open sessions together
	retired   []*keys           // of sessions that are over, to be wiped
	board     *board
	counts    counts
	people    int // with a record
	sync      model.SyncState
	syncSaved model.Instant // the last exchange, as the file has it
	damage    error
	retained  model.Retention
	feed      model.FeedState
	notary    []byte           // the hub's public key
	tries     map[string]tries // what the disk would not take

	erased  atomic.Pointer[model.Error] // what is said once the store was erased
	watch   watch
	stretch chan struct{}  // bounds how many passphrases are stretched at once
	ending  func()         // tells the background check to stop
	ended   sync.WaitGroup // until it has
}

func dbPath(dir string) string { return filepath.Join(dir, File) }

// Create makes the store of a newly enrolled desk in dir, which is made when it
// is not there, and opens it. It refuses a folder that has one.
func Create(dir string, id Identity, opt Options) (*Store, error) {
	if err := id.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, diskFailure(err)
	}
	if err := clearErased(dir); err != nil {
		return nil, err
	}
	s, err := openFile(dir, opt)
	if err != nil {
		return nil, err
	}
	if err := s.begin(id); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	return s.start()
}

// Open opens the store in dir. Errors: NotFound when there is none, Forbidden with
// ErrErased when it was erased, Locked when another process holds it, Outside when
// the file or the folder is not as it should be.
func Open(dir string, opt Options) (*Store, error) {
	if err := checkErased(dir); err != nil {
		return nil, err
	}
	if err := isThere(dir); err != nil {
		return nil, err
	}
	s, err := openFile(dir, opt)
	if err != nil {
		return nil, leaveDamaged(dir, opt, err)
	}
	if s, err = s.start(); err != nil {
		return nil, leaveDamaged(dir, opt, err)
	}
	return s, nil
}

func isThere(dir string) error {
	info, err := os.Stat(dbPath(dir))
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return model.NotFound("There is no store in this folder.", "Enrol this workstation first, or give the right folder with --data.")
	}
	return diskFailure(err)
}

// fileGrowth is by how many bytes the file grows at a time; growing it waits for
// the disk once more.
const fileGrowth = 4 << 20

// openFile takes hold of the file. NoSync stays off and the freelist is synced:
// an hour's work is worth more than a millisecond.
func openFile(dir string, opt Options) (_ *Store, err error) {
	defer guard(&err)()
	if err := checkWhole(dbPath(dir)); err != nil {
		return nil, err
	}
	settings := &bbolt.Options{Timeout: lockPatience, FreelistType: bbolt.FreelistMapType, NoStatistics: true}
	if runtime.GOOS != "windows" { // there the file would take the size at once
		settings.InitialMmapSize = 256 << 20 // a map that need not grow never makes a writer wait for readers
	}
	var file *os.File
	settings.OpenFile = func(path string, flag int, mode fs.FileMode) (opened *os.File, err error) {
		opened, err = os.OpenFile(path, flag, mode)
		file = opened
		return opened, err
	}
	db, err := bbolt.Open(dbPath(dir), 0o600, settings)
	switch {
	case errors.Is(err, bolt.ErrTimeout):
		return nil, inUse(dir, err)
	case err != nil:
		return nil, diskFailure(err)
	case !sameFile(file, dbPath(dir)):
		return nil, errors.Join(errMoved, db.Close())
	}
	if err := walkPages(file); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	db.AllocSize = fileGrowth
	s := &Store{
		dir: dir, db: db, opt: opt.withDefaults(), sessions: make(map[*Session]bool),
		keys: &keys{}, roster: newRoster(model.SiteData{}, nil),
		tries: make(map[string]tries), stretch: make(chan struct{}, 2),
	}
	return s, nil
}

// begin writes what a new store starts with, in one transaction: a file in
// which it did not finish counts as none.
func (s *Store) begin(id Identity) error {
	s.desk.clock.Node = id.Node
	return s.edit(func(e *edit) error {
		if meta := e.tx.Bucket([]byte(bucketMeta)); meta != nil {
			return &model.Error{Kind: model.KindConflict, Msg: "There is a store in this folder already.", Hint: "Choose another folder with --data."}
		}
		for _, name := range buckets {
			if _, err := e.tx.CreateBucket([]byte(name)); err != nil {
				return err
			}
		}
		if err := e.putSchema(schema); err != nil {
			return err
		}
		for _, c := range model.Compartments() {
			if err := e.putDerivation(c); err != nil {
				return err
			}
		}
		return e.putIdentity(id)
	})
}

// start reads what memory holds and begins the background check.
func (s *Store) start() (*Store, error) {
	if err := s.load(); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	sayWho(s.dir, s.opt.Now())
	s.takeDamaged()
	s.lookAtClock()
	ctx, cancel := context.WithCancel(context.Background())
	s.ending = cancel
	s.ended.Go(func() { s.checkInBackground(ctx) })
	return s, nil
}

// Close ends every session and lets go of the file. Everything acknowledged is
// on the disk already.
func (s *Store) Close() error {
	s.ending()
	s.ended.Wait()
	for _, session := range s.openSessions() {
		session.Close()
	}
	s.tell()
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.stopped == errClosed {
		return nil
	}
	if s.gone() != nil { // and the file with it
		s.watch.close()
		return nil
	}
	s.stopped = errClosed
	_ = os.Remove(whoPath(s.dir)) // only a note
	s.watch.close()
	return diskFailure(s.db.Close())
}

func (s *Store) openSessions() []*Session {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := make([]*Session, 0, len(s.sessions))
	for session := range s.sessions {
		all = append(all, session)
	}
	return all
}
