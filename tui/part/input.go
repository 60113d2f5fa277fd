package part

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// TextInput is a line to type in. It has no blinking cursor, asks the terminal for nothing and
// takes its looks from the theme only.
type TextInput struct {
	Secret bool // shows a star for each letter

	theme   *Theme
	buf     buffer
	focused bool
	over    bool // what stands here is taken away by the first thing typed
	left    int  // the first letter in sight
}

// inputLimit is how many letters a line holds: far more than any answer, so that too long an
// answer is kept and can be shortened by whoever wrote it.
const inputLimit = 1000

// NewTextInput makes an empty line.
func NewTextInput(theme *Theme) *TextInput {
	return &TextInput{theme: theme, buf: buffer{limit: inputLimit}}
}

// Focus makes the line show its cursor. Update works either way: whoever owns it decides.
func (in *TextInput) Focus() { in.focused = true }

// Blur hides the cursor.
func (in *TextInput) Blur() { in.focused = false }

// Value is the text as typed.
func (in *TextInput) Value() string { return in.buf.text() }

// SetValue replaces the text, cleaned, and puts the cursor at its end.
func (in *TextInput) SetValue(text string) { in.buf.set(text) }

// TypeOver has the first thing that is typed take the place of what stands here. A key that moves
// or erases keeps it, to be put right.
func (in *TextInput) TypeOver() { in.over = true }

// Empty tells whether nothing was typed.
func (in *TextInput) Empty() bool { return len(in.buf.letters) == 0 }

// Full tells whether something that was typed or pasted did not fit and was left out.
func (in *TextInput) Full() bool { return in.buf.full }

// Update types and edits. It answers the left and right arrows, Home and End (Ctrl+A, Ctrl+E),
// Backspace and Delete, Ctrl+W for a word and Ctrl+U for all before the cursor.
func (in *TextInput) Update(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyMsg); ok && !key.Alt {
		over := in.over
		in.over = false
		if isTyped(key) {
			if over {
				in.buf.set("")
			}
			runes := key.Runes
			if key.Paste {
				runes = trimLineEnds(runes)
			}
			in.buf.insert(runes)
			return nil
		}
		in.edit(key.String())
	}
	return nil
}

func (in *TextInput) edit(key string) {
	switch key {
	case KeyHome, "ctrl+a":
		in.buf.at = 0
	case KeyEnd, "ctrl+e":
		in.buf.at = len(in.buf.letters)
	case keyLineFeed: // between two lines of a paste, and nothing at its beginning
		if at := in.buf.at; at > 0 && !isBlank(in.buf.letters[at-1]) && !in.Secret {
			in.buf.insert([]rune{' '})
		}
	default:
		in.buf.edit(key)
	}
}

// edit answers the keys that mean the same in one line and in many.
func (b *buffer) edit(key string) {
	switch key {
	case KeyLeft:
		b.move(-1)
	case KeyRight:
		b.move(1)
	case KeyBackspace:
		b.erase(-1)
	case KeyDelete:
		b.erase(1)
	case "ctrl+w":
		b.erase(-b.word())
	case "ctrl+u":
		b.erase(-b.at)
	}
}

// isTyped tells whether a key carries text: letters, a space or a paste.
func isTyped(key tea.KeyMsg) bool {
	return (key.Type == tea.KeyRunes || key.Type == tea.KeySpace) && len(key.Runes) > 0
}

// trimLineEnds drops the line ends that copying a whole line takes along.
func trimLineEnds(runes []rune) []rune {
	for len(runes) > 0 && (runes[len(runes)-1] == '\n' || runes[len(runes)-1] == '\r') {
		runes = runes[:len(runes)-1]
	}
	return runes
}

// View paints one line of exactly width columns, the cursor in sight.
func (in *TextInput) View(width, height int) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	in.scroll(width)
	style := in.theme.Field
	if in.focused {
		style = in.theme.FieldFocused
	}
	return paintLetters(in.visible(), in.left, width, in.cursor(), style, in.theme.Cursor)
}

// visible is the letters as they may be seen.
func (in *TextInput) visible() []string {
	if !in.Secret {
		return in.buf.letters
	}
	return strings.Split(strings.Repeat("*", len(in.buf.letters)), "")
}

func (in *TextInput) cursor() int {
	if !in.focused {
		return -1
	}
	return in.buf.at
}

// scroll moves the first letter in sight so that the cursor, and its own cell, is in sight.
func (in *TextInput) scroll(width int) {
	letters := in.visible()
	in.left = max(0, min(in.left, in.buf.at))
	used := 1
	if in.buf.at < len(letters) {
		_, used = shown(letters[in.buf.at])
	}
	first := in.buf.at
	for first > 0 {
		_, w := shown(letters[first-1])
		if used+w > width {
			break
		}
		used += w
		first--
	}
	in.left = max(in.left, first)
	if in.buf.at == len(letters) { // erasing at the end brings back what had scrolled out
		in.left = first
	}
}

// paintLetters paints the letters from the index on in width columns, with a cursor on one of
// them (the index past the last is the blank after it; -1 is none).
func paintLetters(letters []string, from, width, cursor int, style, cursorStyle Style) string {
	var out, run strings.Builder
	used := 0
	flush := func() {
		out.WriteString(style.Render(run.String()))
		run.Reset()
	}
	for i := from; i <= len(letters); i++ {
		text, w := " ", 1
		if i < len(letters) {
			text, w = shown(letters[i])
		}
		if used+w > width || i == len(letters) && i != cursor {
			break
		}
		used += w
		if i != cursor {
			run.WriteString(text)
			continue
		}
		flush()
		out.WriteString(cursorStyle.Over(style).Render(text))
	}
	run.WriteString(spaces(width - used))
	flush()
	return out.String()
}
