package store

import (
	"bytes"
	"encoding/json"
	"errors"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// roster is who works here and whose signature is whose. It is never changed
// once made.
type roster struct {
	data   model.SiteData // without the keyrings, which stay on the disk
	people map[model.StaffID]member
}

type member struct {
	model.Staff
	keys []seal.PublicKey // newest first
}

// newRoster also trusts the keys of keyrings that were made at this desk and
// are still on their way to the hub.
func newRoster(data model.SiteData, made []model.SealedKeyring) *roster {
	r := &roster{data: data, people: make(map[model.StaffID]member, len(data.Staff))}
	for _, staff := range data.Staff {
		m := member{Staff: staff}
		for _, key := range staff.Keys {
			m.trust(key)
		}
		for _, ring := range made {
			if ring.Staff == staff.ID {
				m.trust(ring.Public)
			}
		}
		r.people[staff.ID] = m
	}
	return r
}

func (m *member) trust(key []byte) {
	if len(key) == len(seal.PublicKey{}) {
		m.keys = append([]seal.PublicKey{seal.PublicKey(key)}, m.keys...)
	}
}

// The sentences for somebody who may not go on.
var (
	errOffRoster   = model.Forbidden("You are no longer on this site's roster.", "Ask the service desk.")
	errDisabled    = model.Forbidden("Your access has been taken away.", "Ask the service desk.")
	errRoleChanged = &model.Error{Kind: model.KindLocked, Msg: "Your role has changed.", Hint: "Sign in again."}
)

// standing says why somebody may not act as they do, nil when they may.
func (r *roster) standing(as model.Actor) error {
	m, known := r.people[as.Staff]
	switch {
	case !known || m.Site != as.Site:
		return errOffRoster
	case m.Disabled:
		return errDisabled
	case m.Role != as.Role:
		return errRoleChanged
	}
	return nil
}

// signed tells whether the op's author signed it with one of their keys.
func (r *roster) signed(o *opened) bool {
	for _, key := range r.people[o.op.Actor.Staff].keys {
		if seal.Verify(key, o.encoded, o.signature) {
			return true
		}
	}
	return false
}

func readRoster(tx *bbolt.Tx) (*roster, error) {
	var data model.SiteData
	if value := tx.Bucket([]byte(bucketMeta)).Get(keySite); value != nil {
		if err := json.Unmarshal(value, &data); err != nil {
			return nil, damaged(err)
		}
	}
	made, err := readNewKeyrings(tx)
	if err != nil {
		return nil, err
	}
	return newRoster(data, made), nil
}

func readNewKeyrings(tx *bbolt.Tx) ([]model.SealedKeyring, error) {
	var all []model.SealedKeyring
	err := tx.Bucket([]byte(bucketNewKeys)).ForEach(func(_, value []byte) error {
		var ring model.SealedKeyring
		if err := json.Unmarshal(value, &ring); err != nil {
			return damaged(err)
		}
		all = append(all, ring)
		return nil
	})
	return all, err
}

// PutSite keeps what the hub says of this site: the roster, and everybody's
// sealed keyring and grant. Whoever is signed in gets the keys of their newer
// grant, or is signed out where they may not go on. Ops that could not be believed for want of a key of their
// author are looked at again. It refuses the data of another site.
func (s *Store) PutSite(data model.SiteData) error {
	if data.Site != s.id.Site {
		s.finds(model.TroubleOtherSite, 0)
		s.tell()
		return outside("The hub sent the staff of another site.", "Report it to the service desk.", errOtherSite)
	}
	if err := s.putSite(data); err != nil {
		return err
	}
	return s.lookAgain()
}

// putSite holds merges off, so that none goes on with keys that were replaced.
func (s *Store) putSite(data model.SiteData) error {
	var over map[*Session]error
	s.merging.Lock()
	s.troubles.add(trouble{ends: string(model.TroubleOtherSite)})
	err := s.edit(func(e *edit) error {
		e.then = func() { over = s.follow() }
		for _, ring := range data.Keyrings {
			if err := e.putKeyring(ring); err != nil {
				return err
			}
		}
		if err := errors.Join(e.dropKeyrings(&data), e.putGrants(&data)); err != nil {
			return err
		}
		if err := e.pinNotary(data.Notary); err != nil {
			return err
		}
		data.Keyrings, data.Grants = nil, nil
		return e.putRoster(data)
	})
	s.merged()
	for session, why := range over {
		session.end(why)
		if errors.Is(why, errKeysRefused) {
			entry := session.does(model.AccessFound)
			entry.At, entry.Reason = model.InstantOf(s.opt.Now()), string(model.TroubleKeys)
			s.troubles.add(trouble{entry: entry})
		}
	}
	s.tell()
	if len(over) > 0 {
		s.watch.wake()
	}
	return err
}

func (e *edit) putRoster(data model.SiteData) error {
	value, err := json.Marshal(data)
	if err != nil {
		return internal("encode the roster", err)
	}
	if err := e.put(bucketMeta, keySite, value); err != nil {
		return err
	}
	made, err := readNewKeyrings(e.tx)
	if err != nil {
		return err
	}
	e.roster = newRoster(data, made)
	return nil
}

// putKeyring keeps a keyring from the hub unless this desk has made a newer one
// that the hub does not have yet. The hub has the last word on an equal one:
// somebody may have been given a new passphrase while this desk was offline.
func (e *edit) putKeyring(ring model.SealedKeyring) error {
	made, isMade, err := e.newKeyring(ring.Staff)
	if err != nil {
		return err
	}
	if isMade && made.Serial > ring.Serial {
		return nil
	}
	if isMade {
		e.counts.newKeys--
		if err := e.delete(bucketNewKeys, []byte(ring.Staff)); err != nil {
			return err
		}
	}
	return e.saveKeyring(bucketKeyrings, ring)
}

func (e *edit) saveKeyring(bucket string, ring model.SealedKeyring) error {
	value, err := json.Marshal(ring)
	if err != nil {
		return internal("encode a keyring", err)
	}
	return e.put(bucket, []byte(ring.Staff), value)
}

func (e *edit) newKeyring(staff model.StaffID) (ring model.SealedKeyring, is bool, err error) {
	value := e.get(bucketNewKeys, []byte(staff))
	if value == nil {
		return ring, false, nil
	}
	if err := json.Unmarshal(value, &ring); err != nil {
		return ring, false, damaged(err)
	}
	return ring, true, nil
}

// dropKeyrings takes away the keyrings of those who do not work here any more.
// Some of them stay on the roster, for what they wrote.
func (e *edit) dropKeyrings(data *model.SiteData) error {
	var gone [][]byte
	err := e.tx.Bucket([]byte(bucketKeyrings)).ForEach(func(staff, _ []byte) error {
		if m, known := data.Member(model.StaffID(staff)); !known || m.Site != data.Site {
			gone = append(gone, bytes.Clone(staff))
		}
		return nil
	})
	for _, staff := range gone {
		if e.has(bucketNewKeys, staff) {
			e.counts.newKeys--
			err = errors.Join(err, e.delete(bucketNewKeys, staff))
		}
		err = errors.Join(err, e.delete(bucketKeyrings, staff))
	}
	return err
}

// Site returns the roster as the hub last sent it, without the keyrings.
func (s *Store) Site() model.SiteData {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.roster.data
}

// OutgoingKeyrings lists the keyrings that were made at this desk and that the
// hub does not have yet. They go before ops, which may be signed with them.
func (s *Store) OutgoingKeyrings() ([]model.SealedKeyring, error) {
	var all []model.SealedKeyring
	err := s.view(func(tx *bbolt.Tx) (err error) {
		all, err = readNewKeyrings(tx)
		return err
	})
	return all, err
}

// KeyringsSent takes note of keyrings the hub has taken. One that was replaced
// meanwhile stays queued.
func (s *Store) KeyringsSent(sent []model.SealedKeyring) error {
	return s.edit(func(e *edit) error {
		for _, ring := range sent {
			made, isMade, err := e.newKeyring(ring.Staff)
			if err != nil {
				return err
			}
			if !isMade || made.Serial != ring.Serial {
				continue
			}
			e.counts.newKeys--
			if err := e.delete(bucketNewKeys, []byte(ring.Staff)); err != nil {
				return err
			}
		}
		return nil
	})
}
