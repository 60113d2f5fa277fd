package tui

import (
	"context"
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
	late    bool // a letter on late results instead
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
		columns: part.NewColumns(part.Column{Title: "heading", Width: 30}, part.Column{Title: "state", Width: 16}, part.Column{Title: "beginning of the text", Flex: 1, Width: 20}),
	}
}

// newResultsLetter is the same for a letter on results that came late.
func newResultsLetter(e *env, id model.PersonID) *letter {
	s := newLetter(e, id)
	s.late = true
	return s
}

// Title implements Screen.
func (s *letter) Title() string {
	if s.late {
		return "Results letter"
	}
	return "Discharge letter"
}

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
	for _, signed := range r.Health.AllLetters() {
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
	if said, is := msg.(saidMsg); is {
		return notice(string(said))
	}
	answer, ok := msg.(letterMsg)
	if !ok {
		return s.list.Update(msg)
	}
	if answer.record.Health == nil {
		return fail(model.Forbidden("The letter is held by healthcare.", "Ask a colleague who works with it."))
	}
	s.record, s.doubts = answer.record, answer.doubts
	s.letter = assembleLetter(s.env, s.record, s.late, "")
	s.rows = s.layOut()
	s.list.SetRows(part.Rows{
		Len: len(s.rows), ID: func(i int) string { return s.rows[i].id }, Line: s.line, Words: s.words,
	})
	return nil
}

// assembleLetter is the letter as this person would sign it now; why is said where
// it takes the place of another.
func assembleLetter(e *env, r *model.Record, late bool, why string) model.Letter {
	assemble := model.Assemble
	if late {
		assemble = model.AssembleResults
	}
	return assemble(r, model.LetterFacts{
		Prison: model.LetterPrison{Code: e.place.Site, Name: e.place.Name, Team: "Healthcare", Address: e.place.Address, Phone: e.place.Phone, Practice: e.place.Practice},
		Author: e.Actor(), Name: e.authorName, Now: e.now(), Why: why,
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
	headings := model.Headings()
	if s.late {
		headings = model.LateHeadings()
	}
	for _, h := range headings {
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
	if len(may) == 0 {
		return rows
	}
	return append(append(rows, letterRow{}, letterRow{text: "May be added"}), may...)
}

// signedRows are all letters of the person, the newest first.
func (s *letter) signedRows() []letterRow {
	all := s.record.Health.AllLetters()
	if len(all) == 0 {
		return nil
	}
	rows := []letterRow{{}, {text: "Signed letters and how far they are"}}
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
		words, style := s.wayWords(*row.signed)
		return s.columns.Line(width, part.Cell{Text: letterName(*row.signed)}, part.Cell{Text: words, Style: style},
			part.Cell{Text: s.signedWords(*row.signed), Style: t.Muted})
	}
	section, there := s.letter.Section(row.heading.Code)
	words, style := "From record", t.Muted
	switch {
	case section.Missing && row.heading.ByHand:
		words, style = "NOT WRITTEN", t.Danger
	case section.Missing:
		words, style = model.NotRecorded, t.Warn
	case s.isWithheld(row.heading):
		words, style = "LEFT OUT", t.Warn
	case !there:
		words = ""
	case s.record.Health.Draft[row.heading.Words()].Text != "":
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

// gist is the beginning of a section, for one line.
func gist(section model.Section) string {
	if section.Missing {
		return ""
	}
	text := strings.Join(section.Lines, "; ")
	if t := section.Table; t != nil && len(t.Rows) > 0 {
		if text == "" {
			text = strings.Join(t.Rows[0][:min(2, len(t.Rows[0]))], ": ")
		}
		text = plural(len(t.Rows), "line", "lines") + ". " + text
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
	codes, which := mainHeadings, "Write summary, plan, advice and contact in one go."
	if s.late {
		codes, which = lateWords, "Write what came, what it means, and what the practice must do."
	}
	actions := []Action{
		{Key: part.KeyEnter, Name: "open", Row: onRow, Says: "Write under the heading, or read what stands there.", Run: s.openRow},
		{Key: "w", Name: "write", Says: which, Disabled: mayWrite, Run: func() tea.Cmd { return open(newLetterForm(s.env, s.record, codes...)) }},
		{Key: "p", Name: "read", Word: "letter", Says: "Read the whole letter as it would be signed now.", Run: func() tea.Cmd { return open(newPaper(s.env, s.record, s.letter, nil)) }},
		{Key: "s", Name: "sign", Says: "Read the letter once more and sign it.", Disabled: s.whyNotSign(), Run: s.toSign},
		{Key: "x", Name: "PDF", Row: mayRow, Says: "Write a PDF of the signed letter under the cursor, else of the one that holds, else of the draft.", Run: func() tea.Cmd { return s.export(".pdf") }},
		{Key: "t", Word: "text", Row: mayRow, Says: "The same as plain text.", Run: func() tea.Cmd { return s.export(".txt") }},
		{Key: "f", Word: "fhir", Row: mayRow, Says: saysFHIR, Run: func() tea.Cmd { return s.export(".json") }},
	}
	if s.late {
		return append(actions, back())
	}
	return append(append(actions, s.wayActions()...), back())
}

// toSign asks first why a letter is replaced.
func (s *letter) toSign() tea.Cmd {
	if s.letter.Supersedes > 0 {
		return open(newWhyForm(s.env, s.record))
	}
	return open(newSigning(s.env, s.record, s.letter))
}

// whyNotSign says what stands between the letter and a signature.
func (s *letter) whyNotSign() string {
	var change model.Change = &model.LetterSigned{}
	if s.late {
		change = &model.ResultsSigned{}
	}
	if why := s.env.allow(s.record, change); why != "" {
		return why
	}
	_, discharged := s.record.Health.LastLetter()
	switch missing := s.letter.MissingToSign(); {
	case s.late && !discharged:
		return "No discharge letter is signed yet: put the results into that one."
	case len(missing) > 0:
		return "Not written yet: " + strings.Join(missing, ", ") + "."
	case !s.late && s.record.Health.LetterHolds():
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
		return open(newLetterForm(s.env, s.record, row.heading.Words()))
	}
	paper := newPaper(s.env, s.record, s.letter, nil)
	paper.from = row.heading.Code
	return open(paper)
}

// export writes the letter under the cursor; on any other line the last signed
// one while it holds, and the draft when none does.
func (s *letter) export(format string) tea.Cmd {
	signed := s.chosen().signed
	if last, any := s.record.Health.LastLetter(); signed == nil && any && !s.late && s.record.Health.LetterHolds() {
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

// exportLetter writes a letter to a file and says where it is. The name of the
// file has the prison number and no name: lists of files are seen by others.
func exportLetter(e *env, id model.PersonID, l model.Letter, signed *model.SignedLetter, format string) tea.Cmd {
	doc := Document{Person: id, Name: letterFile(l, signed, "", format), Letter: l, Signed: signed}
	return func() tea.Msg {
		path, err := e.Export(context.Background(), doc)
		if err != nil {
			return failMsg{err}
		}
		return noticeMsg{text: "Written to " + path}
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
