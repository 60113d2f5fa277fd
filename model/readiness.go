package model

// Missing is one thing that stands between a person and the gate.
type Missing struct {
	Item  ItemFacts
	State ItemState
	Note  string
	Whose Role
	Since Stamp // when it was last worked on, or when the person became known
	Due   Day   // zero when there is no release date
}

// Overdue tells whether the thing should have been done before today.
func (m Missing) Overdue(today Day) bool { return !m.Due.IsZero() && m.Due < today }

// Readiness says what is missing, whose it is and since when, in the order of
// the checklist. It reads the shared part only, so everybody gets the same
// answer.
func Readiness(s *SharedPart) []Missing { return Timeline(nil).Readiness(s) }

// Readiness is the same by the prison's own days.
func (t Timeline) Readiness(s *SharedPart) []Missing {
	var out []Missing
	dates := t.For(s.Release, s.Stay)
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
		m.Due = dates.Due(&facts)
		if chase := s.ChaseDue(); facts.ID == ItemGP && !chase.IsZero() {
			m.Due = chase
		}
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
	open, _, _ := openItems(s)
	return open&blocking == 0
}
