package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// errNoGrant is for somebody with a keyring, and no keys of their role.
var errNoGrant = &model.Error{
	Kind: model.KindOutside, Msg: "The keys of your role have not come to this workstation yet.",
	Hint: "It has to reach the hub once; if that does not help, ask the service desk.",
}

// errReplaced is for somebody who is signed in with a keyring that the hub has
// replaced.
var errReplaced = &model.Error{Kind: model.KindLocked, Msg: "Your passphrase was reset.", Hint: "Sign in with the new one."}

func errGrant(err error) error {
	return outside("The keys of your role are not what the hub made for you.", "Do not go on at this desk; tell the service desk.", fmt.Errorf("%w: %w", errKeysRefused, err))
}

// putGrants keeps the grants as the hub has them now, and no others.
func (e *edit) putGrants(data *model.SiteData) error {
	if err := e.tx.DeleteBucket([]byte(bucketGrants)); err != nil {
		return err
	}
	bucket, err := e.tx.CreateBucket([]byte(bucketGrants))
	if err != nil {
		return err
	}
	for _, grant := range data.Grants {
		value, err := json.Marshal(grant)
		if err != nil {
			return internal("encode a grant", err)
		}
		if err := bucket.Put([]byte(grant.Staff), value); err != nil {
			return err
		}
	}
	return nil
}

// savedGrant reads somebody's grant, errNoGrant where there is none.
func (s *Store) savedGrant(staff model.StaffID) (grant model.KeyGrant, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		value := tx.Bucket([]byte(bucketGrants)).Get([]byte(staff))
		if value == nil {
			return errNoGrant
		}
		if err := json.Unmarshal(value, &grant); err != nil {
			return damaged(err)
		}
		return nil
	})
	return grant, err
}

// checkGrant says what is wrong with a grant, nil when the hub made it for this
// person at this site. The hub is known by the key in the person's own keyring:
// who can write to the file cannot make a grant.
func checkGrant(g *model.KeyGrant, staff model.StaffID, site model.SiteCode, notary seal.PublicKey) error {
	if g.Staff != staff {
		return errGrant(errors.New("a grant of somebody else"))
	}
	if g.Site != site {
		return errGrant(errors.New("a grant of another site"))
	}
	if !seal.Verify(notary, g.Claim(), g.By) {
		return errGrant(errors.New("a grant that the hub did not sign"))
	}
	if _, err := model.ParseRole(string(g.Role)); err != nil {
		return errGrant(err)
	}
	return nil
}

// boxes are what somebody's grants may be sealed to: the key of their keyring,
// and the one before while the hub may not have heard of it.
type boxes []seal.BoxKey

// boxesOf makes them of their seeds, one behind the other.
func boxesOf(seeds ...[]byte) (boxes, error) {
	var all boxes
	together := slices.Concat(seeds...)
	defer seal.Zero(together)
	for seed := range slices.Chunk(together, seal.BoxKeySize) {
		box, err := seal.BoxKeyFromSeed(seed)
		if err != nil {
			all.zero()
			return nil, err
		}
		all = append(all, box)
	}
	return all, nil
}

// open returns what was sealed to one of them.
func (b boxes) open(sealed, info []byte) ([]byte, error) {
	for _, box := range b {
		if plain, err := seal.OpenBox(box, sealed, info); err == nil {
			return plain, nil
		}
	}
	return nil, seal.ErrWrongKey
}

func (b boxes) zero() {
	for _, box := range b {
		box.Zero()
	}
}

// openGrant returns the keys in a grant that was checked.
func openGrant(g *model.KeyGrant, mine boxes) (*keys, error) {
	plain, err := mine.open(g.Sealed, g.Info())
	if err != nil {
		return nil, err
	}
	defer seal.Zero(plain)
	all, err := model.DecodeGrantKeys(plain, g.Role.Compartments())
	defer func() {
		for _, one := range all {
			seal.Zero(one.Key)
		}
	}()
	if err != nil {
		return nil, err
	}
	return keysOf(all)
}

// follow brings every open session to what the hub says by now: newer keys are
// opened, for a session keeps what opens its grants. It returns those that may
// not go on, with the reason. Merges and writers are held off meanwhile, so that
// nothing is sealed with a newer key while somebody has only the older one.
func (s *Store) follow() map[*Session]error {
	over := make(map[*Session]error)
	for _, session := range s.openSessions() {
		if err := session.follow(); err != nil {
			over[session] = err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys = union(s.sessions)
	return over
}

// follow opens the newest grant. The error is why this session is over.
func (ss *Session) follow() error {
	if err := ss.state(); err != nil {
		return err
	}
	grant, err := ss.store.savedGrant(ss.actor.Staff)
	if err != nil {
		return err
	}
	if err := checkGrant(&grant, ss.actor.Staff, ss.actor.Site, ss.notary); err != nil {
		return err
	}
	if grant.Role != ss.actor.Role {
		return errRoleChanged
	}
	dropped, err := ss.takeGrant(&grant)
	if dropped != nil {
		ss.store.retire(dropped)
	}
	return err
}

// takeGrant replaces the session's keys by those of a grant that was checked,
// where it is another than before. dropped are those that the grant lacks.
func (ss *Session) takeGrant(g *model.KeyGrant) (dropped *keys, err error) {
	ss.mu.Lock()
	defer ss.mu.Unlock()
	if bytes.Equal(g.By, ss.grant) || ss.ended != nil {
		return nil, ss.ended
	}
	next, err := openGrant(g, ss.boxes)
	if errors.Is(err, seal.ErrWrongKey) {
		return nil, errReplaced
	}
	if err != nil {
		return nil, errGrant(err)
	}
	dropped = next.keep(ss.keys)
	ss.keys, ss.grant = next, g.By
	return dropped, nil
}

// retire has keys wiped when nobody merges with them any more. It must not be
// called with a session's lock held: the store's comes first.
func (s *Store) retire(k *keys) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.retired = append(s.retired, k)
}
