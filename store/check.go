package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/pages"
)

// checkWhole refuses a file that is shorter than its own root says. bbolt maps
// the file, and reading a part that is not there would end the program. It only
// reads, so it may look while another process holds the file.
func checkWhole(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return diskFailure(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return diskFailure(err)
	}
	if need := pages.Length(f); info.Size() < need {
		return damaged(fmt.Errorf("%d bytes of %d", info.Size(), need))
	}
	return nil
}

// Check walks every page of the file and every envelope in it. It returns nil
// when all is sound. It reads for as long as it takes, so it is for a person who
// asks, and for tests.
func (s *Store) Check(ctx context.Context) error {
	if err := s.checkPages(); err != nil {
		return err
	}
	return s.checkEnvelopes(ctx)
}

// walkPages looks whether bbolt can walk the file. Nobody may write meanwhile.
func walkPages(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return diskFailure(err)
	}
	if err := pages.Walk(f, info.Size()); err != nil {
		return damaged(err)
	}
	return nil
}

// checkPages has bbolt look whether every page is either in use or free. Nobody
// may write meanwhile: it compares the pages of one moment with the free ones of
// now, and would call a store damaged that is merely at work. It does so in a
// goroutine of its own, where a page that leads it astray would end the program,
// so the pages are walked before.
func (s *Store) checkPages() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	f, err := os.Open(dbPath(s.dir))
	if err != nil {
		return diskFailure(err)
	}
	defer f.Close()
	if err := walkPages(f); err != nil {
		return err
	}
	return s.view(func(tx *bbolt.Tx) error {
		var first error
		for err := range tx.Check() {
			if first == nil {
				first = damaged(err)
			}
		}
		return first
	})
}

// checkInBackground reads the log once after opening, a little at a time so
// that it keeps no transaction open. What it finds shows in Status.
func (s *Store) checkInBackground(ctx context.Context) {
	err := s.checkEnvelopes(ctx)
	if err == nil || ctx.Err() != nil {
		return
	}
	s.opt.Log.Error("the store's file is damaged", "err", errors.Unwrap(err))
	s.mu.Lock()
	s.damage = err
	s.mu.Unlock()
	s.watch.wake()
}

// checkPace is how many entries are read in one transaction.
const checkPace = 500

func (s *Store) checkEnvelopes(ctx context.Context) error {
	var next []byte
	for ctx.Err() == nil {
		err := s.view(func(tx *bbolt.Tx) error {
			c := tx.Bucket([]byte(bucketOps)).Cursor()
			k, v := c.Seek(next)
			for n := 0; k != nil && n < checkPace; n++ {
				if err := checkEnvelope(k, v); err != nil {
					return damaged(err)
				}
				k, v = c.Next()
			}
			next = bytes.Clone(k)
			return nil
		})
		if err != nil || next == nil {
			return err
		}
	}
	return ctx.Err()
}

func checkEnvelope(key, value []byte) error {
	env, err := model.DecodeEnvelope(value)
	if err != nil {
		return err
	}
	if !bytes.Equal(key, opKey(env.Person, env.Compartment, env.Stamp)) {
		return errors.New("an op is not where it belongs")
	}
	return nil
}
