package seal

import (
	"crypto/ed25519"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
)

const (
	// SeedSize is the length in bytes of the secret a SigningKey is made from.
	SeedSize = ed25519.SeedSize
	// SignatureSize is the length of a signature in bytes.
	SignatureSize = ed25519.SignatureSize
)

// SigningKey signs with Ed25519. It is safe for use by many goroutines. It
// prints as "[redacted]" like a Key. The zero value is no key: signing with it
// panics.
type SigningKey struct{ hidden *hidden }

// hidden puts the secret two pointers away. In an unexported field fmt cannot
// ask a SigningKey's methods; it follows at most one pointer, and so prints an
// address.
type hidden struct{ secret *[ed25519.PrivateKeySize]byte }

// NewSigningKey draws a signing key from random, which is crypto/rand.Reader
// outside tests.
func NewSigningKey(random io.Reader) (SigningKey, error) {
	var seed [SeedSize]byte
	defer Zero(seed[:])
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return SigningKey{}, fmt.Errorf("seal: new signing key: %w", err)
	}
	return SigningKeyFromSeed(seed[:])
}

// SigningKeyFromSeed makes the key that gave this Seed; ErrDamaged unless it is
// SeedSize bytes long.
func SigningKeyFromSeed(seed []byte) (SigningKey, error) {
	if len(seed) != SeedSize {
		return SigningKey{}, ErrDamaged
	}
	secret := [ed25519.PrivateKeySize]byte(ed25519.NewKeyFromSeed(seed))
	return SigningKey{&hidden{&secret}}, nil
}

// Seed returns the 32 secret bytes from which the key can be made again. Wrap
// or seal them, then Zero them.
func (k SigningKey) Seed() []byte {
	return ed25519.PrivateKey(k.hidden.secret[:]).Seed()
}

// Public returns the key that verifies what k signs.
func (k SigningKey) Public() PublicKey {
	return PublicKey(k.hidden.secret[SeedSize:])
}

// Sign returns the signature of msg, SignatureSize bytes. One key signs things
// of several kinds, so msg must say what it is (a leading word will do), or a
// signature under one could be presented under another.
func (k SigningKey) Sign(msg []byte) []byte {
	return ed25519.Sign(k.hidden.secret[:], msg)
}

// Zero overwrites the key, in all copies of this SigningKey; see [Zero].
func (k SigningKey) Zero() {
	if k.hidden != nil {
		Zero(k.hidden.secret[:])
	}
}

// String never tells the key.
func (SigningKey) String() string { return redacted }

// Format never tells the key, whatever the verb.
func (SigningKey) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, redacted) }

// LogValue never tells the key.
func (SigningKey) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText always fails, and encoding/json with it.
func (SigningKey) MarshalText() ([]byte, error) { return nil, errSecretAsText }

// PublicKey verifies signatures. It is no secret, can be compared with ==, and
// is written as 64 hexadecimal digits.
type PublicKey [ed25519.PublicKeySize]byte

// String gives the 64 hexadecimal digits.
func (p PublicKey) String() string { return hex.EncodeToString(p[:]) }

// MarshalText gives the 64 hexadecimal digits.
func (p PublicKey) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, p[:]), nil }

// UnmarshalText reads what MarshalText writes; ErrDamaged otherwise.
func (p *PublicKey) UnmarshalText(text []byte) error {
	var read PublicKey
	if len(text) != hex.EncodedLen(len(read)) {
		return ErrDamaged
	}
	if _, err := hex.Decode(read[:], text); err != nil {
		return ErrDamaged
	}
	*p = read
	return nil
}

// Verify says whether sig is the signature of msg by the holder of public.
// Input of the wrong length, or a public key for which anyone can sign, is
// simply not verified.
func Verify(public PublicKey, msg, sig []byte) bool {
	return !public.isWeak() && ed25519.Verify(public[:], msg, sig)
}

// isWeak says whether p is a point of small order. Under such a "key" some
// signatures verify that nobody made; the all-zero key, which is what a field
// nobody filled in holds, is one of them. RFC 8032 leaves refusing them to the
// caller and Go does not. These are all seven encodings, without the sign bit,
// that libsodium refuses (ge25519_has_small_order).
func (p PublicKey) isWeak() bool {
	p[31] &= 0x7f
	for i := range smallOrder {
		if p == smallOrder[i] {
			return true
		}
	}
	return false
}

var smallOrder = [...]PublicKey{
	{},     // order 4
	{0: 1}, // order 1
	fromHex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), // order 8
	fromHex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), // order 8
	fromHex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p-1: order 2
	fromHex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p: order 4 again
	fromHex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"), // p+1: order 1 again
}

func fromHex(digits string) PublicKey {
	var p PublicKey
	if err := p.UnmarshalText([]byte(digits)); err != nil {
		panic(err)
	}
	return p
}
