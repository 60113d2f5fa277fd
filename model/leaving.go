package model

import "maps"

// Gone is when the person went out of the gate for good, and whether they did.
func (s *SharedPart) Gone() (Instant, bool) {
	n := len(s.Movements)
	if s.Stay.Out != string(MovementRelease) || n == 0 {
		return 0, false
	}
	return s.Movements[n-1].At, true
}

// released tells whether the release is recorded that a movement says once more:
// two desks that both record it mean one leaving.
func (s *SharedPart) released(m Movement) bool {
	n := len(s.Movements)
	return m.Type == MovementRelease && s.Stay.Out == string(MovementRelease) && n > 0 &&
		s.Movements[n-1].Type == MovementRelease && s.Movements[n-1].Reason == m.Reason
}

// comeBack ends what belongs to a release, once the person is in prison again:
// what was done for the last release does not count for the next, so every line
// of the checklist begins anew (Resettlement Passport resets on
// RECALL_TO_PRISON). ThisStay does the same to what healthcare recorded. What
// was recorded since the person was back stays.
func (s *SharedPart) comeBack(said, now Instant) {
	at := min(s.notBeforeLeaving(said), now)
	s.Back, s.Gate, s.After = at, GateWalk{}, nil
	if s.Stay.LegalStatus != legalDead {
		s.Deceased = 0 // it was somebody else
	}
	s.Items = maps.Clone(s.Items) // a copy of the record may hold the same map
	maps.DeleteFunc(s.Items, func(_ ItemID, i Item) bool { return InstantOf(i.At.Time()).Before(at) })
	s.Checked = maps.Clone(s.Checked)
	maps.DeleteFunc(s.Checked, func(_ ItemID, by Signed) bool { return by.Instant().Before(at) })
	s.Bags = maps.Clone(s.Bags)
	maps.DeleteFunc(s.Bags, func(_ string, b Bag) bool { return !b.State.Waits() })
	if s.Rescue.Running() {
		s.Rescue.Back = at
	}
	if s.Release.Day <= DayOf(at.Time()) { // of the release that is over; a later date is known already
		s.Release = Release{}
	}
}

// notBeforeLeaving is when somebody came back, which was after they had left, and
// after they came back before, whatever time a desk gives for it: or work for the
// release that is over would count for the next.
func (s *SharedPart) notBeforeLeaving(back Instant) Instant {
	back = max(back, s.Back)
	for _, m := range s.Movements {
		back = max(back, m.At+1)
	}
	if n := len(s.Departures); n > 0 { // a list alone may have said it
		back = max(back, s.Departures[n-1].At+1)
	}
	return back
}

// wasBeforeRelease tells whether a movement was before the release that is
// recorded: a desk that was offline tells of it late, and it brings nobody back.
func (s *SharedPart) wasBeforeRelease(m Movement) bool {
	n := len(s.Movements)
	return n > 0 && s.Movements[n-1].Type == MovementRelease && m.At < s.Movements[n-1].At
}

// neverDied tells whether all that made the person leave was a death. Who is at
// the gate now never died, so it was another's and the person has not been away:
// their work stands.
func (s *SharedPart) neverDied() bool {
	n, d := len(s.Movements), len(s.Departures)
	if d == 0 || !s.leftByDeath() || s.Stay.LegalStatus == legalDead {
		return false
	}
	left := s.Departures[d-1]
	return left.Reason == reasonDied && left.Back.IsZero() && left.At == s.Movements[n-1].At
}

// FollowUp is something that was still to be done when the person left.
type FollowUp struct {
	Item     ItemFacts
	State    ItemState
	Whose    Role
	Due      Day
	Override GateOverride // zero where nobody overrode the line
}

// FollowUps lists what is left to do for somebody who has gone: lines that were
// overridden at the gate first, then every other line that is open. What can only
// be done at the gate is over, but for property, which goes to them later too, and a
// bag that went out on one signature. A line leaves the list when it is settled.
func (t Timeline) FollowUps(s *SharedPart) []FollowUp {
	if _, gone := s.Gone(); !gone || !s.Deceased.IsZero() {
		return nil
	}
	var first, then []FollowUp
	alone, handed := s.handedAlone()
	for _, m := range t.Readiness(s) {
		if m.Item.Stage == AtGate && m.Item.ID != ItemProperty && !(m.Item.ID == ItemHandover && handed) {
			continue
		}
		f := FollowUp{Item: m.Item, State: m.State, Whose: m.Whose, Due: m.Due}
		o, is := s.Gate.Overrides[m.Item.ID]
		if m.Item.ID == ItemHandover {
			o, is = alone, true
		}
		if is {
			f.Override = o
			first = append(first, f)
			continue
		}
		then = append(then, f)
	}
	return append(first, then...)
}

// AfterRow is what a board needs of what comes after a release.
type AfterRow struct {
	Left       Day `json:"left,omitzero"`        // the day on which the person went
	On         int `json:"on,omitempty"`         // the next check: day 1, 7 or 14
	Overridden int `json:"overridden,omitempty"` // lines that were overridden at the gate and are open
}

func (s *SharedPart) afterRow() AfterRow {
	left, gone := s.Gone()
	if !gone {
		return AfterRow{}
	}
	row := AfterRow{Left: DayOf(left.Time())}
	if due := Timeline(nil).ChecksDue(s); len(due) > 0 {
		row.On = due[0].On
	}
	for _, f := range s.overridden() {
		if !f.Override.By.IsZero() {
			row.Overridden++
		}
	}
	return row
}

// overridden is the follow-ups of somebody for whom a line was overridden.
func (s *SharedPart) overridden() []FollowUp {
	if _, alone := s.handedAlone(); !alone && len(s.Gate.Overrides) == 0 {
		return nil
	}
	return Timeline(nil).FollowUps(s) // their number is the same by any days
}

// followedFor is for how many days somebody who left stands on the board:
// RECONNECT takes people up to 28 days after a release.
const followedFor = 28

// Shown tells whether a board shows the person on a day.
func (a AfterRow) Shown(today Day) bool {
	return (a.On > 0 || a.Overridden > 0) && today <= a.Left+followedFor
}

// CheckDue is the day of the next check, as a row has it.
func (t Timeline) CheckDue(a AfterRow) Day { return t.checkDay(a.Left, a.On) }

// CheckOverdue tells whether the next check should have been made before today.
func (t Timeline) CheckOverdue(a AfterRow, today Day) bool { return a.On > 0 && t.CheckDue(a) < today }
