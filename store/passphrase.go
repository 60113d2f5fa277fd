package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// MinPassphrase is the fewest characters a passphrase may have. Length is what
// slows a thief with the file down; the NCSC's advice of three random words
// gives more.
const MinPassphrase = 12

// ChangePassphrase puts the keyring under a new passphrase. When somebody else
// had made the old one it also makes new keys, so that they can neither sign in
// this person's name nor open what the hub grants from then on. The new keyring is queued for the hub, with which it
// reaches the other desks; until then the old passphrase opens this person's
// session there. A first passphrase that was changed has to reach the hub before it
// is changed once more: Conflict.
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
	if errors.Is(err, errSignIn) {
		return errors.Join(s.noteRefused(staff, ss.via, err), err)
	}
	if err != nil {
		return err
	}
	defer wipe(ring)
	if err := s.forgetTries(staff); err != nil {
		return err
	}
	saved, _, err := s.savedKeyring(staff)
	if err != nil {
		return err
	}
	if err := s.hubKnows(saved); err != nil {
		return err
	}
	next, err := ss.rewrap(ring, saved, old, new)
	if err != nil {
		return err
	}
	if err := s.note(ss.does(model.AccessPassphrase)); err != nil {
		return err
	}
	return ss.take(ring, next)
}

var errNotAtHub = &model.Error{Kind: model.KindConflict, Msg: "The passphrase you chose has not reached the hub yet.",
	Hint: "Nothing was changed. Change it again when nothing waits to be sent."}

// hubKnows is an error while a keyring that came with a new signing key waits to
// be sent. The hub believes a keyring on the key before it, and gets the last one
// only: over two steps it would believe neither that nor what is signed with it.
func (s *Store) hubKnows(saved model.SealedKeyring) error {
	if len(saved.By) == 0 || len(saved.Public) != len(seal.PublicKey{}) ||
		seal.Verify(seal.PublicKey(saved.Public), saved.Claim(), saved.By) {
		return nil
	}
	made, err := s.OutgoingKeyrings()
	if err == nil && slices.ContainsFunc(made, func(ring model.SealedKeyring) bool { return ring.Staff == saved.Staff }) {
		return errNotAtHub
	}
	return err
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
	var none model.SealedKeyring
	opt, glass := ss.store.opt, model.GlassAAD(saved.Site, saved.Staff)
	before, err := seal.SigningKeyFromSeed(ring.SigningSeed)
	if err != nil {
		return none, errKeyring(err)
	}
	defer before.Zero()
	seeds, err := seal.Unwrap(old, saved.Glass, glass)
	if err != nil {
		return none, errKeyring(err)
	}
	defer seal.Zero(seeds)
	next := saved
	next.Serial++
	if ring.MustChange {
		if seeds, err = renew(ring, &next, seeds, opt.Rand); err != nil {
			return none, internal("make keys", err)
		}
		defer seal.Zero(seeds)
	} else if ss.isGrantedTo(ring.BoxSeed) {
		ring.FormerBox, seeds = nil, seeds[:min(len(seeds), seal.BoxKeySize)]
	}
	plain, err := ring.Encode()
	if err != nil {
		return none, errKeyring(err)
	}
	defer seal.Zero(plain)
	if next.Wrapped, err = seal.Wrap(new, plain, model.KeyringAAD(next.Site, next.Staff), opt.Stretch, opt.Rand); err != nil {
		return none, internal("wrap a keyring", err)
	}
	if next.Glass, err = seal.Wrap(new, seeds, glass, opt.Stretch, opt.Rand); err != nil {
		return none, internal("wrap a keyring", err)
	}
	next.By = before.Sign(next.Claim())
	return next, nil
}

// renew replaces every key of a keyring, for whoever made it has them. What the
// newest grant is sealed to stays behind the new boxes, since the hub has to hear
// of these before it makes another. It returns the seeds of the break-glass
// boxes.
func renew(ring *model.Keyring, next *model.SealedKeyring, glass []byte, random io.Reader) ([]byte, error) {
	signing, err := seal.NewSigningKey(random)
	if err != nil {
		return nil, err
	}
	defer signing.Zero()
	fresh := make([]byte, 2*seal.BoxKeySize)
	defer seal.Zero(fresh)
	if _, err := io.ReadFull(random, fresh); err != nil {
		return nil, err
	}
	box, glassBox := fresh[:seal.BoxKeySize], fresh[seal.BoxKeySize:]
	mine, err := boxesOf(fresh)
	if err != nil {
		return nil, err
	}
	defer mine.zero()
	public := signing.Public()
	next.Public, next.Box, next.GlassBox = public[:], mine[0].Public(), mine[1].Public()
	seal.Zero(ring.SigningSeed)
	ring.SigningSeed, ring.MustChange = signing.Seed(), false
	ring.FormerBox, ring.BoxSeed = ring.BoxSeed, bytes.Clone(box)
	return slices.Concat(glassBox, glass), nil
}

// isGrantedTo tells whether the newest grant here is sealed to a box.
func (ss *Session) isGrantedTo(seed []byte) bool {
	grant, err := ss.store.savedGrant(ss.actor.Staff)
	if err != nil {
		return false
	}
	box, err := seal.BoxKeyFromSeed(seed)
	if err != nil {
		return false
	}
	defer box.Zero()
	plain, err := seal.OpenBox(box, grant.Sealed, grant.Info())
	seal.Zero(plain)
	return err == nil
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
