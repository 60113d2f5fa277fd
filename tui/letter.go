package tui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// letter is the discharge letter of one person: what stands under each heading,
// what only a clinician can write, and the letters that were signed.
type letter struct {
	asker
	env     *env
	id      model.PersonID
	record  *model.Record
	letter  model.Letter // as it would be signed now
	list    *part.List
	columns *part.Columns
	rows    []letterRow
	doubts  map[model.Hash]error // of signed letters that are not what their signer signed
}

// letterMsg is the record with what checking the signatures of its letters found.
type letterMsg struct {
	record *model.Record
	doubts map[model.Hash]error
}

// letterRow is one line: a heading of the letter, a letter that was signed, or
// words between them.
type letterRow struct {
	id      string // "" for words
	text    string
	heading model.Heading
	signed  *model.SignedLetter
}

func newLetter(e *env, id model.PersonID) *letter {
	return &letter{
		env: e, id: id, list: part.NewList(e.theme),
		columns: part.NewColumns(part.Column{Title: "heading", Width: 32}, part.Column{Title: "state", Width: 13}, part.Column{Title: "beginning of the text", Flex: 1, Width: 20}),
	}
}

// Title implements Screen.
func (*letter) Title() string { return "Discharge letter" }

// Load implements Screen.
func (s *letter) Load() tea.Cmd {
	return s.load(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), s.id)
		if err != nil {
			return nil, err
		}
		return letterMsg{r, s.env.doubts(r)}, nil
	})
}

// doubts holds every signed letter of a record against its signer's keys.
func (e *env) doubts(r *model.Record) map[model.Hash]error {
	found := make(map[model.Hash]error)
	if r.Health == nil {
		return found
	}
	for _, signed := range r.Health.Letters {
		if err := e.VerifyLetter(signed); err != nil {
			found[signed.Hash] = err
		}
	}
	return found
}

// Subject implements Subject.
func (s *letter) Subject() *model.Record { return s.record }

// Update implements Screen.
func (s *letter) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(letterMsg)
	if !ok {
		return s.list.Update(msg)
	}
	if answer.record.Health == nil {
		return fail(model.Forbidden("The letter is held by healthcare.", "Ask a colleague who works with it."))
	}
	s.record, s.doubts = answer.record, answer.doubts
	s.letter = assembleLetter(s.env, s.record)
	s.rows = s.layOut()
	s.list.SetRows(part.Rows{
		Len: len(s.rows), ID: func(i int) string { return s.rows[i].id }, Line: s.line, Words: s.words,
	})
	return nil
}

// assembleLetter is the letter as this person would sign it now.
func assembleLetter(e *env, r *model.Record) model.Letter {
	return model.Assemble(r, model.LetterFacts{
		Prison: model.LetterPrison{Code: e.place.Site, Name: e.place.Name, Team: "Healthcare", Address: e.place.Address, Phone: e.place.Phone, Practice: e.place.Practice},
		Author: e.Actor(), Name: e.authorName, Now: e.now(),
	})
}

// authorName is a display name; the session's own for who is signed in, since a
// roster may lag behind.
func (e *env) authorName(id model.StaffID) string {
	if id == e.Actor().Staff {
		return e.Name()
	}
	return e.StaffName(id)
}

// layOut puts first what somebody must still write, then what was signed, then
// the letter, then what may be added to it.
func (s *letter) layOut() []letterRow {
	var must, stands, may []letterRow
	for _, h := range model.Headings() {
		row := letterRow{id: string(h.Code), heading: h}
		_, there := s.letter.Section(h.Code)
		switch {
		case h.ByHand:
			must = append(must, row)
		case there:
			stands = append(stands, row)
		case h.Ask != "":
			may = append(may, row)
		}
	}
	rows := append([]letterRow{{text: "Only you can write these; nothing is signed without them"}}, must...)
	rows = append(rows, s.signedRows()...)
	rows = append(append(rows, letterRow{}, letterRow{text: "Also in the letter"}), stands...)
	return append(append(rows, letterRow{}, letterRow{text: "May be added"}), may...)
}

func (s *letter) signedRows() []letterRow {
	all := s.record.Health.Letters
	if len(all) == 0 {
		return nil
	}
	rows := []letterRow{{}, {text: "Signed"}}
	for i := len(all) - 1; i >= 0; i-- {
		rows = append(rows, letterRow{id: "signed/" + all[i].Hash.String(), signed: &all[i]})
	}
	return rows
}

