package store

import (
	"bytes"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// DB gives the tests the file under a store, to make it fail.
func (s *Store) DB() *bbolt.DB { return s.db }

// CheckWhole looks at a file that another process may hold.
var CheckWhole = checkWhole

// Migrate runs migrations other than the program's own.
func (s *Store) Migrate(to uint32, steps map[uint32]func(*bbolt.Tx) error) error {
	return s.migrate(to, steps)
}

// Schema is the version of the layout that this program writes.
const Schema = schema

// The names of what tests reach for in the file.
const (
	BucketOps       = bucketOps
	BucketSnapshots = bucketSnapshots
	BucketMeta      = bucketMeta
	BucketAccess    = bucketAccess
	BucketTries     = bucketTries
	BucketDesk      = bucketDesk
	BucketKeyrings  = bucketKeyrings
	BucketGrants    = bucketGrants
)

// Where the version of the layout stands, and what moves on with every write.
var (
	KeySchema = keySchema
	KeyDesk   = keyDesk
)

// Turns holds a token for each passphrase that is being stretched.
func (s *Store) Turns() chan struct{} { return s.stretch }

// Kept lists the secrets that a session still holds.
func (ss *Session) Kept() []string {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	var kept []string
	isSecret := func(name string, secret []byte) {
		if !bytes.Equal(secret, make([]byte, len(secret))) {
			kept = append(kept, name)
		}
	}
	isOpen := func(name string, box *seal.Box) {
		if isKept(box) {
			kept = append(kept, name)
		}
	}
	isSecret("signing key", ss.signing.Seed())
	for _, box := range ss.boxes {
		isSecret("box key", box.Seed())
	}
	isSecret("person key", ss.person)
	isOpen("drafts' key", ss.draftBox)
	for name, box := range ss.keys.boxes {
		isOpen(name.compartment.String()+" key", box)
	}
	return kept
}

func isKept(box *seal.Box) bool {
	_, err := box.Seal(nil, nil, nil)
	return !errors.Is(err, seal.ErrWiped)
}

// Boxes remembers the keys that a session has now, and lists those of them that
// can still be used later.
func (ss *Session) Boxes() (kept func() []string) {
	boxes := ss.held().boxes
	return func() (kept []string) {
		for name, box := range boxes {
			if isKept(box) {
				kept = append(kept, name.compartment.String())
			}
		}
		return kept
	}
}

// Merging holds off merges, and whatever waits for them, until the test lets go.
func (s *Store) Merging() (done func()) {
	s.merging.Lock()
	return s.merged
}

// The names of what attacks reach for in the file.
const (
	BucketFeed   = bucketFeed
	BucketHeads  = bucketHeads
	BucketOutbox = bucketOutbox
)

// PlaceKey is the key of a place of the feed.
func PlaceKey(life uint32, seq uint64) []byte { return placeKey(life, seq) }

// OpKey is the key of an op in the log of ops.
func OpKey(e *model.Envelope) []byte { return opKey(e.Person, e.Compartment, e.Stamp) }

// AccessesNow reads the audit without a session, and so without an entry of its
// own.
func (s *Store) AccessesNow(f model.AccessFilter, limit int) ([]model.Access, error) {
	return s.accesses(f, limit)
}

// ExpectedHeads is how many heads of the hub wait for their places.
func (s *Store) ExpectedHeads() int { return len(s.expected) }
