package main

import (
	"encoding/binary"
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/seal"
)

// A program that somebody altered asks no rights and reads the file itself, with
// everything its owner's passphrase opens. What holds then is keys alone: with
// those of an officer nothing in the file gives a health value, in whichever
// place it stands, and with those of a nurse nothing of custody's.
func TestAnAlteredProgramReadsOnlyWhatItsOwnersKeysOpen(t *testing.T) {
	if underRace {
		t.Skip("every key tried on every value, one after the other: make test tries them")
	}
	b := newBench(t)
	markEverything(t, b.Desk)
	b.writeForCustody()
	b.refuseAHealthEntry()
	for _, one := range demo.Staff() {
		health, custody := newThief(t, filepath.Join(b.Desk, store.File), one.ID).openAll()
		if reads := slices.Contains(healthcare, one.Role); reads != (len(health) > 0) {
			t.Errorf("%s: health values in %v, and the role may read them: %v", one.ID, health, reads)
		}
		if reads := slices.Contains(discipline, one.Role); reads != (len(custody) > 0) {
			t.Errorf("%s: custody's words in %v, and the role may read them: %v", one.ID, custody, reads)
		}
	}
}

// custodyMark is in what only custody may read.
const custodyMark = "Wkxqzvj"

func (b *bench) writeForCustody() {
	b.Helper()
	desk, err := store.Open(b.Desk, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer desk.Close()
	s, err := desk.SignIn(b.Context(), "officer", demo.Passphrase)
	if err != nil {
		b.Fatal(err)
	}
	note := &model.CustodyNoted{Text: custodyMark + " keeps apart from others"}
	if err := s.Do(b.Context(), model.Write{Person: s.Rows()[0].ID, Changes: []model.Change{note}}); err != nil {
		b.Fatal(err)
	}
}

// thief is an altered program with somebody's passphrase.
type thief struct {
	*testing.T
	db    *bbolt.DB
	boxes []*seal.Box
}

func newThief(t *testing.T, file string, staff model.StaffID) *thief {
	t.Helper()
	db, err := bbolt.Open(file, 0o600, &bbolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := &thief{T: t, db: db}
	var sealed model.SealedKeyring
	var grant model.KeyGrant
	h.read("keyrings", staff, &sealed)
	h.read("grants", staff, &grant)
	plain, err := seal.Unwrap(demo.Passphrase, sealed.Wrapped, model.KeyringAAD(sealed.Site, sealed.Staff))
	if err != nil {
		t.Fatal(err)
	}
	ring, err := model.DecodeKeyring(plain)
	if err != nil {
		t.Fatal(err)
	}
	// Whatever their keyring holds is tried as a key too, and as what opens the
	// grant of every other member of staff.
	secrets := [][]byte{ring.SigningSeed, ring.BoxSeed, ring.PersonKey}
	for _, g := range h.grants() {
		secrets = append(secrets, keysIn(ring.BoxSeed, &g)...)
	}
	for _, secret := range secrets {
		key, err := seal.KeyFromBytes(secret)
		if err != nil {
			t.Fatal(err)
		}
		h.boxes = append(h.boxes, seal.NewBox(key))
	}
	return h
}

// keysIn are the keys in a grant that a box seed opens, taken without asking
// which of them the role may have.
func keysIn(seed []byte, g *model.KeyGrant) [][]byte {
	box, err := seal.BoxKeyFromSeed(seed)
	if err != nil {
		return nil
	}
	var all [][]byte
	for _, part := range []struct{ sealed, info []byte }{{g.Sealed, g.Info()}, {g.Glass, g.GlassInfo()}} {
		plain, err := seal.OpenBox(box, part.sealed, part.info)
		if err != nil {
			continue
		}
		var held struct{ Keys []model.CompartmentKey }
		if json.Unmarshal(plain, &held) == nil {
			for _, one := range held.Keys {
				all = append(all, one.Key)
			}
		}
	}
	return all
}

func (h *thief) read(bucket string, staff model.StaffID, into any) {
	h.Helper()
	err := h.db.View(func(tx *bbolt.Tx) error {
		return json.Unmarshal(tx.Bucket([]byte(bucket)).Get([]byte(staff)), into)
	})
	if err != nil {
		h.Fatal(err)
	}
}

func (h *thief) grants() (all []model.KeyGrant) {
	_ = h.db.View(func(tx *bbolt.Tx) error {
		return tx.Bucket([]byte("grants")).ForEach(func(_, value []byte) error {
			var g model.KeyGrant
			if json.Unmarshal(value, &g) == nil {
				all = append(all, g)
			}
			return nil
		})
	})
	return all
}

// openAll tries every key on every value of every bucket. It returns the buckets
// in which a health value was found, and those with custody's words.
func (h *thief) openAll() (health, custody []string) {
	note := func(buckets []string, name string, is bool) []string {
		if is && !slices.Contains(buckets, name) {
			return append(buckets, name)
		}
		return buckets
	}
	err := h.db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			return bucket.ForEach(func(key, value []byte) error {
				for _, text := range append(h.open(string(name), key, value), key, value) {
					health = note(health, string(name), isMarked(string(text)))
					custody = note(custody, string(name), strings.Contains(string(text), custodyMark))
				}
				return nil
			})
		})
	})
	if err != nil {
		h.Fatal(err)
	}
	return health, custody
}

// open returns what any of the keys makes of a value, wherever the sealed bytes
// may begin and end in it.
func (h *thief) open(bucket string, key, value []byte) (texts [][]byte) {
	try := func(sealed, aad []byte) {
		for _, box := range h.boxes {
			if plain, err := box.OpenCompact(nil, sealed, aad); err == nil {
				texts = append(texts, plain)
			}
			if plain, err := box.Open(nil, sealed, aad); err == nil {
				texts = append(texts, plain)
			}
		}
	}
	var refused struct{ Envelope []byte }
	_ = json.Unmarshal(value, &refused) // of the refused alone
	for _, raw := range [][]byte{value, refused.Envelope, value[min(len(value), 1):]} {
		if env, err := model.DecodeEnvelope(raw); err == nil {
			try(env.Sealed, env.Head())
		}
	}
	try(value, slices.Concat([]byte(bucket), key))
	if len(value) > 2 {
		if length, n := binary.Uvarint(value[2:]); n > 0 && length <= uint64(len(value)-2-n) {
			at := 2 + n + int(length)
			try(value[2+n:at], slices.Concat([]byte("row"), key))
			try(value[at:], slices.Concat([]byte("part"), key))
		}
	}
	return texts
}

// refuseAHealthEntry has the hub refuse the last of the marked entries of health,
// which is kept apart from the others from then on.
func (b *bench) refuseAHealthEntry() {
	b.Helper()
	desk, err := store.Open(b.Desk, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer desk.Close()
	const all = 10000
	waiting, err := desk.Outgoing(all)
	if err != nil {
		b.Fatal(err)
	}
	for _, env := range slices.Backward(waiting) {
		if env.Compartment == model.Health {
			if err := desk.Settle([]model.PushResult{{Stamp: env.Stamp, Status: model.PushRefused, Reason: "Tried."}}); err != nil {
				b.Fatal(err)
			}
			return
		}
	}
	b.Fatal("no entry of health waits to be sent")
}
