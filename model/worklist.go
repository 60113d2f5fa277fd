package model

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
)

// Task is something to do about a line of somebody's checklist, as the role whose it
// is sees it: an open line, one to follow up after the release, or one that is done
// and is to be looked at again.
type Task struct {
	Row   *Row
	Item  *ItemFacts
	State ItemState
	Due   Day
	Now   bool // due now: the release came at short notice
	Again bool // done, and to be checked again
	bit   uint32
	what  string // what is to be done, where the line's name does not say it
}

// Overdue tells whether the task should have been done before today.
func (t Task) Overdue(today Day) bool { return t.Due < today && !t.Now }

// What says what is to be done, as a column shows it.
func (t Task) What() string {
	if t.what != "" {
		return t.Item.Name + ": " + t.what
	}
	return t.Item.Name
}

// StateWords says how far it is, as a column shows it.
func (t Task) StateWords() string {
	switch {
	case t.Again:
		return "Check again"
	case t.State == Problem:
		return "PROBLEM"
	}
	return t.State.Words()
}

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
	mine := dutiesOf(role)
	for i := range rows {
		t.tasks(&rows[i], mine, today, days, func(task Task) { out = append(out, task) })
	}
	slices.SortFunc(out, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Row.Name, b.Row.Name), slices.Compare(a.Row.ID[:], b.Row.ID[:]), cmp.Compare(a.bit, b.bit))
	})
	return out
}

// duties is the lines that are a role's to do, as bits like those of Row.Open.
type duties struct {
	lines uint32
	signs bool // what waits for a prescriber's signature
}

func dutiesOf(role Role) duties {
	d := duties{signs: role == RolePrescriber}
	for i := range checklist {
		if checklist[i].Owners[0] == role {
			d.lines |= 1 << i
		}
	}
	return d
}

// everything is what anybody has to do.
var everything = duties{lines: ^uint32(0), signs: true}

// of is the lines of somebody. What others have prepared and only a signature is
// missing on is the signer's, and theirs no more.
func (d duties) of(r *Row) uint32 {
	if d.signs {
		return d.lines | r.Sign
	}
	return d.lines &^ r.Sign
}

// Whose is the role that has it to do.
func (t Task) Whose() Role {
	if t.Row.Sign&t.bit != 0 {
		return RolePrescriber
	}
	return t.Item.Owners[0]
}

// tasks gives what is to be done about some lines of somebody within so many days.
func (t Timeline) tasks(r *Row, of duties, today Day, days int, give func(Task)) {
	mine := of.of(r)
	if open := r.Open & mine; open != 0 {
		dates := t.ofRow(r, today)
		for i := range checklist {
			if bit := uint32(1) << i; open&bit != 0 {
				task := Task{Row: r, Item: &checklist[i], State: r.stateOf(bit), bit: bit}
				if r.plan(&task, dates, today) && task.Due <= today+Day(days) {
					give(task)
				}
			}
		}
	}
	for _, again := range r.Again {
		// A check before its day does not count, so nothing waits before it.
		if again.Bit&mine != 0 && again.Day <= min(today, today+Day(days)) {
			give(Task{Row: r, Item: &checklist[bits.TrailingZeros32(again.Bit)], State: Done, Due: again.Day, Again: true, bit: again.Bit})
		}
	}
}

// anyOverdue tells whether one of these lines of somebody is overdue.
func (t Timeline) anyOverdue(r *Row, of duties, today Day) bool {
	late := false
	if r.Open&of.of(r) != 0 || len(r.Again) > 0 {
		const yesterday = -1
		t.tasks(r, of, today, yesterday, func(Task) { late = true })
	}
	return late
}

// ofRow returns what the due days of somebody in a list count from.
func (t Timeline) ofRow(r *Row, today Day) Dates {
	return t.For(r.leaves(today), r.Stay).with(r.Chase, r.After.Left, r.After.On)
}

// plan says by when an open line is to be worked, and false where it cannot be
// worked now or has no day.
func (r *Row) plan(task *Task, dates Dates, today Day) bool {
	facts := task.Item
	if r.Left() || r.Deceased {
		return r.followUp(task, dates, today)
	}
	task.Due, task.Now = dates.Due(facts), dates.Now(facts, today)
	if task.Now {
		task.Due = today
	}
	if dates.chases(facts) {
		task.what = chaseWords(r.Release.Day, task.Due)
	}
	return facts.Stage != AfterRelease && !task.Due.IsZero()
}

// followUp is plan for somebody who has left, with the days of FollowUps. What could
// only be done at the gate is over, but property goes to them later too.
func (r *Row) followUp(task *Task, dates Dates, today Day) bool {
	facts := task.Item
	task.Due = dates.Due(facts)
	switch {
	case dates.left.IsZero() || facts.Stage == AtGate && facts.ID != ItemProperty:
		return false
	case facts.ID == ItemAfterRelease:
		if r.After.On == 0 {
			return false
		}
		task.what = fmt.Sprintf("day %d", r.After.On)
	}
	return task.Due >= today-followUpDays
}

// chaseWords says what to do about a practice that has not answered: within the last
// week it is not enough to ask it once more.
func chaseWords(release, due Day) string {
	if !release.IsZero() && due > release-SecondChaseDays {
		return "escalate"
	}
	return "chase"
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

// leaves is the release that due days count from: today for who is at court without
// a date. Nobody could have told that day before, so what would be late is due now.
func (r *Row) leaves(today Day) Release {
	out := r.Release
	if out.Day.IsZero() && r.AtCourt(today) {
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
