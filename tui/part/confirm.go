package part

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Confirm asks for a typed word before something that cannot be undone. Enter alone, a paste or
// keys pressed ahead never go through.
type Confirm struct {
	// OnYes is called in Update when the word was typed and Enter pressed.
	OnYes func() tea.Cmd
	// OnNo is called in Update on Esc.
	OnNo func() tea.Cmd

	theme *Theme
	title string
	text  string
	word  string
	input *TextInput
	wrong bool // Enter was pressed with something else
}

// NewConfirm makes the dialog: what is about to happen as title, what it means as text, and the
// word to type, of which case and marks do not matter. The word must not be empty.
func NewConfirm(theme *Theme, title, text, word string) *Confirm {
	c := &Confirm{theme: theme, title: title, text: text, word: word, input: NewTextInput(theme)}
	c.input.Focus()
	return c
}

// Update types the word, and settles on Enter or Esc.
func (c *Confirm) Update(msg tea.Msg) tea.Cmd {
	switch key := PressedKey(msg); key {
	case "":
		return nil
	case KeyEscape:
		return call(c.OnNo)
	case KeyEnter:
		if c.matches() {
			return call(c.OnYes)
		}
		c.wrong = true
	default:
		c.input.Update(msg)
	}
	return nil
}

// Asks is what is about to happen, what it means, and the word that goes through.
func (c *Confirm) Asks() (title, text, word string) { return c.title, c.text, c.word }

// Answer is a whole line typed at once. It says whether that was the word.
func (c *Confirm) Answer(typed string) (cmd tea.Cmd, right bool) {
	c.input.SetValue(typed)
	if !c.matches() {
		return nil, false
	}
	return call(c.OnYes), true
}

// Refuse goes back, as Esc does.
func (c *Confirm) Refuse() tea.Cmd { return call(c.OnNo) }

func call(f func() tea.Cmd) tea.Cmd {
	if f == nil {
		return nil
	}
	return f()
}

func (c *Confirm) matches() bool {
	typed, word := strings.TrimSpace(Fold(c.input.Value())), strings.TrimSpace(Fold(c.word))
	return word != "" && typed == word
}

// View paints the dialog over the whole of its room.
func (c *Confirm) View(width, height int) string {
	return Box(c.theme, c.title, width, height, c.body)
}

// body keeps the line to type in in sight: where there is little room the text is what gives.
func (c *Confirm) body(width, height int) string {
	ask := Wrap("Type "+Clean(c.word)+" and press Enter. Esc goes back.", width)
	tail := append(ask, boxed(c.input, boxWidth(width, Width(c.word)+8)))
	if c.wrong {
		tail = append(tail, c.theme.Danger.Render(Cut("That is not the word "+Clean(c.word)+". Nothing was done.", width)))
	}
	text := Wrap(c.text, width)
	lines := append(text[:min(len(text), max(0, height-len(tail)-1))], "")
	return fit(append(lines, tail...), width, height)
}
