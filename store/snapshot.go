package store

import (
	"context"
	"io"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// File is what the store's file is called in its folder.
const File = "throughgate.db"

// Snapshot is the store's file as it was at one moment, whatever is written
// meanwhile. It lives as long as the function it was given to.
type Snapshot struct {
	Entries int // ops
	tx      *bbolt.Tx
}

// Size is the length of the file in bytes.
func (n *Snapshot) Size() int64 { return n.tx.Size() }

// WriteTo writes the file. It is a store that can be opened, and what was sealed
// in it is sealed.
func (n *Snapshot) WriteTo(w io.Writer) (int64, error) { return n.tx.WriteTo(w) }

// Snapshot gives fn the file as it is now, after looking through all of it: a
// copy of a damaged store would be believed to be a backup. Others go on working
// meanwhile. That a copy was made is on the disk, and in the copy, before any of
// it is given out.
func (s *Store) Snapshot(ctx context.Context, fn func(*Snapshot) error) error {
	if err := s.Check(ctx); err != nil {
		return err
	}
	if err := s.note(model.Access{What: model.AccessBackup, Via: model.ViaCommand}); err != nil {
		return err
	}
	var own error
	err := s.view(func(tx *bbolt.Tx) error {
		own = fn(&Snapshot{Entries: countKeys(tx.Bucket([]byte(bucketOps))), tx: tx})
		return nil
	})
	if own != nil {
		return own // where it was written to failed, which is not the store's disk
	}
	return err
}
