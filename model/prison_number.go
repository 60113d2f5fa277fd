package model

import (
	"strings"
	"unicode"
)

// PrisonNumber is the number a prison gives a person ("NOMS id"): a letter,
// four digits, two letters, always in upper case. It has no check digit, and a
// person may have held several of them, because records are merged; it is
// therefore something known about a person and never their key.
type PrisonNumber string

// prisonNumberShape tells, place by place, where letters (A) and digits (9) stand.
const prisonNumberShape = "A9999AA"

// neverIssued are the letters the sequence that issues prison numbers skips,
// as prison-api's NomsIdSequence does.
const neverIssued = "BIOSU"

// ParsePrisonNumber reads a prison number as people type it: in any case, with
// spaces anywhere. An error is of KindInvalid; its hint says when letters and
// digits look swapped, and SuggestPrisonNumber then has the number meant.
func ParsePrisonNumber(s string) (PrisonNumber, error) {
	typed := compact(s)
	if typed == "" {
		return "", Invalid("Enter a prison number.", prisonNumberHint)
	}
	if fits(typed, prisonNumberShape) {
		return PrisonNumber(typed), nil
	}
	if _, ok := SuggestPrisonNumber(typed); ok {
		return "", Invalid("This is not a prison number.",
			"A letter stands where a digit belongs: O for 0, I for 1, S for 5 or B for 8.")
	}
	return "", Invalid("This is not a prison number.", prisonNumberHint)
}

const prisonNumberHint = "It has 7 characters: a letter, four digits and two letters, like A1234AA."

// SuggestPrisonNumber returns the prison number that was probably meant when
// letters were read for digits (O 0, I 1, S 5, B 8). Only digit places are
// mended: nothing shows which letter a digit in a letter place stands for.
func SuggestPrisonNumber(s string) (PrisonNumber, bool) {
	typed := []byte(compact(s))
	if len(typed) != len(prisonNumberShape) {
		return "", false
	}
	changed := false
	for i, c := range typed {
		if digit, ok := lookAlike(c); ok && prisonNumberShape[i] == '9' {
			typed[i], changed = digit, true
		}
	}
	return PrisonNumber(typed), changed && fits(string(typed), prisonNumberShape)
}

func lookAlike(letter byte) (digit byte, ok bool) {
	if i := strings.IndexByte("OISB", letter); i >= 0 {
		return "0158"[i], true
	}
	return 0, false
}

// Valid tells whether the number has the shape of a prison number.
func (n PrisonNumber) Valid() bool { return fits(string(n), prisonNumberShape) }

// Suspicious tells whether one of the letters is never issued (B, I, O, S, U).
// It is a warning, not a refusal: training systems and sample data use them.
func (n PrisonNumber) Suspicious() bool {
	if !n.Valid() {
		return true
	}
	for i, kind := range prisonNumberShape {
		if kind == 'A' && strings.IndexByte(neverIssued, n[i]) >= 0 {
			return true
		}
	}
	return false
}

// fits tells whether s has a capital letter for every A of the shape, a digit
// for every 9, and nothing else.
func fits(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		switch {
		case shape[i] == 'A' && s[i] >= 'A' && s[i] <= 'Z':
		case shape[i] == '9' && s[i] >= '0' && s[i] <= '9':
		default:
			return false
		}
	}
	return true
}

// compact upper-cases an identifier and drops every space and invisible
// character in it, so that one pasted from a letter or a web page is read.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) {
			return -1
		}
		if r >= 'a' && r <= 'z' {
			return r - 'a' + 'A'
		}
		return r
	}, s)
}
