package tui

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// healthPage is what the screens of the health record share.
type healthPage struct {
	recordPage
	foot int // lines below the list at least, for what there is to know of its row
}

func newHealthPage(e *env, name string, id model.PersonID, foot int) healthPage {
	return healthPage{newRecordPage(e, name, id), foot}
}

// read asks for the record. Only a reader of the health record gets it here.
func (p *healthPage) read(to Screen) tea.Cmd {
	return p.load(to, func() (tea.Msg, error) {
		r, err := p.env.Get(context.Background(), p.id)
		if err == nil && r.Health == nil {
			err = model.Forbidden(heldByHealthcare+".", "Ask a colleague who works with it.")
		}
		return recordMsg{r}, err
	})
}

// pageRow is a row of such a list: something to choose, or words between.
type pageRow struct {
	id    string // "" for words
	text  string
	cells []part.Cell
}

// rowsOf lays rows out; columns is asked for rows with cells.
func rowsOf(t *part.Theme, rows []pageRow, columns *part.Columns) part.Rows {
	return part.Rows{
		Len: len(rows),
		ID:  func(i int) string { return rows[i].id },
		Line: func(i, width int) part.Line {
			if rows[i].id == "" {
				return part.TextLine(rows[i].text, t.Heading, width)
			}
			return columns.Line(width, rows[i].cells...)
		},
	}
}

// telling is words in one style, to be broken into lines.
type telling struct {
	text  string
	style part.Style
}

// wrapped breaks words into at most so many lines; an ellipsis stands where more
// was left out.
func wrapped(width, most int, all ...telling) []string {
	var lines []string
	for _, s := range all {
		if s.text == "" {
			continue
		}
		for _, line := range part.Wrap(s.text, width) {
			if len(lines) == most {
				lines[most-1] = part.Cut(lines[most-1]+" "+line, min(width, part.Width(lines[most-1])+2))
				return lines
			}
			lines = append(lines, s.style.Render(line))
		}
	}
	return lines
}

// labelled is words behind a label, in at most so many lines under one another.
func labelled(width, most int, label, text string) []string {
	lines := wrapped(width-len(label), most, telling{text: text})
	for i := range lines {
		if lines[i] = label + lines[i]; i == 0 {
			label = strings.Repeat(" ", len(label))
		}
	}
	return lines
}

// layOut puts head, list and what there is to know of the row under the cursor
// on the page: below the list, or beside it where the window is wide.
func (p *healthPage) layOut(width, height int, head func(width int) []string, detail func(width int) []telling) string {
	t := p.env.theme
	if width >= sideFrom {
		main := width - sideWidth - sideGap
		lines := head(main)
		lines = append(lines, strings.Split(p.list.View(main, height-len(lines)), "\n")...)
		return part.Beside(t, joinLines(lines), main, joinLines(wrapped(sideWidth, height, detail(sideWidth)...)), height)
	}
	lines := head(width)
	foot := wrapped(width, max(p.foot, (height-len(lines))/2), detail(width)...) // more than its own lines only where words would be cut
	room := max(3, height-len(lines)-max(p.foot, len(foot))-1)
	lines = append(lines, fill(p.list.View(width, room), room), part.Rule(t, width))
	return joinLines(append(lines, foot...))
}

// readOnly says why a page can only be read, "" when it can be worked.
func (p *healthPage) readOnly(c model.Change) string {
	if why := p.env.allow(p.record, c); why != "" {
		return "You can read this and not change it. " + why
	}
	return ""
}

// either is the first reason there is.
func either(reasons ...string) string {
	for _, r := range reasons {
		if r != "" {
			return r
		}
	}
	return ""
}
