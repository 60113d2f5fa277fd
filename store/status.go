package store

import (
	"encoding/json"
	"time"

	"github.com/throughgate/throughgate/model"
)

var errClockWrong = &model.Error{
	Kind: model.KindOutside, Msg: "This computer's clock is more than 5 minutes from the hub's.",
	Hint: "Set its date and time, or have it set; then do it again. Nothing was changed.",
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
