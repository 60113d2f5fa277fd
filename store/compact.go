package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"os"
	"path/filepath"
	"runtime"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Space is how much of a store's file is in use, in bytes.
type Space struct {
	All  int64 `json:"all"`
	Free int64 `json:"free"` // will be used again, and is never given back to the disk by itself
}

// Half tells whether so much is free that a smaller file is worth the wait. A
// new file takes a few megabytes at once.
func (s Space) Half() bool { return s.All > 4*fileGrowth && s.Free*2 >= s.All }

// Space counts the pages of the file that hold nothing.
func (s *Store) Space() (Space, error) {
	s.writing.Lock() // bbolt tells what is free now, of the pages of the moment when this began
	defer s.writing.Unlock()
	var out Space
	err := s.view(func(tx *bbolt.Tx) error {
		out = Space{All: tx.Size()}
		page := int64(tx.DB().Info().PageSize)
		for i := int64(0); i < out.All/page; i++ {
			info, err := tx.Page(int(i))
			if err != nil || info == nil {
				return err
			}
			if info.Type == "free" {
				out.Free += page
			}
		}
		return nil
	})
	return out, err
}

// Compact writes the store in dir anew without its free pages. Nobody may have
// it open. The new file is compared with the old one, value by value, before it
// takes its place in one step; whatever fails leaves the old one.
func Compact(ctx context.Context, dir string, opt Options) (before, after Space, err error) {
	if err := isThere(dir); err != nil {
		return before, after, err
	}
	s, err := openFile(dir, opt)
	if err != nil {
		return before, after, err
	}
	defer func() {
		if closeErr := s.db.Close(); err == nil {
			err = diskFailure(closeErr)
		}
	}()
	sayWho(dir, s.opt.Now())
	defer os.Remove(whoPath(dir)) // only a note
	if err := errors.Join(clearLeftovers(dir), s.load()); err != nil {
		return before, after, err
	}
	if err := s.Check(ctx); err != nil {
		return before, after, err
	}
	if before, err = s.Space(); err != nil {
		return before, after, err
	}
	fresh, err := s.rewrite(ctx)
	if err != nil {
		return before, after, err
	}
	defer os.Remove(fresh) // fails once it is in place
	if err := s.replaceBy(fresh); err != nil {
		return before, after, err
	}
	info, err := os.Stat(dbPath(dir))
	if err != nil {
		return before, after, diskFailure(err)
	}
	return before, Space{All: info.Size()}, nil
}

const compactPattern = ".throughgate-compact-*"

// rewrite makes the new file beside the old one and returns its path.
func (s *Store) rewrite(ctx context.Context) (path string, err error) {
	temp, err := os.CreateTemp(s.dir, compactPattern)
	if err != nil {
		return "", diskFailure(err)
	}
	path = temp.Name()
	defer func() {
		if err != nil {
			_ = os.Remove(path) // the failure before it is the one to tell
		}
	}()
	if err := temp.Close(); err != nil {
		return "", diskFailure(err)
	}
	defer guard(&err)()
	// Its commits need not wait for the disk: it counts for nothing until the end.
	fresh, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: lockPatience, FreelistType: bbolt.FreelistMapType, NoSync: true})
	if err != nil {
		return "", diskFailure(err)
	}
	const commitSize = 1 << 20 // bytes
	err = bbolt.Compact(fresh, s.db, commitSize)
	if err == nil {
		err = s.sameIn(ctx, fresh)
	}
	if err == nil {
		err = fresh.Sync()
	}
	err = errors.Join(err, fresh.Close())
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return path, diskFailure(err)
}

// sameIn compares all that is in both files.
func (s *Store) sameIn(ctx context.Context, fresh *bbolt.DB) error {
	var sums [2][]byte
	for i, db := range []*bbolt.DB{s.db, fresh} {
		err := db.View(func(tx *bbolt.Tx) (err error) {
			sums[i], err = digest(ctx, tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	if !bytes.Equal(sums[0], sums[1]) {
		return internal("compact", errors.New("the new file is not the same"))
	}
	return nil
}

// digest is a sum over every bucket, key and value.
func digest(ctx context.Context, tx *bbolt.Tx) ([]byte, error) {
	sum := sha256.New()
	err := tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
		put(sum, name)
		put(sum, binary.BigEndian.AppendUint64(nil, b.Sequence()))
		return b.ForEach(func(key, value []byte) error {
			put(sum, key)
			put(sum, value)
			return ctx.Err()
		})
	})
	return sum.Sum(nil), err
}

func put(sum hash.Hash, value []byte) {
	sum.Write(binary.BigEndian.AppendUint64(nil, uint64(len(value))))
	sum.Write(value)
}

// replaceBy puts the new file in the old one's place. The old one stays locked
// until then, and whoever waited for it finds that it is gone (openFile). Windows
// moves nothing onto an open file: there it is let go of first, and the move
// fails should another program be quicker.
func (s *Store) replaceBy(fresh string) error {
	if runtime.GOOS == "windows" {
		if err := s.db.Close(); err != nil {
			return diskFailure(err)
		}
	}
	if err := os.Rename(fresh, dbPath(s.dir)); err != nil {
		return diskFailure(err)
	}
	if folder, err := os.Open(s.dir); err == nil { // Windows has no such thing, and needs none
		_ = folder.Sync()
		folder.Close()
	}
	return nil
}

// sameFile tells whether an open file is the one that bears its name. While
// another process put a smaller file in its place, this one may have waited for
// the lock of the old one, in which all that is written is lost.
func sameFile(open *os.File, path string) bool {
	is, err := open.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(path)
	return err == nil && os.SameFile(is, named)
}

var errMoved = &model.Error{Kind: model.KindLocked, Msg: "The store was just being put in order.", Hint: "Start Throughgate again."}

// clearLeftovers removes what compactions left that were ended half-way. Only
// who holds the store makes such files, so none of them is at work.
func clearLeftovers(dir string) error {
	found, err := filepath.Glob(filepath.Join(dir, compactPattern))
	if err != nil {
		return internal("look for leftovers", err)
	}
	for _, path := range found {
		if err := os.Remove(path); err != nil {
			return diskFailure(err)
		}
	}
	return nil
}
