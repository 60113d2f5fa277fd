package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// measureWeeks is how many weeks are looked at when nobody says.
const measureWeeks = 12

// measures shows how releases went: every measure over a period, and the
// one under the cursor week by week as bars.
type measures struct {
	asker
	env     *env
	weeks   int       // how many are looked at
	last    model.Day // the last day looked at; zero is today
	found   model.Measures
	read    bool
	list    *part.List
	columns *part.Columns
}

type measuresMsg struct{ found model.Measures }

// overdueID is the line of what is overdue, below the measures.
const overdueID = "overdue"

func newMeasures(e *env) *measures {
	return &measures{env: e, weeks: measureWeeks, list: part.NewList(e.theme), columns: part.NewColumns(
		part.Column{Title: "measure", Flex: 1, Width: 36}, part.Column{Title: "met", Width: 16}, part.Column{Title: "share", Width: 5},
	)}
}

// newMeasuresAt looks at the weeks that were looked at before.
func newMeasuresAt(e *env, span string) *measures {
	s := newMeasures(e)
	if n, err := fmt.Sscanf(span, "%d/%d", &s.weeks, &s.last); n != 2 || err != nil || !slices.Contains(measureSpans, s.weeks) {
		s.weeks, s.last = measureWeeks, 0
	}
	return s
}

// span names the weeks that are looked at.
func (s *measures) span() string { return fmt.Sprintf("%d/%d", s.weeks, int(s.last)) }

// Title implements Screen.
func (*measures) Title() string { return "Measures" }

// Load implements Screen. Counting takes longer with more people, so it is done
// in the command.
func (s *measures) Load() tea.Cmd {
	rows, now, to, weeks, due := s.env.Rows, s.env.now(), s.until(), s.weeks, s.env.timeline
	return s.load(s, func() (tea.Msg, error) {
		from := model.WeekOf(to).Monday() - 7*model.Day(weeks-1)
		return measuresMsg{model.MeasuresOf(rows(), from, to, model.InstantOf(now), due)}, nil
	})
}

func (s *measures) until() model.Day {
	if s.last.IsZero() {
		return s.env.today()
	}
	return s.last
}

// Update implements Screen.
func (s *measures) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(measuresMsg)
	if !ok {
		return s.list.Update(msg)
	}
	s.found, s.read = answer.found, true
	s.list.SetRows(part.Rows{Len: len(s.found.Measures) + 1, ID: s.id, Line: s.line})
	return nil
}

func (s *measures) id(i int) string {
	if i < len(s.found.Measures) {
		return string(s.found.Measures[i].ID)
	}
	return overdueID
}

func (s *measures) line(i, width int) part.Line {
	if i >= len(s.found.Measures) {
		return s.columns.Line(width, part.Cell{Text: "Overdue now, by whose it is"}, part.Cell{Text: plural(s.overdue(), "line", "lines")})
	}
	m := s.found.Measures[i]
	share, any := m.Percent()
	if !any {
		return s.columns.Line(width, part.Cell{Text: m.Name}, part.Cell{Text: "nobody to count", Style: s.env.theme.Muted})
	}
	return s.columns.Line(width, part.Cell{Text: m.Name}, part.Cell{Text: fmt.Sprintf("%d of %d", m.Met, m.Of)}, part.Cell{Text: fmt.Sprintf("%d%%", share)})
}

func (s *measures) overdue() int {
	n := 0
	for _, o := range s.found.Overdue {
		n += o.Lines
	}
	return n
}

// chosen is the measure under the cursor; false is what is overdue.
func (s *measures) chosen() (model.Measure, bool) {
	if i := s.list.Index(); i >= 0 && i < len(s.found.Measures) {
		return s.found.Measures[i], true
	}
	return model.Measure{}, false
}

// Actions implements Screen.
func (s *measures) Actions() []Action {
	return append([]Action{
		{Key: "w", Name: "weeks", Says: "Choose how many weeks to look at, and up to when.", Run: func() tea.Cmd { return open(newWhichWeeks(s)) }},
		back(),
	}, moving()...)
}

// head says what is counted.
func (s *measures) head() string {
	return fmt.Sprintf("%s to %s: %s.", s.found.From.Long(), s.found.To.Long(), plural(s.found.Left, "release", "releases"))
}

// notCounted says who was left out of a measure, "" when nobody was.
func notCounted(f model.Figure) string {
	var words []string
	for _, why := range model.Whys() {
		if n := f.Excluded[why]; n > 0 {
			words = append(words, fmt.Sprintf("%d %s", n, why.Words()))
		}
	}
	if words == nil {
		return ""
	}
	return "Not counted: " + strings.Join(words, ", ") + "."
}

// View implements Screen.
func (s *measures) View(width, height int) string {
	if !s.read {
		return ""
	}
	t, n := s.env.theme, len(s.found.Measures)+1
	lines := append(part.Notices(width, s.head(), t.Title, 1), "")
	lines = append(lines, strings.Split(s.list.View(min(width, 90), n), "\n")...)
	lines = append(lines, part.Rule(t, width))
	return joinLines(append(lines, s.chart(width, height-len(lines))...))
}

// chart is what is under the cursor, in the lines there are.
func (s *measures) chart(width, height int) []string {
	t := s.env.theme
	m, is := s.chosen()
	if !is {
		return s.overdueChart(width, height)
	}
	facts := model.FactsOfMeasure(m.ID)
	head := part.Notices(width, facts.Says, t.Text, 2)
	if out := notCounted(m.Figure); out != "" {
		head = append(head, part.Notices(width, out, t.Muted, 1)...)
	}
	return append(head, bars(weekBars(m), width, height-len(head))...)
}

// Speak implements Screen.
func (s *measures) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	return Speech{Head: []string{s.head()}, Names: s.columns.Names(), List: s.list, Detail: s.sentences}
}

// sentences are the chart in words.
func (s *measures) sentences() []string {
	m, is := s.chosen()
	if !is {
		return s.overdueSentences()
	}
	facts := model.FactsOfMeasure(m.ID)
	out := []string{facts.Says, "From: " + facts.Source + "."}
	if left := notCounted(m.Figure); left != "" {
		out = append(out, left)
	}
	empty := 0
	for _, w := range m.Weeks {
		share, any := w.Percent()
		if !any {
			empty++
			continue
		}
		out = append(out, fmt.Sprintf("Week %d, from %s: %d of %d, %d percent.", w.Week.Number(), w.Begins, w.Met, w.Of, share))
	}
	if empty > 0 {
		out = append(out, "In "+plural(empty, "week", "weeks")+" there was nobody to count.")
	}
	return out
}

func (s *measures) overdueSentences() []string {
	var out []string
	for _, o := range s.found.Overdue {
		out = append(out, fmt.Sprintf("%s: %s overdue. %s", o.Words, plural(o.Lines, "line", "lines"), fellDue(o)))
	}
	if out == nil {
		return []string{"Nothing is overdue."}
	}
	return append([]string{overdueWords}, out...)
}

// fellDue says in which weeks the lines fell due, the oldest first.
func fellDue(o model.OverdueLines) string {
	var words []string
	for _, w := range o.Weeks {
		words = append(words, fmt.Sprintf("%d from week %d", w.Lines, w.Week.Number()))
	}
	return "Fell due: " + strings.Join(words, ", ") + "."
}
