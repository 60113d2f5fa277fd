package seal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/store/seal"
)

func newBoxKey(tb testing.TB, seed uint64) seal.BoxKey {
	tb.Helper()
	key, err := seal.NewBoxKey(seeded(seed))
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func TestWhatIsSealedToAKeyOpensWithItAlone(t *testing.T) {
	other := newBoxKey(t, 2)
	rapid.Check(t, func(t *rapid.T) {
		key, err := seal.BoxKeyFromSeed(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		if err != nil {
			t.Fatal(err)
		}
		plain, info := rapid.SliceOf(rapid.Byte()).Draw(t, "plain"), rapid.SliceOf(rapid.Byte()).Draw(t, "info")
		sealed, err := seal.SealTo(key.Public(), plain, info)
		if err != nil {
			t.Fatal(err)
		}
		again, err := seal.BoxKeyFromSeed(key.Seed())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := seal.OpenBox(again, sealed, info); err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("%x, %v", got, err)
		}
		if _, err := seal.OpenBox(other, sealed, info); !errors.Is(err, seal.ErrWrongKey) {
			t.Fatalf("another key: %v", err)
		}
		if _, err := seal.OpenBox(key, sealed, append(info, 0)); !errors.Is(err, seal.ErrWrongKey) {
			t.Fatalf("another place: %v", err)
		}
	})
}

func TestAlteredBytesDoNotOpen(t *testing.T) {
	key, info := newBoxKey(t, 1), []byte("grant")
	sealed, err := seal.SealTo(key.Public(), []byte(sample), info)
	if err != nil {
		t.Fatal(err)
	}
	for i := range sealed {
		if _, err := seal.OpenBox(key, flipped(sealed, i), info); !errors.Is(err, seal.ErrWrongKey) {
			t.Errorf("byte %d altered: %v", i, err)
		}
		if _, err := seal.OpenBox(key, sealed[:i], info); !errors.Is(err, seal.ErrWrongKey) {
			t.Errorf("cut to %d bytes: %v", i, err)
		}
	}
	again, err := seal.SealTo(key.Public(), []byte(sample), info)
	if err != nil || bytes.Equal(again, sealed) {
		t.Errorf("the same twice: %v", err)
	}
}

// A public key of small order shares its secret with everybody.
func TestNothingIsSealedToAKeyThatIsNone(t *testing.T) {
	for name, public := range map[string][]byte{
		"none": nil, "short": make([]byte, 31), "long": make([]byte, 33), "nought": make([]byte, 32), "one": append([]byte{1}, make([]byte, 31)...),
	} {
		if _, err := seal.SealTo(public, []byte(sample), nil); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, length := range []int{0, 31, 33} {
		if _, err := seal.BoxKeyFromSeed(make([]byte, length)); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("a seed of %d bytes: %v", length, err)
		}
	}
	if _, err := seal.OpenBox(seal.BoxKey{}, make([]byte, 64), nil); !errors.Is(err, seal.ErrWrongKey) {
		t.Errorf("with no key at all: %v", err)
	}
}

func TestABoxKeyNeverPrintsAndIsWiped(t *testing.T) {
	key := newBoxKey(t, 3)
	sealed, err := seal.SealTo(key.Public(), []byte(sample), nil)
	if err != nil {
		t.Fatal(err)
	}
	seed := key.Seed()
	held := struct{ key seal.BoxKey }{key}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		for _, v := range []any{key, &key, held} {
			text := fmt.Sprintf(verb, v)
			if strings.Contains(text, fmt.Sprintf("%x", seed[:4])) || strings.Contains(text, fmt.Sprintf("%d %d %d", seed[0], seed[1], seed[2])) {
				t.Errorf("%s of %T prints the key: %s", verb, v, text)
			}
		}
	}
	if _, err := json.Marshal(key); err == nil {
		t.Error("it was written as JSON")
	}
	key.Zero()
	if _, err := seal.OpenBox(held.key, sealed, nil); err == nil || !bytes.Equal(held.key.Seed(), make([]byte, 32)) {
		t.Error("a copy of it still opens")
	}
}
