package tree

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/throughgate/throughgate/model"
)

// Leaf is the hash of one place of a feed, taken over the envelope's bytes as
// they stand there.
func Leaf(raw []byte) model.Hash { return model.Hash(tlog.RecordHash(raw)) }

// Fetch returns the nodes kept under a place's number, nil when there are none.
// Nodes are the hashes that one place adds to the stored tree: its leaf, then
// the root of every whole subtree that it completes, smallest first, 32 bytes
// each and 64 on average.
type Fetch func(seq uint64) []byte

// Grow returns the nodes of the next place of a feed, the number seq, from its
// leaf and the nodes of earlier places.
func Grow(seq uint64, leaf model.Hash, kept Fetch) ([]byte, error) {
	hashes, err := tlog.StoredHashesForRecordHash(int64(seq-1), tlog.Hash(leaf), kept)
	if err != nil {
		return nil, err
	}
	nodes := make([]byte, 0, len(hashes)*tlog.HashSize)
	for i := range hashes {
		nodes = append(nodes, hashes[i][:]...)
	}
	return nodes, nil
}

// Root is the root of the tree of the first size places.
func Root(size uint64, kept Fetch) (model.Hash, error) {
	root, err := tlog.TreeHash(int64(size), kept)
	return model.Hash(root), err
}

// ReadHashes implements tlog.HashReader. The root of the whole subtree n of a
// level stands with the last leaf of that subtree.
func (kept Fetch) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, n := tlog.SplitStoredHashIndex(index)
		seq := uint64(n+1) << level
		nodes := kept(seq)
		at := level * tlog.HashSize
		if len(nodes) < at+tlog.HashSize {
			return nil, fmt.Errorf("tree: the nodes of place %d are not there", seq)
		}
		copy(out[i][:], nodes[at:])
	}
	return out, nil
}
