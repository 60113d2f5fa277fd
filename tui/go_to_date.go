package tui

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// goToDate asks for a day, and tells the board.
type goToDate struct {
	form *part.Form
}

// dayMsg is the day that was asked for.
type dayMsg struct{ day model.Day }

func newGoToDate(e *env) *goToDate {
	s := &goToDate{form: part.NewForm(e.theme, dateField(e, "day", "Which day?", "Enter a date"))}
	s.form.Button = "Go"
	s.form.OnSubmit = func(v part.Values) tea.Cmd {
		day, err := model.ParseISODay(v["day"])
		if err != nil {
			s.form.SetProblems(map[string]string{"day": err.Error()})
			return nil
		}
		return tea.Sequence(func() tea.Msg { return dayMsg{day} }, closeScreen(""))
	}
	return s
}

// dateField asks for a day in whatever way people write one.
func dateField(e *env, key, label, required string) part.Field {
	return part.Field{
		Key: key, Kind: part.DateField, Label: label, Required: required,
		Hint: "For example 3 aug 2026, 03/08/2026, today, -2d or +3m.",
		Read: func(text string) ([]part.Reading, error) { return readings(text, e.today()) },
	}
}

func readings(text string, today model.Day) ([]part.Reading, error) {
	found, err := model.ReadDate(text, today)
	if err != nil {
		return nil, err
	}
	out := make([]part.Reading, len(found))
	for i, r := range found {
		out[i] = part.Reading{Value: r.Date.ISO(), Label: r.Words}
	}
	return out, nil
}

// Title implements Screen.
func (*goToDate) Title() string { return "Go to date" }

// Load implements Screen.
func (*goToDate) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (*goToDate) Actions() []Action {
	return []Action{
		{Key: part.KeyEnter, Name: "go on", Says: "Take the date; where it can mean several days, Down and Enter choose one."},
		back(),
	}
}

// Typing implements Typist.
func (s *goToDate) Typing() bool { return s.form.Typing() }

// Update implements Screen. Enter on a date with one meaning goes there: there
// is nothing else to answer.
func (s *goToDate) Update(msg tea.Msg) tea.Cmd {
	cmd := s.form.Update(msg)
	if part.PressedKey(msg) == part.KeyEnter && s.form.Focused() == "" && len(s.form.Values()) > 0 {
		return tea.Batch(cmd, s.form.Update(msg))
	}
	return cmd
}

// Speak implements Screen.
func (s *goToDate) Speak() Speech { return Speech{Form: s.form, Direct: true} }

// View implements Screen.
func (s *goToDate) View(width, height int) string { return s.form.View(min(width, 60), height) }
