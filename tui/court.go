package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// court lists who is due at court and could be released there, with how far the
// court pack of each is. It begins with tomorrow: that is who to prepare.
type court struct {
	asker
	env     *env
	list    *part.List
	columns *part.Columns
	today   bool // today's instead
	rows    []model.Row
	read    bool
}

type courtMsg struct{ rows []model.Row }

func newCourt(e *env) *court {
	return &court{env: e, list: part.NewList(e.theme), columns: part.NewColumns(
		part.Column{Title: "prison number", Width: 7}, part.Column{Title: "name", Width: 24}, part.Column{Title: "held on", Width: 12, From: 100},
		part.Column{Title: "what the pack lacks", Flex: 1, Width: 30},
	)}
}

// Title implements Screen.
func (s *court) Title() string {
	if s.today {
		return "Court today"
	}
	return "Court tomorrow"
}

func (s *court) day() model.Day {
	if s.today {
		return s.env.today()
	}
	return s.env.today() + 1
}

// Load implements Screen.
func (s *court) Load() tea.Cmd {
	rows, day, today := s.env.Rows, s.day(), s.env.today()
	return s.load(s, func() (tea.Msg, error) { return courtMsg{model.DueAtCourt(rows(), day, today)}, nil })
}

// Update implements Screen.
func (s *court) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(courtMsg)
	if !ok {
		return s.list.Update(msg)
	}
	s.rows = answer.rows
	rows := part.Rows{Len: len(s.rows), ID: func(i int) string { return idOf(s.rows[i].ID) }, Line: s.line}
	if s.read {
		s.list.SetRows(rows)
	} else {
		s.list.Reset(rows)
	}
	s.read = true
	s.list.Empty = "Nobody who could be released is due at court " + s.dayWord() + "."
	return nil
}

func (s *court) dayWord() string {
	if s.today {
		return "today"
	}
	return "tomorrow"
}

func (s *court) line(i, width int) part.Line {
	r, t := &s.rows[i], s.env.theme
	words, style := "Complete", t.Good
	if missing := r.CourtMissing(); len(missing) > 0 {
		words, style = "Lacks: "+shortNames(missing), t.Warn
	}
	return s.columns.Line(width,
		part.Cell{Text: orDash(r.Prison)}, part.Cell{Text: orNot(r.Name)}, part.Cell{Text: titleWord(r.Stay.LegalStatus), Style: t.Muted},
		part.Cell{Text: words, Style: style},
	)
}

// shortNames are lines of the checklist as columns are headed.
func shortNames(all []model.ItemFacts) string {
	names := make([]string, len(all))
	for i, facts := range all {
		names[i] = facts.Short
	}
	return strings.Join(names, ", ")
}

// Actions implements Screen.
func (s *court) Actions() []Action {
	nobody, other := "", "today"
	if s.list.Index() < 0 {
		nobody = "There is nobody in this list."
	}
	if s.today {
		other = "tomorrow"
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "court pack", Row: onRow, Says: "Read the court pack of the person under the cursor.", Disabled: nobody, Run: s.openPack},
		{Key: part.KeyTab, Name: other, Says: "Change between who is due at court today and tomorrow.", Run: s.flip},
		{Key: "p", Name: "person", Row: onRow, Says: "Open the person.", Disabled: nobody, Run: func() tea.Cmd { return open(newPerson(s.env, s.rows[s.list.Index()].ID)) }},
		back(),
	}, moving()...)
}

func (s *court) openPack() tea.Cmd {
	return open(newCourtPack(s.env, s.rows[s.list.Index()].ID, s.day()))
}

func (s *court) flip() tea.Cmd {
	s.today, s.read = !s.today, false
	s.anew()
	return s.Load()
}

// headWords says how many there are and how many packs are complete.
func (s *court) headWords() string {
	complete := 0
	for i := range s.rows {
		if len(s.rows[i].CourtMissing()) == 0 {
			complete++
		}
	}
	return fmt.Sprintf("%s: %s be released. Packs complete: %d.", s.day().Long(), plural(len(s.rows), "person could", "people could"), complete)
}

// View implements Screen.
func (s *court) View(width, height int) string {
	if !s.read {
		return ""
	}
	lines := append(part.Notices(width, s.headWords(), s.env.theme.Title, 2), "")
	return joinLines(append(lines, s.list.View(width, height-len(lines))))
}

