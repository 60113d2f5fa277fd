package store

import "go.etcd.io/bbolt"

// DB gives the tests the file under a store, to make it fail.
func (s *Store) DB() *bbolt.DB { return s.db }

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
)

// Where the version of the layout stands, and what moves on with every write.
var (
	KeySchema = keySchema
	KeyDesk   = keyDesk
)

// Turns holds a token for each passphrase that is being stretched.
func (s *Store) Turns() chan struct{} { return s.stretch }
