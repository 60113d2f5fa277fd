package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fold makes text fit for searching: lower case, no accents, no apostrophes,
// every other sign a space. "O'Brien-Llŷr" becomes "obrien llyr". Both what is
// searched and what is typed go through it, so neither has to be spelt with
// the right accents; it is never shown and never stored as a name.
//
// Letters of other scripts stay, without their optional marks. Folding twice
// changes nothing.
func Fold(s string) string {
	if folded, ok := foldASCII(s); ok {
		return folded
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		letters, kind := foldRune(r)
		switch kind {
		case foldDrop:
		case foldSpace:
			space = b.Len() > 0
		case foldKeep:
			if space {
				b.WriteByte(' ')
				space = false
			}
			if letters != "" {
				b.WriteString(letters)
			} else {
				b.WriteRune(searchCase(r))
			}
		}
	}
	return b.String()
}

type foldKind uint8

const (
	foldKeep foldKind = iota
	foldDrop
	foldSpace
)

// foldRune tells what becomes of a rune: the Latin letters it stands for, or
// itself in lower case when there are none.
func foldRune(r rune) (letters string, kind foldKind) {
	if r < utf8.RuneSelf {
		switch {
		case r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return "", foldKeep
		case r == '\'', r == '`':
			return "", foldDrop
		}
		return "", foldSpace
	}
	if letters, ok := foldTable[unicode.ToLower(r)]; ok {
		return letters, foldKeep
	}
	switch {
	case isApostrophe(r), unicode.Is(searchMarks, r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
		return "", foldDrop
	case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r):
		return "", foldKeep
	}
	return "", foldSpace
}

// searchCase lower-cases until nothing changes: a few letters take two steps.
func searchCase(r rune) rune {
	for {
		lower := unicode.ToLower(r)
		if lower == r {
			return r
		}
		r = lower
	}
}

// foldASCII is Fold for the plain text most names are.
func foldASCII(s string) (string, bool) {
	clean := true
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return "", false
		}
		lower := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		single := c == ' ' && i > 0 && i < len(s)-1 && s[i-1] != ' '
		clean = clean && (lower || single)
	}
	if clean {
		return s, true
	}
	out := make([]byte, 0, len(s))
	space := false
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '\'' || c == '`':
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case c < '0' || c > '9' && c < 'a' || c > 'z':
			space = len(out) > 0
			continue
		}
		if space {
			out, space = append(out, ' '), false
		}
		out = append(out, c)
	}
	return string(out), true
}

// isApostrophe tells whether r is one of the signs typed or pasted inside names
// such as O'Brien and Ka'ahumanu.
func isApostrophe(r rune) bool {
	switch r {
	case '\'', '`', '\u00b4', '\u2018', '\u2019', '\u201b', '\u02bb', '\u02bc', '\u02b9', '\u02bd', '\u2032', '\uff07':
		return true
	}
	return false
}

// searchMarks are the marks people leave out when they type: combining accents,
// Hebrew points, Arabic vowel signs and the Arabic stretch sign. Vowel signs of
// Indic scripts are letters in all but name, and stay.
var searchMarks = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0300, Hi: 0x036f, Stride: 1},
		{Lo: 0x0483, Hi: 0x0487, Stride: 1},
		{Lo: 0x0591, Hi: 0x05bd, Stride: 1},
		{Lo: 0x05bf, Hi: 0x05c7, Stride: 1},
		{Lo: 0x0610, Hi: 0x061a, Stride: 1},
		{Lo: 0x0640, Hi: 0x0640, Stride: 1},
		{Lo: 0x064b, Hi: 0x065f, Stride: 1},
		{Lo: 0x0670, Hi: 0x0670, Stride: 1},
		{Lo: 0x1ab0, Hi: 0x1aff, Stride: 1},
		{Lo: 0x1dc0, Hi: 0x1dff, Stride: 1},
		{Lo: 0x20d0, Hi: 0x20f0, Stride: 1},
		{Lo: 0xfe20, Hi: 0xfe2f, Stride: 1},
	},
}
