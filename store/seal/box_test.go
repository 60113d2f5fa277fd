package seal_test

import (
	"bytes"
	"errors"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/store/seal"
)

// form is one of the two ways to seal, which keep the same promises.
type form struct {
	name string
	seal func(b *seal.Box, dst, plain, aad []byte) ([]byte, error)
	open func(b *seal.Box, dst, sealed, aad []byte) ([]byte, error)
}

var forms = []form{
	{"plain", (*seal.Box).Seal, (*seal.Box).Open},
	{"compact", (*seal.Box).SealCompact, (*seal.Box).OpenCompact},
}

func eachForm(t *testing.T, check func(t *testing.T, f form)) {
	for _, f := range forms {
		t.Run(f.name, func(t *testing.T) { check(t, f) })
	}
}

const sample = `{"kind":"checklist.set","item":"medicines.reconciled","state":"done","note":"seen at first night screening"}`

func TestWhatIsSealedOpens(t *testing.T) {
	box := seal.NewBox(newKey(t, 1))
	eachForm(t, func(t *testing.T, f form) {
		rapid.Check(t, func(t *rapid.T) {
			bytesOf := rapid.SliceOf(rapid.Byte())
			text := rapid.Map(rapid.SliceOf(rapid.SampledFrom([]string{sample, `"item":`, "é", "\x00"})), joined)
			plain := rapid.OneOf(bytesOf, text).Draw(t, "plain")
			aad, front := bytesOf.Draw(t, "aad"), bytesOf.Draw(t, "front")
			sealed, err := f.seal(box, bytes.Clone(front), plain, aad)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(sealed, front) {
				t.Fatal("sealing changed what stood before")
			}
			opened, err := f.open(box, bytes.Clone(front), sealed[len(front):], aad)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(opened, append(front, plain...)) {
				t.Fatalf("opened to %q", opened)
			}
		})
	})
}

func joined(parts []string) []byte {
	var all []byte
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

func TestWhatWasTouchedDoesNotOpen(t *testing.T) {
	box, other := seal.NewBox(newKey(t, 1)), seal.NewBox(newKey(t, 2))
	eachForm(t, func(t *testing.T, f form) {
		aad := []byte("person/stamp")
		sealed, err := f.seal(box, nil, []byte(sample), aad)
		if err != nil {
			t.Fatal(err)
		}
		refuse := func(what string, box *seal.Box, sealed, aad []byte, want error) {
			t.Helper()
			if plain, err := f.open(box, nil, sealed, aad); !errors.Is(err, want) || plain != nil {
				t.Errorf("%s: got %q, %v; want %v", what, plain, err, want)
			}
		}
		for i := range sealed {
			refuse("a bit turned over", box, flipped(sealed, i), aad, seal.ErrWrongKey)
		}
		for n := range sealed {
			want := seal.ErrWrongKey
			if n < seal.Overhead {
				want = seal.ErrDamaged
			}
			refuse("cut short", box, sealed[:n], aad, want)
		}
		refuse("made longer", box, append(bytes.Clone(sealed), 0), aad, seal.ErrWrongKey)
		refuse("another key", other, sealed, aad, seal.ErrWrongKey)
		for i := range aad {
			refuse("moved", box, sealed, flipped(aad, i), seal.ErrWrongKey)
		}
		refuse("without its place", box, sealed, nil, seal.ErrWrongKey)
	})
}

func TestTheSameTextIsNeverSealedTheSameWay(t *testing.T) {
	box := seal.NewBox(newKey(t, 1))
	eachForm(t, func(t *testing.T, f form) {
		seen := map[string]bool{}
		for range 1000 {
			sealed, err := f.seal(box, nil, []byte(sample), nil)
			if err != nil {
				t.Fatal(err)
			}
			seen[string(sealed[:24])] = true
		}
		if len(seen) != 1000 {
			t.Errorf("%d nonces for 1000 messages", len(seen))
		}
	})
}

func TestOneBoxServesManyGoroutines(t *testing.T) {
	box := seal.NewBox(newKey(t, 1))
	eachForm(t, func(t *testing.T, f form) {
		var all sync.WaitGroup
		for worker := range 8 {
			all.Go(func() {
				plain := bytes.Repeat([]byte{byte('a' + worker)}, 50*worker)
				for range 200 {
					sealed, err := f.seal(box, nil, plain, plain)
					if err != nil {
						t.Error(err)
						return
					}
					if opened, err := f.open(box, nil, sealed, plain); err != nil || !bytes.Equal(opened, plain) {
						t.Errorf("opened to %q, %v", opened, err)
						return
					}
				}
			})
		}
		all.Wait()
	})
}

func TestSealedLengthIsKnown(t *testing.T) {
	sealed, err := seal.NewBox(newKey(t, 1)).Seal(nil, []byte(sample), nil)
	if err != nil || len(sealed) != len(sample)+seal.Overhead {
		t.Errorf("%d bytes, %v", len(sealed), err)
	}
}
