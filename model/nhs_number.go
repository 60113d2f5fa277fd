package model

import "strings"

// NHSNumber is a ten-digit NHS number, the last digit a check on the others.
// England, Wales and the Isle of Man share one series; Scotland and Northern
// Ireland have ranges of it.
type NHSNumber string

const nhsNumberHint = "It has 10 digits, like 943 476 5919. Leave it empty when it is not known."

// ParseNHSNumber reads an NHS number with or without spaces and dashes. An
// error is of KindInvalid and says which rule failed, because a missing digit
// and a swapped one are put right differently.
func ParseNHSNumber(s string) (NHSNumber, error) {
	typed := withoutDashes(compact(s))
	switch {
	case typed == "":
		return "", Invalid("Enter an NHS number.", nhsNumberHint)
	case !allDigits(typed):
		return "", Invalid("An NHS number has digits only.", nhsNumberHint)
	case len(typed) < 10:
		return "", Invalid("This NHS number is too short.", nhsNumberHint)
	case len(typed) > 10:
		return "", Invalid("This NHS number is too long.", nhsNumberHint)
	case sameDigits(typed):
		return "", Invalid("An NHS number is never one digit repeated.", nhsNumberHint)
	case !checkDigitRight(typed):
		return "", Invalid("This NHS number's check digit is wrong.",
			"One digit is mistyped or two are swapped; compare it with the source.")
	}
	return NHSNumber(typed), nil
}

// Valid tells whether the number is one that can exist.
func (n NHSNumber) Valid() bool {
	s := string(n)
	return len(s) == 10 && allDigits(s) && !sameDigits(s) && checkDigitRight(s)
}

// Spaced returns the number in groups of 3, 3 and 4, as the NHS shows it; ""
// when not known.
func (n NHSNumber) Spaced() string {
	if len(n) != 10 {
		return string(n)
	}
	return string(n[:3] + " " + n[3:6] + " " + n[6:])
}

// IsTest tells whether the number is of the range kept for testing (999...),
// which no living patient has.
func (n NHSNumber) IsTest() bool { return strings.HasPrefix(string(n), "999") }

// checkDigitRight applies the rule of the NHS Data Dictionary: weights 10 down
// to 2, eleven minus the sum modulo 11, where 11 stands for 0 and 10 means that
// the number was never issued. It alone passes 1111111111.
func checkDigitRight(ten string) bool {
	sum := 0
	for i := range 9 {
		sum += int(ten[i]-'0') * (10 - i)
	}
	return (11-sum%11)%11 == int(ten[9]-'0')
}

func sameDigits(s string) bool { return strings.Trim(s, s[:1]) == "" }

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// withoutDashes drops hyphens and every dash a word processor makes of them.
func withoutDashes(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '\u2212' || (r >= '\u2010' && r <= '\u2015') {
			return -1
		}
		return r
	}, s)
}
