package hub

import (
	"bytes"
	"context"
	"errors"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// maxWrapped bounds a keyring, in bytes: a few keys and their JSON.
const maxWrapped = 64 << 10

// maxOwnKeys bounds the signing keys of one person that are verified with. A
// passphrase that the hub made brings a new one, no other does.
const maxOwnKeys = 128

var errTooManyKeys = &model.Error{Kind: model.KindConflict, Msg: "There are too many keys in this person's name.",
	Hint: "Whoever runs the hub has to give them a new staff id."}

var errNoKeyring = model.Invalid("This is not a keyring.", "Change the passphrase again.")

var errKeyringNotTheirs = model.Forbidden("The keyring is not signed by the person it belongs to.",
	"Change the passphrase again at a desk that is in step with the hub.")

var errKeyringOfNobody = model.Forbidden("The keyring is of nobody at this site.", "")

// putKeyring takes a keyring that its owner made at a desk: a new passphrase,
// and at the first sign-in a new signing key. It is believed on the signature of
// the key before it, and on nothing else. What no honest program sends is in the
// audit.
func (h *Hub) putKeyring(ctx context.Context, d *device, ring model.SealedKeyring) error {
	err := h.takeKeyring(d, ring)
	if !errors.Is(err, errNoKeyring) && !errors.Is(err, errKeyringNotTheirs) && !errors.Is(err, errKeyringOfNobody) {
		return err
	}
	held := suspect{device: d.ID, why: model.SuspectKeyring}
	if m := h.keep.member(ring.Staff); m != nil {
		if ring.Site == d.Site && m.hasLeft(d.Site) {
			return err // somebody who moved while this was on its way
		}
		held.staff = ring.Staff
	}
	return errors.Join(err, h.noteSuspects(ctx, d, map[suspect]uint64{held: 1}))
}

func (h *Hub) takeKeyring(d *device, ring model.SealedKeyring) error {
	at := d.Site
	if !isKeyring(&ring) {
		return errNoKeyring
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	m := h.keep.staff[ring.Staff]
	switch {
	case m == nil || m.Site != at || ring.Site != at:
		return errKeyringOfNobody
	case sameKeyring(m.Keyring, ring):
		return nil // sent again: the answer was lost, or the hub was put back
	case m.Disabled:
		return model.Forbidden("This member of staff has been disabled.", "Ask whoever runs the hub.")
	case ring.Serial <= m.Keyring.Serial:
		return &model.Error{Kind: model.KindConflict, Msg: "The passphrase was changed at another desk meanwhile.",
			Hint: "Sign in with the passphrase set there."}
	case ring.Serial-m.Keyring.Serial >= keyringGap: // the next one the hub makes would not be newer
		return errNoKeyring
	case !seal.Verify(seal.PublicKey(m.Keyring.Public), ring.Claim(), ring.By):
		return errKeyringNotTheirs
	case !bytes.Equal(m.Keyring.Public, ring.Public) && len(m.Keys) >= maxOwnKeys:
		return errTooManyKeys
	}
	if err := h.mayKeep(d.ID, h.Now(), keyring); err != nil {
		return err
	}
	next := m.changed(StateActive, h.Now())
	next.Keyring = ring
	if !bytes.Equal(m.Keyring.Public, ring.Public) {
		next.Keys = append(ownKeys(m), ring.Public)
	}
	if !bytes.Equal(m.Keyring.Box, ring.Box) || !bytes.Equal(m.Keyring.GlassBox, ring.GlassBox) {
		err := h.regrant(next, h.keep.sites[at])
		if errors.Is(err, seal.ErrDamaged) { // a box to which nothing can be sealed
			return errNoKeyring
		}
		if err != nil {
			return err
		}
	}
	return h.saveMembers([]*member{next})
}

// isKeyring tells whether every part of a keyring has a length it can have.
func isKeyring(ring *model.SealedKeyring) bool {
	for _, sealed := range [][]byte{ring.Wrapped, ring.Glass} {
		if len(sealed) == 0 || len(sealed) > maxWrapped {
			return false
		}
	}
	return len(ring.Public) == len(seal.PublicKey{}) && len(ring.Box) == seal.BoxKeySize && len(ring.GlassBox) == seal.BoxKeySize
}

func sameKeyring(a, b model.SealedKeyring) bool {
	return bytes.Equal(a.Claim(), b.Claim())
}

// ownKeys are the public keys that a person made themselves. One that the hub
// made is not among them: whoever read the first passphrase at the hub has it,
// and nothing is signed with it before it is replaced.
func ownKeys(m *member) [][]byte {
	var keys [][]byte
	for _, k := range m.Keys {
		if len(m.Keyring.By) != 0 || !bytes.Equal(k, m.Keyring.Public) {
			keys = append(keys, k)
		}
	}
	return keys
}
