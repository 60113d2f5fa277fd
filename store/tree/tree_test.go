package tree_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/tree"
)

// TestTheEdgeGrowsAsTheStoredTree holds the two ways to a root against each
// other: from the right edge alone, and from all that is kept.
func TestTheEdgeGrowsAsTheStoredTree(t *testing.T) {
	kept := make(map[uint64][]byte)
	fetch := func(seq uint64) []byte { return kept[seq] }
	var edge tree.Edge
	for seq := uint64(1); seq <= 300; seq++ {
		leaf := tree.Leaf(binary.BigEndian.AppendUint64(nil, seq))
		nodes, err := tree.Grow(seq, leaf, fetch)
		if err != nil {
			t.Fatal(err)
		}
		kept[seq] = nodes
		edge.Add(leaf)
		root, err := tree.Root(seq, fetch)
		if err != nil || root != edge.Root() {
			t.Fatalf("size %d: another root, %v", seq, err)
		}
		text, _ := edge.AppendBinary(nil)
		var read tree.Edge
		if err := read.UnmarshalBinary(text); err != nil || read.Size != seq || read.Root() != root {
			t.Fatalf("size %d does not read back: %v", seq, err)
		}
		if read.UnmarshalBinary(text[:len(text)-1]) == nil || read.UnmarshalBinary(append(text, 0)) == nil {
			t.Fatalf("size %d: another length is read", seq)
		}
	}
	delete(kept, 256)
	if _, err := tree.Root(300, fetch); err == nil {
		t.Error("a root without all of its nodes")
	}
}

func signer(seed byte) (tree.Signer, []byte) {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, ed25519.SeedSize))
	public := key.Public().(ed25519.PublicKey)
	return tree.Signer{Public: public, Sign: func(m []byte) []byte { return ed25519.Sign(key, m) }}, public
}

var example = tree.Head{Site: "LEI", Size: 42, Root: model.Hash{1, 2}, Epoch: "00ff", At: 1_772_000_000_123}

func TestAHeadIsReadBackAsSigned(t *testing.T) {
	hub, public := signer(1)
	signed, err := hub.Seal(example)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(signed), "throughgate/LEI\n42\n") {
		t.Errorf("it reads %q", signed)
	}
	got, err := tree.Open(signed, public)
	if err != nil || got != example {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := tree.Claimed(signed); err != nil || got != example {
		t.Errorf("it claims %+v, %v", got, err)
	}
}

func TestAHeadOfAnotherKeyIsNone(t *testing.T) {
	_, public := signer(1)
	other, _ := signer(2)
	signed, err := other.Seal(example)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Open(signed, public); !errors.Is(err, tree.ErrOtherKey) {
		t.Errorf("another key: %v", err)
	}
	lying := tree.Signer{Public: public, Sign: other.Sign}
	if signed, err = lying.Seal(example); err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Open(signed, public); !errors.Is(err, tree.ErrForged) {
		t.Errorf("another key under the hub's name: %v", err)
	}
	for _, bad := range [][]byte{nil, {1}, public[:31]} {
		if _, err := tree.Open(signed, bad); err == nil {
			t.Errorf("opened with a key of %d bytes", len(bad))
		}
	}
}

// TestNoBitOfAHeadCanChange flips any one bit of a signed head. Base64 has bits
// that say nothing; with any other the note is none.
func TestNoBitOfAHeadCanChange(t *testing.T) {
	hub, public := signer(1)
	signed, err := hub.Seal(example)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		bit := rapid.IntRange(0, 8*len(signed)-1).Draw(t, "bit")
		forged := bytes.Clone(signed)
		forged[bit/8] ^= 1 << (bit % 8)
		if got, err := tree.Open(forged, public); err == nil && got != example {
			t.Errorf("it opens as %+v", got)
		}
	})
}

// TestOnlyTheOneFormIsRead signs what says the same in other words.
func TestOnlyTheOneFormIsRead(t *testing.T) {
	text := example.Text()
	for _, other := range []string{
		strings.Replace(text, "\n42", "\n042", 1), strings.Replace(text, "\n42", "\n+42", 1),
		strings.Replace(text, "00ff", "", 1), strings.Replace(text, "LEI", "lei", 1),
		text + "more\n", strings.Replace(text, "throughgate/", "elsewhere/", 1),
	} {
		if _, err := tree.Claimed([]byte(other + "\n")); err == nil {
			t.Errorf("%q was read", other)
		}
	}
}
