package model

import "strings"

// ParsePostcode reads a United Kingdom postcode, with or without its space, and
// returns it as it is written on a letter: "TS18 1HU". An error is of
// KindInvalid.
func ParsePostcode(s string) (string, error) {
	const hint = "It looks like LS12 2TJ."
	typed := compact(s)
	if typed == "" {
		return "", Invalid("Enter a postcode.", hint)
	}
	if len(typed) < 5 || len(typed) > 7 {
		return "", Invalid("This is not a postcode.", hint)
	}
	out, in := typed[:len(typed)-3], typed[len(typed)-3:]
	if !isOutcode(out) || !fits(in, "9AA") {
		return "", Invalid("This is not a postcode.", hint)
	}
	return out + " " + in, nil
}

// OutcodeOf returns the first half of a postcode, or of what is typed of one:
// "TS18" for "ts18 1hu", "TS181HU" and "TS18". It is "" when there is none.
func OutcodeOf(s string) string {
	if postcode, err := ParsePostcode(s); err == nil {
		out, _, _ := strings.Cut(postcode, " ")
		return out
	}
	first, _, _ := strings.Cut(CleanText(s), " ")
	if first = compact(first); isOutcode(first) {
		return first
	}
	return ""
}

// isOutcode tells whether s has one of the six shapes of an outward code.
func isOutcode(s string) bool {
	for _, shape := range []string{"A9", "A99", "AA9", "AA99", "A9A", "AA9A"} {
		if fits(s, shape) {
			return true
		}
	}
	return false
}
