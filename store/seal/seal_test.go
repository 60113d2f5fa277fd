package seal_test

import (
	"encoding/binary"
	"io"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/throughgate/throughgate/store/seal"
)

// seeded gives the same bytes in every run, so that a failure comes again.
func seeded(seed uint64) io.Reader {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	return rand.NewChaCha8(key)
}

func newKey(tb testing.TB, seed uint64) seal.Key {
	tb.Helper()
	key, err := seal.NewKey(seeded(seed))
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func newSigningKey(tb testing.TB, seed uint64) seal.SigningKey {
	tb.Helper()
	key, err := seal.NewSigningKey(seeded(seed))
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// flipped gives b with one bit of byte i turned over.
func flipped(b []byte, i int) []byte {
	b = slices.Clone(b)
	b[i] ^= 1 << (i % 8)
	return b
}

func noise(n int) []byte {
	b := make([]byte, n)
	_, _ = io.ReadFull(seeded(99), b)
	return b
}
