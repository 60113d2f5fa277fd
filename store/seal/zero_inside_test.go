package seal

import (
	"bytes"
	"errors"
	"testing"

	"golang.org/x/crypto/chacha20poly1305"
)

// TestAWipedBoxHoldsNoKey looks inside: after Zero, what was the box's key is
// the key of noughts, and the box itself does nothing.
func TestAWipedBoxHoldsNoKey(t *testing.T) {
	key := Key{1, 2, 3}
	box := NewBox(key)
	inside := box.aead
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	box.Zero()
	box.Zero()
	noughts, err := chacha20poly1305.NewX(make([]byte, KeySize))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(inside.Seal(nil, nonce, []byte("x"), nil), noughts.Seal(nil, nonce, []byte("x"), nil)) {
		t.Error("the key is still there: x/crypto keeps it in another shape by now")
	}
	if _, err := box.Seal(nil, []byte("x"), nil); !errors.Is(err, ErrWiped) {
		t.Errorf("it seals: %v", err)
	}
	if _, err := box.Open(nil, make([]byte, 99), nil); !errors.Is(err, ErrWiped) {
		t.Errorf("it opens: %v", err)
	}
}
