package part

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// HelpEntry is one thing that can be done here.
type HelpEntry struct {
	Key      string // as the footer writes it
	Text     string
	Disabled string // why it cannot be done now; "" when it can
}

// HelpSection is a group of entries under a title.
type HelpSection struct {
	Title   string
	Entries []HelpEntry
}

// Help lists everything that can be done on a screen, narrowed down live by what is typed. What
// cannot be done now stays in the list, with the reason.
type Help struct {
	// OnClose is called in Update on Esc and F1.
	OnClose func() tea.Cmd

	theme    *Theme
	title    string
	sections []HelpSection
	query    *TextInput
	list     *List
	shown    []HelpEntry // by row; a heading has only a text
	found    int
	total    int
}

// NewHelp makes the overlay.
func NewHelp(theme *Theme, title string, sections []HelpSection) *Help {
	h := &Help{theme: theme, title: title, sections: sections, query: NewTextInput(theme), list: NewList(theme)}
	h.list.Empty = "Nothing here is called that."
	h.query.Focus()
	h.narrow()
	return h
}

// narrow lists the entries that match, under the headings that have any.
func (h *Help) narrow() {
	h.shown, h.found, h.total = nil, 0, 0
	query := h.query.Value()
	var heading []bool
	for _, section := range h.sections {
		h.total += len(section.Entries)
		first := true
		for _, e := range section.Entries {
			if !Matches(query, e.Key+" "+e.Text+" "+section.Title) {
				continue
			}
			if first {
				h.shown, heading, first = append(h.shown, HelpEntry{Text: section.Title}), append(heading, true), false
			}
			h.shown, heading = append(h.shown, e), append(heading, false)
			h.found++
		}
	}
	h.list.Reset(h.rows(heading))
}

// The widths of the columns beside the sentence.
const (
	helpKey = 10
	helpNow = 7
)

func (h *Help) rows(heading []bool) Rows {
	shown := h.shown
	columns := NewColumns(Column{Width: helpKey}, Column{Flex: 1}, Column{Width: helpNow})
	return Rows{
		Len: len(shown),
		ID: func(i int) string {
			if heading[i] {
				return ""
			}
			return fmt.Sprint(i)
		},
		Line: func(i, width int) Line {
			e := shown[i]
			if heading[i] {
				return TextLine(e.Text, h.theme.Heading, width)
			}
			if e.Disabled == "" {
				return columns.Line(width, Cell{Text: e.Key, Style: h.theme.Key}, Cell{Text: e.Text, Style: h.theme.Text})
			}
			return columns.Line(width, Cell{Text: e.Key, Style: h.theme.Muted}, Cell{Text: e.Text, Style: h.theme.Muted},
				Cell{Text: "not now", Style: h.theme.Muted})
		},
	}
}

// Update types into the filter, moves with the arrows and page keys, and closes on Esc or F1.
func (h *Help) Update(msg tea.Msg) tea.Cmd {
	switch PressedKey(msg) {
	case KeyEscape, KeyF1:
		if h.OnClose != nil {
			return h.OnClose()
		}
		return nil
	case KeyUp, KeyDown, KeyPageUp, KeyPageDown:
		return h.list.Update(msg)
	}
	before := h.query.Value()
	h.query.Update(msg)
	if h.query.Value() != before {
		h.narrow()
	}
	return nil
}

// View paints the overlay over the whole of its room.
func (h *Help) View(width, height int) string {
	return Box(h.theme, h.title, width, height, h.body)
}

// helpReason is how many lines say in full why the marked entry cannot be done,
// or what it does, where its line had no room for all of it.
const helpReason = 2

func (h *Help) body(width, height int) string {
	count := fmt.Sprintf("%d of %d", h.found, h.total)
	label := "Filter: "
	room := max(1, width-Width(label)-2-2-Width(count))
	lines := []string{label + "[" + h.query.View(room, 1) + "]  " + h.theme.Muted.Render(count), ""}
	rows := max(1, height-len(lines)-helpReason-1)
	lines = append(lines, strings.Split(h.list.View(width, rows), "\n")...)
	for len(lines) < height-helpReason {
		lines = append(lines, "")
	}
	lines = append(lines, h.reason(width)...)
	return fit(lines, width, height)
}

func (h *Help) reason(width int) []string {
	at := h.list.Index()
	text, style := "Type to filter.  Esc closes.", h.theme.Muted
	switch {
	case at < 0:
	case h.shown[at].Disabled != "":
		text, style = "Not now: "+h.shown[at].Disabled, h.theme.Warn
	case Width(h.shown[at].Text) > width-helpKey-helpNow-4: // two for the mark, two for gaps
		text, style = h.shown[at].Text, h.theme.Text
	}
	lines := Wrap(text, width)
	if len(lines) > helpReason {
		lines[helpReason-1] = Cut(strings.Join(lines[helpReason-1:], " "), width)
		lines = lines[:helpReason]
	}
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}
