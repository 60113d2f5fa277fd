package part

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Style paints one piece of text. It is a lipgloss style worked out once: rendering is then two
// string additions, where lipgloss takes a measuring pass (and one call a letter for underlined
// text). It knows only colours and attributes, never padding, borders or alignment. The zero value
// paints nothing.
type Style struct{ open string }

const reset = "\x1b[0m"

// StyleOf takes the colours and attributes of a lipgloss style.
func StyleOf(s lipgloss.Style) Style {
	open, _, found := strings.Cut(s.Render("x"), "x")
	if !found {
		return Style{}
	}
	return Style{open}
}

// Render paints s; each line of it on its own, so that lines may be cut apart afterwards.
// The text must not be painted already: the first reset inside would end this style too.
func (s Style) Render(text string) string {
	if s.open == "" || text == "" {
		return text
	}
	if strings.IndexByte(text, '\n') < 0 {
		return s.open + text + reset
	}
	return s.open + strings.ReplaceAll(text, "\n", reset+"\n"+s.open) + reset
}

// Over is this style laid over a base: what this one does not set shows the base.
func (s Style) Over(base Style) Style { return Style{base.open + s.open} }
