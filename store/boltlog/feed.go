package boltlog

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// feedFill leaves little room in the pages of a feed: they are only ever added
// to at the end.
const feedFill = 0.95

// feed is one site's feed and its tree, in a transaction that writes.
type feed struct {
	ops, nodes *bbolt.Bucket
}

func openFeed(feeds, trees *bbolt.Bucket, site []byte) (feed, error) {
	ops, err := feeds.CreateBucketIfNotExists(site)
	if err != nil {
		return feed{}, err
	}
	nodes, err := trees.CreateBucketIfNotExists(site)
	if err != nil {
		return feed{}, err
	}
	ops.FillPercent, nodes.FillPercent = feedFill, feedFill
	return feed{ops, nodes}, nil
}

// add puts an op at the end, and its leaf into the tree.
func (f feed) add(raw []byte) (seq uint64, err error) {
	if seq, err = f.ops.NextSequence(); err != nil {
		return 0, err
	}
	key := number(seq)
	if err := f.ops.Put(key, raw); err != nil {
		return 0, err
	}
	return seq, f.grow(key, seq, raw)
}

func (f feed) grow(key []byte, seq uint64, raw []byte) error {
	nodes, err := tree.Grow(seq, tree.Leaf(raw), nodesOf(f.nodes))
	if err != nil {
		return damaged(err)
	}
	return f.nodes.Put(key, nodes)
}

// nodesOf reads a site's tree.
func nodesOf(nodes *bbolt.Bucket) tree.Fetch {
	return func(seq uint64) []byte {
		if nodes == nil {
			return nil
		}
		return nodes.Get(number(seq))
	}
}

// growBatch is how many places get their hashes in one transaction when a log
// that was written without them is opened: some megabytes of work, so that
// neither memory nor the file's growth has much to carry at once.
const growBatch = 5000

// growTrees adds what the trees lack, in a log written by a version that kept
// none: at most so many places. It tells whether there is more to do.
func growTrees(tx *bbolt.Tx, most int) (more bool, err error) {
	feeds, trees := tx.Bucket(bucketFeeds), tx.Bucket(bucketTrees)
	var sites [][]byte
	if err := feeds.ForEachBucket(func(site []byte) error {
		sites = append(sites, bytes.Clone(site))
		return nil
	}); err != nil {
		return false, err
	}
	for _, site := range sites {
		f, err := openFeed(feeds, trees, site)
		if err != nil {
			return false, err
		}
		for seq := lastOf(f.nodes) + 1; seq <= f.ops.Sequence(); seq++ {
			if most--; most < 0 {
				return true, nil
			}
			key := number(seq)
			raw := f.ops.Get(key)
			if raw == nil {
				return false, damaged(fmt.Errorf("boltlog: place %d of a feed is missing", seq))
			}
			if err := f.grow(key, seq, raw); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

// lastOf is the highest number in a bucket of numbers, 0 when it is empty.
func lastOf(b *bbolt.Bucket) uint64 {
	if key, _ := b.Cursor().Last(); key != nil {
		return binary.BigEndian.Uint64(key)
	}
	return 0
}

// Root returns the root of the tree of the first size places of a site's feed,
// which has at least as many: else KindInvalid.
func (l *Log) Root(site model.SiteCode, size uint64) (root model.Hash, err error) {
	err = l.db.View(func(tx *bbolt.Tx) error {
		nodes := tx.Bucket(bucketTrees).Bucket([]byte(site))
		if size > 0 && (nodes == nil || size > lastOf(nodes)) {
			return model.Invalid("The log does not go so far.", "")
		}
		if root, err = tree.Root(size, nodesOf(nodes)); err != nil {
			return damaged(err)
		}
		return nil
	})
	return root, asError(err)
}
