package model_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// TestAnOldListDoesNotUndoARelease replays what comes from desks that did not
// know of each other: each line is folded after the release, whatever it knew.
func TestAnOldListDoesNotUndoARelease(t *testing.T) {
	gone := morning.Add(-2 * time.Hour)
	today := model.DayOf(gone)
	stay := func(booking string, received model.Day, out model.MovementType) *model.StaySet {
		return &model.StaySet{Site: "LEI", BookingID: booking, Received: received, Out: string(out)}
	}
	move := func(kind model.MovementType, reason string, at time.Time) *model.MovementRecorded {
		return &model.MovementRecorded{Movement: model.Movement{Type: kind, Reason: reason, At: model.InstantOf(at)}}
	}
	released := move(model.MovementRelease, "CR", gone)
	court := move(model.MovementCourt, "CRT", gone)
	for _, c := range []struct {
		name   string
		writes []model.Change
		want   model.MovementType
	}{
		{"the same stay", []model.Change{released, stay("1", today-30, "")}, model.MovementRelease},
		{"received on the day of the release", []model.Change{released, stay("1", today, "")}, model.MovementRelease},
		{"no day", []model.Change{released, stay("", 0, "")}, model.MovementRelease},
		{"at court, as an old list has it", []model.Change{released, stay("1", today-30, model.MovementCourt)}, model.MovementRelease},
		{"twice", []model.Change{released, stay("1", today-30, ""), stay("1", today-30, "")}, model.MovementRelease},
		{"received since", []model.Change{released, stay("1", today+1, "")}, ""},
		{"another booking", []model.Change{released, stay("2", today, "")}, ""},
		{"admitted since", []model.Change{released, move(model.MovementAdmission, "N", morning), stay("1", today-30, "")}, ""},
		{"back from court", []model.Change{court, stay("1", today-30, "")}, ""},
		{"at court, as the list has it", []model.Change{stay("1", today-30, model.MovementCourt)}, model.MovementCourt},
		{"released, as the list has it, then held", []model.Change{stay("1", today-30, model.MovementRelease), stay("1", today-30, "")}, ""},
	} {
		d := newDesk(t, 1, model.RoleReception)
		for _, change := range append([]model.Change{stay("1", today-30, "")}, c.writes...) {
			d.do(morning, change)
		}
		if got := d.record().Shared.Stay.Out; got != string(c.want) {
			t.Errorf("%s: out %q, want %q", c.name, got, c.want)
		}
	}
}
