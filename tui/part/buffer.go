package part

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// buffer is a text being typed, kept as what its reader sees as letters (grapheme clusters), so
// that one press of an arrow or of Backspace is one letter, marks and all.
type buffer struct {
	letters []string
	at      int // the cursor stands before letters[at]
	limit   int // letters it can hold
	lines   bool
	full    bool // something did not fit and was left out
}

// maxPaste is how many characters of one paste are looked at. No field holds as many; a paste of
// many megabytes must cost no more than this.
const maxPaste = 1 << 16

// text is clean as a whole: erasing may have put a mark next to a letter it composes with.
func (b *buffer) text() string { return b.clean(strings.Join(b.letters, "")) }

func (b *buffer) set(text string) {
	b.letters, b.at, b.full = nil, 0, false
	b.insert([]rune(text[:min(len(text), 4*maxPaste)]))
}

// insert puts runes at the cursor, cleaned. The letters on either side are joined in, since what
// comes may be a mark for the one before.
func (b *buffer) insert(runes []rune) {
	if len(runes) > maxPaste {
		runes, b.full = runes[:maxPaste], true
	}
	from, before := b.at, ""
	if b.at > 0 && b.letters[b.at-1] != "\n" {
		from, before = b.at-1, b.letters[b.at-1]
	}
	fresh := letters(b.clean(before + string(runes)))
	room := b.limit - len(b.letters) + (b.at - from)
	if len(fresh) > room {
		fresh, b.full = fresh[:max(0, room)], true
	}
	if len(fresh) == 0 && b.at > from {
		return
	}
	rest := b.letters[b.at:]
	joined := make([]string, 0, from+len(fresh)+len(rest))
	joined = append(append(joined, b.letters[:from]...), fresh...)
	b.at = len(joined)
	b.letters = append(joined, rest...)
}

func (b *buffer) clean(text string) string {
	if b.lines {
		return CleanLines(text)
	}
	return Clean(text)
}

// letters splits clean text into grapheme clusters.
func letters(text string) []string {
	split := make([]string, 0, len(text))
	for text != "" {
		letter, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		if letter == "" {
			break
		}
		split = append(split, letter)
		text = text[len(letter):]
	}
	return split
}

func (b *buffer) move(by int) { b.at = max(0, min(b.at+by, len(b.letters))) }

// erase takes n letters away: before the cursor when n is negative, else after it.
func (b *buffer) erase(n int) {
	from, to := b.at, min(b.at+n, len(b.letters))
	if n < 0 {
		from, to = max(0, b.at+n), b.at
	}
	b.letters = append(b.letters[:from:from], b.letters[to:]...)
	b.at, b.full = from, false
}

// word is how many letters the word before the cursor has, with the blanks after it.
func (b *buffer) word() int {
	i := b.at
	for i > 0 && isBlank(b.letters[i-1]) {
		i--
	}
	for i > 0 && !isBlank(b.letters[i-1]) {
		i--
	}
	return b.at - i
}

func isBlank(letter string) bool { return letter == " " || letter == "\n" }

// shown is a letter as it is painted, and its width. A mark with no letter to stand on gets a
// blank, or it would land on whatever is painted before it.
func shown(letter string) (string, int) {
	if len(letter) == 1 {
		return letter, 1
	}
	width := Width(letter)
	if width == 0 {
		return " " + letter, 1
	}
	return letter, width
}
