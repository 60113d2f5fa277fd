package seal_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/throughgate/throughgate/store/seal"
)

// newVectors prints vectors as this version writes them. They are added to the
// file when a format is added; what stands in the file is never replaced.
var newVectors = flag.Bool("new-vectors", false, "print vectors made by this version")

// vector is something sealed, wrapped or signed once, and what must come of it
// for ever. Bytes are base64, as encoding/json has them.
type vector struct {
	Name       string
	How        string // "open", "open compact", "unwrap", "open box" or "verify"
	Key        []byte `json:",omitempty"` // key, or public key
	Seed       []byte `json:",omitempty"` // of the signing key, or of the box key
	Passphrase string `json:",omitempty"`
	AAD        []byte `json:",omitempty"`
	Plain      []byte // or the message signed
	Sealed     []byte // or the signature
}

func TestWhatWasEverWrittenStillOpens(t *testing.T) {
	if *newVectors {
		text, err := json.MarshalIndent(makeVectors(t), "", "\t")
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("\n%s", text)
	}
	text, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []vector
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors) < 8 {
		t.Errorf("%d vectors; somebody took some away", len(vectors))
	}
	for _, v := range vectors {
		t.Run(v.Name, v.check)
	}
}

func (v vector) check(t *testing.T) {
	var plain []byte
	var err error
	switch v.How {
	case "open":
		plain, err = seal.NewBox(seal.Key(v.Key)).Open(nil, v.Sealed, v.AAD)
	case "open compact":
		plain, err = seal.NewBox(seal.Key(v.Key)).OpenCompact(nil, v.Sealed, v.AAD)
	case "unwrap":
		plain, err = seal.Unwrap(v.Passphrase, v.Sealed, v.AAD)
	case "open box":
		var key seal.BoxKey
		if key, err = seal.BoxKeyFromSeed(v.Seed); err == nil {
			plain, err = seal.OpenBox(key, v.Sealed, v.AAD)
		}
		if !bytes.Equal(key.Public(), v.Key) {
			t.Error("another public key than before")
		}
	case "verify":
		v.checkSignature(t)
		return
	default:
		t.Fatalf("no way to %q", v.How)
	}
	if err != nil || !bytes.Equal(plain, v.Plain) {
		t.Errorf("got %q, %v; want %q", plain, err, v.Plain)
	}
}

func (v vector) checkSignature(t *testing.T) {
	key, err := seal.SigningKeyFromSeed(v.Seed)
	if err != nil {
		t.Fatal(err)
	}
	if key.Public() != seal.PublicKey(v.Key) || !bytes.Equal(key.Sign(v.Plain), v.Sealed) {
		t.Error("another public key or signature than before")
	}
	if !seal.Verify(seal.PublicKey(v.Key), v.Plain, v.Sealed) {
		t.Error("does not verify")
	}
}

func makeVectors(t *testing.T) []vector {
	key, signing := newKey(t, 7), newSigningKey(t, 7)
	box, aad, public := seal.NewBox(key), []byte("shared/01K0/17"), signing.Public()
	must := func(b []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	boxKey := newBoxKey(t, 7)
	text, noisy := []byte(sample), noise(24)
	stronger := seal.Params{Time: 2, MemoryKiB: 1024, Threads: 3}
	return []vector{
		{Name: "box", How: "open", Key: key[:], AAD: aad, Plain: text, Sealed: must(box.Seal(nil, text, aad))},
		{Name: "empty box", How: "open", Key: key[:], Sealed: must(box.Seal(nil, nil, nil))},
		{Name: "compact, dictionary 1", How: "open compact", Key: key[:], AAD: aad, Plain: text, Sealed: must(box.SealCompact(nil, text, aad))},
		{Name: "compact, as it was", How: "open compact", Key: key[:], AAD: aad, Plain: noisy, Sealed: must(box.SealCompact(nil, noisy, aad))},
		{Name: "wrap 1, default parameters", How: "unwrap", Passphrase: "ti\u0302 gwyn", AAD: aad, Plain: key[:],
			Sealed: must(seal.Wrap("t\u00ee gwyn", key[:], aad, seal.DefaultParams, seeded(3)))},
		{Name: "wrap 1, other parameters", How: "unwrap", Passphrase: "gate", Plain: text,
			Sealed: must(seal.Wrap("gate", text, nil, stronger, seeded(4)))},
		{Name: "signature", How: "verify", Key: public[:], Seed: signing.Seed(), Plain: text, Sealed: signing.Sign(text)},
		{Name: "box key", How: "open box", Key: boxKey.Public(), Seed: boxKey.Seed(), AAD: aad, Plain: text,
			Sealed: must(seal.SealTo(boxKey.Public(), text, aad))},
	}
}
