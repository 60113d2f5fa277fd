package part

import tea "github.com/charmbracelet/bubbletea"

// Palette is the overlay that finds any action, person or screen by what is typed.
type Palette struct {
	// OnClose is called in Update on Esc, and on the key that opened it.
	OnClose func() tea.Cmd

	theme  *Theme
	picker *Picker
}

// NewPalette makes the overlay over a search (see NewPicker) and calls choose, in Update, with
// what was chosen. An entry says what it is in Kind; one that is Disabled is listed with its
// reason and cannot be chosen.
func NewPalette(theme *Theme, find func(query string) Found, choose func(Option) tea.Cmd) *Palette {
	p := &Palette{theme: theme, picker: NewPicker(theme, find)}
	p.picker.OnChoose = choose
	p.picker.Focus()
	return p
}

// Open puts a text in the line; the command looks for it, and for everything where it is "".
func (p *Palette) Open(text string) tea.Cmd { return p.picker.Ask(text) }

// Query is what was typed.
func (p *Palette) Query() string { return p.picker.Query() }

// Update types, moves, chooses with Enter and closes on Esc or Ctrl+K.
func (p *Palette) Update(msg tea.Msg) tea.Cmd {
	switch PressedKey(msg) {
	case KeyEscape, KeyPalette:
		if p.OnClose != nil {
			return p.OnClose()
		}
		return nil
	}
	return p.picker.Update(msg)
}

// View paints the overlay over the whole of its room.
func (p *Palette) View(width, height int) string {
	return Box(p.theme, "Find an action, a person or a screen", width, height, p.picker.View)
}
