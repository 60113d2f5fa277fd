package store

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// errSignIn is one sentence for a name that is not known and for a passphrase
// that is wrong, so that nobody learns which names are known.
var errSignIn = &model.Error{Kind: model.KindForbidden, Msg: "The staff id or the passphrase is wrong.", Hint: "Check both; capitals matter in the passphrase. If you are sure, ask the service desk."}

// SignIn opens a session for a member of staff of this site. A wrong passphrase
// is counted and slows the next attempt down, without holding up anybody else:
// an attempt that comes too soon is refused at once with the seconds to wait.
// The stretching itself takes some 30 ms and 46 MiB; at most two are done at a
// time, and ctx ends the waiting for a turn.
func (s *Store) SignIn(ctx context.Context, staff model.StaffID, passphrase string) (*Session, error) {
	return s.SignInVia(ctx, model.ViaDesk, staff, passphrase)
}

// SignInVia is SignIn by another way than this desk's own screen, such as
// model.ViaSSH. The access log says which way somebody came.
func (s *Store) SignInVia(ctx context.Context, via string, staff model.StaffID, passphrase string) (*Session, error) {
	if err := s.countTry(staff); err != nil {
		return nil, err
	}
	ring, err := s.unwrap(ctx, staff, passphrase)
	if err != nil {
		return nil, errors.Join(s.noteRefused(staff, via, err), err)
	}
	session, err := s.newSession(ring)
	if err != nil {
		return nil, errors.Join(s.forgetTries(staff), s.noteRefused(staff, via, err), err) // the passphrase was right
	}
	session.via = via
	if err := s.noteIn(staff, session.actor.Role, via); err != nil {
		session.Close()
		return nil, err
	}
	return session, s.admit(session)
}

func readKeyring(tx *bbolt.Tx, staff model.StaffID) (ring model.SealedKeyring, known bool, err error) {
	value := tx.Bucket([]byte(bucketNewKeys)).Get([]byte(staff))
	if value == nil && staff != "" {
		value = tx.Bucket([]byte(bucketKeyrings)).Get([]byte(staff))
	}
	known = value != nil
	if !known {
		_, value = tx.Bucket([]byte(bucketKeyrings)).Cursor().First()
	}
	if value == nil {
		return ring, false, model.NotFound("Nobody can sign in at this workstation yet.", "It has to reach the hub once to learn who works here.")
	}
	if err := json.Unmarshal(value, &ring); err != nil {
		return ring, false, damaged(err)
	}
	return ring, known, nil
}

// unwrap turns a passphrase into a keyring.
func (s *Store) unwrap(ctx context.Context, staff model.StaffID, passphrase string) (*model.Keyring, error) {
	sealed, known, err := s.savedKeyring(staff)
	if err != nil {
		return nil, err
	}
	done, err := s.turn(ctx)
	if err != nil {
		return nil, err
	}
	defer done()
	plain, err := seal.Unwrap(passphrase, sealed.Wrapped, model.KeyringAAD(sealed.Site, sealed.Staff))
	defer seal.Zero(plain)
	switch {
	case errors.Is(err, seal.ErrWrongPassphrase), !known:
		return nil, errSignIn
	case errors.Is(err, seal.ErrNewer):
		return nil, outside("This keyring was made by a newer version of Throughgate.", "Upgrade this one.", err)
	case err != nil:
		return nil, errKeyring(err)
	}
	if err := s.barred(staff); err != nil {
		return nil, err
	}
	ring, err := model.DecodeKeyring(plain)
	if errors.Is(err, model.ErrOldKeyring) {
		return nil, outside("Your keyring was made by an earlier version of Throughgate.", "Ask the service desk for a new passphrase.", err)
	}
	if err != nil || ring.Staff != staff || ring.Site != s.id.Site {
		return nil, errKeyring(errors.Join(err, errors.New("not the keyring it should be")))
	}
	return ring, nil
}

// turn waits for leave to stretch a passphrase, until done is called.
func (s *Store) turn(ctx context.Context) (done func(), err error) {
	select {
	case s.stretch <- struct{}{}:
		return func() { <-s.stretch }, nil
	case <-ctx.Done():
		return nil, &model.Error{Kind: model.KindLocked, Msg: "Signing in was broken off.", Err: ctx.Err()}
	}
}

// errKeysRefused is in every error about keys that are not what the hub, or their
// owner, made.
var errKeysRefused = errors.New("keys were refused")

func errKeyring(err error) error {
	return outside("The keyring of this person is damaged, or not theirs.", "Ask the service desk for a new passphrase.", fmt.Errorf("%w: %w", errKeysRefused, err))
}

