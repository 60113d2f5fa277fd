package hub

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// Notary is the public half of the key that the hub signs grants and the heads
// of feeds with. Every keyring holds it under its owner's passphrase.
func (h *Hub) Notary() seal.PublicKey { return h.keep.notary.Public() }

// readyNotary makes the notary's key. Data that were begun before there was one
// get one.
func (h *Hub) readyNotary() error {
	if len(h.keep.service.Notary) == 0 {
		key, err := seal.NewSigningKey(h.Random)
		if err != nil {
			return internal("notary", err)
		}
		next := h.keep.service
		next.Notary = key.Seed()
		if err := h.save(&next); err != nil {
			return err
		}
		h.keep.service = next
	}
	key, err := seal.SigningKeyFromSeed(h.keep.service.Notary)
	if err != nil {
		return internal("notary", err)
	}
	h.keep.notary = key
	return nil
}

// regrant gives a member the keys of their role at their site, in a grant of the
// next serial. A keyring of an earlier version has no box to seal them to: its
// owner gets keys with the next passphrase.
func (h *Hub) regrant(m *member, at *site) error {
	next := model.KeyGrant{Staff: m.ID, Site: m.Site, Role: m.Role, Serial: m.Grant.Serial + 1}
	if len(m.Keyring.Box) == 0 {
		m.Grant = model.KeyGrant{Serial: next.Serial}
		return nil
	}
	var err error
	next.Sealed, err = at.sealKeys(m.Role.Compartments(), m.Keyring.Box, next.Info())
	if err == nil && len(m.Role.Glass()) > 0 {
		next.Glass, err = at.sealKeys(m.Role.Glass(), m.Keyring.GlassBox, next.GlassInfo())
	}
	if err != nil {
		return internal("grant", err)
	}
	next.By = h.keep.notary.Sign(next.Claim())
	m.Grant = next
	return nil
}

// sealKeys seals the site's keys of some compartments to somebody's box, every
// version of them: what was sealed with an old one stays readable.
func (s *site) sealKeys(of []model.Compartment, box, info []byte) ([]byte, error) {
	keys := make([]model.CompartmentKey, len(s.Keys))
	for i, k := range s.Keys {
		keys[i] = k.CompartmentKey
	}
	plain, err := model.EncodeGrantKeys(keys, of)
	if err != nil {
		return nil, err
	}
	defer seal.Zero(plain)
	return seal.SealTo(box, plain, info)
}
