package seal_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/store/seal"
)

func TestSignaturesVerify(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key, err := seal.SigningKeyFromSeed(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "seed"))
		if err != nil {
			t.Fatal(err)
		}
		msg := rapid.SliceOf(rapid.Byte()).Draw(t, "msg")
		if !seal.Verify(key.Public(), msg, key.Sign(msg)) {
			t.Fatal("a true signature does not verify")
		}
		again, err := seal.SigningKeyFromSeed(key.Seed())
		if err != nil || again.Public() != key.Public() {
			t.Fatal("the seed gives another key", err)
		}
	})
}

func TestFalseSignaturesDoNot(t *testing.T) {
	key, other, msg := newSigningKey(t, 1), newSigningKey(t, 2), []byte(sample)
	sig := key.Sign(msg)
	for i := range sig {
		if seal.Verify(key.Public(), msg, flipped(sig, i)) {
			t.Errorf("verified with byte %d of the signature altered", i)
		}
		if seal.Verify(key.Public(), msg, sig[:i]) {
			t.Errorf("verified with %d bytes of the signature", i)
		}
	}
	for i := range msg {
		if seal.Verify(key.Public(), flipped(msg, i), sig) {
			t.Errorf("verified with byte %d of the message altered", i)
		}
	}
	public := key.Public()
	for i := range public {
		if seal.Verify(seal.PublicKey(flipped(public[:], i)), msg, sig) {
			t.Errorf("verified with byte %d of the public key altered", i)
		}
	}
	if seal.Verify(other.Public(), msg, sig) || seal.Verify(public, msg, append(sig, 0)) || seal.Verify(public, msg, nil) {
		t.Error("verified with another key, a longer signature or none")
	}
}

// Under a public key of small order anyone can sign: with S=0 the signature is
// good whenever R is the right multiple of the key, and that is one of very few
// points. The test plays the attacker, and shows that Go alone is taken in.
func TestKeysUnderWhichAnyoneCanSignAreRefused(t *testing.T) {
	for _, digits := range []string{
		"0000000000000000000000000000000000000000000000000000000000000000",
		"0100000000000000000000000000000000000000000000000000000000000000",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
		"26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
		"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
		"ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
		"edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
		"eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
	} {
		var weak seal.PublicKey
		if err := weak.UnmarshalText([]byte(digits)); err != nil {
			t.Fatal(err)
		}
		msg, sig := forge(weak)
		if msg == nil {
			t.Errorf("%s: no forgery found, so this proves nothing", digits)
		} else if seal.Verify(weak, msg, sig) {
			t.Errorf("%s: a forgery verifies", digits)
		}
	}
}

// forge signs for the owner of weak without a secret. The identity serves as R
// for every message whose hash is a multiple of the key's order, at most 8.
func forge(weak seal.PublicKey) (msg, sig []byte) {
	sig = make([]byte, seal.SignatureSize)
	sig[0] = 1
	for n := range 1000 {
		msg = fmt.Append(nil, "release ", n)
		if ed25519.Verify(weak[:], msg, sig) {
			return msg, sig
		}
	}
	return nil, nil
}

func TestPublicKeysAreWrittenAsHex(t *testing.T) {
	public := newSigningKey(t, 1).Public()
	text, err := json.Marshal(public)
	if err != nil || string(text) != `"`+hex.EncodeToString(public[:])+`"` || public.String() != hex.EncodeToString(public[:]) {
		t.Fatalf("%s, %v", text, err)
	}
	var again seal.PublicKey
	if err := json.Unmarshal(text, &again); err != nil || again != public {
		t.Errorf("read back as %v, %v", again, err)
	}
	for _, bad := range []string{"", "00", public.String() + "00", "zz" + public.String()[2:]} {
		if err := again.UnmarshalText([]byte(bad)); !errors.Is(err, seal.ErrDamaged) || again != public {
			t.Errorf("%q: %v", bad, err)
		}
	}
}
