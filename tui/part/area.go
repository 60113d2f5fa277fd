package part

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// TextArea is a text of several lines to type in, wrapped at words.
type TextArea struct {
	theme   *Theme
	buf     buffer
	focused bool
	width   int  // columns at the last View
	top     int  // the first line in sight
	ended   bool // the key before was Enter
}

// areaLimit is how many letters an area holds: several pages.
const areaLimit = 20_000

// NewTextArea makes an empty area.
func NewTextArea(theme *Theme) *TextArea {
	return &TextArea{theme: theme, width: 76, buf: buffer{limit: areaLimit, lines: true}}
}

// Focus makes the area show its cursor.
func (a *TextArea) Focus() { a.focused = true }

// Blur hides the cursor.
func (a *TextArea) Blur() { a.focused = false }

// Value is the text as typed, lines ended by a line feed.
func (a *TextArea) Value() string { return a.buf.text() }

// SetValue replaces the text, cleaned, and puts the cursor at its end.
func (a *TextArea) SetValue(text string) { a.buf.set(text) }

// Full tells whether something that was typed or pasted did not fit and was left out.
func (a *TextArea) Full() bool { return a.buf.full }

// stretch is one painted line: letters[from:to].
type stretch struct{ from, to int }

// Update types and edits. Enter begins a line, the arrows move.
func (a *TextArea) Update(msg tea.Msg) tea.Cmd {
	key, ok := msg.(tea.KeyMsg)
	if !ok || key.Alt {
		return nil
	}
	ended := a.ended
	a.ended = key.String() == KeyEnter
	if isTyped(key) {
		a.buf.insert(key.Runes)
		return nil
	}
	switch key.String() {
	case KeyEnter:
		a.buf.insert([]rune{'\n'})
	case keyLineFeed:
		if !ended { // else it is one end of a line with the carriage return before it
			a.buf.insert([]rune{'\n'})
		}
	case KeyUp:
		a.MoveLine(-1)
	case KeyDown:
		a.MoveLine(1)
	case KeyHome, "ctrl+a":
		a.buf.at = a.wrap(a.width)[a.line()].from
	case KeyEnd, "ctrl+e":
		a.buf.at = a.wrap(a.width)[a.line()].to
	default:
		a.buf.edit(key.String())
	}
	return nil
}

// line is the painted line the cursor stands in.
func (a *TextArea) line() int { return lineAt(a.wrap(a.width), a.buf.at) }

func lineAt(lines []stretch, at int) int {
	for i := len(lines) - 1; i > 0; i-- {
		if at >= lines[i].from {
			return i
		}
	}
	return 0
}

// MoveLine moves the cursor one painted line up or down, and says whether there was one.
func (a *TextArea) MoveLine(by int) bool {
	lines := a.wrap(a.width)
	here := lineAt(lines, a.buf.at)
	there := here + by
	if there < 0 || there >= len(lines) {
		return false
	}
	column := a.columns(lines[here].from, a.buf.at)
	at, used := lines[there].from, 0
	for at < lines[there].to {
		_, w := shown(a.buf.letters[at])
		if used+w > column {
			break
		}
		used += w
		at++
	}
	a.buf.at = at
	return true
}

// columns is how wide the letters between two indexes are.
func (a *TextArea) columns(from, to int) int {
	total := 0
	for _, letter := range a.buf.letters[from:to] {
		_, w := shown(letter)
		total += w
	}
	return total
}

// wrap splits the letters into painted lines, each with a column to spare for the cursor.
func (a *TextArea) wrap(width int) []stretch {
	width = max(2, width) - 1
	lines := make([]stretch, 0, 16)
	from, used, blank := 0, 0, -1
	for i := 0; i < len(a.buf.letters); i++ {
		letter := a.buf.letters[i]
		if letter == "\n" {
			lines = append(lines, stretch{from, i})
			from, used, blank = i+1, 0, -1
			continue
		}
		_, w := shown(letter)
		if used+w > width && i > from && !a.hangs(i, used, width) {
			end := i
			if blank >= 0 && letter != " " {
				end = blank + 1
			}
			lines = append(lines, stretch{from, end})
			from, blank = end, -1
			used = a.columns(from, i)
		}
		used += w
		if letter == " " {
			blank = i
		}
	}
	return append(lines, stretch{from, len(a.buf.letters)})
}

// hangs tells whether letter i is a blank that may stand in the spare column, so that the next
// line begins with a word. Not where the cursor can come to stand right after it.
func (a *TextArea) hangs(i, used, width int) bool {
	return a.buf.letters[i] == " " && used == width && i+1 < len(a.buf.letters) && a.buf.letters[i+1] != "\n"
}

// View paints at most height lines of exactly width columns, the cursor in sight.
func (a *TextArea) View(width, height int) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	a.width = width
	lines := a.wrap(width)
	here := lineAt(lines, a.buf.at)
	a.top = max(0, min(a.top, here, len(lines)-height))
	a.top = max(a.top, here-height+1)
	painted := make([]string, height)
	for i := range painted {
		n, style := a.top+i, a.theme.Field
		if a.focused && n == here { // the line that keys go to: a whole block costs a line over SSH too much
			style = a.theme.FieldFocused
		}
		painted[i] = style.Render(spaces(width))
		if n < len(lines) {
			painted[i] = a.paint(lines[n], n == here, width, style)
		}
	}
	return strings.Join(painted, "\n")
}

func (a *TextArea) paint(line stretch, here bool, width int, style Style) string {
	cursor := -1
	if here && a.focused {
		cursor = a.buf.at - line.from
	}
	return paintLetters(a.buf.letters[line.from:line.to], 0, width, cursor, style, a.theme.Cursor)
}