func (s *letter) line(i, width int) part.Line {
	row, t := s.rows[i], s.env.theme
	switch {
	case row.id == "":
		return part.TextLine(row.text, t.Heading, width)
	case row.signed != nil:
		words, style := "Replaced", t.Muted
		if last, _ := s.record.Health.LastLetter(); last.Hash == row.signed.Hash {
			words, style = s.standing()
		}
		if s.doubts[row.signed.Hash] != nil {
			words, style = "NOT VERIFIED", t.Danger
		}
		return s.columns.Line(width, part.Cell{Text: fmt.Sprintf("Letter %d", row.signed.Number)},
			part.Cell{Text: words, Style: style}, part.Cell{Text: s.env.by(row.signed.By.Staff, row.signed.By.At), Style: t.Muted})
	}
	section, there := s.letter.Section(row.heading.Code)
	words, style := "From record", t.Muted
	switch {
	case section.Missing && row.heading.ByHand:
		words, style = "NOT WRITTEN", t.Danger
	case section.Missing:
		words, style = model.NotRecorded, t.Warn
	case !there:
		words = ""
	case s.record.Health.Draft[row.heading.Code].Text != "":
		words, style = "Written", t.Good
	}
	return s.columns.Line(width, part.Cell{Text: row.heading.Name}, part.Cell{Text: words, Style: style}, part.Cell{Text: gist(section), Style: t.Muted})
}

// gistMost is how much of a section is said in a list, in columns.
const gistMost = 60

// words are a line for who listens. What stands under a heading is long.
func (s *letter) words(i int) []string {
	words := s.line(i, part.Whole).Words()
	for i := range words {
		words[i] = part.Cut(words[i], gistMost)
	}
	return words
}

// standing says whether the last letter still says what the record says.
func (s *letter) standing() (string, part.Style) {
	if s.record.Shared.Item(model.ItemLetter).Detail == "redo" {
		return "OUT OF DATE", s.env.theme.Danger
	}
	return "Signed", s.env.theme.Good
}

// gist is the beginning of a section, for one line.
func gist(section model.Section) string {
	if section.Missing {
		return ""
	}
	text := strings.Join(section.Lines, "; ")
	if section.Table != nil {
		text = plural(len(section.Table.Rows), "line", "lines") + ". " + text
	}
	return text
}

func (s *letter) chosen() letterRow {
	if i := s.list.Index(); i >= 0 && i < len(s.rows) {
		return s.rows[i]
	}
	return letterRow{}
}

// Actions implements Screen.
func (s *letter) Actions() []Action {
	if s.record == nil {
		return nil
	}
	mayWrite := s.env.allow(s.record, &model.LetterDraft{})
	return []Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Write under the heading, or read what stands there.", Run: s.openRow},
		{Key: "w", Name: "write", Says: "Write summary, plan, advice and contact in one go.", Disabled: mayWrite, Run: func() tea.Cmd { return open(newLetterForm(s.env, s.record, mainHeadings...)) }},
		{Key: "p", Name: "read", Word: "letter", Says: "Read the whole letter as it would be signed now.", Run: func() tea.Cmd { return open(newPaper(s.env, s.record, s.letter, nil)) }},
		{Key: "s", Name: "sign", Says: "Read the letter once more and sign it.", Disabled: s.whyNotSign(), Run: func() tea.Cmd { return open(newSigning(s.env, s.record, s.letter)) }},
		{Key: "x", Name: "PDF", Row: mayRow, Says: "Write a PDF of the signed letter under the cursor, else of the one that holds, else of the draft.", Run: func() tea.Cmd { return s.export(".pdf") }},
		{Key: "t", Word: "text", Row: mayRow, Says: "The same as plain text.", Run: func() tea.Cmd { return s.export(".txt") }},
		{Key: "f", Word: "fhir", Row: mayRow, Says: saysFHIR, Run: func() tea.Cmd { return s.export(".json") }},
	}
}

