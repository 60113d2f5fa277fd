package model

// fewest is the smallest number that may leave the prison. A count of one to four
// at one prison in one week can be somebody whom a reader knows (NHS England's
// rules on small numbers suppress counts under five).
const fewest = 5

// Publishable returns the measures for readers outside the prison. What rests on
// fewer than five people, or tells of fewer than five who did or did not meet a
// measure, is hidden. Who was left out is hidden too, and where one week of a
// measure is hidden all are: they could be worked out from the total.
//
// At the desk nothing is hidden: whoever signs in there may read of each person.
func (m Measures) Publishable() Measures {
	out := m
	out.Published, out.Overdue = true, nil
	if m.Left < fewest {
		out.Left = 0
	}
	out.Measures = make([]Measure, len(m.Measures))
	for i, one := range m.Measures {
		out.Measures[i] = one.publishable()
	}
	for _, one := range m.Measures { // or who was left out could be taken from the difference
		if apart := m.Left - one.Of; apart > 0 && apart < fewest {
			out.Left = 0
		}
	}
	for _, o := range m.Overdue {
		if o.Lines >= fewest {
			o.Weeks = []WeekLines{}
			out.Overdue = append(out.Overdue, o)
		}
	}
	if out.Overdue == nil {
		out.Overdue = []OverdueLines{}
	}
	return out
}

func (m Measure) publishable() Measure {
	weeks := m.Weeks
	m.Figure, m.Weeks = m.Figure.publishable(), make([]WeekFigure, 0, len(weeks))
	for _, w := range weeks {
		w.Figure = w.Figure.publishable()
		m.Weeks = append(m.Weeks, w)
	}
	for _, w := range m.Weeks {
		if w.Hidden {
			m.Weeks = []WeekFigure{}
			break
		}
	}
	return m
}

// publishable hides a figure from which fewer than five people could be told.
// That nobody left at all tells of nobody.
func (f Figure) publishable() Figure {
	few := func(n int) bool { return n > 0 && n < fewest }
	if few(f.Of) || few(f.Met) || few(f.Of-f.Met) {
		return Figure{Hidden: true}
	}
	f.Excluded = nil
	return f
}
