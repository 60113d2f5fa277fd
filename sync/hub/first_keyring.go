package hub

import (
	"fmt"
	"io"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// FirstPassphrase is what somebody signs in with who is new, has moved, or has
// forgotten their own. They change it then, and get another signing key, so that
// whoever read it here cannot sign as them.
type FirstPassphrase struct {
	ID         model.StaffID `json:"id"`
	Passphrase string        `json:"passphrase"`
}

// firstKeyring makes a keyring under a passphrase drawn here and told once. It
// stretches the passphrase, so it is made without the registry's lock.
func (h *Hub) firstKeyring(id model.StaffID, at model.SiteCode, serial uint64) (model.SealedKeyring, FirstPassphrase, error) {
	passphrase, err := newPassphrase(h.Random)
	if err != nil {
		return model.SealedKeyring{}, FirstPassphrase{}, internal("passphrase", err)
	}
	keyring, err := h.newKeyring(id, at, serial, passphrase)
	if err != nil {
		return model.SealedKeyring{}, FirstPassphrase{}, internal("keyring", err)
	}
	return keyring, FirstPassphrase{ID: id, Passphrase: passphrase}, nil
}

// newKeyring draws the keys of a keyring: one to sign with, one that grants are
// sealed to, and one for what is opened in need only.
func (h *Hub) newKeyring(id model.StaffID, at model.SiteCode, serial uint64, passphrase string) (model.SealedKeyring, error) {
	var none model.SealedKeyring
	signing, err := seal.NewSigningKey(h.Random)
	if err != nil {
		return none, err
	}
	defer signing.Zero()
	box, err := seal.NewBoxKey(h.Random)
	if err != nil {
		return none, err
	}
	defer box.Zero()
	glass, err := seal.NewBoxKey(h.Random)
	if err != nil {
		return none, err
	}
	defer glass.Zero()
	h.keep.mu.RLock()
	personKey := h.keep.service.PersonKey
	h.keep.mu.RUnlock()
	notary, public := h.Notary(), signing.Public()
	ring := model.Keyring{
		Staff: id, Site: at, SigningSeed: signing.Seed(), BoxSeed: box.Seed(), Notary: notary[:],
		PersonKey: personKey, MustChange: true,
	}
	glassSeed := glass.Seed()
	defer seal.Zero(glassSeed)
	defer seal.Zero(ring.SigningSeed)
	defer seal.Zero(ring.BoxSeed)
	out := model.SealedKeyring{Staff: id, Site: at, Serial: serial, Public: public[:], Box: box.Public(), GlassBox: glass.Public()}
	plain, err := ring.Encode()
	if err != nil {
		return none, err
	}
	defer seal.Zero(plain)
	if out.Wrapped, err = seal.Wrap(passphrase, plain, model.KeyringAAD(at, id), h.Stretch, h.Random); err != nil {
		return none, err
	}
	out.Glass, err = seal.Wrap(passphrase, glassSeed, model.GlassAAD(at, id), h.Stretch, h.Random)
	return out, err
}

// newPassphrase draws a passphrase that is easy to read out and type: five
// groups of two syllables, 61 bits.
func newPassphrase(random io.Reader) (string, error) {
	const consonants, vowels = "bdfghjklmnprstvz", "aeiou"
	var groups []string
	for range 5 {
		group := make([]byte, 0, 4)
		for range 2 {
			for _, letters := range []string{consonants, vowels} {
				i, err := below(random, len(letters))
				if err != nil {
					return "", err
				}
				group = append(group, letters[i])
			}
		}
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "-"), nil
}

// below draws a number from 0 to n-1, all as likely as each other.
func below(random io.Reader, n int) (int, error) {
	var b [1]byte
	for {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return 0, fmt.Errorf("random: %w", err)
		}
		if int(b[0]) < 256/n*n {
			return int(b[0]) % n, nil
		}
	}
}
