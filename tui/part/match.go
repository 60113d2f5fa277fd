package part

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Matches tells whether every word of query is somewhere in text: in any order, whatever the case
// and without the marks on letters. An empty query matches everything. For searching only; never
// compare identities with it.
func Matches(query, text string) bool { return matchesFolded(strings.Fields(Fold(query)), Fold(text)) }

func matchesFolded(words []string, folded string) bool {
	for _, word := range words {
		if !strings.Contains(folded, word) {
			return false
		}
	}
	return true
}

// unmarked are letters that are written apart from their plain form, and have no mark to take off.
var unmarked = strings.NewReplacer("ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae",
	"œ", "oe", "ı", "i", "'", "", "’", "", "-", " ")

// Fold is text as a search sees it: small letters without marks, no apostrophes, hyphens as blanks.
func Fold(text string) string {
	lower := strings.ToLower(Clean(text))
	if isPlainASCII(lower) && !strings.ContainsAny(lower, "'-") {
		return lower
	}
	bare := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(lower))
	return unmarked.Replace(bare)
}
