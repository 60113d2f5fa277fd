package seal_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/store/seal"
)

func TestSecretsAreNeverPrinted(t *testing.T) {
	key, signing := newKey(t, 1), newSigningKey(t, 1)
	shapes := map[string]struct {
		value  any
		secret []byte
	}{
		"key":                {key, key[:]},
		"pointer to a key":   {&key, key[:]},
		"key in a struct":    {struct{ K seal.Key }{key}, key[:]},
		"keys in a map":      {map[string]seal.Key{"health": key}, key[:]},
		"box":                {seal.NewBox(key), key[:]},
		"box in a struct":    {struct{ b *seal.Box }{seal.NewBox(key)}, key[:]},
		"signing key":        {signing, signing.Seed()},
		"pointer to one":     {&signing, signing.Seed()},
		"hidden signing key": {struct{ k seal.SigningKey }{signing}, signing.Seed()},
	}
	for name, shape := range shapes {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%o", "%b", "%c", "%U", "%t"} {
			mustNotTell(t, name+" "+verb, fmt.Sprintf(verb, shape.value), shape.secret)
		}
		var logged bytes.Buffer
		slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "value", shape.value)
		slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "value", shape.value)
		mustNotTell(t, name+" slog", logged.String(), shape.secret)
	}
}

// mustNotTell looks for the first eight bytes of secret in every spelling that
// fmt, encoding/json and encoding/hex have.
func mustNotTell(t *testing.T, what, text string, secret []byte) {
	t.Helper()
	head := secret[:8]
	decimal := strings.Trim(fmt.Sprintf("%d", head), "[]")
	for _, spelling := range []string{
		string(head), hex.EncodeToString(head), decimal,
		strings.ReplaceAll(decimal, " ", ","), strings.ReplaceAll(decimal, " ", ", "),
		strings.Trim(fmt.Sprintf("%x", []any{head[0], head[1], head[2]}), "[]"),
		strings.Trim(fmt.Sprintf("%#v", head), "[]byte{}"),
	} {
		if strings.Contains(strings.ToLower(text), spelling) {
			t.Errorf("%s tells the secret: %s", what, text)
		}
	}
}

func TestSecretsAreNotWrittenAsJSON(t *testing.T) {
	for name, secret := range map[string]any{
		"key": newKey(t, 1), "signing key": newSigningKey(t, 1), "inside": struct{ K seal.Key }{newKey(t, 1)},
	} {
		if text, err := json.Marshal(secret); err == nil {
			t.Errorf("%s was written as %s", name, text)
		}
	}
}

func TestKeysNeedAllTheirBytes(t *testing.T) {
	if _, err := seal.NewKey(bytes.NewReader(make([]byte, seal.KeySize-1))); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("new key from too little randomness: %v", err)
	}
	if _, err := seal.NewSigningKey(bytes.NewReader(nil)); !errors.Is(err, io.EOF) {
		t.Errorf("new signing key from no randomness: %v", err)
	}
	for _, n := range []int{0, 31, 33, 64} {
		if _, err := seal.KeyFromBytes(make([]byte, n)); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("key from %d bytes: %v", n, err)
		}
		if _, err := seal.SigningKeyFromSeed(make([]byte, n)); !errors.Is(err, seal.ErrDamaged) {
			t.Errorf("signing key from %d bytes: %v", n, err)
		}
	}
	key := newKey(t, 1)
	if again, err := seal.KeyFromBytes(key[:]); err != nil || again != key {
		t.Errorf("a key from its own bytes: %v", err)
	}
}

func TestZeroLeavesNothing(t *testing.T) {
	key := newKey(t, 1)
	key.Zero()
	if key != (seal.Key{}) {
		t.Error("the key is still there")
	}
	b := noise(100)
	seal.Zero(b)
	if !bytes.Equal(b, make([]byte, 100)) {
		t.Error("the bytes are still there")
	}
	signing := newSigningKey(t, 1)
	signing.Zero()
	if !bytes.Equal(signing.Seed(), make([]byte, seal.SeedSize)) {
		t.Error("the seed is still there")
	}
}
