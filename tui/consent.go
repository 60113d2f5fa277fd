package tui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// consent is what the person was asked and answered, each question by itself.
type consent struct {
	healthPage
	columns *part.Columns
}

func newConsent(e *env, id model.PersonID) *consent {
	return &consent{healthPage: newHealthPage(e, consentScreen, id, 5), columns: part.NewColumns(
		part.Column{Title: "question", Width: 31}, part.Column{Title: "answer", Flex: 1, Width: 24}, part.Column{Title: "who recorded it", Width: 14, From: 100},
	)}
}

// Title implements Screen.
func (*consent) Title() string { return "Consent" }

// Load implements Screen.
func (s *consent) Load() tea.Cmd { return s.read(s) }

// Update implements Screen.
func (s *consent) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	s.record = answer.record
	questions := model.ConsentQuestions()
	rows := make([]pageRow, len(questions))
	for i, q := range questions {
		rows[i] = pageRow{id: string(q.Type), cells: s.cells(q)}
	}
	s.list.SetRows(rowsOf(s.env.theme, rows, s.columns))
	return nil
}

func (s *consent) cells(q model.ConsentFacts) []part.Cell {
	answer := s.record.Health.Consents[q.Type]
	words, style := s.answerWords(answer)
	who := ""
	if answer.Decision != model.ConsentNotRecorded {
		who = s.env.StaffName(answer.By.Staff)
	}
	return []part.Cell{{Text: q.Name}, {Text: words, Style: style}, {Text: who, Style: s.env.theme.Muted}}
}

// answerWords is an answer in a few words; one that has run out says so.
func (s *consent) answerWords(c model.Consent) (string, part.Style) {
	t := s.env.theme
	switch {
	case c.Earlier && c.Decision.Answered():
		return "ASK AGAIN: " + strings.ToLower(c.Decision.Words()) + " in an earlier stay", t.Danger
	case c.RanOut(s.env.today()):
		return "RUN OUT on " + c.Expires.String() + ", ask again", t.Danger
	case c.ToAsk(s.env.today()):
		return "ASK NOW: put off until " + c.AskAgain.String(), t.Danger
	case !c.AskAgain.IsZero():
		return "Later: ask on " + c.AskAgain.String(), t.Warn
	case c.Decision == model.ConsentLacksCapacity && c.DoIt:
		return "Lacks capacity: to be done, " + model.DayOf(c.By.At.Time()).String(), t.Warn
	case c.Decision == model.ConsentLacksCapacity:
		return "Lacks capacity: not to be done, " + model.DayOf(c.By.At.Time()).String(), t.Warn
	case c.Declined():
		return c.Words(), t.Danger
	case c.Agreed() && !c.Expires.IsZero(): // what it comes to first: a row is short
		return c.Decision.Words() + " until " + c.Expires.String() + ", since " + model.DayOf(c.By.At.Time()).String(), t.Good
	case c.Agreed():
		return c.Words(), t.Good
	}
	return c.Words(), t.Text
}

// Actions implements Screen.
func (s *consent) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r, q := s.env, s.record, model.ConsentType(s.selected())
	return append([]Action{
		{Key: part.KeyEnter, Name: "record the answer", Word: "record", Row: onRow, Says: "Record the person's answer to the question under the cursor, and to no other.", Disabled: e.allow(r, &model.ConsentSet{}), Run: func() tea.Cmd { return open(newConsentForm(e, r, q)) }},
		back(),
	}, moving()...)
}

// View implements Screen.
func (s *consent) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}

// Speak implements Screen.
func (s *consent) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}

func (s *consent) head(width int) []string {
	t := s.env.theme
	words := telling{"Each question has its own answer. \"Not asked\" is one, \"Not recorded\" is none.", t.Muted}
	if why := s.readOnly(&model.ConsentSet{}); why != "" {
		words.text = why
	}
	lines := wrapped(width, 2, words)
	var names []string
	for _, q := range s.record.Health.ConsentsToAsk(s.env.today()) {
		names = append(names, q.Name)
	}
	if len(names) > 0 {
		lines = append(lines, wrapped(width, 2, telling{"ASK NOW: " + strings.Join(names, "; ") + ".", t.Danger})...)
	}
	return lines
}

// detail is the question as it is put, and all of the answer.
func (s *consent) detail(int) []telling {
	t := s.env.theme
	q, found := model.ConsentFactsOf(model.ConsentType(s.selected()))
	if !found {
		return nil
	}
	out := []telling{{q.Question, t.Title}}
	answer := s.record.Health.Consents[q.Type]
	if answer.Decision == model.ConsentNotRecorded {
		return append(out, telling{notRecorded + ".", t.Text})
	}
	words := answer.Words() + ". Asked by " + s.env.by(answer.By.Staff, answer.By.At) + "."
	if answer.AskedBy != "" {
		words = answer.Words() + ". Asked by " + answer.AskedBy + ", recorded by " + s.env.by(answer.By.Staff, answer.By.At) + "."
	}
	for _, f := range []struct{ label, text string }{
		{"For", answer.Scope}, {"Decided", answer.BestInterest}, {"Not now", laterWords(answer)}, {"Reason", answer.Reason},
		{"Witness", answer.Witness}, {"Language", answer.Language}, {"Interpreter", answer.Interpreter}, {"Text", answer.TextVersion},
	} {
		if f.text != "" {
			words += " " + f.label + ": " + strings.TrimSuffix(f.text, ".") + "."
		}
	}
	return append(out, telling{words, t.Text}, s.changed(answer))
}

func laterWords(c model.Consent) string {
	if c.Later == "" {
		return ""
	}
	return c.Later.Words()
}

// changed says what the answer has changed elsewhere.
func (s *consent) changed(c model.Consent) telling {
	t, h := s.env.theme, s.record.Health
	outcome := c.Outcome(s.env.today())
	words := "Changed: " + h.WhatFollows(c.Type, outcome)
	switch outcome {
	case model.OutcomeRanOut, model.OutcomeLater:
		return telling{"Until there is an answer: " + model.WhatFollows(c.Type, outcome), t.Warn}
	case model.OutcomeAgreed:
		return telling{words, t.Text}
	}
	if done := h.AlreadyDone(c.Type); done != "" {
		words += " " + done
	}
	return telling{words, t.Warn}
}
