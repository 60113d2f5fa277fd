package store

import (
	"context"
	"errors"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Note writes down something this person does that is no look at a record, such
// as an export: what, about whom, and how many rows. Who they are and by which
// way they came is filled in. The entry is on the disk when it returns, so it is
// called before the thing is done; an error means that it must not be done.
func (ss *Session) Note(ctx context.Context, what model.AccessWhat, id model.PersonID, many int) error {
	if err := ss.mayRead(ctx); err != nil {
		return err
	}
	entry := ss.does(what)
	entry.Many = uint64(max(many, 0))
	if !id.IsZero() {
		r, err := ss.peek(id)
		if err != nil {
			return err
		}
		entry.Person, entry.Parts, entry.Kin = id, ss.held().readable(), ss.isKin(r)
	}
	return ss.store.note(entry)
}

// Locked writes down that the screen was locked, by hand or because nobody was
// there.
func (ss *Session) Locked(ctx context.Context) error {
	return ss.Note(ctx, model.AccessLocked, model.PersonID{}, 0)
}

// searchRest is how long one entry stands for all searches for one's own family
// name: they are made anew with every letter that is typed.
const searchRest = 10 * time.Minute

// noteSearch writes down a search for this person's own family name, and not
// what was typed.
func (ss *Session) noteSearch() {
	now := ss.store.opt.Now()
	ss.mu.Lock()
	told := now.Sub(ss.searched) < searchRest && !now.Before(ss.searched)
	if !told {
		ss.searched = now
	}
	ss.mu.Unlock()
	if told {
		return
	}
	entry := ss.does(model.AccessSearch)
	entry.Kin = true
	ss.store.noteLogged(entry)
}

// noteClock writes down, once for a session, that nothing could be written because
// of this computer's clock. It returns the error that it is given.
func (ss *Session) noteClock(err error) error {
	if !errors.Is(err, errClockWrong) {
		return err
	}
	ss.mu.Lock()
	told := ss.clockTold
	ss.clockTold = true
	ss.mu.Unlock()
	if !told {
		ss.store.noteLogged(ss.does(model.AccessClock))
	}
	return err
}

// noteLogged is note for what goes on whether it can be written down or not.
func (s *Store) noteLogged(entry model.Access) {
	if err := s.note(entry); err != nil {
		s.opt.Log.Error("the access log could not be written", "what", string(entry.What), "err", errors.Unwrap(err))
	}
}

// noteEnd writes down that somebody signed out: that the last of their sessions
// here ends. Who unlocks their screen opens a second one for a moment.
func (ss *Session) noteEnd() {
	s := ss.store
	s.mu.Lock()
	ends := s.sessions[ss]
	if ends {
		s.sessions[ss] = false // so that it is written down once
	}
	for other, open := range s.sessions {
		ends = ends && !(open && other.actor.Staff == ss.actor.Staff)
	}
	s.mu.Unlock()
	if ends {
		s.noteLogged(ss.does(model.AccessSignOut))
	}
}
