package seal_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/store/seal"
)

// quick stretches for nobody's safety, so that thousands of cases can run.
var quick = seal.Params{Time: 1, MemoryKiB: 8, Threads: 1}

func wrap(tb testing.TB, passphrase string, plain, aad []byte) []byte {
	tb.Helper()
	wrapped, err := seal.Wrap(passphrase, plain, aad, quick, seeded(1))
	if err != nil {
		tb.Fatal(err)
	}
	return wrapped
}

func TestWhatIsWrappedUnwraps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		passphrase := rapid.StringN(1, 40, -1).Draw(t, "passphrase")
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		aad := rapid.SliceOf(rapid.Byte()).Draw(t, "aad")
		p := seal.Params{
			Time:    rapid.Uint32Range(1, 3).Draw(t, "time"),
			Threads: rapid.Uint8Range(1, 4).Draw(t, "threads"),
		}
		p.MemoryKiB = rapid.Uint32Range(8*uint32(p.Threads), 100).Draw(t, "memory")
		wrapped, err := seal.Wrap(passphrase, plain, aad, p, seeded(rapid.Uint64().Draw(t, "seed")))
		if err != nil {
			t.Fatal(err)
		}
		got, err := seal.Unwrap(passphrase, wrapped, aad)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("unwrapped to %q, %v", got, err)
		}
		if _, err := seal.Unwrap(passphrase+"x", wrapped, aad); !errors.Is(err, seal.ErrWrongPassphrase) {
			t.Fatalf("another passphrase: %v", err)
		}
	})
}

func TestThePassphraseMayBeTypedElsewhere(t *testing.T) {
	for _, row := range []struct{ name, wrapped, typed string }{
		{"accent in one code point or two", "caf\u00e9 gate", "cafe\u0301 gate"},
		{"Welsh circumflex", "t\u0175r", "tw\u0302r"},
		{"full-width letters and digits", "gate 42", "\uff47\uff41\uff54\uff45 \uff14\uff12"},
		{"no-break space", "two words", "two\u00a0words"},
		{"ligature", "office", "o\ufb03ce"},
	} {
		if _, err := seal.Unwrap(row.typed, wrap(t, row.wrapped, nil, nil), nil); err != nil {
			t.Errorf("%s: %v", row.name, err)
		}
	}
	for _, row := range []struct{ name, wrapped, typed string }{
		{"case", "Gate", "gate"},
		{"space at the end", "gate", "gate "},
		{"accent left out", "café", "cafe"},
	} {
		if _, err := seal.Unwrap(row.typed, wrap(t, row.wrapped, nil, nil), nil); !errors.Is(err, seal.ErrWrongPassphrase) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}

// Every byte altered by accident is told from a passphrase mistyped.
func TestDamageIsNotAWrongPassphrase(t *testing.T) {
	aad := []byte("staff")
	wrapped := wrap(t, "gate", []byte(sample), aad)
	refuse := func(what string, wrapped, aad []byte, want error) {
		t.Helper()
		if plain, err := seal.Unwrap("gate", wrapped, aad); !errors.Is(err, want) || plain != nil {
			t.Errorf("%s: got %q, %v; want %v", what, plain, err, want)
		}
	}
	const version = 3
	for i := range wrapped {
		want := seal.ErrDamaged
		if i == version {
			want = seal.ErrNewer
		}
		refuse("a bit turned over", flipped(wrapped, i), aad, want)
	}
	for n := range wrapped {
		refuse("cut short", wrapped[:n], aad, seal.ErrDamaged)
	}
	refuse("made longer", append(bytes.Clone(wrapped), 0), aad, seal.ErrDamaged)
	refuse("moved", wrapped, []byte("staff2"), seal.ErrDamaged)
	refuse("without its place", wrapped, nil, seal.ErrDamaged)
}

// Somebody who alters the header and mends its checksum gets no further than a
// wrong passphrase, and cannot make anyone stretch for minutes.
func TestAMendedHeaderStillOpensNothing(t *testing.T) {
	wrapped := wrap(t, "gate", []byte(sample), nil)
	for i := 4; i < 61; i++ {
		forged := mend(flipped(wrapped, i))
		if _, err := seal.Unwrap("gate", forged, nil); !errors.Is(err, seal.ErrWrongPassphrase) && !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("byte %d: %v", i, err)
		}
	}
}

