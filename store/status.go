package store

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/throughgate/throughgate/model"
)

var errClockWrong = &model.Error{
	Kind: model.KindOutside, Msg: "This computer's clock is more than 5 minutes from the hub's.",
	Hint: "Set its date and time, or have it set; then do it again. Nothing was changed.",
}

// maxBehind is how far this computer's clock may be behind the newest entry here
// before nothing is written: what was written would bear that entry's date. Less
// is borne, for a clock is often set right by some hours.
const maxBehind = 24 * time.Hour

// checkBehind refuses to write where the clock was set back, which can be seen
// without the hub. Once the hub has been reached and agrees with the clock, it was
// the newest entry that was wrong: the hub refuses it, its author writes it anew,
// and stamps go on from now.
func (e *edit) checkBehind(now time.Time) error {
	behind := e.desk.clock.Last.Time().Sub(now)
	if behind <= maxBehind {
		return nil
	}
	if e.s.hubAgrees() {
		e.desk.clock.Last = model.Stamp{Wall: now.UnixMilli(), Node: e.s.id.Node}
		return nil
	}
	e.s.finds(model.TroubleClockBehind, uint64(behind/maxBehind))
	return &model.Error{
		Kind: model.KindOutside,
		Msg:  fmt.Sprintf("This computer's clock is %d days behind the newest entry here.", int(behind/maxBehind)),
		Hint: "Set its date and time, then do it again: nothing was changed, and nothing is lost. Where they are right, an entry was written while they were not: reach the hub once, and go on.",
		Err:  errClockWrong,
	}
}

// hubAgrees tells whether the hub has been reached and its clock is this one's.
func (s *Store) hubAgrees() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.sync.Online && !s.sync.ClockWrong()
}

// clockRight is an error when this computer's clock is far from the hub's.
func (s *Store) clockRight() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.sync.ClockWrong() {
		return errClockWrong
	}
	return nil
}

// SetSync takes what the sync agent reports. The standing is kept for the next
// start, but not at every exchange: a minute more or less since the last one
// misleads nobody.
func (s *Store) SetSync(state model.SyncState) error {
	s.mu.Lock()
	before, saved := s.sync, s.syncSaved
	s.sync = state
	s.mu.Unlock()
	seen := before.Online != state.Online || before.Err != state.Err || before.Stopped != state.Stopped || before.ClockWrong() != state.ClockWrong()
	if !seen && state.LastSync.Time().Sub(saved.Time()) < time.Minute {
		return nil
	}
	s.judgeClock(state)
	value, err := json.Marshal(state)
	if err != nil {
		return internal("encode the standing", err)
	}
	err = s.edit(func(e *edit) error {
		e.quiet = !seen
		return e.put(bucketMeta, keySync, value)
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.syncSaved = state.LastSync
	return nil
}

// Status says how this desk stands. It reads memory only.
func (s *Store) Status() model.DeskStatus {
	s.mu.RLock()
	defer s.mu.RUnlock()
	status := model.DeskStatus{
		SyncState: s.sync, Pending: s.counts.pending + s.counts.newKeys, Refused: s.counts.refused,
		Waiting: s.counts.waiting, Quarantined: s.counts.quarantined, People: s.people, Feed: s.feed,
	}
	status.Retention = s.retained
	if err := s.gone(); err != nil {
		status.Erased = err.Error()
	}
	if s.damage != nil {
		status.Damaged = s.damage.Error()
	}
	return status
}
