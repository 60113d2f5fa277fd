package model

import "maps"

// A line of the checklist can rest on something that runs out, such as a consent
// with a last day. Nobody writes an entry on the day it does: each desk sees it
// when it reads.

// detailRanOut is what the board says of such a line.
const detailRanOut = "run out"

// RanOut tells whether the line was done and what it rests on is over.
func (i Item) RanOut(today Day) bool {
	return i.State == Done && !i.Until.IsZero() && today > i.Until
}

// reopened is the line once that has happened.
func (i Item) reopened() Item {
	i.State, i.Detail, i.Note = InProgress, detailRanOut, "ran out on "+i.Until.String()
	return i
}

// On is the shared part as it reads on a day. It may share memory with s, which
// stays as it is.
func (s *SharedPart) On(today Day) SharedPart {
	out := *s
	copied := false
	for id, item := range s.Items {
		if !item.RanOut(today) {
			continue
		}
		if !copied {
			out.Items, copied = maps.Clone(s.Items), true
		}
		out.Items[id] = item.reopened()
	}
	return out
}

// On is the record as it reads on a day.
func (r *Record) On(today Day) *Record {
	out := *r
	out.today = today
	out.Shared = r.Shared.On(today)
	return &out
}

// On is the row as it reads on a day.
func (r *Row) On(today Day) Row {
	out := *r
	if !r.Until.IsZero() && today > r.Until {
		out.Open |= ItemConsent.Bit()
	}
	return out
}

// lastsUntil is the last day of what a line that is done rests on, zero when
// there is none.
func (s *SharedPart) lastsUntil(id ItemID) Day {
	if item := s.Item(id); item.State == Done {
		return item.Until
	}
	return 0
}
