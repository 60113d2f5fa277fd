package part

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// choiceControl answers a ChoiceField or a MultiField. Nothing is chosen until somebody chooses:
// "no" must never be an answer that nobody gave.
type choiceControl struct {
	theme   *Theme
	field   Field
	chosen  []bool
	at      int // the option under the cursor
	focused bool
	inline  bool // painted side by side at the last View
}

func newChoiceControl(theme *Theme, f Field) *choiceControl {
	return &choiceControl{theme: theme, field: f, chosen: make([]bool, len(f.Options)), inline: f.Inline}
}

func (c *choiceControl) many() bool { return c.field.Kind == MultiField }

// update moves between the options, and leaves past the first and the last. Space chooses; Enter
// chooses and goes on, or where several may be chosen only goes on.
func (c *choiceControl) update(msg tea.Msg) (tea.Cmd, outcome) {
	switch key := PressedKey(msg); key {
	case KeyUp, KeyDown:
		if c.inline {
			return nil, leaves(key)
		}
		if !c.move(map[string]int{KeyUp: -1, KeyDown: 1}[key]) {
			return nil, leaves(key)
		}
	case KeyLeft:
		c.move(-1)
	case KeyRight:
		c.move(1)
	case KeySpace:
		c.choose()
	case KeyEnter:
		if !c.many() && !c.choose() {
			return nil, stayed
		}
		return nil, goNext
	case KeyBackspace, KeyDelete:
		clear(c.chosen)
	}
	return nil, stayed
}

func (c *choiceControl) move(by int) bool {
	to := c.at + by
	if to < 0 || to >= len(c.chosen) {
		return false
	}
	c.at = to
	return true
}

// choose takes the option under the cursor, and says whether it could.
func (c *choiceControl) choose() bool {
	if c.at >= len(c.chosen) || c.field.Options[c.at].Disabled != "" {
		return false
	}
	if !c.many() {
		clear(c.chosen)
		c.chosen[c.at] = true
		return true
	}
	c.chosen[c.at] = !c.chosen[c.at]
	for i := range c.chosen {
		if i != c.at && (c.field.Options[c.at].Exclusive || c.field.Options[i].Exclusive) {
			c.chosen[i] = false
		}
	}
	return true
}

func (c *choiceControl) focus(on bool) { c.focused = on }
func (c *choiceControl) typing() bool  { return false }

func (c *choiceControl) lines(width int) ([]string, int) {
	if c.inline = c.field.Inline && c.inlineWidth() <= width; c.inline {
		return []string{c.inlineRow()}, 0
	}
	var painted []string
	cursor := 0
	for i := range c.chosen {
		if i == c.at {
			cursor = len(painted)
		}
		painted = append(painted, c.option(i, width)...)
	}
	return painted, cursor
}

const inlineGap = 2

func (c *choiceControl) inlineWidth() int {
	total := 0
	for i, o := range c.field.Options {
		total += len(markOther) + len(c.box(i)) + Width(optionText(o)) + inlineGap
	}
	return total
}

func (c *choiceControl) inlineRow() string {
	row := make([]string, len(c.chosen))
	for i, o := range c.field.Options {
		row[i] = c.option(i, len(markOther)+len(c.box(i))+Width(optionText(o)))[0]
	}
	return strings.Join(row, spaces(inlineGap))
}

// box shows the state in signs anybody can type: (x) one of several, [x] any of several.
func (c *choiceControl) box(i int) string {
	signs := map[bool]string{true: "(x) ", false: "( ) "}
	if c.many() {
		signs = map[bool]string{true: "[x] ", false: "[ ] "}
	}
	return signs[c.chosen[i]]
}

// option is one option, in as many lines as its words take: nobody should choose what they cannot
// read to its end.
func (c *choiceControl) option(i, width int) []string {
	mark, style := markOther, c.theme.Text
	if c.field.Options[i].Disabled != "" {
		style = c.theme.Muted
	}
	here := c.focused && i == c.at
	if here {
		mark, style = markSelected, c.theme.Selected
	}
	box := c.box(i)
	lines := Wrap(optionText(c.field.Options[i]), max(1, width-len(mark)-len(box)))
	for n, line := range lines {
		text := box + line
		if n > 0 {
			text, mark = spaces(len(box))+line, markOther
		}
		if here {
			lines[n] = style.Render(Cut(mark+text, width))
			continue
		}
		lines[n] = mark + style.Render(Cut(text, max(0, width-len(mark))))
	}
	return lines
}

func (c *choiceControl) value() string {
	var values []string
	for i, on := range c.chosen {
		if on {
			values = append(values, c.field.Options[i].Value)
		}
	}
	return strings.Join(values, "\n")
}

func (c *choiceControl) draft() string { return c.value() }

func (c *choiceControl) restore(draft string) tea.Cmd {
	values := strings.Split(draft, "\n")
	for i, o := range c.field.Options {
		c.chosen[i] = draft != "" && slices.Contains(values, o.Value)
		if c.chosen[i] {
			c.at = i
		}
	}
	return nil
}

// trouble says what stands in the way of an option that a draft brought back but that cannot be
// chosen any more.
func (c *choiceControl) trouble() string {
	for i, on := range c.chosen {
		if o := c.field.Options[i]; on && o.Disabled != "" {
			return Clean(o.Label) + ": " + Clean(o.Disabled)
		}
	}
	return ""
}
