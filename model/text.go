package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// checkLine refuses text for a single line that is too long or holds control
// characters: they could move a terminal's cursor. what begins the sentence,
// as in "The note".
func checkLine(what, s string, most int) error {
	if strings.ContainsFunc(s, unicode.IsControl) {
		return Invalid(what+" has characters that cannot be shown.", "Type it again without them.")
	}
	return checkText(what, s, most)
}

// checkText is checkLine for text of several lines.
func checkText(what, s string, most int) error {
	if !utf8.ValidString(s) {
		return Invalid(what+" is not readable text.", "Type it again.")
	}
	if n := utf8.RuneCountInString(s); n > most {
		return Invalid(fmt.Sprintf("%s has %d characters; %d is the most.", what, n, most), "Shorten it.")
	}
	bad := func(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }
	if strings.ContainsFunc(s, bad) {
		return Invalid(what+" has characters that cannot be shown.", "Type it again without them.")
	}
	return nil
}

// lowerFirst puts a sentence behind another's colon.
func lowerFirst(s string) string {
	capital := func(b byte) bool { return 'A' <= b && b <= 'Z' }
	if s == "" || !capital(s[0]) || len(s) > 1 && capital(s[1]) { // RECONNECT stays as it is
		return s
	}
	return string(s[0]|0x20) + s[1:]
}
