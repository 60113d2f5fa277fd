package boltlog

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// AppendAccess keeps entries of access logs in one transaction, each at the end
// of its site's list. An entry that is there already is passed over, so a batch
// may be sent again.
func (l *Log) AppendAccess(ctx context.Context, entries []model.KeptAccess) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return asError(l.db.Update(func(tx *bbolt.Tx) error {
		lists, chain := tx.Bucket(bucketAccess), tx.Bucket(bucketAccessChain)
		for i := range entries {
			if err := addAccess(lists, chain, &entries[i]); err != nil {
				return err
			}
		}
		return nil
	}))
}

func addAccess(lists, chain *bbolt.Bucket, e *model.KeptAccess) error {
	key := accessKey(e.Device, e.Seq, e.Hash)
	if chain.Get(key) != nil {
		return nil
	}
	if !e.Site.Valid() {
		return fmt.Errorf("boltlog: an access at no site")
	}
	list, err := lists.CreateBucketIfNotExists([]byte(e.Site))
	if err != nil {
		return err
	}
	list.FillPercent = feedFill
	place, err := list.NextSequence()
	if err != nil {
		return err
	}
	if err := list.Put(number(place), append(key, e.Sealed...)); err != nil {
		return err
	}
	return chain.Put(key, []byte(e.Site))
}

// accessKey names an entry: device, number in its chain, hash.
func accessKey(device model.DeviceID, seq uint64, hash model.Hash) []byte {
	b := make([]byte, 0, accessHead)
	b = append(b, device[:]...)
	b = binary.BigEndian.AppendUint64(b, seq)
	return append(b, hash[:]...)
}

const accessHead = len(model.DeviceID{}) + 8 + len(model.Hash{})

// ReadAccess returns a site's entries after a place, in order: at most so many
// and, after the first, no more than size bytes in all. The memory is the
// caller's.
func (l *Log) ReadAccess(ctx context.Context, site model.SiteCode, after uint64, entries, size int) ([]model.KeptAccess, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var out []model.KeptAccess
	err := l.db.View(func(tx *bbolt.Tx) error {
		list := tx.Bucket(bucketAccess).Bucket([]byte(site))
		if list == nil || after >= list.Sequence() {
			return nil
		}
		c := list.Cursor()
		for k, v := c.Seek(number(after + 1)); k != nil && len(out) < entries; k, v = c.Next() {
			if size -= len(v); size < 0 && len(out) > 0 {
				return nil
			}
			e, err := decodeAccess(v)
			if err != nil {
				return err
			}
			e.Site, e.Place = site, binary.BigEndian.Uint64(k)
			out = append(out, e)
		}
		return nil
	})
	return out, asError(err)
}

func decodeAccess(b []byte) (model.KeptAccess, error) {
	var e model.KeptAccess
	if len(b) < accessHead {
		return e, damaged(fmt.Errorf("boltlog: an access of %d bytes", len(b)))
	}
	b = b[copy(e.Device[:], b):]
	e.Seq, b = binary.BigEndian.Uint64(b), b[8:]
	b = b[copy(e.Hash[:], b):]
	e.Sealed = bytes.Clone(b)
	return e, nil
}

// LastAccess returns the last place of a site's list, 0 when it is empty.
func (l *Log) LastAccess(site model.SiteCode) (last uint64, err error) {
	err = l.db.View(func(tx *bbolt.Tx) error {
		if list := tx.Bucket(bucketAccess).Bucket([]byte(site)); list != nil {
			last = list.Sequence()
		}
		return nil
	})
	return last, asError(err)
}

// AccessChain returns the hashes of a device's entries with the numbers from one
// to another, both included, and the highest number it has below them, 0 when
// there is none.
func (l *Log) AccessChain(ctx context.Context, device model.DeviceID, from, to uint64) (hashes map[uint64][]model.Hash, before uint64, err error) {
	hashes = make(map[uint64][]model.Hash)
	err = l.db.View(func(tx *bbolt.Tx) error {
		c := tx.Bucket(bucketAccessChain).Cursor()
		for k, _ := c.Seek(accessKey(device, from, model.Hash{})); bytes.HasPrefix(k, device[:]); k, _ = c.Next() {
			seq, hash := readAccessKey(k)
			if seq > to {
				break
			}
			hashes[seq] = append(hashes[seq], hash)
		}
		before = lastBelow(c, device, from)
		return ctx.Err()
	})
	return hashes, before, asError(err)
}

// lastBelow returns the highest number of a device below one.
func lastBelow(c *bbolt.Cursor, device model.DeviceID, seq uint64) uint64 {
	k, _ := c.Seek(accessKey(device, seq, model.Hash{}))
	if k == nil {
		k, _ = c.Last()
	} else {
		k, _ = c.Prev()
	}
	if !bytes.HasPrefix(k, device[:]) {
		return 0
	}
	last, _ := readAccessKey(k)
	return last
}

func readAccessKey(k []byte) (seq uint64, hash model.Hash) {
	k = k[len(model.DeviceID{}):]
	copy(hash[:], k[8:])
	return binary.BigEndian.Uint64(k), hash
}