// Speak implements Screen.
func (s *court) Speak() Speech {
	if !s.read {
		return Speech{}
	}
	return Speech{Head: []string{s.headWords()}, Names: s.columns.Names(), List: s.list}
}

// courtPack is everything that is needed if somebody is released at court.
type courtPack struct {
	asker
	env    *env
	id     model.PersonID
	day    model.Day
	record *model.Record
	read   *reading
}

func newCourtPack(e *env, id model.PersonID, day model.Day) *courtPack {
	return &courtPack{env: e, id: id, day: day, read: newReading(e.theme)}
}

// Title implements Screen.
func (*courtPack) Title() string { return "Court pack" }

// Subject implements Subject.
func (s *courtPack) Subject() *model.Record { return s.record }

// Load implements Screen.
func (s *courtPack) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), s.id)
		return recordMsg{r}, err
	})
}

// Update implements Screen.
func (s *courtPack) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(recordMsg); ok {
		s.record = msg.record
		s.read.show(packRemarks(s.env, model.CourtPackOf(s.record, courtFacts(s.env, s.day))))
		return nil
	}
	return s.read.list.Update(msg)
}

func courtFacts(e *env, day model.Day) model.CourtFacts {
	return model.CourtFacts{
		Day: day, Name: e.StaffName,
		Prison: model.LetterPrison{Code: e.place.Site, Name: e.place.Name, Team: "healthcare", Address: e.place.Address, Phone: e.place.Phone},
	}
}

// Actions implements Screen.
func (s *courtPack) Actions() []Action {
	return append([]Action{
		{Key: "p", Name: "person", Says: "Open the person.", Run: func() tea.Cmd { return open(newPerson(s.env, s.id)) }},
		{Key: "x", Name: "PDF", Says: "Write the pack as one sheet, a PDF.", Disabled: s.whyNotPrint(), Run: s.writes(".pdf")},
		{Key: "t", Name: "text", Says: "Write the pack as plain text.", Disabled: s.whyNotPrint(), Run: s.writes(".txt")},
		back(),
	}, moving()...)
}

func (s *courtPack) whyNotPrint() string {
	if s.record == nil {
		return "The pack is being read."
	}
	return ""
}

func (s *courtPack) writes(format string) func() tea.Cmd {
	return func() tea.Cmd { return printPaper(s.env, model.PaperCourtPack, s.record, format) }
}

// View implements Screen.
func (s *courtPack) View(width, height int) string { return s.read.view(width, height) }

// Speak implements Screen.
func (s *courtPack) Speak() Speech { return s.read.speak() }

// packRemarks is a court pack in lines, what cannot wait first.
func packRemarks(e *env, pack model.CourtPack) []remark {
	t := e.theme
	var out []remark
	say := func(style part.Style, words ...string) {
		for _, w := range words {
			out = append(out, remark{w, style})
		}
	}
	at := "At court on " + pack.Day.Long()
	if pack.Court != "" {
		at += ", " + pack.Court
	}
	say(t.Title, at+". "+titleWord(pack.Legal)+".")
	if missing := pack.Missing(); len(missing) > 0 {
		say(t.Warn, "The pack lacks: "+strings.Join(missing, ", ")+".")
	} else {
		say(t.Good, "The pack is complete.")
	}
	for _, words := range pack.Critical {
		say(t.Danger, "Cannot wait: "+words+".")
	}
	for _, p := range pack.Parts {
		style := t.Warn
		if p.Ready {
			style = t.Good
		}
		say(style, p.Name+": "+p.Words+".")
	}
	if pack.Held {
		say(t.Muted, "Medicines, allergies, practice and consents: "+heldByHealthcare+".")
	} else {
		say(t.Heading, "Medicines. "+pack.List+".")
		for _, m := range pack.Medicines {
			say(t.Text, m.What+", "+m.How+". If released: "+m.Supply+".")
		}
		say(t.Text, "Allergies: "+strings.Join(pack.Allergies, "; ")+".", "GP: "+strings.Join(pack.GP, ", ")+".")
		for _, c := range pack.Consents {
			say(t.Text, c.Label+": "+c.Words+".")
		}
	}
	for _, p := range pack.Phones {
		say(t.Text, "Telephone, "+p.Label+": "+p.Words)
	}
	return out
}
