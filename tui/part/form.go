package part

import tea "github.com/charmbracelet/bubbletea"

// Form asks a list of fields and ends in a button. Every field can be left with anything in it:
// answers are checked only on the button, then a summary at the top lists every problem, each
// leads to its field, the same words stand beside the field, and what was typed stays (the error
// summary pattern of the GOV.UK Design System and the NHS service manual).
//
// Tab, Shift+Tab and the arrows move; Enter in a single line goes on; Enter on the button sends.
type Form struct {
	Button string // the words on the button
	// Compact puts every label beside its answer, leaves out the blank lines, and says the hint of
	// the field with the focus at the foot: for forms that are worked many times a night.
	Compact bool

	// OnSubmit is called in Update with answers that passed every check.
	OnSubmit func(Values) tea.Cmd
	// OnChange is called in Update when an answer or the focus changed, so that the owner can keep
	// the Draft.
	OnChange func() tea.Cmd

	theme    *Theme
	asked    []*question
	focus    stop
	problems []problem
	top      int // the first line in sight
	height   int
}

// question is a field with what answers it; the control is nil where there is only text to read.
type question struct {
	Field
	control control
	shown   bool
	problem string
}

// problem is one line of the summary.
type problem struct{ key, text string }

// stop is a place the focus can be: a line of the summary, a field, or the button.
type stop struct {
	kind stopKind
	key  string // the field, or the field the line leads to
}

type stopKind int

const (
	atField stopKind = iota
	atProblem
	atButton
)

// NewForm makes a form with the focus on its first field.
func NewForm(theme *Theme, fields ...Field) *Form {
	f := &Form{Button: "Continue", theme: theme, height: assumedHeight}
	for _, field := range fields {
		f.asked = append(f.asked, &question{Field: field, control: newControl(theme, field)})
	}
	f.show()
	f.goTo(f.stops()[0])
	return f
}

// Values are the answers of the fields that are shown.
func (f *Form) Values() Values {
	values := Values{}
	for _, q := range f.asked {
		if q.control == nil || !q.shown {
			continue
		}
		if v := q.control.value(); v != "" {
			values[q.Key] = v
		}
		if date, is := q.control.(*dateControl); is && date.unclear() {
			values[q.Key+unclearMark] = "yes"
		}
	}
	return values
}

// show decides which fields are shown. One answer may bring a field whose answer brings another,
// so it looks again until nothing changes, at most once a field.
func (f *Form) show() {
	for range len(f.asked) + 1 {
		values, changed := f.Values(), false
		for _, q := range f.asked {
			shown := q.ShowIf == nil || q.ShowIf(values)
			changed = changed || shown != q.shown
			q.shown = shown
		}
		if !changed {
			return
		}
	}
}

// stops are all places the focus can be, from top to bottom.
func (f *Form) stops() []stop {
	var stops []stop
	for _, p := range f.problems {
		stops = append(stops, stop{atProblem, p.key})
	}
	for _, q := range f.asked {
		if q.shown && q.control != nil {
			stops = append(stops, stop{atField, q.Key})
		}
	}
	return append(stops, stop{kind: atButton})
}

func (f *Form) goTo(to stop) {
	if q := f.focused(); q != nil {
		q.control.focus(false)
	}
	f.focus = to
	if q := f.focused(); q != nil {
		q.control.focus(true)
	}
}

// focused is the field with the focus, or nil.
func (f *Form) focused() *question {
	if f.focus.kind != atField {
		return nil
	}
	return f.question(f.focus.key)
}

func (f *Form) question(key string) *question {
	for _, q := range f.asked {
		if q.Key == key && q.control != nil {
			return q
		}
	}
	return nil
}

// move goes by so many stops. With around, past the last comes the first.
func (f *Form) move(by int, around bool) {
	stops := f.stops()
	at := 0
	for i, s := range stops {
		if s == f.focus {
			at = i
		}
	}
	to := at + by
	if around {
		to = (to + len(stops)) % len(stops)
	}
	f.goTo(stops[max(0, min(to, len(stops)-1))])
}

// Focus moves to a field, and says whether it is there to move to.
func (f *Form) Focus(key string) bool {
	q := f.question(key)
	if q == nil || !q.shown {
		return false
	}
	f.goTo(stop{atField, key})
	return true
}

// Focused is the key of the field with the focus, or "".
func (f *Form) Focused() string {
	if f.focus.kind != atField {
		return ""
	}
	return f.focus.key
}

// Typing tells whether letters go into a text now, so that none is a command.
func (f *Form) Typing() bool {
	q := f.focused()
	return q != nil && q.control.typing()
}
