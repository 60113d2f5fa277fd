package tui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// boardQuestion is what the board asks, as it stood when it was asked.
type boardQuestion struct {
	rows      func() []model.Row
	find      func(query string, limit int) []model.Row
	role      model.Role
	timeline  model.Timeline
	today     model.Day
	everybody bool
	days      int
	query     string
	reviews   bool    // who asks reviews overrides, and is told how many wait
	order     []int32 // of everybody by name, as it was before: a start for the next
}

// boardMsg is the answer, laid out so that showing it walks no list.
type boardMsg struct {
	rows      []model.Row
	groups    []model.Group // their headings; nil in the list of everybody
	lines     []int32       // an index of rows; of groups, counted down from -1, for a heading
	ids       []model.PersonID
	order     []int32
	everybody bool
	days      int
	matching  int
	capped    bool // there are more that match
	total     int
	overrides int // that nobody has reviewed
}

// mostFound is how many people a filter of everybody lists: nobody reads more.
const mostFound = 1000

// answer runs in a command.
func (q boardQuestion) answer() boardMsg {
	all := q.rows()
	m := boardMsg{everybody: q.everybody, days: q.days, order: q.order}
	if q.reviews {
		m.overrides = overridesIn(all)
	}
	switch {
	case !q.everybody:
		q.releases(&m, all)
	case q.query != "":
		m.rows, m.total = q.find(q.query, mostFound+1), len(all)
		if m.capped = len(m.rows) > mostFound; m.capped {
			m.rows = m.rows[:mostFound]
		}
		m.lines = straight(len(m.rows))
		m.matching = len(m.rows)
	default:
		m.rows, m.total, m.matching = all, len(all), len(all)
		m.order = byName(all, q.order)
		m.lines = m.order
	}
	m.ids = make([]model.PersonID, len(m.lines))
	for i, line := range m.lines {
		if line >= 0 {
			m.ids[i] = m.rows[line].ID
		}
	}
	return m
}

func overridesIn(rows []model.Row) int {
	n := 0
	for i := range rows {
		n += rows[i].Glass
	}
	return n
}

// releases arranges who leaves under their days.
func (q boardQuestion) releases(m *boardMsg, all []model.Row) {
	wanted := newWords(q.query)
	if q.query != "" {
		q.find(q.query, 1) // the store writes down who searches for their own family name
	}
	for _, g := range model.Board(all, q.role, q.timeline, q.today, q.days) {
		m.total += len(g.Rows)
		if q.query != "" {
			g = onlyMatching(g, wanted)
		}
		if len(g.Rows) == 0 {
			continue
		}
		m.groups = append(m.groups, g)
		m.lines = append(m.lines, -int32(len(m.groups)))
		for range g.Rows {
			m.lines = append(m.lines, int32(m.matching))
			m.matching++
		}
	}
	m.rows = make([]model.Row, 0, m.matching)
	for _, g := range m.groups {
		m.rows = append(m.rows, g.Rows...)
	}
}

func onlyMatching(g model.Group, wanted words) model.Group {
	out := model.Group{Day: g.Day, Court: g.Court, Rescue: g.Rescue, After: g.After}
	for i := range g.Rows {
		if !wanted.in(g.Rows[i].SearchText()) {
			continue
		}
		out.Rows = append(out.Rows, g.Rows[i])
		if i < g.Late {
			out.Late++
		}
		if !g.Rows[i].Ready() {
			out.NotReady++
		}
	}
	return out
}

// words is what was typed into a filter. Each must begin a word of the text, in
// any order; a number may be typed in groups.
type words struct {
	each  []string // with a blank in front
	whole string   // all of them as one
}

func newWords(query string) words {
	var w words
	for _, word := range strings.Fields(model.Fold(query)) {
		w.each = append(w.each, " "+word)
		w.whole += word
	}
	w.whole = " " + w.whole
	return w
}

func (w words) in(text string) bool {
	text = " " + text
	for _, word := range w.each {
		if !strings.Contains(text, word) {
			return len(w.each) > 1 && strings.Contains(text, w.whole)
		}
	}
	return true
}

func straight(n int) []int32 {
	order := make([]int32, n)
	for i := range order {
		order[i] = int32(i)
	}
	return order
}

// byName orders everybody. An order that held before is nearly the one that
// holds now, and sorting what is nearly sorted is quick.
func byName(rows []model.Row, before []int32) []int32 {
	order := straight(len(rows))
	if len(before) == len(rows) {
		copy(order, before)
	}
	keys := make([]string, len(rows))
	for i := range rows {
		keys[i] = nameKey(rows[i].Name)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), slices.Compare(rows[a].ID[:], rows[b].ID[:]))
	})
	return order
}

// nameKey puts an accented letter beside the plain one.
func nameKey(name string) string {
	for i := range len(name) {
		if name[i] > '~' {
			return strings.ToUpper(model.Fold(name))
		}
	}
	return name
}

// row is who stands in line i, nil for a heading.
func (m *boardMsg) row(i int) *model.Row {
	if i >= len(m.lines) || m.lines[i] < 0 {
		return nil
	}
	return &m.rows[m.lines[i]]
}

// group is the heading in line i; nil for a person.
func (m *boardMsg) group(i int) *model.Group {
	if m.lines[i] >= 0 {
		return nil
	}
	return &m.groups[-m.lines[i]-1]
}

// idOf is a person's id as a list holds it: its bytes, which cost nothing to
// compare.
func idOf(id model.PersonID) string { return string(id[:]) }

// id names line i, "" for a heading.
func (m boardMsg) id(i int) string {
	if m.lines[i] < 0 {
		return ""
	}
	return idOf(m.ids[i])
}

// find looks for a line from the one at hand outwards, in the ids alone: a list
// of 100,000 is passed in a tenth of a millisecond.
func (m boardMsg) find(id string, near int) (int, bool) {
	var want model.PersonID
	if copy(want[:], id) != len(want) || want == (model.PersonID{}) {
		return 0, false
	}
	near = max(0, min(near, len(m.ids)))
	for up, down := near-1, near; up >= 0 || down < len(m.ids); up, down = up-1, down+1 {
		if down < len(m.ids) && m.ids[down] == want {
			return down, true
		}
		if up >= 0 && m.ids[up] == want {
			return up, true
		}
	}
	return 0, false
}

// firstOn is the first line of a day or of a later one.
func (m *boardMsg) firstOn(day model.Day) (int, bool) {
	for i := range m.lines {
		if g := m.group(i); g != nil && g.Day >= day {
			return i + 1, i+1 < len(m.lines)
		}
	}
	return 0, false
}
