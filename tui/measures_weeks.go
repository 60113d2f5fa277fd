package tui

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// measureSpans are the numbers of weeks to choose from: a month, a quarter, half
// a year, which is as long as a workstation keeps people.
var measureSpans = []int{4, 8, 12, 26}

// whichWeeks asks how many weeks to look at, and up to when.
type whichWeeks struct {
	form *part.Form
}

func newWhichWeeks(s *measures) *whichWeeks {
	var spans []part.Option
	for _, n := range measureSpans {
		spans = append(spans, part.Option{Value: strconv.Itoa(n), Label: plural(n, "week", "weeks")})
	}
	last := dateField(s.env, "last", "Up to which day?", "")
	last.Optional, last.Hint = true, "Empty is today. "+last.Hint
	f := &whichWeeks{form: part.NewForm(s.env.theme,
		part.Field{Key: "weeks", Kind: part.ChoiceField, Label: "How many weeks?", Options: spans, Required: "Choose how many weeks"}, last)}
	f.form.Button = "Count"
	f.form.Restore(map[string]string{"weeks": strconv.Itoa(s.weeks)})
	f.form.OnSubmit = func(v part.Values) tea.Cmd {
		day, err := model.ParseISODay(v["last"])
		if err != nil {
			f.form.SetProblems(map[string]string{"last": err.Error()})
			return nil
		}
		s.weeks, s.last = measureSpans[1], day
		if n, err := strconv.Atoi(v["weeks"]); err == nil {
			s.weeks = n
		}
		return tea.Sequence(closeScreen(""), s.Load())
	}
	return f
}

// Title implements Screen.
func (*whichWeeks) Title() string { return "Which weeks" }

// Load implements Screen.
func (*whichWeeks) Load() tea.Cmd { return nil }

// Actions implements Screen.
func (*whichWeeks) Actions() []Action {
	return []Action{
		{Key: part.KeyEnter, Name: "go on", Says: "Take the answer and go on."},
		back(),
	}
}

// Typing implements Typist.
func (f *whichWeeks) Typing() bool { return f.form.Typing() }

// Update implements Screen.
func (f *whichWeeks) Update(msg tea.Msg) tea.Cmd { return f.form.Update(msg) }

// Speak implements Screen.
func (f *whichWeeks) Speak() Speech { return Speech{Form: f.form, Direct: true} }

// View implements Screen.
func (f *whichWeeks) View(width, height int) string {
	return f.form.View(min(width, 60), height)
}
