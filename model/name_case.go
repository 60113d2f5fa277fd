package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// UpperName writes a name in capitals as its readers expect it: ß becomes SS, a
// ligature becomes its letters, the dotless ı an I. Georgian has no capitals in
// use, so its letters stay: the ones Unicode offers are missing from most fonts.
func UpperName(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == 'ß':
			b.WriteString("SS")
		case r >= 'ﬀ' && r <= 'ﬆ':
			b.WriteString(strings.ToUpper(foldTable[r]))
		case r == 'ŉ':
			b.WriteString("\u02bcN")
		case unicode.Is(unicode.Georgian, r):
			b.WriteRune(r)
		default:
			b.WriteRune(unicode.ToUpper(r))
		}
	}
	return b.String()
}

// TitleCaseName turns a name written all in capitals, as custody systems keep
// it, into one that can be read: "LLŶR" to "Llŷr", "ANNE-MARIE" to "Anne-Marie",
// "O'BRIEN" to "O'Brien", "MCDONALD" to "McDonald". A name with any small letter
// in it was written with care, and is left alone. What capitals have lost cannot
// be known: "MACDONALD" and "VAN DER BERG" get the plain rule.
func TitleCaseName(s string) string {
	if !allCapitals(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	start := 0
	for i, r := range s {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || isApostrophe(r) {
			continue
		}
		writeTitled(&b, s[start:i])
		b.WriteRune(r)
		start = i + utf8.RuneLen(r)
	}
	writeTitled(&b, s[start:])
	return b.String()
}

// allCapitals tells whether s has capitals in at least two places and no small
// letter. A lone initial is right as it is.
func allCapitals(s string) bool {
	capitals := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals > 1 && utf8.ValidString(s)
}

// writeTitled writes one word. The letter after an apostrophe is a capital
// when a single letter stands before it (O'Brien, D'Angelo), and small
// otherwise (Te'o, Sha'ban).
func writeTitled(b *strings.Builder, word string) {
	if len(word) > 4 && strings.HasPrefix(word, "MC") && !isApostrophe(rune(word[2])) {
		b.WriteString("Mc")
		word = word[2:]
	}
	letters, capital := 0, true
	for _, r := range word {
		switch {
		case isApostrophe(r):
			capital = letters == 1
			letters = 2
		case capital && unicode.IsLetter(r):
			r, capital = unicode.ToTitle(r), false
			letters++
		default:
			r = unicode.ToLower(r)
			if unicode.IsLetter(r) {
				letters++
				capital = false
			}
		}
		b.WriteRune(r)
	}
}
