package part

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

// Found is the answer to one search.
type Found struct {
	Options []Option // the best, in order
	Total   int      // how many there are in all
	Problem string   // a sentence when the search could not be made
}

// Picker is a line to type in over the results of a search for what was typed.
//
// The search runs in a command, off the screen's own time. Every letter asks anew; an answer to
// an older question is dropped, and until the answer to the present one is there Enter chooses
// nothing: nobody is given a practice they did not see.
type Picker struct {
	// OnChoose, if set, is called in Update when an option was chosen.
	OnChoose func(Option) tea.Cmd

	theme   *Theme
	find    func(query string) Found
	input   *TextInput
	request int  // the number of the last question
	waiting bool // its answer is not there yet
	found   Found
	asked   bool // any question was asked
	marked  int
	top     int
	chosen  *Option
}

// foundMsg carries an answer back to the picker that asked.
type foundMsg struct {
	picker  *Picker
	request int
	found   Found
}

// NewPicker makes a picker over a search. The search is called from commands, so from another
// goroutine than the screen's, and perhaps several at once.
func NewPicker(theme *Theme, find func(query string) Found) *Picker {
	return &Picker{theme: theme, find: find, input: NewTextInput(theme)}
}

// Focus makes the picker show its cursor and marks.
func (p *Picker) Focus() { p.input.Focus() }

// Blur hides them.
func (p *Picker) Blur() { p.input.Blur() }

// Query is what stands in the line.
func (p *Picker) Query() string { return p.input.Value() }

// Chosen is the option that was chosen, if the text has not been changed since.
func (p *Picker) Chosen() (Option, bool) {
	if p.chosen == nil {
		return Option{}, false
	}
	return *p.chosen, true
}

// Choose sets the chosen option, as when a draft is restored.
func (p *Picker) Choose(option Option) {
	p.chosen = &option
	p.input.SetValue(option.Label)
	p.request++ // answers still on their way are for a question that is over
	p.waiting, p.found, p.asked = false, Found{}, false
}

// Ask puts a text in the line and searches for it.
func (p *Picker) Ask(query string) tea.Cmd {
	p.input.SetValue(query)
	return p.ask()
}

func (p *Picker) ask() tea.Cmd {
	p.request++
	p.waiting, p.asked, p.chosen = true, true, nil
	request, query, find := p.request, p.input.Value(), p.find
	return func() tea.Msg { return foundMsg{p, request, find(query)} }
}

// Update types, moves the mark with Up and Down, and chooses the marked result with Enter.
func (p *Picker) Update(msg tea.Msg) tea.Cmd {
	if answer, ok := msg.(foundMsg); ok {
		p.take(answer)
		return nil
	}
	switch PressedKey(msg) {
	case KeyUp:
		p.move(-1)
		return nil
	case KeyDown:
		p.move(1)
		return nil
	case KeyEnter:
		return p.choose()
	}
	before := p.input.Value()
	p.input.Update(msg)
	if p.input.Value() == before {
		return nil
	}
	return p.ask()
}

func (p *Picker) take(answer foundMsg) {
	if answer.picker != p || answer.request != p.request {
		return
	}
	p.found, p.waiting = answer.found, false
	p.marked, p.top = 0, 0
}

// move moves the mark, and says whether there was a result to move to.
func (p *Picker) move(by int) bool {
	to := p.marked + by
	if to < 0 || to >= len(p.found.Options) {
		return false
	}
	p.marked = to
	return true
}

func (p *Picker) choose() tea.Cmd {
	if p.waiting || p.marked >= len(p.found.Options) || p.found.Options[p.marked].Disabled != "" {
		return nil
	}
	option := p.found.Options[p.marked]
	p.Choose(option)
	if p.OnChoose == nil {
		return nil
	}
	return p.OnChoose(option)
}

// View paints the line, how many were found, and as many results as there is room for.
func (p *Picker) View(width, height int) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	lines := []string{"[" + p.input.View(max(1, width-2), 1) + "]", p.theme.Muted.Render(Cut(p.status(), width))}
	room := max(0, height-len(lines))
	p.top = max(0, min(p.top, p.marked))
	p.top = max(p.top, p.marked-room+1)
	for i := p.top; i < min(len(p.found.Options), p.top+room); i++ {
		lines = append(lines, p.result(i, width))
	}
	return fit(lines, width, height)
}

// status is the line below the text: a count, or why there is none.
func (p *Picker) status() string {
	switch {
	case p.chosen != nil:
		return "Chosen. Type to choose another."
	case !p.asked:
		return "Type to search."
	case p.waiting:
		return "Searching…"
	case p.found.Problem != "":
		return Clean(p.found.Problem)
	case len(p.found.Options) == 0:
		return "Nothing found."
	case p.found.Options[min(p.marked, len(p.found.Options)-1)].Disabled != "":
		return "Not now: " + Clean(p.found.Options[p.marked].Disabled)
	case p.found.Total > len(p.found.Options):
		return fmt.Sprintf("%d of %d. Type more to narrow it down.", len(p.found.Options), p.found.Total)
	case len(p.found.Options) == 1:
		return "1 found."
	}
	return fmt.Sprintf("%d found.", len(p.found.Options))
}

func (p *Picker) result(i, width int) string {
	option := p.found.Options[i]
	text := withKind(option, width-len(markOther))
	if i == p.marked && p.input.focused {
		return p.theme.Selected.Render(Pad(markSelected+text, width))
	}
	style := p.theme.Text
	if option.Disabled != "" {
		style = p.theme.Muted
	}
	return markOther + style.Render(Cut(text, max(0, width-len(markOther))))
}

// withKind is an option with its kind at the right edge.
func withKind(o Option, width int) string {
	if o.Kind == "" {
		return optionText(o)
	}
	kind := Cut(Clean(o.Kind), max(0, width/3))
	return Pad(optionText(o), max(0, width-Width(kind)-1)) + " " + kind
}

// optionText is an option in one line: its label, why it cannot be chosen, and its hint, which can
// be cut first.
func optionText(o Option) string {
	text := Clean(o.Label)
	if o.Disabled != "" {
		text += "  (" + Clean(o.Disabled) + ")"
	}
	if o.Hint != "" {
		text += "  " + Clean(o.Hint)
	}
	return text
}
