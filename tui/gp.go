package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// gp is the registration with a practice outside: how far it is, what can be
// done next, and every step that was taken.
type gp struct {
	healthPage
	practices *model.PracticeIndex
	deeds     []gpDeed
	columns   *part.Columns
	acted     bool // a form was opened from here: what it led to comes under the cursor
}

// gpDeed is one thing that can be done now, or the reason why it cannot.
type gpDeed struct {
	id, label, says, disabled string
	open                      func() Screen
}

func newGP(e *env, id model.PersonID) *gp {
	return &gp{healthPage: newHealthPage(e, gpScreen, id, 2), columns: part.NewColumns(
		part.Column{Title: "day", Width: 12}, part.Column{Title: "step", Width: 28}, part.Column{Title: "how", Width: 17}, part.Column{Title: "who", Flex: 1, Width: 16},
	)}
}

// Title implements Screen.
func (*gp) Title() string { return "GP registration" }

// Load implements Screen.
func (s *gp) Load() tea.Cmd { return s.read(s) }

// Update implements Screen.
func (s *gp) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	moved := s.record != nil && s.registration().State != answer.record.Health.Registration.State
	s.record, s.practices = answer.record, s.env.Practices()
	s.deeds = gpDeeds(s.env, s.record, s.practices)
	s.list.SetRows(s.rows())
	if _, still := s.list.Selected(); s.acted && len(s.deeds) > 0 && (moved || !still) {
		s.list.Select(s.deeds[0].id)
	}
	s.acted = false
	return nil
}

func (s *gp) registration() model.Registration { return s.record.Health.Registration }

// What a row of the steps taken is about stands behind these.
const (
	stepRow  = "step/"
	chaseRow = "chase/"
)

// rows are what can be done, then the steps taken, the last one first.
func (s *gp) rows() part.Rows {
	t := s.env.theme
	rows := []pageRow{{text: "What can be done now"}}
	for _, d := range s.deeds {
		rows = append(rows, pageRow{id: d.id})
	}
	taken := s.taken()
	rows = append(rows, pageRow{text: "Steps taken"})
	if len(taken) == 0 {
		rows[len(rows)-1].text = "No step was taken yet"
	}
	rows = append(rows, taken...)
	all := rowsOf(t, rows, s.columns)
	laid := all.Line
	all.Line = func(i, width int) part.Line {
		if d, found := s.deed(rows[i].id); found {
			return d.line(t, width)
		}
		return laid(i, width)
	}
	return all
}

// taken are the steps and, between them, when the practice was asked for its
// answer, the last one first.
func (s *gp) taken() []pageRow {
	var rows []pageRow
	steps, chases := s.registration().Steps, s.registration().Chases
	for i, j := len(steps)-1, len(chases)-1; i >= 0 || j >= 0; {
		if j >= 0 && (i < 0 || chases[j].By.At.Compare(steps[i].By.At) > 0) {
			rows = append(rows, pageRow{id: fmt.Sprint(chaseRow, j), cells: s.chase(chases[j])})
			j--
			continue
		}
		rows = append(rows, pageRow{id: fmt.Sprint(stepRow, i), cells: s.step(steps[i])})
		i--
	}
	return rows
}

func (s *gp) step(step model.RegistrationStep) []part.Cell {
	who := step.Who
	if who == "" {
		who = s.env.StaffName(step.By.Staff)
	}
	method := ""
	if step.Method != "" {
		method = step.Method.Words()
	}
	return []part.Cell{{Text: step.Day.String()}, {Text: step.State.Words()}, {Text: method}, {Text: who, Style: s.env.theme.Muted}}
}

func (s *gp) deed(id string) (gpDeed, bool) {
	for _, d := range s.deeds {
		if d.id == id && id != "" {
			return d, true
		}
	}
	return gpDeed{}, false
}

// line is the deed; one that is not possible now says so in the same line.
func (d gpDeed) line(t *part.Theme, width int) part.Line {
	if d.disabled == "" {
		return part.TextLine(d.label, t.Text, width)
	}
	return part.TextLine(d.label+"  (not now: "+d.disabled+")", t.Muted, width)
}

