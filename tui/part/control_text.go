package part

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// lineControl answers a TextField or SecretField.
type lineControl struct {
	input *TextInput
	field Field
}

func newLineControl(theme *Theme, f Field) *lineControl {
	c := &lineControl{input: NewTextInput(theme), field: f}
	c.input.Secret = f.Kind == SecretField
	return c
}

func (c *lineControl) update(msg tea.Msg) (tea.Cmd, outcome) {
	if out := leaves(PressedKey(msg)); out != stayed {
		return nil, out
	}
	return c.input.Update(msg), stayed
}

func (c *lineControl) focus(on bool) { setFocus(c.input, on) }
func (c *lineControl) typing() bool  { return true }

func (c *lineControl) lines(width int) ([]string, int) {
	box := boxWidth(width, c.field.longest())
	painted := []string{boxed(c.input, box)}
	return append(painted, lengthNotes(len(c.input.buf.letters), c.field.longest(), c.input.Full())...), 0
}

func (c *lineControl) value() string {
	if c.input.Secret {
		return c.input.Value() // a passphrase may begin or end with a blank
	}
	return strings.TrimSpace(c.input.Value())
}

// draft leaves a secret out: drafts are kept, secrets must not be.
func (c *lineControl) draft() string {
	if c.input.Secret {
		return ""
	}
	return c.input.Value()
}

func (c *lineControl) restore(text string) tea.Cmd {
	c.input.SetValue(text)
	if c.field.Over {
		c.input.TypeOver()
	}
	return nil
}

func (c *lineControl) trouble() string {
	return tooLong(c.field, len(c.input.buf.letters))
}

// areaControl answers a LongField.
type areaControl struct {
	area  *TextArea
	field Field
}

// areaLines is how tall a text of several lines is shown.
const areaLines = 4

func newAreaControl(theme *Theme, f Field) *areaControl {
	return &areaControl{area: NewTextArea(theme), field: f}
}

// update lets the arrows leave at the first and the last line.
func (c *areaControl) update(msg tea.Msg) (tea.Cmd, outcome) {
	switch PressedKey(msg) {
	case KeyUp:
		if !c.area.MoveLine(-1) {
			return nil, goBack
		}
		return nil, stayed
	case KeyDown:
		if !c.area.MoveLine(1) {
			return nil, goNext
		}
		return nil, stayed
	}
	return c.area.Update(msg), stayed
}

func (c *areaControl) focus(on bool) { setFocus(c.area, on) }
func (c *areaControl) typing() bool  { return true }

func (c *areaControl) lines(width int) ([]string, int) {
	inner := max(2, width-2)
	painted := strings.Split(c.area.View(inner, areaLines), "\n")
	for i, line := range painted {
		painted[i] = "[" + line + "]"
	}
	cursor := c.area.line() - c.area.top
	return append(painted, lengthNotes(len(c.area.buf.letters), c.field.longest(), c.area.Full())...), cursor
}

func (c *areaControl) value() string { return strings.TrimSpace(c.area.Value()) }
func (c *areaControl) draft() string { return c.area.Value() }

func (c *areaControl) restore(text string) tea.Cmd {
	c.area.SetValue(text)
	return nil
}

func (c *areaControl) trouble() string { return tooLong(c.field, len(c.area.buf.letters)) }

func setFocus(w interface {
	Focus()
	Blur()
}, on bool) {
	if on {
		w.Focus()
	} else {
		w.Blur()
	}
}

// boxWidth is how wide a line to type in is shown: its width hints at how long an answer is.
func boxWidth(width, longest int) int { return max(3, min(width, max(longest+1, 12)+2, 62)) }

// boxed paints a line between brackets, so that a field is seen without colour.
func boxed(in *TextInput, width int) string { return "[" + in.View(width-2, 1) + "]" }

func tooLong(f Field, letters int) string {
	if letters <= f.longest() {
		return ""
	}
	return fmt.Sprintf("%s must be %d characters or fewer", Clean(f.Label), f.longest())
}

// lengthNotes are said below a field while it is too long, before anybody asks.
func lengthNotes(letters, longest int, full bool) []string {
	var notes []string
	if over := letters - longest; over > 0 {
		notes = append(notes, fmt.Sprintf("%d characters too many", over))
	}
	if full {
		notes = append(notes, "Only the beginning was kept: the text was too long")
	}
	return notes
}
