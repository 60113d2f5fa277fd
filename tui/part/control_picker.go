package part

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// pickerControl answers a PickerField.
type pickerControl struct {
	*Picker
	field Field
}

// pickerRows is how many results are shown where the field does not say; above them stand the
// text and the count.
const pickerRows, pickerHead = 6, 2

// update lets the arrows leave past the first and the last result, and Enter go on once something
// is chosen or nothing was typed.
func (c *pickerControl) update(msg tea.Msg) (tea.Cmd, outcome) {
	switch PressedKey(msg) {
	case KeyUp:
		if !c.move(-1) {
			return nil, goBack
		}
		return nil, stayed
	case KeyDown:
		if !c.move(1) && len(c.found.Options) == 0 {
			return nil, goNext
		}
		return nil, stayed
	case KeyEnter:
		cmd := c.choose()
		if c.chosen != nil || c.input.Empty() {
			return cmd, goNext
		}
		return cmd, stayed
	}
	return c.Picker.Update(msg), stayed
}

func (c *pickerControl) focus(on bool) { setFocus(c.Picker, on) }
func (c *pickerControl) typing() bool  { return true }

func (c *pickerControl) lines(width int) ([]string, int) {
	height := pickerHead
	if c.input.focused {
		height += pickerRows
		if c.field.Rows > 0 {
			height = pickerHead + c.field.Rows
		}
	}
	painted := strings.Split(c.View(max(3, width), height), "\n")
	if len(c.found.Options) == 0 {
		return painted, 0
	}
	return painted, min(2+c.marked-c.top, len(painted)-1)
}

func (c *pickerControl) value() string {
	if c.chosen == nil {
		return ""
	}
	return c.chosen.Value
}

// draft keeps what was chosen with its words, or what was typed.
func (c *pickerControl) draft() string {
	if c.chosen == nil {
		return c.Query()
	}
	return ChosenDraft(*c.chosen)
}

// ChosenDraft is the draft of a picker in which an option is chosen, for the answers a form begins
// with.
func ChosenDraft(o Option) string { return Clean(o.Label) + draftSeparator + o.Value }

func (c *pickerControl) restore(draft string) tea.Cmd {
	label, value, chosen := strings.Cut(draft, draftSeparator)
	switch {
	case chosen:
		c.Choose(Option{Value: value, Label: label})
	case label != "":
		return c.Ask(label)
	}
	return nil
}

func (c *pickerControl) trouble() string {
	if c.chosen == nil && strings.TrimSpace(c.Query()) != "" {
		return c.field.missing() + " from the list"
	}
	return ""
}
