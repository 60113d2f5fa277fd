package part

import tea "github.com/charmbracelet/bubbletea"

// outcome is what a key did in a control: something there, or it asks to leave.
type outcome int

const (
	stayed outcome = iota
	goNext
	goBack
)

// control is what answers one field of a form.
type control interface {
	// update takes a key while the control has the focus, and any other message always.
	update(tea.Msg) (tea.Cmd, outcome)
	focus(bool)
	// lines paints the control, and says which line must be in sight.
	lines(width int) (painted []string, cursor int)
	// value is the answer as Values holds it.
	value() string
	// draft is the state as a draft keeps it; restore takes it back, which may need a command.
	draft() string
	restore(string) tea.Cmd
	// trouble is a sentence when something stands there that cannot be an answer yet.
	trouble() string
	// typing tells whether letters go into a text.
	typing() bool
}

func newControl(theme *Theme, f Field) control {
	switch f.Kind {
	case LongField:
		return newAreaControl(theme, f)
	case ChoiceField, MultiField:
		return newChoiceControl(theme, f)
	case DateField:
		return newDateControl(theme, f)
	case PickerField:
		return &pickerControl{Picker: NewPicker(theme, f.Find), field: f}
	case InfoField:
		return nil
	}
	return newLineControl(theme, f)
}

// leaves is where a key leads from a control of one line.
func leaves(key string) outcome {
	switch key {
	case KeyEnter, KeyDown:
		return goNext
	case KeyUp:
		return goBack
	}
	return stayed
}