// barred says why somebody may sign in no more, whatever their role. Only who
// gave the right passphrase is told: to anybody else it is a wrong one.
func (s *Store) barred(staff model.StaffID) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.roster.standing(model.Actor{Staff: staff, Role: s.roster.people[staff].Role, Site: s.id.Site})
}

// newSession makes a session of a keyring and the grant that goes with it, and
// overwrites the keyring.
func (s *Store) newSession(ring *model.Keyring) (*Session, error) {
	defer wipe(ring)
	mine, err := boxesOf(ring.BoxSeed, ring.FormerBox)
	if err != nil || len(ring.Notary) != len(seal.PublicKey{}) {
		return nil, errKeyring(err)
	}
	grant, err := s.savedGrant(ring.Staff)
	if err != nil {
		return nil, err
	}
	notary := seal.PublicKey(ring.Notary)
	if err := checkGrant(&grant, ring.Staff, ring.Site, notary); err != nil {
		return nil, err
	}
	actor := model.Actor{Staff: ring.Staff, Role: grant.Role, Site: ring.Site}
	s.mu.RLock()
	name, standing := s.roster.people[ring.Staff].Name, s.roster.standing(actor)
	s.mu.RUnlock()
	if standing != nil { // the roster came with the grant, so they never differ
		return nil, errGrant(standing)
	}
	held, err := openGrant(&grant, mine)
	if err != nil {
		return nil, errGrant(err)
	}
	ss := &Session{
		store: s, actor: actor, name: name, notary: notary, family: model.FamilyWords(model.StaffFamily(name)),
		keys: held, grant: grant.By, boxes: mine, person: bytes.Clone(ring.PersonKey), looked: make(map[shown]bool),
	}
	return ss, ss.use(ring)
}

// use lets the session write with a keyring. The store's writing lock is held,
// or the session is known to nobody yet.
func (ss *Session) use(ring *model.Keyring) error {
	signing, err := seal.SigningKeyFromSeed(ring.SigningSeed)
	if err != nil {
		return errKeyring(err)
	}
	drafts, err := draftBox(ring.SigningSeed)
	if err != nil {
		return errKeyring(err)
	}
	mine, err := boxesOf(ring.BoxSeed, ring.FormerBox)
	if err != nil {
		return errKeyring(err)
	}
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if ss.ended != nil {
		signing.Zero()
		drafts.Zero()
		mine.zero()
		return ss.ended
	}
	ss.boxes.zero()
	ss.boxes, ss.mustChange = mine, ring.MustChange
	if ss.draftBox == nil {
		ss.signing, ss.draftBox = signing, drafts
		return nil
	}
	if ss.signing.Public() == signing.Public() { // somebody may be using them
		signing.Zero()
		drafts.Zero()
		return nil
	}
	ss.signing.Zero()
	ss.draftBox.Zero()
	ss.signing, ss.draftBox = signing, drafts
	return nil
}

// wipe overwrites a keyring.
func wipe(ring *model.Keyring) {
	for _, secret := range [][]byte{ring.SigningSeed, ring.BoxSeed, ring.FormerBox, ring.PersonKey} {
		seal.Zero(secret)
	}
}

func draftBox(seed []byte) (*seal.Box, error) {
	secret, err := hkdf.Key(sha256.New, seed, nil, "throughgate drafts 1", seal.KeySize)
	if err != nil {
		return nil, fmt.Errorf("derive the key of drafts: %w", err)
	}
	defer seal.Zero(secret)
	key, err := seal.KeyFromBytes(secret)
	defer key.Zero()
	return seal.NewBox(key), err
}

// admit lets a session in: what waited for its keys is folded, and everybody's
// row is opened when nobody had done so yet.
func (s *Store) admit(ss *Session) error {
	err := s.join(ss)
	if err == nil {
		err = s.lookAgain()
	}
	if err == nil {
		err = s.fillBoard(ss.held())
		s.tell()
	}
	if err != nil {
		ss.Close()
	}
	return err
}

// join makes a session one of the store's, with the keys of the newest grant:
// the hub may have said something since its own was read.
func (s *Store) join(ss *Session) error {
	s.merging.Lock()
	defer s.merged()
	s.writing.Lock()
	defer s.writing.Unlock()
	err := ss.follow()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sessions[ss] = true
	s.keys = union(s.sessions)
	return err
}

// fillBoard holds off writers, so that no change falls between reading the rows
// and putting them up.
func (s *Store) fillBoard(k *keys) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.RLock()
	filled := s.board != nil
	s.mu.RUnlock()
	if filled {
		return nil
	}
	b, err := s.loadBoard(k)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.board = b
	return nil
}