func TestHostileParametersAreRefused(t *testing.T) {
	for _, row := range []struct {
		name string
		p    seal.Params
	}{
		{"none", seal.Params{}},
		{"no pass", seal.Params{Time: 0, MemoryKiB: 64, Threads: 1}},
		{"no thread", seal.Params{Time: 1, MemoryKiB: 64, Threads: 0}},
		{"too little memory for its threads", seal.Params{Time: 1, MemoryKiB: 31, Threads: 4}},
		{"4 GiB", seal.Params{Time: 1, MemoryKiB: 4 << 20, Threads: 1}},
		{"4 TiB", seal.Params{Time: 1, MemoryKiB: 1<<32 - 1, Threads: 1}},
		{"a thousand years", seal.Params{Time: 1<<32 - 1, MemoryKiB: 64, Threads: 1}},
		{"all threads", seal.Params{Time: 1, MemoryKiB: 64 * 1024, Threads: 255}},
	} {
		if _, err := seal.Wrap("gate", nil, nil, row.p, seeded(1)); !errors.Is(err, seal.ErrParams) {
			t.Errorf("%s: wrapped, %v", row.name, err)
		}
		hostile := wrap(t, "gate", nil, nil)
		binary.BigEndian.PutUint32(hostile[4:], row.p.Time)
		binary.BigEndian.PutUint32(hostile[8:], row.p.MemoryKiB)
		hostile[12] = row.p.Threads
		if _, err := seal.Unwrap("gate", mend(hostile), nil); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("%s: unwrapped, %v", row.name, err)
		}
	}
	if _, err := seal.Unwrap("gate", append([]byte("TGW\x02"), noise(200)...), nil); !errors.Is(err, seal.ErrNewer) {
		t.Errorf("a version of tomorrow: %v", err)
	}
	if _, err := seal.Unwrap("gate", mend(append([]byte("TGW\x00"), wrap(t, "gate", nil, nil)[4:]...)), nil); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("a version that never was: %v", err)
	}
}

// mend makes the header's checksum right again.
func mend(wrapped []byte) []byte {
	sum := crc32.Checksum(wrapped[:61], crc32.MakeTable(crc32.Castagnoli))
	binary.BigEndian.PutUint32(wrapped[61:], sum)
	return wrapped
}

func TestWrapNeedsAPassphraseAndRandomness(t *testing.T) {
	if _, err := seal.Wrap("", nil, nil, quick, seeded(1)); !errors.Is(err, seal.ErrNoPassphrase) {
		t.Errorf("no passphrase: %v", err)
	}
	for _, n := range []int{0, 15, 16, 39} {
		if _, err := seal.Wrap("gate", nil, nil, quick, bytes.NewReader(make([]byte, n))); err == nil {
			t.Errorf("wrapped with %d bytes of randomness", n)
		}
	}
	broken := errors.New("no randomness today")
	if _, err := seal.Wrap("gate", nil, nil, quick, iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("broken randomness: %v", err)
	}
}

func TestUnwrapLeavesItsInputAlone(t *testing.T) {
	aad := append(make([]byte, 0, 100), "staff"...)
	wrapped := wrap(t, "gate", []byte(sample), aad)
	before := bytes.Clone(wrapped)
	if _, err := seal.Unwrap("gate", wrapped, aad); err != nil || !bytes.Equal(wrapped, before) {
		t.Errorf("the blob changed, %v", err)
	}
}

func FuzzUnwrap(f *testing.F) {
	whole := wrap(f, "gate", []byte(sample), nil)
	for _, seed := range [][]byte{nil, []byte("TGW"), []byte("TGW\x01"), []byte("TGW\x02"), whole, whole[:64], whole[:104], flipped(whole, 100)} {
		f.Add("gate", seed)
	}
	f.Add("e\u0301\xff", whole)
	f.Fuzz(func(t *testing.T, passphrase string, input []byte) {
		if len(input) >= 13 && binary.BigEndian.Uint32(input[4:]) > 1 || len(input) >= 13 && binary.BigEndian.Uint32(input[8:]) > 64 {
			input = bytes.Clone(input) // sane but slow is not what is looked for
			binary.BigEndian.PutUint32(input[4:], 1)
			binary.BigEndian.PutUint32(input[8:], 64)
		}
		for _, blob := range [][]byte{input, mended(input)} {
			plain, err := seal.Unwrap(passphrase, blob, nil)
			if err == nil && !bytes.Equal(blob, whole) {
				t.Errorf("a forgery opened to %q", plain)
			}
		}
	})
}

func mended(wrapped []byte) []byte {
	if len(wrapped) < 65 {
		return wrapped
	}
	return mend(bytes.Clone(wrapped))
}
