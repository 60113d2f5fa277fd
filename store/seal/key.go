package seal

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
)

// KeySize is the length of a Key in bytes.
const KeySize = 32

// Key is a secret for a Box: 32 bytes that nobody can guess. It prints as
// "[redacted]" under every fmt verb and in slog, and refuses to be written as
// text or JSON, so that it cannot slip out with a struct that holds it. To
// store one, wrap or seal key[:].
//
// fmt does not ask the methods of unexported fields, so do not keep a Key in
// one: keep the *Box made from it.
type Key [KeySize]byte

const redacted = "[redacted]"

var errSecretAsText = errors.New("seal: a secret is not written as text")

// NewKey draws a key from random, which is crypto/rand.Reader outside tests.
func NewKey(random io.Reader) (Key, error) {
	var key Key
	if _, err := io.ReadFull(random, key[:]); err != nil {
		return Key{}, fmt.Errorf("seal: new key: %w", err)
	}
	return key, nil
}

// KeyFromBytes copies a key out of b, which must be KeySize bytes long;
// ErrDamaged otherwise.
func KeyFromBytes(b []byte) (Key, error) {
	if len(b) != KeySize {
		return Key{}, ErrDamaged
	}
	return Key(b), nil
}

// Zero overwrites the key; see [Zero] for what that is worth.
func (k *Key) Zero() { Zero(k[:]) }

// String never tells the key.
func (Key) String() string { return redacted }

// Format never tells the key, whatever the verb; %d alone would otherwise
// print its bytes.
func (Key) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, redacted) }

// LogValue never tells the key.
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText always fails, and encoding/json with it.
func (Key) MarshalText() ([]byte, error) { return nil, errSecretAsText }
