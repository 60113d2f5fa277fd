package part

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// dateControl answers a DateField. What was typed stays as typed; what it means stands below. A
// text with several meanings shows them all, and one must be chosen: Enter does not pass it by.
type dateControl struct {
	theme    *Theme
	field    Field
	input    *TextInput
	readings []Reading
	err      error
	picked   int // the reading that is meant, or -1
	marked   int // the reading under the cursor, or -1 while the cursor is in the text
	focused  bool
}

func newDateControl(theme *Theme, f Field) *dateControl {
	return &dateControl{theme: theme, field: f, input: NewTextInput(theme), picked: -1, marked: -1}
}

func (c *dateControl) update(msg tea.Msg) (tea.Cmd, outcome) {
	switch key := PressedKey(msg); key {
	case KeyDown:
		if len(c.readings) > 1 && c.marked+1 < len(c.readings) {
			c.marked++
			return nil, stayed
		}
		return nil, goNext
	case KeyUp:
		if c.marked >= 0 {
			c.marked--
			return nil, stayed
		}
		return nil, goBack
	case KeyEnter:
		switch {
		case c.marked >= 0:
			c.picked = c.marked
		case c.unclear():
			c.marked = 0
			return nil, stayed
		}
		return nil, goNext
	}
	before := c.input.Value()
	c.input.Update(msg)
	if c.input.Value() != before {
		c.read()
	}
	return nil, stayed
}

// unclear tells whether the text means several days and none was chosen.
func (c *dateControl) unclear() bool { return len(c.readings) > 1 && c.picked < 0 }

// read asks what the text means. A single meaning is the one meant.
func (c *dateControl) read() {
	c.readings, c.err, c.picked, c.marked = nil, nil, -1, -1
	text := strings.TrimSpace(c.input.Value())
	if text == "" || c.field.Read == nil {
		return
	}
	c.readings, c.err = c.field.Read(text)
	if len(c.readings) == 1 {
		c.picked = 0
	}
}

func (c *dateControl) focus(on bool) {
	c.focused = on
	setFocus(c.input, on)
	c.marked = -1
}

func (c *dateControl) typing() bool { return true }

const dateWidth = 24

func (c *dateControl) lines(width int) ([]string, int) {
	painted := []string{boxed(c.input, min(max(3, width), dateWidth))}
	switch {
	case c.picked >= 0:
		painted = append(painted, Cut("= "+Clean(c.readings[c.picked].Label), width))
	case len(c.readings) > 1:
		painted = append(painted, Cut(c.asksWhich(), width))
		for i := range c.readings {
			painted = append(painted, c.reading(i, width))
		}
		if c.marked >= 0 {
			return painted, c.marked + 2
		}
	}
	return painted, 0
}

// asksWhich stands above the meanings, with the keys that choose one.
func (c *dateControl) asksWhich() string {
	switch {
	case !c.focused:
		return "No day is chosen yet. It can mean:"
	case c.marked >= 0:
		return "Which? Down and Up move, Enter chooses:"
	}
	return "Which? Enter or Down goes to them:"
}

func (c *dateControl) reading(i, width int) string {
	text := Clean(c.readings[i].Label)
	if c.focused && i == c.marked {
		return c.theme.Selected.Render(Cut(markSelected+text, width))
	}
	return Cut(markOther+text, width)
}

func (c *dateControl) value() string {
	if c.picked < 0 {
		return ""
	}
	return c.readings[c.picked].Value
}

// trouble is the reader's own sentence, or the meanings to choose from.
func (c *dateControl) trouble() string {
	switch {
	case c.picked >= 0 || strings.TrimSpace(c.input.Value()) == "":
		return ""
	case c.err != nil:
		return c.err.Error()
	case len(c.readings) > 1:
		labels := make([]string, len(c.readings))
		for i, r := range c.readings {
			labels[i] = r.Label
		}
		return c.field.Label + " can mean " + strings.Join(labels, " or ") + ": choose one"
	}
	return c.field.Label + " cannot be read as a date"
}

// draftSeparator stands between the parts of a draft; Clean turns it into a blank in any text.
const draftSeparator = "\t"

// draft keeps the text and the date it meant: "today" must not become tomorrow overnight.
func (c *dateControl) draft() string {
	if c.picked < 0 {
		return c.input.Value()
	}
	r := c.readings[c.picked]
	return strings.Join([]string{c.input.Value(), Clean(r.Value), Clean(r.Label)}, draftSeparator)
}

// restore reads the text anew. Where it does not mean the kept date any more, the date's own
// words take its place.
func (c *dateControl) restore(draft string) tea.Cmd {
	parts := strings.Split(draft, draftSeparator)
	c.input.SetValue(parts[0])
	c.read()
	if len(parts) < 3 || c.pick(parts[1]) {
		return nil
	}
	c.input.SetValue(parts[2])
	c.read()
	c.pick(parts[1])
	return nil
}

func (c *dateControl) pick(value string) bool {
	for i, r := range c.readings {
		if r.Value == value {
			c.picked = i
			return true
		}
	}
	return false
}
