package model

import (
	"maps"
	"time"
)

// Some lines that are done are looked at again as the release comes near: a date
// moves, an address falls through, a result comes in. The days stand in the
// checklist's table (release checklist: "re-check D-28, D-7, D-1"). Looking at a
// line again changes nothing of it; who finds it wrong sets it anew.

// ItemChecked records that somebody looked again at a line that is done, and that
// it still is.
type ItemChecked struct {
	Item ItemID `json:"item"`
}

// Kind implements Change.
func (*ItemChecked) Kind() string { return "item.checked" }

// Slot is empty: two desks that both look have both looked.
func (*ItemChecked) Slot() string { return "" }

// Compartment implements Change.
func (*ItemChecked) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *ItemChecked) Check(r *Record, _ time.Time) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	if facts, _ := FactsOf(c.Item); r.Shared.Item(c.Item).State != Done || r.Shared.disputed(c.Item) {
		return Invalid(facts.Name+" is not done.", "Do it first; it is checked again as the release comes near.")
	}
	return nil
}

// checkForm is what needs no record.
func (c *ItemChecked) checkForm() error {
	if facts, known := FactsOf(c.Item); !known || len(facts.Again) == 0 {
		return Invalid("This line is not one that is checked again.", "")
	}
	return nil
}

// Apply implements Change.
func (c *ItemChecked) Apply(r *Record, op *Op) {
	if c.checkForm() != nil {
		return
	}
	checked := maps.Clone(r.Shared.Checked) // a copy of the record may hold the same map
	if checked == nil {
		checked = make(map[ItemID]Signed)
	}
	checked[c.Item] = signedBy(op)
	r.Shared.Checked = checked
}

// String implements Change.
func (c *ItemChecked) String() string {
	facts, _ := FactsOf(c.Item)
	return facts.Name + ": checked again, still done"
}

// LastSeen is when a line was done or, if that was later, checked again.
func (s *SharedPart) LastSeen(id ItemID) Stamp {
	at := s.Item(id).At
	if checked := s.Checked[id].At; checked.After(at) {
		return checked
	}
	return at
}

// CheckAgain is the day on which a line that is done is to be looked at again: the
// first of its days that nobody has looked on or after. Zero when there is none,
// and once the person has left.
func (s *SharedPart) CheckAgain(f *ItemFacts) Day {
	_, gone := s.Gone()
	if len(f.Again) == 0 || gone || s.Release.Day.IsZero() || !s.Deceased.IsZero() || s.Item(f.ID).State != Done {
		return 0
	}
	last := s.LastSeen(f.ID)
	if last.IsZero() {
		return 0
	}
	gate, seen := Timeline(nil).For(s.Release, s.Stay).before, DayOf(last.Time())
	for _, days := range f.Again {
		if day := gate + Day(days); day > seen {
			return max(day, s.Stay.Received) // before, it was another prison's
		}
	}
	return 0
}

// ChecksAgain tells whether that day has come.
func (s *SharedPart) ChecksAgain(f *ItemFacts, today Day) bool {
	day := s.CheckAgain(f)
	return !day.IsZero() && day <= today
}

// AgainRow is a line that is done and is to be looked at again, as a list knows it.
type AgainRow struct {
	Bit uint32 `json:"bit"` // as in Row.Open
	Day Day    `json:"day"`
}

func (s *SharedPart) againRows() []AgainRow {
	var out []AgainRow
	way := s.Way()
	for i := range checklist {
		facts := &checklist[i]
		if len(facts.Again) == 0 || !facts.appliesTo(s, way) || s.disputed(facts.ID) {
			continue
		}
		if day := s.CheckAgain(facts); !day.IsZero() {
			out = append(out, AgainRow{1 << i, day})
		}
	}
	return out
}
