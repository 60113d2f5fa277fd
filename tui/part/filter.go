package part

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

// Filter is the line that narrows a list down while it is typed. Open begins typing; Enter, Up and
// Down end it and keep what was typed; Esc takes the filter away.
type Filter struct {
	// OnChange is called in Update when the text changed; use Reset on the list, since its rows
	// now answer another question.
	OnChange func(query string) tea.Cmd

	theme *Theme
	input *TextInput
}

// NewFilter makes a filter that lets everything through.
func NewFilter(theme *Theme) *Filter { return &Filter{theme: theme, input: NewTextInput(theme)} }

// Open begins typing, after what was typed before.
func (f *Filter) Open() { f.input.Focus() }

// Typing tells whether letters go into the filter now.
func (f *Filter) Typing() bool { return f.input.focused }

// Active tells whether there is anything to see of the filter: a text, or somebody typing one.
func (f *Filter) Active() bool { return f.Typing() || !f.input.Empty() }

// Query is what was typed; give it to Matches, or to a search of your own.
func (f *Filter) Query() string { return f.input.Value() }

// Update takes keys while Typing, and Esc at any time.
func (f *Filter) Update(msg tea.Msg) tea.Cmd {
	before := f.Query()
	switch key := PressedKey(msg); {
	case key == KeyEscape:
		f.input.SetValue("")
		f.input.Blur()
	case !f.Typing():
		return nil
	case key == KeyEnter || key == KeyUp || key == KeyDown:
		f.input.Blur()
	default:
		f.input.Update(msg)
	}
	if f.Query() == before || f.OnChange == nil {
		return nil
	}
	return f.OnChange(f.Query())
}

// Set is a whole text at once, as who types line by line gives it; "" takes the filter away.
func (f *Filter) Set(query string) tea.Cmd {
	before := f.Query()
	f.input.SetValue(query)
	f.input.Blur()
	if f.Query() == before || f.OnChange == nil {
		return nil
	}
	return f.OnChange(f.Query())
}

// View paints one line of width columns: the text, and how many rows of how many match.
func (f *Filter) View(width, matching, total int) string {
	return f.ViewCount(width, fmt.Sprintf("%d of %d", matching, total))
}

// ViewCount is View for a count that is more than two numbers.
func (f *Filter) ViewCount(width int, count string) string {
	room := width - Width("/ ") - Width("  ") - Width(count)
	if room < 4 {
		return Cut("/ "+f.input.View(max(1, width-2), 1), width)
	}
	return f.theme.Key.Render("/") + " " + f.input.View(room, 1) + "  " + f.theme.Muted.Render(count)
}
