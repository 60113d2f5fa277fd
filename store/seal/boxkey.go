package seal

import (
	"crypto/ecdh"
	"crypto/hpke"
	"fmt"
	"io"
	"log/slog"
)

// BoxKeySize is the length in bytes of the seed of a BoxKey and of its public
// key.
const BoxKeySize = 32

// BoxKey opens what was sealed to its public key (HPKE, RFC 9180, base mode). It
// prints as "[redacted]" like a Key. The zero value is no key: it opens nothing.
//
// The suite is fixed: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305.
// Anybody who has the public key can seal to it, so what was sealed says nothing
// of who sealed it: sign it, or open it only out of something that is signed.
type BoxKey struct{ hidden *boxSeed }

// boxSeed puts the secret two pointers away; see hidden. The key of the standard
// library is made for each opening and not kept, for it cannot be overwritten.
type boxSeed struct{ secret *[BoxKeySize]byte }

func boxKEM() hpke.KEM { return hpke.DHKEM(ecdh.X25519()) }

// NewBoxKey draws a key from random, which is crypto/rand.Reader outside tests.
func NewBoxKey(random io.Reader) (BoxKey, error) {
	var seed [BoxKeySize]byte
	defer Zero(seed[:])
	if _, err := io.ReadFull(random, seed[:]); err != nil {
		return BoxKey{}, fmt.Errorf("seal: new box key: %w", err)
	}
	return BoxKeyFromSeed(seed[:])
}

// BoxKeyFromSeed makes the key that gave this Seed; ErrDamaged unless it is
// BoxKeySize bytes long. Every 32 bytes are an X25519 key (RFC 7748).
func BoxKeyFromSeed(seed []byte) (BoxKey, error) {
	if len(seed) != BoxKeySize {
		return BoxKey{}, ErrDamaged
	}
	secret := [BoxKeySize]byte(seed)
	return BoxKey{&boxSeed{&secret}}, nil
}

// Seed returns a copy of the 32 secret bytes from which the key can be made
// again. Wrap or seal them, then Zero them.
func (k BoxKey) Seed() []byte { return append([]byte(nil), k.hidden.secret[:]...) }

// Public returns the 32 bytes that others seal to.
func (k BoxKey) Public() []byte {
	private, err := boxKEM().NewPrivateKey(k.hidden.secret[:])
	if err != nil {
		panic("seal: " + err.Error()) // the length is right, and X25519 takes every key
	}
	return private.PublicKey().Bytes()
}

// Zero overwrites the key, in all copies of this BoxKey; see [Zero].
func (k BoxKey) Zero() {
	if k.hidden != nil {
		Zero(k.hidden.secret[:])
	}
}

// String never tells the key.
func (BoxKey) String() string { return redacted }

// Format never tells the key, whatever the verb.
func (BoxKey) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, redacted) }

// LogValue never tells the key.
func (BoxKey) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText always fails, and encoding/json with it.
func (BoxKey) MarshalText() ([]byte, error) { return nil, errSecretAsText }

// SealTo seals plain to whoever holds the BoxKey of public. info says what it is
// and where it belongs, is not kept in the result, and must be given to OpenBox.
// ErrDamaged when public is no key. The randomness is the operating system's,
// for a key that came twice would give away both messages.
func SealTo(public, plain, info []byte) ([]byte, error) {
	to, err := boxKEM().NewPublicKey(public)
	if err != nil {
		return nil, ErrDamaged
	}
	sealed, err := hpke.Seal(to, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, plain)
	if err != nil { // a public key of small order, with which anybody shares a secret
		return nil, ErrDamaged
	}
	return sealed, nil
}

// OpenBox returns what was sealed to a key with the same info; ErrWrongKey when
// it was sealed to another, with other info, or altered since.
func OpenBox(key BoxKey, sealed, info []byte) ([]byte, error) {
	if key.hidden == nil {
		return nil, ErrWrongKey
	}
	private, err := boxKEM().NewPrivateKey(key.hidden.secret[:])
	if err != nil {
		return nil, ErrWrongKey
	}
	plain, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.ChaCha20Poly1305(), info, sealed)
	if err != nil {
		return nil, ErrWrongKey
	}
	return plain, nil
}
