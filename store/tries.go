package store

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
)

// Wrong passphrases are counted for each staff id that was typed, whether there
// is such a person or not, and the count outlives the program. The first three
// cost nothing; after that each makes the next attempt wait twice as long, up to
// five minutes. Nobody is ever shut out: the desk has to work at night too, and
// a lock that anybody can close is a way to stop a release.
const (
	freeTries = 3
	firstWait = 2 * time.Second
	longWait  = 5 * time.Minute
	maxTries  = 1000 // staff ids remembered; typing more forgets the least guessed
)

type tries struct {
	wrong uint32
	last  time.Time
}

// triesKey does not spell the staff id: somebody types a passphrase there one
// day.
func triesKey(staff model.StaffID) []byte {
	sum := sha256.Sum256([]byte("throughgate tries\n" + string(staff)))
	return sum[:16]
}

func decodeTries(value []byte) tries {
	if len(value) != 12 {
		return tries{}
	}
	return tries{binary.BigEndian.Uint32(value), time.UnixMilli(int64(binary.BigEndian.Uint64(value[4:])))}
}

func (t tries) encode() []byte {
	b := binary.BigEndian.AppendUint32(nil, t.wrong)
	return binary.BigEndian.AppendUint64(b, uint64(t.last.UnixMilli()))
}

// wait is how long from now the next attempt has to wait. A clock that was set
// back makes nobody wait longer than the rule says.
func (t tries) wait(now time.Time) time.Duration {
	if t.wrong <= freeTries {
		return 0
	}
	wait := longWait
	if steps := t.wrong - freeTries - 1; steps < 8 {
		wait = min(longWait, firstWait<<steps)
	}
	since := now.Sub(t.last)
	if since < 0 {
		return wait
	}
	return max(0, wait-since)
}

func tooSoon(wait time.Duration) error {
	seconds := int((wait + time.Second - 1) / time.Second)
	return &model.Error{
		Kind: model.KindLocked, Msg: fmt.Sprintf("Too many wrong passphrases. Try again in %d seconds.", seconds),
		Hint: "If you have forgotten it, ask the service desk for a new one.",
	}
}

// countTry counts an attempt before the passphrase is looked at, so that ending
// the program in the middle does not get round the count. It returns the error
// of one that comes too soon, which counts for nothing. A disk that takes
// nothing stops nobody from signing in; memory counts then.
func (s *Store) countTry(staff model.StaffID) error {
	key, now := triesKey(staff), s.opt.Now()
	err := s.edit(func(e *edit) error {
		e.quiet = true
		t, err := s.triesOf(e.tx, key).next(now)
		if err != nil {
			return err
		}
		if t.wrong == 1 {
			if err := e.forgetOneTry(); err != nil {
				return err
			}
		}
		return e.put(bucketTries, key, t.encode())
	})
	if model.KindOf(err) == model.KindOutside {
		return s.countInMemory(key, now)
	}
	if err == nil {
		s.mu.Lock()
		delete(s.tries, string(key)) // the disk has it now
		s.mu.Unlock()
	}
	return err
}

func (s *Store) countInMemory(key []byte, now time.Time) error {
	return s.view(func(tx *bbolt.Tx) error {
		t, err := s.triesOf(tx, key).next(now)
		if err != nil {
			return err
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.tries[string(key)] = t
		return nil
	})
}

// triesOf returns the count that holds: memory has one only where the disk would
// not take it.
func (s *Store) triesOf(tx *bbolt.Tx, key []byte) tries {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if t, here := s.tries[string(key)]; here {
		return t
	}
	return decodeTries(tx.Bucket([]byte(bucketTries)).Get(key))
}

// next counts one attempt more, or says how long it has to wait.
func (t tries) next(now time.Time) (tries, error) {
	if wait := t.wait(now); wait > 0 {
		return t, tooSoon(wait)
	}
	return tries{t.wrong + 1, now}, nil
}

// despiteDisk logs what the disk would not take and goes on.
func (s *Store) despiteDisk(err error) error {
	if model.KindOf(err) != model.KindOutside {
		return err
	}
	s.opt.Log.Error("signing in could not be written down", "err", errors.Unwrap(err))
	return nil
}

// forgetOneTry makes room for another name: of those guessed at least it takes
// the oldest. Going by age alone, typing a thousand names that are none would
// forget the count of the one somebody is after.
func (e *edit) forgetOneTry() error {
	bucket := e.tx.Bucket([]byte(bucketTries))
	if countKeys(bucket) < maxTries {
		return nil
	}
	var least []byte
	var of tries
	err := bucket.ForEach(func(key, value []byte) error {
		t := decodeTries(value)
		if least == nil || t.wrong < of.wrong || t.wrong == of.wrong && t.last.Before(of.last) {
			least, of = append([]byte(nil), key...), t
		}
		return nil
	})
	if err != nil {
		return err
	}
	return bucket.Delete(least)
}

// noteIn writes down that somebody came in; the right passphrase clears the count.
func (s *Store) noteIn(staff model.StaffID, role model.Role, via string) error {
	if err := s.forgetTries(staff); err != nil {
		return err
	}
	return s.note(model.Access{What: model.AccessSignedIn, Staff: staff, Role: role, Via: via})
}

// noteRefused writes down that somebody was not let in, where that is about them
// and not about the workstation.
func (s *Store) noteRefused(staff model.StaffID, via string, err error) error {
	refused := model.Access{What: model.AccessSignInFailed, Staff: s.knownOnly(staff), Via: via}
	switch {
	case errors.Is(err, errSignIn):
	case errors.Is(err, errDisabled), errors.Is(err, errOffRoster):
		refused.Reason = model.RefusedDisabled
	case errors.Is(err, errKeysRefused):
		refused.Reason = model.RefusedKeys
	default:
		return nil
	}
	return s.note(refused)
}

// forgetTries clears the count of somebody who gave the right passphrase.
func (s *Store) forgetTries(staff model.StaffID) error {
	key := triesKey(staff)
	err := s.edit(func(e *edit) error {
		e.quiet = true
		return e.delete(bucketTries, key)
	})
	s.mu.Lock()
	delete(s.tries, string(key))
	if err != nil {
		s.tries[string(key)] = tries{}
	}
	s.mu.Unlock()
	return s.despiteDisk(err)
}

// knownOnly keeps out of the log what is no staff id, for it may be anything
// somebody typed in the wrong field.
func (s *Store) knownOnly(staff model.StaffID) model.StaffID {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if _, known := s.roster.people[staff]; known {
		return staff
	}
	return ""
}

// savedKeyring reads somebody's keyring: the one made here when the hub has not
// got it yet, else the hub's. For a name that is not on the roster it returns
// another's, for the time it takes to stretch a passphrase against it, and
// known is false.
func (s *Store) savedKeyring(staff model.StaffID) (ring model.SealedKeyring, known bool, err error) {
	err = s.view(func(tx *bbolt.Tx) error {
		ring, known, err = readKeyring(tx, staff)
		return err
	})
	return ring, known, err
}
