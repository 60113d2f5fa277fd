package model

import "strings"

// PNC is a Police National Computer identifier in its long canonical form:
// four-digit year, serial without leading zeros, capital check letter, as in
// "1992/338596N". "92/0338596n" is the same identifier.
type PNC string

const (
	pncHint      = "It has a year, a slash, a serial and a letter, like 92/338596N."
	pncMaxLength = 20
)

// ParsePNC reads a PNC identifier with a year of two or four digits, and
// returns its canonical form. An error is of KindInvalid.
func ParsePNC(s string) (PNC, error) {
	typed := compact(s)
	if typed == "" {
		return "", Invalid("Enter a PNC identifier.", pncHint)
	}
	year, rest, found := strings.Cut(typed, "/")
	if !found || len(typed) > pncMaxLength || len(rest) < 2 || (len(year) != 2 && len(year) != 4) {
		return "", Invalid("This is not a PNC identifier.", pncHint)
	}
	serial, letter := rest[:len(rest)-1], rest[len(rest)-1]
	if !allDigits(year) || !allDigits(serial) || letter < 'A' || letter > 'Z' {
		return "", Invalid("This is not a PNC identifier.", pncHint)
	}
	serial = strings.TrimLeft(serial, "0")
	if serial == "" {
		serial = "0"
	}
	return PNC(fullPNCYear(year) + "/" + serial + string(letter)), nil
}

// fullPNCYear widens a two-digit year as prisoner-search does: 39 to 99 are of
// the last century.
func fullPNCYear(year string) string {
	switch {
	case len(year) == 4:
		return year
	case year >= "39":
		return "19" + year
	}
	return "20" + year
}

// Short returns the form with a two-digit year, as custody screens show it.
func (p PNC) Short() string {
	if !p.Valid() {
		return string(p)
	}
	return string(p[2:])
}

// Valid tells whether this is a canonical PNC identifier.
func (p PNC) Valid() bool {
	canonical, err := ParsePNC(string(p))
	return err == nil && canonical == p
}

// pncLetters are the check letters by remainder; I, O and S are not used.
const pncLetters = "ZABCDEFGHJKLMNPQRTUVWXY"

// Suspicious tells whether the letter is not the one that the year and the
// serial give (remainder of yy and the seven-digit serial by 23). It is a
// warning only: records with a wrong letter exist and are searched by it.
func (p PNC) Suspicious() bool {
	if !p.Valid() {
		return true
	}
	serial := string(p[5 : len(p)-1])
	if len(serial) > 7 {
		return true
	}
	remainder := 0
	for _, digit := range string(p[2:4]) + strings.Repeat("0", 7-len(serial)) + serial {
		remainder = (remainder*10 + int(digit-'0')) % len(pncLetters)
	}
	return pncLetters[remainder] != p[len(p)-1]
}