// Actions implements Screen.
func (s *gp) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	d, found := s.deed(s.selected())
	why := d.disabled
	if !found {
		why = "This is a step that was taken. " + s.env.keys("Move to what can be done now.", "Choose from what can be done now.")
	}
	e, r := s.env, s.record
	return append([]Action{
		{Key: part.KeyEnter, Name: "do this", Word: "do", Row: onRow, Says: "Do the step under the cursor.", Disabled: why, Run: func() tea.Cmd { s.acted = true; return open(d.open()) }},
		{Key: "o", Name: "consent", Says: "Record the person's answer on being registered with a practice outside.", Disabled: e.allow(r, &model.ConsentSet{}), Run: func() tea.Cmd { return open(newConsentForm(e, r, model.ConsentRegisterGP)) }},
		{Key: "f", Name: "form", Says: "Fill in and print the registration form (GMS1), and the sheet of the person's rights.", Run: func() tea.Cmd { return open(newGMS1(e, r.ID)) }},
		{Key: "c", Word: "contact", Says: "Record where the person will live and how they can be reached.", Disabled: whyNoContact(e, r), Run: func() tea.Cmd { return open(newContactForm(e, r)) }},
		{Key: "a", Name: "keep?", Word: "keep", Says: "Ask whether the person keeps the practice they have outside, and record the answer.", Disabled: e.allow(r, &model.GPKeep{}), Run: func() tea.Cmd { return open(newKeepForm(e, r)) }},
		{Key: "d", Word: "deducted", Says: "Record that the registration with the prison's GP service has ended.", Disabled: whyNotDeducted(e, r), Run: func() tea.Cmd { return open(newDeductionForm(e, r)) }},
		{Key: "p", Name: "prison GP", Says: "Record whether the person is a patient of the prison's own GP service.", Disabled: e.allow(r, &model.PrisonGPSet{}), Run: func() tea.Cmd { return open(newPrisonGPForm(e, r)) }},
		back(),
	}, moving()...)
}

// View implements Screen.
func (s *gp) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}

// Speak implements Screen.
func (s *gp) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}

// head says how far it is, what comes next, and with whom.
func (s *gp) head(width int) []string {
	t, h := s.env.theme, s.record.Health
	next, style := nextOfRegistration(s.env, s.record)
	lines := wrapped(width, 2, telling{s.standing(), t.Title})
	lines = append(lines, wrapped(width, 3, telling{next, style})...)
	lines = append(lines, labelled(width, 2, s.env.keys("Practice  ", "Practice: "), s.practice())...)
	answers := h.Consents[model.ConsentRegisterGP].Words() + ".  Prison GP: " + prisonGPWords(h) + "."
	if s.record.Shared.KeepMatters() || h.KeepGP.Wish != "" {
		answers += "  Keeps practice: " + h.KeepGP.Wish.Words() + "."
	}
	return append(append(lines, labelled(width, 2, s.env.keys("Consent   ", "Consent: "), answers)...), "")
}

// standing is the state with the day it was reached.
func (s *gp) standing() string {
	return registrationStanding(s.registration())
}

func registrationStanding(reg model.Registration) string {
	if len(reg.Steps) == 0 {
		return reg.State.Words()
	}
	last := reg.Steps[len(reg.Steps)-1]
	return reg.State.Words() + " on " + last.Day.String()
}

// withheld stands where an address or a practice would tell where somebody is
// (NHS "sensitive" patients, security label R).
const withheld = "Withheld: this person is restricted"

func (s *gp) practice() string {
	return practiceWords(s.registration().Practice, s.record.Shared.Restricted)
}

func practiceWords(p model.ChosenPractice, restricted bool) string {
	switch {
	case p.IsZero():
		return "None chosen"
	case restricted:
		return withheld
	}
	p.Postcode = strings.ReplaceAll(p.Postcode, " ", "\u00a0") // it stays on one line
	return strings.Join(p.Lines(), ", ")
}

func prisonGPWords(h *model.HealthPart) string {
	switch p := h.PrisonGP; {
	case p.Registered == model.AnswerYes && h.DeductionHolds():
		return "Until " + h.Deducted.Day.String()
	case p.Registered == model.AnswerYes:
		return "Yes, since " + p.Since.String()
	}
	return h.PrisonGP.Registered.Words()
}

// detail is all there is to know of the row under the cursor.
func (s *gp) detail(int) []telling {
	t := s.env.theme
	if d, found := s.deed(s.selected()); found {
		if d.disabled != "" {
			return []telling{{"Not now: " + d.disabled, t.Warn}}
		}
		return []telling{{d.says, t.Muted}}
	}
	steps := s.registration().Steps
	for i, step := range steps {
		if s.selected() == fmt.Sprint(stepRow, i) {
			return stepWords(s.env, step)
		}
	}
	for i, c := range s.registration().Chases {
		if s.selected() == fmt.Sprint(chaseRow, i) {
			return chaseWords(s.env, c)
		}
	}
	return nil
}

func stepWords(e *env, step model.RegistrationStep) []telling {
	words := step.String() + "."
	if step.Who != "" {
		words += " At the practice: " + step.Who + "."
	}
	if step.State == model.RegMovedAgain && !step.Told {
		words += " The practice was not told yet."
	}
	words += " Recorded by " + e.by(step.By.Staff, step.By.At) + "."
	return []telling{{words, e.theme.Text}, {step.Note, e.theme.Muted}}
}
