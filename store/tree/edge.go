package tree

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/throughgate/throughgate/model"
)

// Edge is the right edge of a growing tree: all that is needed to add leaves and
// to know the root, without the leaves before. The zero value is the empty tree.
type Edge struct {
	Size  uint64
	roots []model.Hash // of the whole subtrees that Size is made of, largest first
}

// Add adds the leaf of the next place.
func (e *Edge) Add(leaf model.Hash) {
	h := tlog.Hash(leaf)
	for rest := e.Size; rest&1 == 1; rest >>= 1 {
		last := len(e.roots) - 1
		h = tlog.NodeHash(tlog.Hash(e.roots[last]), h)
		e.roots = e.roots[:last]
	}
	e.roots = append(e.roots, model.Hash(h))
	e.Size++
}

// Root is the root of the tree as it is. That of a tree of nothing is the hash
// of nothing (RFC 6962, section 2.1).
func (e *Edge) Root() model.Hash {
	if len(e.roots) == 0 {
		return sha256.Sum256(nil)
	}
	h := tlog.Hash(e.roots[len(e.roots)-1])
	for i := len(e.roots) - 2; i >= 0; i-- {
		h = tlog.NodeHash(tlog.Hash(e.roots[i]), h)
	}
	return model.Hash(h)
}

// Clone is a copy that grows by itself.
func (e *Edge) Clone() Edge {
	return Edge{e.Size, append([]model.Hash(nil), e.roots...)}
}

// AppendBinary appends size and roots.
func (e *Edge) AppendBinary(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint64(b, e.Size)
	for i := range e.roots {
		b = append(b, e.roots[i][:]...)
	}
	return b, nil
}

var errEdge = errors.New("tree: not the edge of a tree")

// UnmarshalBinary reads what AppendBinary wrote.
func (e *Edge) UnmarshalBinary(b []byte) error {
	if len(b) < 8 {
		return errEdge
	}
	read := Edge{Size: binary.BigEndian.Uint64(b)}
	b = b[8:]
	if len(b) != tlog.HashSize*bits.OnesCount64(read.Size) {
		return errEdge
	}
	for ; len(b) > 0; b = b[tlog.HashSize:] {
		read.roots = append(read.roots, model.Hash(b[:tlog.HashSize]))
	}
	*e = read
	return nil
}