// whyNotSign says what stands between the letter and a signature.
func (s *letter) whyNotSign() string {
	if why := s.env.allow(s.record, &model.LetterSigned{}); why != "" {
		return why
	}
	if missing := s.letter.MissingToSign(); len(missing) > 0 {
		return "Not written yet: " + strings.Join(missing, ", ") + "."
	}
	if s.record.Shared.Item(model.ItemLetter).Detail == "signed" {
		return "It is signed, and the record still says the same."
	}
	return ""
}

func (s *letter) openRow() tea.Cmd {
	row := s.chosen()
	switch {
	case row.signed != nil:
		if err := s.doubts[row.signed.Hash]; err != nil {
			return fail(err)
		}
		thawed, err := model.ThawLetter(row.signed.Frozen)
		if err != nil {
			return fail(&model.Error{Kind: model.KindOutside, Msg: "This letter cannot be read.", Hint: "It may be of a newer version of this program.", Err: err})
		}
		return open(newPaper(s.env, s.record, thawed, row.signed))
	case row.id == "":
		return nil
	case row.heading.Ask != "" && s.env.allow(s.record, &model.LetterDraft{}) == "":
		return open(newLetterForm(s.env, s.record, row.heading.Code))
	}
	paper := newPaper(s.env, s.record, s.letter, nil)
	paper.from = row.heading.Code
	return open(paper)
}

// export writes the letter under the cursor; on any other line the last signed
// one while it holds, and the draft when none does.
func (s *letter) export(format string) tea.Cmd {
	row := s.chosen()
	signed := row.signed
	if last, any := s.record.Health.LastLetter(); signed == nil && any && s.whyNotRedo() == "" {
		signed = &last
	}
	if signed == nil {
		return exportLetter(s.env, s.id, s.letter, nil, format)
	}
	thawed, err := model.ThawLetter(signed.Frozen)
	if err != nil {
		return fail(err)
	}
	return exportLetter(s.env, s.id, thawed, signed, format)
}

func (s *letter) whyNotRedo() string {
	if s.record.Shared.Item(model.ItemLetter).Detail == "redo" {
		return "The signed letter is out of date."
	}
	return ""
}

// exportLetter writes a letter to a file and says where it is. The name of the
// file has the prison number and no name: lists of files are seen by others.
func exportLetter(e *env, id model.PersonID, l model.Letter, signed *model.SignedLetter, format string) tea.Cmd {
	state := "draft"
	if signed != nil {
		state = "signed"
	}
	name := strings.ToLower(strings.ReplaceAll(fmt.Sprintf("letter-%s-%d-%s%s", l.Person.Prison, l.Number, state, format), " ", "-"))
	return func() tea.Msg {
		path, err := e.Export(context.Background(), Document{Person: id, Name: name, Letter: l, Signed: signed})
		if err != nil {
			return failMsg{err}
		}
		return noticeMsg{"Written to " + path}
	}
}

// View implements Screen.
func (s *letter) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	head := s.verdict(width)
	return joinLines(append(head, s.list.View(width, height-len(head))))
}

// Speak implements Screen.
func (s *letter) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.verdict(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: s.detail}
}

// detail is all of the section under the cursor.
func (s *letter) detail() []string {
	row := s.chosen()
	section, there := s.letter.Section(row.heading.Code)
	if !there || row.signed != nil || row.id == "" {
		return nil
	}
	return sectionWords(section)
}

// verdict says in words how far the letter is.
func (s *letter) verdict(width int) []string {
	t := s.env.theme
	text, style := "Ready to sign. Read it with p, then sign it with s.", t.Good
	missing := s.letter.MissingToSign()
	last, signed := s.record.Health.LastLetter()
	switch {
	case signed && s.doubts[last.Hash] != nil:
		text, style = fmt.Sprintf("Letter %d is NOT VERIFIED: %s", last.Number, s.doubts[last.Hash]), t.Danger
	case signed && s.whyNotRedo() == "":
		text = fmt.Sprintf("Letter %d is signed and says what the record says.", last.Number)
	case signed:
		text, style = fmt.Sprintf("Letter %d is OUT OF DATE: medicines, allergies or its text have changed. Sign a new one.", last.Number), t.Danger
	case len(missing) > 0:
		text, style = "Not ready to sign. To be written: "+strings.Join(missing, ", ")+".", t.Warn
	}
	var lines []string
	for _, line := range part.Wrap(text, width) {
		lines = append(lines, style.Render(line))
	}
	return append(lines, "")
}
