package model

import (
	"maps"
	"slices"
)

// Departure is one time that the person was released, with when each measured
// line of the checklist was first done for it. It is kept apart from the
// checklist because that goes on: it is written again after the release, and
// begins anew when the person comes back.
type Departure struct {
	At     Instant              `json:"at"`
	Reason string               `json:"reason,omitempty"` // of the movement
	Class  ReleaseClass         `json:"class,omitempty"`
	Back   Instant              `json:"back,omitempty"`  // when the person was in prison again
	Done   map[ItemID]Instant   `json:"done,omitempty"`  // when a line was first done; not after Back
	Other  map[ItemID]ItemState `json:"other,omitempty"` // lines that were refused or not needed
}

// measured is the lines of which a departure keeps when they were done.
var measured = []ItemID{ItemGP, ItemMedicines, ItemLetter, ItemLetterDelivered}

// maxDepartures bounds what a record keeps: somebody released and recalled every
// month of four years. The oldest go.
const maxDepartures = 48

// depart follows the person out of the gate and back. It is asked after every
// entry of the shared part, whichever kind it was: several record a release, and
// whoever adds another must not have to know of this.
func (s *SharedPart) depart(op *Op) {
	n := len(s.Departures)
	gone := n > 0 && s.Departures[n-1].Back.IsZero()
	out := s.Stay.Out == string(MovementRelease)
	now := InstantOf(op.Stamp.Time())
	switch {
	case out && !gone:
		s.Departures = append(slices.Clone(s.Departures), s.departure(now)) // a copy of the record may hold the same list
		s.Departures = s.Departures[max(0, len(s.Departures)-maxDepartures):]
	case gone && !out:
		s.replaceDeparture(func(d *Departure) { d.Back = now })
	}
	if !out {
		return
	}
	for _, id := range measured {
		if item := s.Items[id]; item.At == op.Stamp { // set by it, or settled
			s.replaceDeparture(func(d *Departure) { d.note(id, item, now) })
		}
	}
	s.departRescued(op.Stamp, now)
}

// rescueOf names a step of the rescue list among the lines of a departure.
func rescueOf(step RescueStep) ItemID { return "rescue/" + ItemID(step) }

// departRescued follows the rescue list. It can be started after the release was
// recorded, and then says what sort of release that was.
func (s *SharedPart) departRescued(stamp Stamp, now Instant) {
	rescue := &s.Rescue
	if rescue.By.At == stamp && rescue.Running() {
		s.replaceDeparture(func(d *Departure) { d.At, d.Reason, d.Class = rescue.Left, rescue.Reason, ReleaseNoNotice })
	}
	for _, step := range []RescueStep{RescueSupply, RescueLetter} {
		if mark := rescue.Steps[step]; mark.By.At == stamp && mark.State.Settled() {
			s.replaceDeparture(func(d *Departure) { d.note(rescueOf(step), Item{State: Done}, now) })
		}
	}
}

func (s *SharedPart) replaceDeparture(change func(*Departure)) {
	s.Departures = slices.Clone(s.Departures)
	last := &s.Departures[len(s.Departures)-1]
	last.Done, last.Other = maps.Clone(last.Done), maps.Clone(last.Other)
	change(last)
}

// departure is the release as it stands when it becomes known.
func (s *SharedPart) departure(known Instant) Departure {
	d := Departure{At: known, Reason: s.Release.Reason, Class: s.Release.Class}
	if n := len(s.Movements); n > 0 && s.Movements[n-1].Type == MovementRelease {
		last := s.Movements[n-1]
		if d.At = last.At; last.Reason != d.Reason { // it was planned otherwise
			d.Reason, d.Class = last.Reason, ReleaseClassOf(last.Reason)
		}
	}
	for _, id := range measured {
		d.note(id, s.Items[id], InstantOf(s.Items[id].At.Time()))
	}
	return d
}

// note keeps when a line was first done. What was done stays done: a letter that
// is written again the week after was still signed on the day.
func (d *Departure) note(id ItemID, item Item, at Instant) {
	if _, is := d.Done[id]; is {
		return
	}
	delete(d.Other, id)
	switch {
	case item.State == Done:
		if d.Done == nil {
			d.Done = make(map[ItemID]Instant)
		}
		d.Done[id] = at
	case item.State == Refused || item.State == NotNeeded:
		if d.Other == nil {
			d.Other = make(map[ItemID]ItemState)
		}
		d.Other[id] = item.State
	}
}

// Day is the day on which the person left.
func (d *Departure) Day() Day { return DayOf(d.At.Time()) }

// doneBy tells whether a line was done no later than a moment.
func (d *Departure) doneBy(id ItemID, by Instant) bool {
	at, is := d.Done[id]
	return is && at <= by
}

// endOf is the last moment of a day in London, whose days are not all of 24 hours.
func endOf(day Day) Instant { return (day + 1).Start() - 1 }
