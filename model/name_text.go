package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CleanText makes one line of what was typed, pasted or imported: terminal
// escapes, control characters and marks that turn text round are gone, runs of
// spaces are one space. Whatever remains is safe to draw. Bytes that are not
// UTF-8 become U+FFFD, so that a lost letter is seen and not dropped.
//
// Zero-width joiners stay between letters of the scripts that need them to be
// spelt (Persian, Sinhala, Malayalam and others) and go elsewhere, where they
// only make two equal names differ. More than four marks on one letter go as
// well: no language writes them, and they break a screen's lines.
func CleanText(s string) string {
	if plainText(s) {
		return s
	}
	s = stripEscapes(strings.ToValidUTF8(s, "\ufffd"))
	c := cleaner{}
	c.out.Grow(len(s))
	for _, r := range s {
		c.take(r)
	}
	return c.out.String()
}

// cleaner holds what stands between the last character written and the next.
type cleaner struct {
	out    strings.Builder
	last   rune // the last one written
	joiner rune // a joiner since then
	space  bool // a space since then
	marks  int  // marks on the last letter
}

func (c *cleaner) take(r rune) {
	switch {
	case unicode.IsSpace(r):
		c.space = c.out.Len() > 0
		return
	case r == zwj || r == zwnj:
		c.joiner = r
		return
	case invisible(r):
		return
	case !unicode.IsPrint(r):
		r = '\ufffd' // private or unassigned: nobody can say what it was
	case unicode.IsMark(r):
		if c.marks++; c.marks > 4 || c.out.Len() == 0 || c.space {
			return
		}
	}
	if !unicode.IsMark(r) {
		c.marks = 0
	}
	c.write(r)
}

func (c *cleaner) write(r rune) {
	switch {
	case c.space:
		c.out.WriteByte(' ')
	case c.joiner != 0 && joinerScript(c.last) && joinerScript(r):
		c.out.WriteRune(c.joiner)
	}
	c.out.WriteRune(r)
	c.last, c.joiner, c.space = r, 0, false
}

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// plainText tells whether there is nothing to clean in printable ASCII.
func plainText(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || (s[i] == ' ' && (i == 0 || i == len(s)-1 || s[i-1] == ' ')) {
			return false
		}
	}
	return true
}

// invisible tells whether a character is control, direction, tag or other
// format, or a filler that shows nothing.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector) ||
		r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0'
}

// joinerScript tells whether a letter is of a script spelt with joiners.
func joinerScript(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Devanagari, unicode.Bengali,
		unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil, unicode.Telugu, unicode.Kannada,
		unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}

// stripEscapes removes terminal sequences whole, so that a pasted colour or
// bracket does not leave "[31m" in a name.
func stripEscapes(s string) string {
	if !strings.ContainsAny(s, "\x1b\u009b\u009d") {
		return s
	}
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case strings.HasPrefix(s, "\x1b["):
			s = afterControlSequence(s[2:])
		case r == '\u009b':
			s = afterControlSequence(s[size:])
		case strings.HasPrefix(s, "\x1b]"):
			s = afterCommandString(s[2:])
		case r == '\u009d':
			s = afterCommandString(s[size:])
		case r == '\x1b':
			s = s[size:]
		default:
			b.WriteString(s[:size])
			s = s[size:]
		}
	}
	return b.String()
}

// afterControlSequence skips the parameters and the final byte of a CSI.
func afterControlSequence(s string) string {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x3f {
			if s[i] >= 0x40 && s[i] <= 0x7e {
				return s[i+1:]
			}
			return s[i:]
		}
	}
	return ""
}

// afterCommandString skips an OSC up to its end, BEL or ST. One without an end
// is not a command, and its text is kept.
func afterCommandString(s string) string {
	end := strings.IndexAny(s, "\x07\x1b\u009c")
	if end < 0 {
		return s
	}
	return strings.TrimPrefix(strings.TrimPrefix(s[end:], "\x1b\\"), "\x07")
}

func hasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }
