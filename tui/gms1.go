package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

const gms1Screen = "gms1"

// gms1 is the registration form (GMS1): its pages, and how much of each is
// answered.
type gms1 struct {
	healthPage
	form    model.GMS1Form
	columns *part.Columns
}

func newGMS1(e *env, id model.PersonID) *gms1 {
	return &gms1{healthPage: newHealthPage(e, gms1Screen, id, 4), columns: part.NewColumns(
		part.Column{Title: "page", Width: 26}, part.Column{Title: "answered", Width: 18}, part.Column{Title: "by", Flex: 1, Width: 24},
	)}
}

// Title implements Screen.
func (*gms1) Title() string { return "Registration form" }

// Load implements Screen.
func (s *gms1) Load() tea.Cmd { return s.read(s) }

// Update implements Screen.
func (s *gms1) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	s.record = answer.record
	s.form = model.AssembleGMS1(s.record, s.env.place.Name, s.env.now())
	var rows []pageRow
	for _, page := range model.GMS1Pages() {
		rows = append(rows, pageRow{id: string(page), cells: s.page(page)})
	}
	s.list.SetRows(rowsOf(s.env.theme, rows, s.columns))
	return nil
}

func (s *gms1) page(page model.GMS1Page) []part.Cell {
	t, h := s.env.theme, s.record.Health
	said, questions := 0, model.GMS1Questions(page)
	for _, q := range questions {
		if h.Answer(q).Said != model.GMS1NotAsked {
			said++
		}
	}
	style := t.Warn
	if said == len(questions) {
		style = t.Good
	}
	by := h.GMS1[page].By
	return []part.Cell{{Text: page.Words()}, {Text: fmt.Sprintf("%d of %d", said, len(questions)), Style: style}, {Text: s.env.by(by.Staff, by.At), Style: t.Muted}}
}

// Actions implements Screen.
func (s *gms1) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r, page := s.env, s.record, model.GMS1Page(s.selected())
	return append([]Action{
		{Key: part.KeyEnter, Name: "fill in", Word: "fill", Row: onRow, Says: "Fill in the page under the cursor.", Disabled: e.allow(r, &model.GMS1Set{}), Run: func() tea.Cmd { return open(newGMS1Form(e, r, page)) }},
		{Key: "x", Name: "PDF", Says: "Write the form as a PDF, for the person to sign and the practice to use.", Run: func() tea.Cmd { return printPaper(e, model.PaperGMS1, r, ".pdf") }},
		{Key: "t", Word: "text", Says: "The same as plain text.", Run: func() tea.Cmd { return printPaper(e, model.PaperGMS1, r, ".txt") }},
		{Key: "w", Name: "rights", Says: "Write the sheet that tells the person what a practice may not ask for.", Run: func() tea.Cmd { return printPaper(e, model.PaperEntitlement, r, ".pdf") }},
		back(),
	}, moving()...)
}

// View implements Screen.
func (s *gms1) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}

// Speak implements Screen.
func (s *gms1) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}

// head says how complete the form is, in words.
func (s *gms1) head(width int) []string {
	t := s.env.theme
	style := t.Warn
	if len(s.form.Wants) == 0 {
		style = t.Good
	}
	lines := wrapped(width, 3, telling{s.form.Complete(), style})
	rest := "Name, birth, NHS number, address, allergies, conditions, medicines and consent come from the record."
	if s.record.Shared.Restricted {
		rest = "This person is restricted: address, telephone and practice are not printed. Tell the practice by telephone."
	}
	return append(append(lines, wrapped(width, 2, telling{rest, t.Muted})...), "")
}

// detail is what the page under the cursor still asks.
func (s *gms1) detail(int) []telling {
	t := s.env.theme
	var open, declined []string
	for _, q := range model.GMS1Questions(model.GMS1Page(s.selected())) {
		switch s.record.Health.Answer(q).Said {
		case model.GMS1NotAsked:
			open = append(open, q.Label)
		case model.GMS1Declined:
			declined = append(declined, q.Label)
		}
	}
	var out []telling
	if len(open) > 0 {
		out = append(out, telling{"Not asked: " + strings.Join(open, ", ") + ".", t.Warn})
	}
	if len(declined) > 0 {
		out = append(out, telling{"Declined: " + strings.Join(declined, ", ") + ".", t.Muted})
	}
	return out
}
