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
	ops     []*model.Op
	read    bool
}

type historyMsg struct{ ops []*model.Op }

func newHistory(e *env, r *model.Record) *history {
	s := &history{env: e, record: r, list: part.NewList(e.theme)}
	s.columns = part.NewColumns(part.Column{Width: 17}, part.Column{Width: 14}, part.Column{Width: 9, From: 100}, part.Column{Flex: 1, Width: 20})
	s.list.Empty = "Nothing was written yet."
	return s
}

// Title implements Screen.
func (*history) Title() string { return "History" }

// Load implements Screen.
func (s *history) Load() tea.Cmd {
	return s.ask(s, func() (tea.Msg, error) {
		ops, err := s.env.History(context.Background(), s.record.ID)
		return historyMsg{ops}, err
	})
}

// Subject implements Subject.
func (s *history) Subject() *model.Record { return s.record }

// Actions implements Screen.
func (*history) Actions() []Action { return nil }

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

func (s *history) line(i, width int) part.Line {
	op := s.at(i)
	what := "An entry of a newer version of this program"
	if op.Change != nil {
		what = op.Change.String()
	}
	return s.columns.Line(width,
		part.Cell{Text: model.InstantOf(op.Stamp.Time()).String(), Style: s.env.theme.Muted},
		part.Cell{Text: s.env.StaffName(op.Actor.Staff)},
		part.Cell{Text: op.Compartment.String(), Style: s.env.theme.Muted},
		part.Cell{Text: what},
	)
}

// View implements Screen.
func (s *history) View(width, height int) string {
	if !s.read {
		return ""
	}
	return s.list.View(width, height)
}
