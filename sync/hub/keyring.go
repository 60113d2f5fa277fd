package hub

import (
	"bytes"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// maxWrapped bounds a keyring, in bytes: a few keys and their JSON.
const maxWrapped = 64 << 10

var errKeyringNotTheirs = model.Forbidden("The keyring is not signed by the person it belongs to.",
	"Change the passphrase again at a desk that is in step with the hub.")

// putKeyring takes a keyring that its owner made at a desk: a new passphrase,
// and at the first sign-in a new signing key. It is believed on the signature of
// the key before it, and on nothing else.
func (h *Hub) putKeyring(at model.SiteCode, ring model.SealedKeyring) error {
	if len(ring.Wrapped) == 0 || len(ring.Wrapped) > maxWrapped || len(ring.Public) != len(seal.PublicKey{}) {
		return model.Invalid("This is not a keyring.", "Change the passphrase again.")
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	m := h.keep.staff[ring.Staff]
	switch {
	case m == nil || m.Site != at || ring.Site != at:
		return model.Forbidden("The keyring is of nobody at this site.", "")
	case sameKeyring(m.Keyring, ring):
		return nil // sent again: the answer was lost, or the hub was put back
	case m.Disabled:
		return model.Forbidden("This member of staff has been disabled.", "Ask whoever runs the hub.")
	case ring.Serial <= m.Keyring.Serial:
		return &model.Error{Kind: model.KindConflict, Msg: "The passphrase was changed at another desk meanwhile.",
			Hint: "Sign in with the passphrase set there."}
	case !seal.Verify(seal.PublicKey(m.Keyring.Public), ring.Claim(), ring.By):
		return errKeyringNotTheirs
	}
	next := *m
	next.Keyring = ring
	next.Keys = keysAfter(m, ring.Public)
	return h.saveMember(&next)
}

func sameKeyring(a, b model.SealedKeyring) bool {
	return a.Serial == b.Serial && bytes.Equal(a.Public, b.Public) && bytes.Equal(a.Wrapped, b.Wrapped)
}

// keysAfter is the person's public keys once they sign with this one. The key
// that the hub made goes: whoever read the first passphrase at the hub has it,
// and nothing is signed with it before it is replaced.
func keysAfter(m *member, public []byte) [][]byte {
	if bytes.Equal(m.Keyring.Public, public) {
		return m.Keys
	}
	var keys [][]byte
	if len(m.Keyring.By) != 0 {
		keys = append(keys, m.Keys...)
	}
	return append(keys, public)
}
