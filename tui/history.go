package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// history is everything written about one person that the reader may see, the
// newest first.
type history struct {
	asker
	env     *env
	record  *model.Record
	list    *part.List
	columns *part.Columns
	ops     []*model.Op // oldest first
	read    bool
}

type historyMsg struct{ ops []*model.Op }

func newHistory(e *env, r *model.Record) *history {
	s := &history{env: e, record: r, list: part.NewList(e.theme)}
	s.columns = part.NewColumns(part.Column{Title: "when", Width: 17}, part.Column{Title: "who", Width: 14},
		part.Column{Title: "part of the record", Width: 9, From: 100}, part.Column{Title: "what", Flex: 1, Width: 20})
	s.list.Empty = "Nothing was written yet."
	return s
}

// Title implements Screen.
func (*history) Title() string { return "History" }

// Load implements Screen.
func (s *history) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		ops, err := s.env.History(context.Background(), s.record.ID)
		return historyMsg{ops}, err
	})
}

// Subject implements Subject.
func (s *history) Subject() *model.Record { return s.record }

// Actions implements Screen.
func (*history) Actions() []Action { return append([]Action{back()}, moving()...) }

// Update implements Screen.
func (s *history) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(historyMsg)
	if !ok {
		return s.list.Update(msg)
	}
	s.ops, s.read = answer.ops, true
	s.list.SetRows(part.Rows{Len: len(s.ops), ID: func(i int) string { return s.at(i).Stamp.String() }, Line: s.line})
	return nil
}

// at counts from the newest.
func (s *history) at(i int) *model.Op { return s.ops[len(s.ops)-1-i] }

func opWords(op *model.Op) string {
	if op.Change == nil {
		return "An entry of a newer version of this program"
	}
	return op.Change.String()
}

func (s *history) line(i, width int) part.Line {
	op := s.at(i)
	return s.columns.Line(width,
		part.Cell{Text: model.InstantOf(op.Stamp.Time()).String(), Style: s.env.theme.Muted},
		part.Cell{Text: s.env.StaffName(op.Actor.Staff)},
		part.Cell{Text: op.Compartment.String(), Style: s.env.theme.Muted},
		part.Cell{Text: opWords(op)},
	)
}

// historyDetail is how many lines say the entry under the cursor in full.
const historyDetail = 4

// View implements Screen.
func (s *history) View(width, height int) string {
	if !s.read {
		return ""
	}
	list := fill(s.list.View(width, height-historyDetail-1), height-historyDetail-1)
	lines := []string{list, part.Rule(s.env.theme, width)}
	for _, text := range s.detail() {
		lines = append(lines, part.Notices(width, text, s.env.theme.Text, historyDetail)...)
	}
	return joinLines(lines)
}

// detail is the entry under the cursor in full.
func (s *history) detail() []string {
	i := s.list.Index()
	if i < 0 {
		return nil
	}
	op := s.at(i)
	return []string{opWords(op) + ". " + s.env.by(op.Actor.Staff, op.Stamp) + ", " + op.Actor.Role.Words() + "."}
}

// Speak implements Screen.
func (s *history) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	return Speech{Names: s.columns.Names(), List: s.list, Detail: s.detail}
}
