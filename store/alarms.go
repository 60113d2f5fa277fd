package store

import (
	"context"
	"math"

	"github.com/throughgate/throughgate/model"
)

// alarmBack is how far back of its first day an alarm looks for what is usual.
const alarmBack = model.Day(28)

// Alarms says what a manager should look at since a day, newest first, from the
// access logs of all desks as far as they have come here. It is for managers and
// auditors. That they were shown alarms is written down once in a session: the
// screen counts them whenever something changes.
func (ss *Session) Alarms(ctx context.Context, since model.Day) ([]model.Alarm, error) {
	if err := ss.mayAudit(ctx); err != nil {
		return nil, err
	}
	entries, err := ss.store.accesses(model.AccessFilter{Since: (since - alarmBack).Start()}, math.MaxInt)
	if err != nil {
		return nil, err
	}
	data := ss.store.Site()
	found := model.Alarms(entries, model.AlarmFacts{Roster: rosterOf(data), Rows: ss.Rows(), Hours: ss.store.opt.Hours})
	recent := found[:0]
	for _, a := range found {
		if a.Kind == model.AlarmReview || a.To >= since.Start() {
			recent = append(recent, a)
		}
	}
	return recent, ss.noteAlarms(ctx, len(recent))
}

func rosterOf(data model.SiteData) func(model.StaffID) (model.Staff, bool) {
	people := make(map[model.StaffID]model.Staff, len(data.Staff))
	for _, staff := range data.Staff {
		people[staff.ID] = staff
	}
	return func(id model.StaffID) (model.Staff, bool) {
		staff, known := people[id]
		return staff, known
	}
}

func (ss *Session) noteAlarms(ctx context.Context, n int) error {
	ss.mu.Lock()
	told := ss.warned
	ss.warned = true
	ss.mu.Unlock()
	if told {
		return nil
	}
	return ss.Note(ctx, model.AccessAudit, model.PersonID{}, n)
}
