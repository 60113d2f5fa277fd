package store

import (
	"encoding/binary"
	"errors"
	"sync"

	"github.com/klauspost/compress/zstd"
	"go.etcd.io/bbolt"
)

// maxReference is the most bytes a reference table may unpack to.
const maxReference = 64 << 20

// The packer and unpacker are made at first use and serve all goroutines.
var (
	packer   = sync.OnceValues(func() (*zstd.Encoder, error) { return zstd.NewWriter(nil) })
	unpacker = sync.OnceValues(func() (*zstd.Decoder, error) { return zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxReference)) })
)

// PutReference keeps a table of public facts, such as practices, in place of
// the one before. rows are lines of JSON, kept packed and in the clear.
func (s *Store) PutReference(table string, revision uint64, rows []byte) error {
	if len(rows) > maxReference {
		return outside("A reference table is too large to keep.", "Report it to the service desk.", errors.New(table))
	}
	p, err := packer()
	if err != nil {
		return internal("pack a table", err)
	}
	value := p.EncodeAll(rows, binary.BigEndian.AppendUint64(nil, revision))
	return s.edit(func(e *edit) error { return e.put(bucketReference, []byte(table), value) })
}

// Reference returns a table and its revision: no rows and 0 when the hub has
// not sent it yet.
func (s *Store) Reference(table string) (rows []byte, revision uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		value := tx.Bucket([]byte(bucketReference)).Get([]byte(table))
		if value == nil {
			return nil
		}
		if len(value) < 8 {
			return damaged(errors.New("a reference table is cut short"))
		}
		u, err := unpacker()
		if err != nil {
			return internal("unpack a table", err)
		}
		revision = binary.BigEndian.Uint64(value)
		rows, err = u.DecodeAll(value[8:], nil)
		if err != nil {
			return damaged(err)
		}
		return nil
	})
	return rows, revision, err
}

// ReferenceRevision returns the revision of a table without unpacking it, 0 when
// there is none.
func (s *Store) ReferenceRevision(table string) (revision uint64, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		if value := tx.Bucket([]byte(bucketReference)).Get([]byte(table)); len(value) >= 8 {
			revision = binary.BigEndian.Uint64(value)
		}
		return nil
	})
	return revision, err
}
