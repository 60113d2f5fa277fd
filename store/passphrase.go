package store

import (
	"context"
	"errors"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// MinPassphrase is the fewest characters a passphrase may have. Length is what
// slows a thief with the file down; the NCSC's advice of three random words
// gives more.
const MinPassphrase = 12

// ChangePassphrase puts the keyring under a new passphrase. What opens grants
// stays the same, so that the hub need not make one anew. When somebody else
// had made the old one it also makes a new signing key, so that they cannot sign
// in this person's name. The new keyring is queued for the hub, with which it
// reaches the other desks; until then the old passphrase opens this person's
// session there.
func (ss *Session) ChangePassphrase(ctx context.Context, old, new string) error {
	if err := ss.mayRead(ctx); err != nil {
		return err
	}
	if err := checkPassphrase(old, new); err != nil {
		return err
	}
	s, staff := ss.store, ss.actor.Staff
	if err := s.countTry(staff); err != nil {
		return err
	}
	ring, err := s.unwrap(ctx, staff, old)
	if err != nil {
		return err
	}
	defer wipe(ring)
	if err := s.noteTry(staff, ss.actor.Role, ss.via, true); err != nil {
		return err
	}
	saved, _, err := s.savedKeyring(staff)
	if err != nil {
		return err
	}
	next, err := ss.rewrap(ring, saved, old, new)
	if err != nil {
		return err
	}
	return ss.take(ring, next)
}

func checkPassphrase(old, new string) error {
	switch {
	case utf8.RuneCountInString(new) < MinPassphrase:
		return model.Invalid("The new passphrase is too short.", "Use at least 12 characters; three random words are good.")
	case new == old:
		return model.Invalid("The new passphrase is the old one.", "Choose another.")
	}
	return nil
}

// rewrap makes the next keyring from an unwrapped one. The claim is signed with
// the key of the serial before, which the hub knows.
func (ss *Session) rewrap(ring *model.Keyring, saved model.SealedKeyring, old, new string) (model.SealedKeyring, error) {
	opt := ss.store.opt
	signing, err := seal.SigningKeyFromSeed(ring.SigningSeed)
	if err != nil {
		return model.SealedKeyring{}, errKeyring(err)
	}
	before := signing
	defer before.Zero()
	if ring.MustChange {
		if signing, err = seal.NewSigningKey(opt.Rand); err != nil {
			return model.SealedKeyring{}, internal("make a signing key", err)
		}
		defer signing.Zero()
		seal.Zero(ring.SigningSeed)
		ring.SigningSeed, ring.MustChange = signing.Seed(), false
	}
	plain, err := ring.Encode()
	if err != nil {
		return model.SealedKeyring{}, errKeyring(err)
	}
	defer seal.Zero(plain)
	public := signing.Public()
	next := model.SealedKeyring{
		Staff: saved.Staff, Site: saved.Site, Serial: saved.Serial + 1, Public: public[:], Box: saved.Box, GlassBox: saved.GlassBox,
	}
	next.Wrapped, err = seal.Wrap(new, plain, model.KeyringAAD(next.Site, next.Staff), opt.Stretch, opt.Rand)
	if err != nil {
		return model.SealedKeyring{}, internal("wrap a keyring", err)
	}
	glass := model.GlassAAD(next.Site, next.Staff)
	seed, err := seal.Unwrap(old, saved.Glass, glass)
	if err != nil {
		return model.SealedKeyring{}, errKeyring(err)
	}
	defer seal.Zero(seed)
	if next.Glass, err = seal.Wrap(new, seed, glass, opt.Stretch, opt.Rand); err != nil {
		return model.SealedKeyring{}, internal("wrap a keyring", err)
	}
	next.By = before.Sign(next.Claim())
	return next, nil
}

var errKeyringMoved = &model.Error{Kind: model.KindConflict, Msg: "Your keyring was changed elsewhere meanwhile.", Hint: "Sign in again."}

// take keeps the new keyring and lets the session sign with it.
func (ss *Session) take(ring *model.Keyring, next model.SealedKeyring) error {
	s := ss.store
	err := s.edit(func(e *edit) error {
		now, _, err := readKeyring(e.tx, next.Staff)
		if err != nil {
			return err
		}
		if now.Serial+1 != next.Serial {
			return errKeyringMoved
		}
		if !e.has(bucketNewKeys, []byte(next.Staff)) {
			e.counts.newKeys++
		}
		err = errors.Join(e.saveKeyring(bucketKeyrings, next), e.saveKeyring(bucketNewKeys, next))
		if err != nil {
			return err
		}
		made, err := readNewKeyrings(e.tx)
		e.roster = newRoster(s.Site(), made)
		return err
	})
	if err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	return ss.use(ring)
}
