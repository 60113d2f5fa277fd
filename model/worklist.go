package model

import (
	"cmp"
	"fmt"
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
// a date. Screen, paper and command are all made of this list.
func Worklist(rows []Row, role Role, t Timeline, today Day, days int) []Task {
	var out []Task
	mine := ownedBy(role)
	for i := range rows {
		t.tasks(&rows[i], mine, today, days, func(task Task) { out = append(out, task) })
	}
	slices.SortFunc(out, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Row.Name, b.Row.Name), slices.Compare(a.Row.ID[:], b.Row.ID[:]), cmp.Compare(a.Item.ID.Bit(), b.Item.ID.Bit()))
	})
	return out
}

// ownedBy is the lines that are a role's to do, as bits like those of Row.Open.
func ownedBy(role Role) (bits uint32) {
	for i := range checklist {
		if checklist[i].Owners[0] == role {
			bits |= 1 << i
		}
	}
	return bits
}

// tasks gives what is to be done of some lines of somebody within so many days.
func (t Timeline) tasks(r *Row, mine uint32, today Day, days int, give func(Task)) {
	if r.Open&mine == 0 {
		return
	}
	left, dates := r.Left() || r.Deceased, t.For(r.leaves(today), r.Stay)
	for i := range checklist {
		facts := &checklist[i]
		if r.Open&mine&(1<<i) == 0 || !inSeason(facts, left) {
			continue
		}
		due, now := dates.Due(facts), dates.Now(facts, today)
		if now {
			due = today
		}
		if due.IsZero() || due > today+Day(days) || left && due < today-followUpDays {
			continue
		}
		give(Task{Row: r, Item: facts, State: r.stateOf(1 << i), Due: due, Now: now})
	}
}

// When says when the task is due, as short as its column is; spelled out for who
// listens.
func (t Task) When(today Day, spelled bool) string {
	if t.Now {
		return "due now"
	}
	return DueWords(t.Due, today, spelled)
}

// WorklistWords says how much waits for a role, and how much of it is late; "" when
// nothing waits.
func WorklistWords(tasks []Task, role Role, today Day) string {
	late := 0
	for i := range tasks {
		if tasks[i].Overdue(today) {
			late++
		}
	}
	switch len(tasks) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("1 line waits for %s, %d overdue.", role.Words(), late)
	}
	return fmt.Sprintf("%d lines wait for %s, %d overdue.", len(tasks), role.Words(), late)
}

// NothingWaits says that a worklist is empty.
func NothingWaits(role Role) string {
	return fmt.Sprintf("Nothing waits for %s in the next %d days.", role.Words(), WorklistDays)
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
func (r *Row) StateOf(id ItemID) ItemState { return r.stateOf(id.Bit()) }

func (r *Row) stateOf(bit uint32) ItemState {
	switch {
	case r.Stuck&bit != 0:
		return Problem
	case r.Begun&bit != 0:
		return InProgress
	}
	return NotStarted
}
