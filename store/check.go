package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
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
	if need := lengthPromised(f); info.Size() < need {
		return damaged(fmt.Errorf("%d bytes of %d", info.Size(), need))
	}
	return nil
}

// lengthPromised reads bbolt's two roots and returns the length that the newest
// sound one asks for, 0 when neither is: then bbolt itself refuses the file. A
// page begins with 16 bytes of header; of the root that follows, bytes 0 to 3
// are a magic, 8 to 11 the page size, 40 to 47 the number of pages, 48 to 55 the
// transaction, and 56 to 63 an FNV-1a sum of what is before.
func lengthPromised(f io.ReaderAt) int64 {
	const magic, header, root = 0xED0CDAED, 16, 64
	var newest uint64
	var need int64
	for _, at := range []int64{0, 4096, 8192, 16384, 32768, 65536} {
		page := make([]byte, header+root)
		if _, err := f.ReadAt(page, at); err != nil {
			break
		}
		b := page[header:]
		size := int64(binary.NativeEndian.Uint32(b[8:]))
		if binary.NativeEndian.Uint32(b) != magic || at != 0 && at != size || fnv1a(b[:56]) != binary.NativeEndian.Uint64(b[56:]) {
			continue
		}
		if txid := binary.NativeEndian.Uint64(b[48:]); txid >= newest {
			newest, need = txid, size*int64(binary.NativeEndian.Uint64(b[40:]))
		}
	}
	return need
}

func fnv1a(b []byte) uint64 {
	sum := uint64(14695981039346656037)
	for _, c := range b {
		sum = (sum ^ uint64(c)) * 1099511628211
	}
	return sum
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

// checkPages has bbolt look whether every page is either in use or free. Nobody
// may write meanwhile: it compares the pages of one moment with the free ones of
// now, and would call a store damaged that is merely at work.
func (s *Store) checkPages() error {
	s.writing.Lock()
	defer s.writing.Unlock()
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
