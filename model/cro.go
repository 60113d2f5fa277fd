package model

import "strings"

// CRO is a Criminal Records Office number, such as "29906/12J" or
// "SF80/655108T". Its form is loose, so it is kept as written, in upper case.
type CRO string

const croMaxLength = 20

// ParseCRO reads a CRO number: letters and digits with one slash. Custody
// records write words such as "NOT KNOWN" in its place, which are refused. An
// error is of KindInvalid.
func ParseCRO(s string) (CRO, error) {
	const hint = "It has a slash and ends in a letter, like 29906/12J or SF80/655108T."
	typed := compact(s)
	if typed == "" {
		return "", Invalid("Enter a CRO number.", hint)
	}
	before, after, found := strings.Cut(typed, "/")
	if !found || len(typed) > croMaxLength || !alphanumeric(before) || !alphanumeric(after) ||
		!strings.ContainsAny(before, "0123456789") || !strings.ContainsAny(after, "0123456789") {
		return "", Invalid("This is not a CRO number.", hint)
	}
	return CRO(typed), nil
}

// Same tells whether two CRO numbers differ by leading zeros at most, as
// "059530/02U" and "59530/02U" do.
func (c CRO) Same(other CRO) bool {
	return c != "" && strings.TrimLeft(string(c), "0") == strings.TrimLeft(string(other), "0")
}

// alphanumeric tells whether s is made of capital ASCII letters and digits.
func alphanumeric(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return s != ""
}
