package seal_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/throughgate/throughgate/store/seal"
)

func TestTypicalTextIsPacked(t *testing.T) {
	sealed, err := seal.NewBox(newKey(t, 1)).SealCompact(nil, []byte(sample), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, most := len(sealed)-seal.Overhead, len(sample)/2; got > most {
		t.Errorf("packed %d bytes into %d, want at most %d", len(sample), got, most)
	}
}

func TestNothingGrowsByMoreThanAByte(t *testing.T) {
	box := seal.NewBox(newKey(t, 1))
	for _, n := range []int{0, 1, 2, 3, 4, 5, 31, 300, 5000, 200_000} {
		sealed, err := box.SealCompact(nil, noise(n), nil)
		if err != nil || len(sealed) > n+seal.Overhead+1 {
			t.Errorf("%d bytes of noise became %d, %v", n, len(sealed), err)
		}
	}
}

// A dictionary that changes makes everything sealed with it unreadable. Whoever
// comes here because this fails: restore the file, and give the new one the
// next number.
func TestDictionariesNeverChange(t *testing.T) {
	const want = "ed01a8b14fb94f217672871f4a48e5387353882847bd0ffa4d2b09bdfec308a3"
	dictionary, err := os.ReadFile("dictionary1.zdict")
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(dictionary)
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("dictionary1.zdict is %s, want %s", got, want)
	}
}

func TestCompactHoldsItsLargest(t *testing.T) {
	box := seal.NewBox(newKey(t, 1))
	for name, plain := range map[string][]byte{
		"noise": noise(seal.MaxCompact),
		"zeros": make([]byte, seal.MaxCompact),
	} {
		sealed, err := box.SealCompact(nil, plain, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		opened, err := box.OpenCompact(nil, sealed, nil)
		if err != nil || !bytes.Equal(opened, plain) {
			t.Errorf("%s: opened to %d bytes, %v", name, len(opened), err)
		}
	}
	if _, err := box.SealCompact(nil, make([]byte, seal.MaxCompact+1), nil); !errors.Is(err, seal.ErrTooLarge) {
		t.Errorf("one byte more: %v", err)
	}
}

// Only somebody with the key can make these; they must still not bring a hub
// down.
func TestHostileFramesAreRefused(t *testing.T) {
	box := seal.NewBox(newKey(t, 1))
	bomb := make([]byte, seal.MaxCompact+1)
	for _, row := range []struct {
		name  string
		inner []byte
		want  error
	}{
		{"nothing at all", nil, seal.ErrDamaged},
		{"a dictionary of tomorrow", []byte{2, 1, 2, 3}, seal.ErrNewer},
		{"the last form there can be", []byte{255}, seal.ErrNewer},
		{"a dictionary and no frame", []byte{1}, seal.ErrDamaged},
		{"a block of no known type", []byte{1, 0x20, 10, 0x07, 0, 0}, seal.ErrDamaged},
		{"a bomb that says its size", packed(t, bomb, true), seal.ErrTooLarge},
		{"a bomb that does not", packed(t, bomb, false), seal.ErrTooLarge},
		{"a lie of 2^63 bytes", append([]byte{1, 0xe0}, 0, 0, 0, 0, 0, 0, 0, 0x80, 1, 0, 0), seal.ErrTooLarge},
		{"two frames too large together", twice(t, packed(t, bomb[:10<<20], true)), seal.ErrTooLarge},
		{"too much as it is", append([]byte{0}, bomb...), seal.ErrTooLarge},
		{"a frame cut short", packed(t, []byte(sample), true)[:30], seal.ErrDamaged},
	} {
		sealed, err := box.Seal(nil, row.inner, nil)
		if err != nil {
			t.Fatal(err)
		}
		if plain, err := box.OpenCompact(nil, sealed, nil); !errors.Is(err, row.want) || plain != nil {
			t.Errorf("%s: %d bytes, %v; want %v", row.name, len(plain), err, row.want)
		}
	}
}

// packed is plain as dictionary 1 says it, made by hand.
func packed(tb testing.TB, plain []byte, sized bool) []byte {
	tb.Helper()
	var frame bytes.Buffer
	w, err := zstd.NewWriter(&frame, zstd.WithEncoderCRC(false))
	if err != nil {
		tb.Fatal(err)
	}
	if sized {
		frame.Write(w.EncodeAll(plain, nil))
	} else if _, err = w.Write(plain); err == nil {
		err = w.Close()
	}
	if err != nil {
		tb.Fatal(err)
	}
	return append([]byte{1}, frame.Bytes()[4:]...)
}

func twice(tb testing.TB, inner []byte) []byte {
	tb.Helper()
	return append(append(bytes.Clone(inner), "\x28\xb5\x2f\xfd"...), inner[1:]...)
}

func FuzzOpenCompact(f *testing.F) {
	box := seal.NewBox(newKey(f, 1))
	whole, err := box.SealCompact(nil, []byte(sample), nil)
	if err != nil {
		f.Fatal(err)
	}
	inner, err := box.Open(nil, whole, nil)
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{nil, {0}, {1}, {2, 3}, inner, inner[:len(inner)-1], packed(f, noise(50), false), whole} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		// The fuzzer's processes each seal with a nonce of their own, so one
		// opens the seed of another: what opens must then hold the sample.
		if plain, err := box.OpenCompact(nil, input, nil); err == nil && string(plain) != sample {
			t.Error("a forgery opened")
		}
		// Past the seal, where only the packing is left to stop it.
		sealed, err := box.Seal(nil, input, nil)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := box.OpenCompact(nil, sealed, nil)
		if err != nil && plain != nil {
			t.Error("an error and a text")
		}
		if len(plain) > seal.MaxCompact {
			t.Errorf("opened to %d bytes", len(plain))
		}
	})
}
