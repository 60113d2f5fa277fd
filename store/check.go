package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/pages"
	"github.com/throughgate/throughgate/store/tree"
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
	need := pages.Length(f) // before how long it is: it may be growing, and grows before its root says so
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return diskFailure(err)
	}
	if info.Size() < need {
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

// checkPages looks whether every page is sound, and either in use or free. Others
// go on working: what this transaction began with stays as it is until it ends.
func (s *Store) checkPages() error {
	s.writing.Lock()
	begun := sync.OnceFunc(s.writing.Unlock)
	defer begun()
	return s.view(func(tx *bbolt.Tx) error {
		f, err := os.Open(dbPath(s.dir))
		if err != nil {
			return diskFailure(err)
		}
		defer f.Close()
		root, found := pages.NewestRoot(f) // this transaction's, for nobody has written since it began
		info, err := f.Stat()
		begun()
		switch {
		case err != nil:
			return diskFailure(err)
		case !found:
			return damaged(errors.New("neither root is sound"))
		}
		if err := root.Check(f, info.Size()); err != nil {
			return damaged(err)
		}
		return nil
	})
}

// CheckFeed compares every op with the place in the hub's feed that it came with,
// which needs no key: a changed bit of what is sealed shows here and nowhere in
// Check. An op that is still to be sent has no place, and VerifyAudit alone tells
// who signed what.
func (s *Store) CheckFeed(ctx context.Context) error {
	var r reading
	err := s.view(func(tx *bbolt.Tx) (err error) {
		r, err = readReading(tx)
		return err
	})
	if err != nil {
		return err
	}
	v := &verifier{ctx: ctx, s: s}
	err = v.paced(bucketFeed, placeKey(r.life, 1), func(tx *bbolt.Tx, key, value []byte) (bool, error) {
		if len(key) != 12 || binary.BigEndian.Uint32(key) != r.life {
			return false, nil
		}
		p, err := readPlace(value)
		if err != nil {
			return false, damaged(err)
		}
		if raw := rawOf(tx, &p); raw != nil && tree.Leaf(raw) != p.leaf {
			return false, errNotAsItCame
		}
		return true, nil
	})
	if errors.Is(err, errNotAsItCame) {
		s.finds(model.TroubleAltered, 0)
		s.tell()
	}
	return err
}

var errNotAsItCame = &model.Error{Kind: model.KindOutside, Msg: "An entry in the store's file is not as it came from the hub.",
	Hint: "Keep the file, and run: throughgate audit verify. It names every such entry."}

// checkInBackground reads the log once after opening, a little at a time so
// that it keeps no transaction open. What it finds shows in Status.
func (s *Store) checkInBackground(ctx context.Context) {
	err := s.checkEnvelopes(ctx)
	if err == nil || ctx.Err() != nil {
		return
	}
	s.opt.Log.Error("the store's file is damaged", "err", errors.Unwrap(err))
	s.tell()
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
