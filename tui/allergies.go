package tui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// allergyPage is what somebody reacts to, or which of the other three answers
// there is.
type allergyPage struct {
	healthPage
	columns *part.Columns
}

func newAllergies(e *env, id model.PersonID) *allergyPage {
	return &allergyPage{healthPage: newHealthPage(e, allergiesScreen, id, 2), columns: part.NewColumns(
		part.Column{Title: "substance", Flex: 2, Width: 24}, part.Column{Title: "reaction", Flex: 3, Width: 24}, part.Column{Title: "severity", Width: 18},
	)}
}

// Title implements Screen.
func (*allergyPage) Title() string { return "Allergies" }

// Load implements Screen.
func (s *allergyPage) Load() tea.Cmd { return s.read(s) }

// Update implements Screen.
func (s *allergyPage) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(recordMsg)
	if !ok {
		return s.update(msg)
	}
	s.record = answer.record
	var rows []pageRow
	for i, a := range s.record.Health.Allergies.List {
		style := s.env.theme.Text
		if a.Severity == model.SeveritySevere {
			style = s.env.theme.Danger
		}
		rows = append(rows, pageRow{id: allergyRow(s.record.Health.Allergies.List, i), cells: []part.Cell{{Text: a.Substance, Style: style}, {Text: orNot(a.Reaction)}, {Text: a.Severity.Words(), Style: style}}})
	}
	s.list.Empty = "No allergy is in the list."
	s.list.SetRows(rowsOf(s.env.theme, rows, s.columns))
	return nil
}

// allergyRow names a line by its substance, wherever it moves to; an imported
// list may have one twice.
func allergyRow(list []model.Allergy, at int) string {
	id := list[at].Substance
	for _, earlier := range list[:at] {
		if earlier.Substance == list[at].Substance {
			id += "+"
		}
	}
	return id
}

// Actions implements Screen.
func (s *allergyPage) Actions() []Action {
	if s.record == nil {
		return moving()
	}
	e, r, at := s.env, s.record, s.list.Index()
	may := e.allow(r, &model.AllergiesSet{})
	none := ""
	if at < 0 {
		none = "There is no allergy under the cursor."
	}
	return append([]Action{
		{Key: part.KeyEnter, Name: "change", Row: onRow, Says: "Change the allergy under the cursor.", Disabled: either(may, none), Run: func() tea.Cmd { return open(newAllergyForm(e, r, at)) }},
		{Key: "a", Name: "add", Says: "Add something the person reacts to.", Disabled: may, Run: func() tea.Cmd { return open(newAllergyForm(e, r, -1)) }},
		{Key: "x", Name: "remove", Row: onRow, Says: "Remove the allergy under the cursor from the list, with the reason.", Disabled: either(may, none), Run: func() tea.Cmd { return open(newAllergyRemoval(e, r, at)) }},
		{Key: "n", Name: "none known or other answer", Word: "answer", Says: "Give one of the other answers: none known, not recorded, unavailable.", Disabled: may, Run: func() tea.Cmd { return open(newAllergyAnswer(e, r)) }},
		back(),
	}, moving()...)
}

// View implements Screen.
func (s *allergyPage) View(width, height int) string {
	if s.record == nil {
		return ""
	}
	return s.layOut(width, height, s.head, s.detail)
}

// Speak implements Screen.
func (s *allergyPage) Speak() Speech {
	if s.record == nil {
		return Speech{}
	}
	return Speech{Head: spoken(s.head(part.Whole)), Names: s.columns.Names(), List: s.list, Detail: func() []string { return told(s.detail(part.Whole)) }}
}

func (s *allergyPage) head(width int) []string {
	t, a := s.env.theme, s.record.Health.Allergies
	words, style := "Allergies: "+a.State.Words(), t.Title
	if a.State == model.AllergiesKnown {
		words += fmt.Sprintf(" (%d)", len(a.List))
	}
	if !a.By.IsZero() {
		words += ", " + s.env.by(a.By.Staff, a.By.At)
	}
	lines := wrapped(width, 2, telling{words, style})
	more := telling{allergyMeaning(a.State), t.Muted}
	if why := s.readOnly(&model.AllergiesSet{}); why != "" {
		more.text = why
	}
	return append(append(lines, wrapped(width, 2, more)...), "")
}

// allergyMeaning says what an answer means, for "none known" and "not recorded"
// have been taken for each other.
func allergyMeaning(s model.AllergyState) string {
	switch s {
	case model.AllergiesKnown:
		return "These are all that are known."
	case model.AllergiesNone:
		return "The person was asked, or their record was read: no allergy is known."
	case model.AllergiesUnavailable:
		return "They are recorded somewhere that cannot be reached. Ask the person meanwhile."
	}
	return "Nobody has asked yet. This is not the same as none."
}

func (s *allergyPage) detail(int) []telling {
	at := s.list.Index()
	list := s.record.Health.Allergies.List
	if at < 0 || at >= len(list) {
		return nil
	}
	return []telling{{list[at].String(), s.env.theme.Text}}
}

// allergyBanner reads exactly one of known (the substances), none known, not
// recorded and unavailable.
func allergyBanner(a model.Allergies) string {
	if a.State != model.AllergiesKnown || len(a.List) == 0 {
		return "Allergies: " + a.State.Words()
	}
	if len(a.List) == 1 && a.List[0].Reaction != "" {
		return "Allergic to " + a.List[0].Substance + ": " + a.List[0].Reaction
	}
	names := make([]string, len(a.List))
	for i, one := range a.List {
		names[i] = one.Substance
	}
	return "Allergic to " + strings.Join(names, ", ")
}
