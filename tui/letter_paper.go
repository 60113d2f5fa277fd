package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// paper is a letter to read, from the top or from one of its headings.
type paper struct {
	env    *env
	record *model.Record
	letter model.Letter
	signed *model.SignedLetter // nil for a draft
	from   model.HeadingCode   // heading to begin at; "" once it was shown
	pages  pages
}

func newPaper(e *env, r *model.Record, l model.Letter, signed *model.SignedLetter) *paper {
	return &paper{env: e, record: r, letter: l, signed: signed, pages: newPages()}
}

// Title implements Screen.
func (s *paper) Title() string {
	if s.signed == nil {
		return "Letter, draft"
	}
	return letterName(*s.signed) + ", signed"
}

// Load implements Screen: what is being read does not change under the reader.
func (*paper) Load() tea.Cmd { return nil }

// Subject implements Subject.
func (s *paper) Subject() *model.Record { return s.record }

// Actions implements Screen.
func (s *paper) Actions() []Action {
	return []Action{
		{Key: "x", Name: "PDF", Says: "Write this letter as a PDF.", Run: func() tea.Cmd { return exportLetter(s.env, s.record.ID, s.letter, s.signed, ".pdf") }},
		{Key: "t", Name: "text", Says: "Write this letter as plain text.", Run: func() tea.Cmd { return exportLetter(s.env, s.record.ID, s.letter, s.signed, ".txt") }},
		{Key: "f", Name: "FHIR", Says: saysFHIR, Run: func() tea.Cmd { return exportLetter(s.env, s.record.ID, s.letter, s.signed, ".json") }},
		back(),
	}
}

// saysFHIR is for whoever asks what the word means.
const saysFHIR = "The same as data, with the PDF in it, for another computer system (a FHIR document of UK Core)."

// Update scrolls.
func (s *paper) Update(msg tea.Msg) tea.Cmd { return s.pages.update(msg) }

// View implements Screen.
func (s *paper) View(width, height int) string {
	lines, begins := s.lines(min(width, 96))
	s.pages.show(lines, width, height-1)
	if s.from != "" {
		s.pages.SetYOffset(begins[s.from])
		s.from = ""
	}
	more := "End of the letter"
	if left := s.pages.left(); left > 0 {
		more = plural(left, "line", "lines") + " more: Page Down"
	}
	return unpadded(s.pages.View()) + "\n" + s.env.theme.Muted.Render(part.Cut(more, width))
}

// Speak implements Screen.
func (s *paper) Speak() Speech {
	var text []string
	begun := s.from == ""
	for _, n := range s.letter.Notices() {
		text = append(text, n.Head+". "+n.Text)
	}
	for _, section := range s.letter.Sections {
		if begun = begun || section.Code == s.from; begun {
			text = append(text, sectionWords(section)...)
		}
	}
	return Speech{Text: append(text, s.seal())}
}

// sectionWords is one section of a letter, a paragraph for each of its lines.
func sectionWords(section model.Section) []string {
	words := []string{"Heading: " + section.Heading + "."}
	if section.Source != "" {
		words[0] += " " + section.Source + "."
	}
	words = append(words, section.Lines...)
	for i, row := range tableRows(section.Table) {
		words = append(words, fmt.Sprintf("%d. %s", i+1, strings.Join(row, "; ")))
	}
	return words
}

// lines are the letter's, and where each heading begins.
func (s *paper) lines(width int) (lines []string, begins map[model.HeadingCode]int) {
	t := s.env.theme
	begins = make(map[model.HeadingCode]int)
	add := func(style part.Style, indent, text string) {
		for i, line := range part.Wrap(text, width-len(indent)-2) {
			if i > 0 {
				line = "  " + line
			}
			lines = append(lines, indent+style.Render(line))
		}
	}
	for _, n := range s.letter.Notices() {
		add(t.Warn, "", n.Head)
		add(t.Text, "  ", n.Text)
		lines = append(lines, "")
	}
	for _, section := range s.letter.Sections {
		begins[section.Code] = len(lines)
		add(t.Heading, "", section.Heading)
		if section.Source != "" {
			add(t.Muted, "  ", section.Source)
		}
		style := t.Text
		if section.Missing {
			style = t.Danger
		}
		for _, line := range section.Lines {
			add(style, "  ", line)
		}
		for i, row := range tableRows(section.Table) {
			add(t.Text, "  ", fmt.Sprintf("%d. %s", i+1, row[0]))
			for _, cell := range row[1:] {
				add(t.Text, "     ", cell)
			}
		}
		lines = append(lines, "")
	}
	add(t.Title, "", s.seal())
	return lines, begins
}

// tableRows gives each row as its first cell and the others by their columns'
// names: six columns do not fit a screen.
func tableRows(table *model.Table) [][]string {
	if table == nil {
		return nil
	}
	rows := make([][]string, 0, len(table.Rows))
	for _, cells := range table.Rows {
		row := []string{strings.Join(cells[:min(1, len(cells))], "")}
		for i := 1; i < len(cells) && i < len(table.Columns); i++ {
			row = append(row, table.Columns[i]+": "+cells[i])
		}
		rows = append(rows, row)
	}
	return rows
}

func (s *paper) seal() string {
	if s.signed == nil {
		return "DRAFT, NOT SIGNED"
	}
	return "Signed by " + s.letter.Author.Name + ", " + s.letter.Author.Role + ", " + s.signed.By.Instant().String() +
		". SHA-256 " + s.signed.Hash.String()[:16] + "…"
}
