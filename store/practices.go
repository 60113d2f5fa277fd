package store

import (
	"context"

	"github.com/throughgate/throughgate/model"
)

// PracticeMemory puts together what practices said to this prison of late, from
// the registrations that this session may read; nil when it may read none. It
// shows nobody's record to anybody: what comes out counts people and names none,
// so no look is written down. Who is restricted is left out altogether, since a
// count of one may tell where they are.
func (ss *Session) PracticeMemory(ctx context.Context) (model.PracticeMemory, error) {
	if err := ss.mayRead(ctx); err != nil {
		return nil, err
	}
	if !ss.held().holds(model.Health) {
		return nil, nil
	}
	now := ss.store.opt.Now()
	memory, since := model.PracticeMemory{}, model.InstantOf(now.AddDate(0, 0, -model.MemoryDays))
	for _, row := range ss.Rows() {
		if left := row.Release.Left; row.Restricted || !left.IsZero() && left.Before(since) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, ss.mayRead(ctx)
		}
		r, err := ss.peek(row.ID)
		if err != nil {
			return nil, err
		}
		if r.Health != nil {
			memory.Add(r.Health.Registration, model.DayOf(now))
		}
	}
	return memory, nil
}
