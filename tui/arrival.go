package tui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// arrival books in somebody who is at the desk before their paperwork is.
type arrival struct {
	asker
	env    *env
	form   *part.Form
	saving bool
}

type arrivedMsg struct {
	person model.PersonID
	err    error
}

func newArrival(e *env) *arrival {
	s := &arrival{env: e}
	sexes := make([]part.Option, 0, len(model.Sexes()))
	for _, sex := range model.Sexes() {
		sexes = append(sexes, part.Option{Value: string(sex), Label: sex.Words()})
	}
	s.form = part.NewForm(e.theme,
		part.Field{Key: "family", Label: "Family name", Hint: "Somebody with a single name has it here.", Required: "Enter a family name", Max: model.MaxNamePart},
		part.Field{Key: "given", Label: "Given names", Optional: true, Max: model.MaxNamePart},
		part.Field{Key: "born", Kind: part.DateField, Label: "Date of birth", Required: "Enter a date of birth", Hint: "For example 14 aug 1980.",
			Read: func(text string) ([]part.Reading, error) { return birthReadings(text, e.today()) }},
		part.Field{Key: "sex", Kind: part.ChoiceField, Label: "Sex", Options: sexes, Required: "Choose a sex"},
		part.Field{Key: "number", Label: "Prison number", Optional: true, Hint: "Like A1234AA, if it is known."},
		part.Field{Key: "cell", Label: "Location", Optional: true, Hint: "RECP while the person is in reception.", Max: 40},
	)
	s.form.Button = "Book in"
	s.form.OnSubmit = s.submit
	return s
}

func birthReadings(text string, today model.Day) ([]part.Reading, error) {
	found, err := model.ReadBirthDate(text, today)
	if err != nil {
		return nil, err
	}
	out := make([]part.Reading, len(found))
	for i, r := range found {
		out[i] = part.Reading{Value: r.Date.ISO(), Label: r.Words}
	}
	return out, nil
}

func (s *arrival) submit(v part.Values) tea.Cmd {
	if s.saving {
		return nil
	}
	changes, number, err := s.changes(v)
	if err != nil {
		return fail(err)
	}
	s.saving = true
	return s.ask(s, func() (tea.Msg, error) {
		person, err := s.env.NewPerson(number)
		if err == nil && number != "" {
			err = s.unknown(person)
		}
		if err == nil {
			err = s.env.Do(context.Background(), model.Write{Person: person, Changes: changes})
		}
		return arrivedMsg{person, err}, nil
	})
}

// unknown refuses a number that somebody here already has.
func (s *arrival) unknown(person model.PersonID) error {
	for _, r := range s.env.Rows() {
		if r.ID == person {
			return model.Invalid("Somebody with this prison number is here already.", "Find them with Ctrl+K.")
		}
	}
	return nil
}

func (s *arrival) changes(v part.Values) ([]model.Change, string, error) {
	name, err := model.ParsePersonName(v["family"], v["given"])
	if err != nil {
		return nil, "", err
	}
	born, err := model.ParsePartialDate(v["born"])
	if err != nil {
		return nil, "", err
	}
	now := s.env.now()
	changes := []model.Change{
		&model.PersonNamed{Name: name},
		&model.PersonBorn{Date: born, Sex: model.Sex(v["sex"])},
		&model.StaySet{Site: s.env.place.Site, Received: model.DayOf(now)},
		&model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "N", At: model.InstantOf(now.Truncate(time.Millisecond))}},
	}
	if v["cell"] != "" {
		changes = append(changes, &model.LocationSet{Cell: v["cell"]})
	}
	if v["number"] == "" {
		return changes, "", nil
	}
	number, err := model.ParsePrisonNumber(v["number"])
	if err != nil {
		return nil, "", err
	}
	return append(changes, &model.PersonNumbered{Scheme: model.SchemePrison, Value: string(number)}), string(number), nil
}

// Title implements Screen.
func (*arrival) Title() string { return "Book in" }

// Load implements Screen.
func (*arrival) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (*arrival) Actions() []Action { return nil }

// Typing implements Typist.
func (s *arrival) Typing() bool { return s.form.Typing() }

// Update implements Screen.
func (s *arrival) Update(msg tea.Msg) tea.Cmd {
	answer, ok := msg.(arrivedMsg)
	if !ok {
		return s.form.Update(msg)
	}
	s.saving = false
	if answer.err != nil {
		return fail(answer.err)
	}
	return func() tea.Msg { return replaceMsg{screen: newPerson(s.env, answer.person)} }
}

// View implements Screen.
func (s *arrival) View(width, height int) string { return s.form.View(min(width, 76), height) }
