package tui

import (
	"strings"

	"github.com/throughgate/throughgate/tui/part"
)

// Speech is a screen in words, for plain mode, which draws nothing. What is
// empty is left out. It is said in this order.
type Speech struct {
	// Head is how things stand, a paragraph each, before there is anything to
	// choose.
	Head []string
	// Names are what the facts of a line of List are, said once.
	Names []string
	// List is the lines there are to choose from. They are numbered.
	List *part.List
	// From is the id of the line List is said from, when somebody asked for it;
	// "" is its top.
	From string
	// Filter narrows List by a search of the screen's own; where it is nil plain
	// mode passes over the lines that do not match.
	Filter *part.Filter
	// Detail is all there is to know of the selected line of List.
	Detail func() []string
	// Text is what is read and not chosen from, a paragraph each.
	Text []string
	// Form is asked question by question.
	Form *part.Form
	// Direct sends Form after its last question: there is nothing to look over.
	Direct bool
	// Confirm is a question that only a typed word answers.
	Confirm *part.Confirm
}

// blank tells whether a screen has nothing to say yet: what it shows is still
// being read.
func (s Speech) blank() bool {
	return len(s.Head) == 0 && s.List == nil && len(s.Text) == 0 && s.Form == nil && s.Confirm == nil
}

// spoken is painted lines as paragraphs; blank ones are left out.
func spoken(lines []string) []string {
	kept := make([]string, 0, len(lines))
	for _, l := range lines {
		if l = strings.TrimSpace(l); l != "" {
			kept = append(kept, l)
		}
	}
	return kept
}

// told is tellings as paragraphs.
func told(all []telling) []string {
	lines := make([]string, len(all))
	for i, t := range all {
		lines[i] = t.text
	}
	return spoken(lines)
}
