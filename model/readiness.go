package model

// Missing is one thing that stands between a person and the gate.
type Missing struct {
	Item  ItemFacts
	State ItemState
	Note  string
	Whose Role
	Since Stamp // when it was last worked on, or when the person became known
	Due   Day   // zero when there is no release date
	never bool  // nobody here could have done it by then: see Dates.Now
}

// Overdue tells whether the thing should have been done before today.
func (m Missing) Overdue(today Day) bool { return !m.never && !m.Due.IsZero() && m.Due < today }

// Now tells whether it should have been, had anybody known of the release then.
func (m Missing) Now(today Day) bool { return m.never && !m.Due.IsZero() && m.Due < today }

// Readiness says what is missing, whose it is, since when and by when, in the order
// of the checklist. It reads the shared part only, so everybody at a prison gets
// the same answer. There is no such list without the prison's own days: a nil
// Timeline is said by who knows that none is set, or that no day is looked at.
func (t Timeline) Readiness(s *SharedPart) []Missing {
	var out []Missing
	dates := t.Of(s)
	for _, facts := range ChecklistFor(s) {
		item := s.Item(facts.ID)
		switch {
		case s.disputed(facts.ID):
			item.State, item.Note = Problem, "Two desks wrote this without seeing each other. Settle the conflict."
		case item.State.Settled():
			continue
		}
		m := Missing{Item: facts, State: item.State, Note: item.Note, Whose: facts.Owners[0], Since: item.At}
		if m.Since.IsZero() {
			m.Since = s.CreatedAt
		}
		m.Due, m.never = dates.Due(&facts), dates.never(&facts)
		out = append(out, m)
	}
	return out
}

// disputed tells whether a line has values that nobody has chosen between. It
// says whatever was written last until then, and nobody is to leave on that.
func (s *SharedPart) disputed(id ItemID) bool {
	slot := "item/" + string(id)
	switch id {
	case ItemReleaseDate:
		slot = "release"
	case ItemNHSNumber:
		slot = "number/" + string(SchemeNHS)
	}
	return len(s.Slots[slot]) > 1
}

// Ready tells whether the person can go to the gate: every line that blocks and
// is for them is settled, but for what is done there, with them.
func Ready(s *SharedPart) bool {
	var row Row
	row.countItems(s)
	return row.Ready()
}
