package seal

import (
	"crypto/cipher"
	"crypto/rand"
	"fmt"
	"io"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/crypto/chacha20poly1305"
)

// Overhead is how many bytes longer a sealed message is than the plain one:
// 24 of nonce in front and 16 of authentication tag behind.
const Overhead = chacha20poly1305.NonceSizeX + chacha20poly1305.Overhead

// Box seals and opens under one key until it is wiped. It is safe for use by any
// number of goroutines, and holds no state but the key.
//
// The nonce is drawn at random from the operating system for every message.
// At 192 bits that is safe without a counter for as many messages as can ever
// be written: after 2^80 of them under one key, the chance that any two share
// a nonce is about 2^-33. It is therefore also safe after a restore from
// backup, where a counter would go back and repeat itself. For the same reason
// the source of randomness is not a parameter: a nonce that comes twice gives
// away both messages.
//
// Sealed bytes name no algorithm. That belongs to the key: a site that moves
// to another algorithm does so with new keys, and a blob can never be talked
// into being opened with a weaker one.
type Box struct {
	mu   sync.RWMutex // so that the key is not overwritten under somebody's hands
	aead cipher.AEAD  // behind an interface, so the key is made ready once; nil when wiped
}

// NewBox makes a Box for key. It panics where Go runs in its FIPS-140-only
// mode (GODEBUG=fips140=only), in which this algorithm cannot be had.
func NewBox(key Key) *Box {
	aead, err := chacha20poly1305.NewX(key[:])
	if err != nil {
		panic("seal: " + err.Error())
	}
	return &Box{aead: aead}
}

// Seal appends the sealed form of plain to dst and returns the longer slice.
// aad, the associated data, is not kept in the result; Open must be given the
// same again, which is what ties sealed bytes to the place they were made for.
// plain must not overlap the room behind dst. Errors: ErrWiped, or that of the
// operating system's randomness.
func (b *Box) Seal(dst, plain, aad []byte) ([]byte, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.aead == nil {
		return nil, ErrWiped
	}
	start := len(dst)
	dst = slices.Grow(dst, len(plain)+Overhead)
	nonce := dst[start : start+chacha20poly1305.NonceSizeX]
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("seal: nonce: %w", err)
	}
	return b.aead.Seal(dst[:start+len(nonce)], nonce, plain, aad), nil
}

// Open appends the plain form of sealed to dst and returns the longer slice.
// It returns ErrDamaged when sealed is too short to be anything, ErrWrongKey
// when it does not authenticate, ErrWiped when the key is gone; then nothing of
// it is given out. sealed must not overlap the room behind dst.
func (b *Box) Open(dst, sealed, aad []byte) ([]byte, error) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	if b.aead == nil {
		return nil, ErrWiped
	}
	if len(sealed) < Overhead {
		return nil, ErrDamaged
	}
	nonce, body := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	dst = slices.Grow(dst, len(sealed)-Overhead)
	plain, err := b.aead.Open(dst, nonce, body, aad)
	if err != nil {
		return nil, ErrWrongKey
	}
	return plain, nil
}

// Zero overwrites the key, once whoever uses it is done; see [Zero]. From then on
// the box seals and opens nothing.
func (b *Box) Zero() {
	b.mu.Lock()
	defer b.mu.Unlock()
	zeroAEAD(b.aead)
	b.aead = nil
}

// zeroAEAD overwrites the key inside a XChaCha20-Poly1305, which x/crypto keeps
// as the only field of an unexported struct and has no way to clear. A shape
// that is not that one is left alone, and a test notices.
func zeroAEAD(aead cipher.AEAD) {
	v := reflect.ValueOf(aead)
	if v.Kind() != reflect.Pointer || v.Type().Elem().Kind() != reflect.Struct {
		return
	}
	inside := v.Type().Elem()
	if inside.NumField() == 1 && inside.Field(0).Type == reflect.TypeFor[[KeySize]byte]() {
		Zero((*[KeySize]byte)(v.UnsafePointer())[:])
	}
}

// String never tells the key.
func (*Box) String() string { return redacted }

// Format never tells the key, whatever the verb.
func (*Box) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, redacted) }
