package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// printing lists the papers that can be made: of one person, or of everybody.
type printing struct {
	env     *env
	record  *model.Record // nil: the papers about many people
	list    *part.List
	columns *part.Columns
	papers  []model.PaperFacts
}

func newPrinting(e *env, r *model.Record) *printing {
	s := &printing{env: e, record: r, list: part.NewList(e.theme), columns: part.NewColumns(
		part.Column{Title: "paper", Width: 20}, part.Column{Title: "what is on it", Flex: 1, Width: 30},
	)}
	for _, facts := range model.Papers() {
		if facts.List == (r == nil) {
			s.papers = append(s.papers, facts)
		}
	}
	s.list.SetRows(part.Rows{Len: len(s.papers), ID: func(i int) string { return string(s.papers[i].Paper) }, Line: s.line})
	return s
}

// Title implements Screen.
func (*printing) Title() string { return "Print" }

// Load implements Screen: a paper is made of the record when it is asked for.
func (*printing) Load() tea.Cmd { return nil }

// Subject implements Subject.
func (s *printing) Subject() *model.Record { return s.record }

// Update implements Screen.
func (s *printing) Update(msg tea.Msg) tea.Cmd { return s.list.Update(msg) }

func (s *printing) line(i, width int) part.Line {
	says, style := s.papers[i].Says, s.env.theme.Text
	if why := s.whyNot(s.papers[i].Paper); why != "" {
		says, style = why, s.env.theme.Muted
	}
	return s.columns.Line(width, part.Cell{Text: s.papers[i].Name}, part.Cell{Text: says, Style: style})
}

// whyNot says why the person signed in may not have a paper, "" when they may.
func (s *printing) whyNot(p model.Paper) string {
	if err := model.WhyNotPaper(s.env.Actor().Role, p); err != nil {
		return err.Error()
	}
	return ""
}

// chosen is the paper under the cursor.
func (s *printing) chosen() model.Paper {
	id, _ := s.list.Selected()
	return model.Paper(id)
}

// Actions implements Screen.
func (s *printing) Actions() []Action {
	why := s.whyNot(s.chosen())
	writes := func(format string) func() tea.Cmd {
		return func() tea.Cmd { return s.write(s.chosen(), format) }
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "PDF", Row: onRow, Says: "Write the paper under the cursor as a PDF.", Disabled: why, Run: writes(".pdf")},
		{Key: "t", Name: "text", Row: onRow, Says: "Write the paper under the cursor as plain text.", Disabled: why, Run: writes(".txt")},
		back(),
	}, moving()...)
}

func (s *printing) write(p model.Paper, format string) tea.Cmd {
	return printPaper(s.env, p, s.record, format)
}

// printPaper writes a paper to a file and says where it is. The name of the file
// has the prison number and no name: lists of files are seen by others.
func printPaper(e *env, p model.Paper, r *model.Record, format string) tea.Cmd {
	document := Document{Paper: p, Name: string(p) + "-" + e.today().ISO() + format}
	if r != nil {
		number := r.Number(model.SchemePrison)
		if number == "" {
			number = "no-number"
		}
		document.Person, document.Name = r.ID, string(p)+"-"+strings.ToLower(number)+format
	}
	return func() tea.Msg {
		path, err := e.Export(context.Background(), document)
		if err != nil {
			return failMsg{err}
		}
		return noticeMsg{text: "Written to " + path}
	}
}

// printingNote stands above the list.
const printingNote = "Each is made of what is recorded now, with the protective marking, your name and the time. That you printed it is written down."

// View implements Screen.
func (s *printing) View(width, height int) string {
	lines := append(part.Notices(width, printingNote, s.env.theme.Muted, 2), "")
	return joinLines(append(lines, s.list.View(width, height-len(lines))))
}

// Speak implements Screen.
func (s *printing) Speak() Speech {
	return Speech{Head: []string{printingNote}, Names: s.columns.Names(), List: s.list}
}
