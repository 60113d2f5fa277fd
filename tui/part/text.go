package part

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// Ellipsis stands where text was cut.
const Ellipsis = "…"

// Clean makes s safe to paint on one line: escape sequences and control characters are removed,
// line breaks and tabs become spaces, characters that reorder or hide text are removed, broken
// UTF-8 is dropped and the rest is put in composed form (NFC), because many terminals cannot stack
// a mark on a letter. Letters of every script stay as they are.
func Clean(s string) string {
	if isPlainASCII(s) {
		return s
	}
	return norm.NFC.String(scrub(ansi.Strip(s), false))
}

// CleanLines is Clean for text of several lines: line feeds stay, other line endings become line
// feeds, tabs become spaces.
func CleanLines(s string) string {
	if isPlainASCII(s) {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(s)
	return norm.NFC.String(scrub(ansi.Strip(s), true))
}

func isPlainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

func scrub(s string, keepLines bool) string {
	var b strings.Builder
	b.Grow(len(s))
	last := rune(0)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		broken := r == utf8.RuneError && size == 1
		i += size
		switch {
		case broken:
			continue
		case r == '\n' && keepLines:
		case r == '\t' || r == '\n' || r == '\u2028' || r == '\u2029':
			r = ' '
		case r == '\r' && !keepLines:
			r = ' '
		case isHostile(r) || r == joiner && !joins(last):
			continue
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// joiner (zero width joiner) is part of the spelling in several scripts of India and in Persian,
// where it stands between letters. Between pictures it makes one picture of many, which terminals
// draw in widths nobody can foresee, so there it goes.
const joiner = '\u200d'

func joins(before rune) bool { return unicode.IsLetter(before) || unicode.IsMark(before) }

// isHostile tells characters that can break the frame or show a reader something other than what
// is stored: controls, direction overrides and isolates, invisible tags and selectors, and
// modifiers whose drawn width differs from one terminal to the next.
func isHostile(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return true
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return true
	case r >= 0x200e && r <= 0x200f, r == 0x061c:
		return true
	case r >= 0x2060 && r <= 0x2065, r == 0xfeff, r >= 0xfff9 && r <= 0xfffb, r == 0x00ad:
		return true
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0000 && r <= 0xe0fff:
		return true
	case r >= 0x1f3fb && r <= 0x1f3ff:
		return true
	}
	return false
}

// Width is the number of display columns s takes; colour sequences take none.
func Width(s string) int {
	if isPlainASCII(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// Cut shortens s to width display columns, ending in an ellipsis when anything was lost.
// Colour sequences survive; a wide character is never split.
func Cut(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if isPlainASCII(s) {
		if len(s) <= width {
			return s
		}
		return s[:width-1] + Ellipsis
	}
	return ansi.Truncate(s, width, Ellipsis)
}

// Pad cuts or fills s with spaces on the right to exactly width display columns.
func Pad(s string, width int) string {
	s = Cut(s, width)
	return s + spaces(width-Width(s))
}

// PadLeft cuts or fills s with spaces on the left to exactly width display columns.
func PadLeft(s string, width int) string {
	s = Cut(s, width)
	return spaces(width-Width(s)) + s
}

// heldHyphen stands for a hyphen while lines are broken, so that a date is never torn apart.
const heldHyphen = "\ue000" // for private use: it is in no text

// Wrap breaks text into lines of at most width columns, at spaces where it can.
func Wrap(s string, width int) []string {
	if width < 1 {
		return nil
	}
	whole := strings.ReplaceAll(CleanLines(s), "-", heldHyphen)
	lines := strings.Split(ansi.Wrap(whole, width, ""), "\n")
	for i, line := range lines {
		lines[i] = Cut(strings.ReplaceAll(line, heldHyphen, "-"), width)
	}
	return lines
}

const blanks = "                                                                                " +
	"                                                                                "

func spaces(n int) string {
	if n <= 0 {
		return ""
	}
	if n <= len(blanks) {
		return blanks[:n]
	}
	return strings.Repeat(" ", n)
}

// fit is the last gate of every View: no line wider than width, no more lines than height.
func fit(lines []string, width, height int) string {
	if height <= 0 || width <= 0 {
		return ""
	}
	if len(lines) > height {
		lines = lines[:height]
	}
	for i, line := range lines {
		if len(line) > width && Width(line) > width {
			lines[i] = Cut(line, width)
		}
	}
	return strings.Join(lines, "\n")
}
