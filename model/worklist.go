package model

import (
	"cmp"
	"slices"
)

// Task is an open line of somebody's checklist, as the role whose it is sees it.
type Task struct {
	Row   *Row
	Item  *ItemFacts
	State ItemState
	Due   Day
	Now   bool // due now: the release came at short notice
}

// Overdue tells whether the task should have been done before today.
func (t Task) Overdue(today Day) bool { return t.Due < today && !t.Now }

// WorklistDays is how far ahead a worklist looks; followUpDays is how long what is
// to be done after a release stays on it (RECONNECT takes people until then).
const (
	WorklistDays = 28
	followUpDays = 28
)

// Worklist returns the open lines that are a role's to do, in the order of their
// days, so what is overdue comes first. Lines without a due day wait until there is
// a date.
func Worklist(rows []Row, role Role, t Timeline, today Day, days int) []Task {
	var mine []*ItemFacts
	var bits uint32
	for i := range checklist {
		if checklist[i].Owners[0] == role {
			mine, bits = append(mine, &checklist[i]), bits|1<<i
		}
	}
	var out []Task
	for i := range rows {
		r := &rows[i]
		if r.Open&bits == 0 {
			continue
		}
		left, dates, day := r.Left() || r.Deceased, t.For(r.leaves(today), r.Stay), r.leaves(today)
		for _, facts := range mine {
			if r.Open&facts.ID.Bit() == 0 || !inSeason(facts, left) {
				continue
			}
			due := dates.Due(facts)
			if due.IsZero() || due > today+Day(days) || left && due < today-followUpDays {
				continue
			}
			now := DueNow(day.Class, due, today)
			if now {
				due = today
			}
			out = append(out, Task{Row: r, Item: facts, State: r.StateOf(facts.ID), Due: due, Now: now})
		}
	}
	slices.SortFunc(out, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Row.Name, b.Row.Name), slices.Compare(a.Row.ID[:], b.Row.ID[:]), cmp.Compare(a.Item.ID.Bit(), b.Item.ID.Bit()))
	})
	return out
}

// inSeason tells whether a line can be worked on: what comes after a release once
// the person has left, everything else until then. Property goes to them later too.
func inSeason(f *ItemFacts, left bool) bool {
	return (f.Stage == AfterRelease) == left || left && f.ID == ItemProperty
}

// leaves is the release that due days count from: the day they left for who has,
// and today for who is at court without a date. Nobody could have told that day
// before, so what would be late is due now.
func (r *Row) leaves(today Day) Release {
	out := r.Release
	switch {
	case !out.Left.IsZero():
		out.Day = DayOf(out.Left.Time())
	case out.Day.IsZero() && r.AtCourt(today):
		out.Day, out.Class = today, ReleaseNoNotice
	}
	return out
}

// StateOf returns the state of an open line as far as a row knows it.
func (r *Row) StateOf(id ItemID) ItemState {
	switch bit := id.Bit(); {
	case r.Stuck&bit != 0:
		return Problem
	case r.Begun&bit != 0:
		return InProgress
	}
	return NotStarted
}
