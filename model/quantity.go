package model

import (
	"fmt"
	"strconv"
	"strings"
)

// Quantity is an amount of a medicine in hundredths of its unit, so that
// 52.5 ml is exact. Zero means "not set".
type Quantity int32

// MaxQuantity is the most one supply may be: 10,000 of any unit.
const MaxQuantity Quantity = 10_000 * 100

// ParseQuantity reads "28", "52.5" or "0.25". An error is of KindInvalid.
func ParseQuantity(s string) (Quantity, error) {
	bad := Invalid("This is not a quantity.", "Write a number such as 28 or 52.5, and the unit beside it.")
	whole, part, hasPart := strings.Cut(strings.TrimSpace(s), ".")
	if !allDigits(whole) || len(whole) > 6 || hasPart && (!allDigits(part) || len(part) > 2) {
		return 0, bad
	}
	w, _ := strconv.Atoi(whole) // digits, at most six
	for len(part) < 2 {
		part += "0"
	}
	p, _ := strconv.Atoi(part) // two digits
	return Quantity(w*100 + p), nil
}

// String returns "28" or "52.5".
func (q Quantity) String() string {
	out := fmt.Sprintf("%d.%02d", q/100, q%100)
	return strings.TrimSuffix(strings.TrimRight(out, "0"), ".")
}

// InWords returns "twenty-eight" or "fifty-two point five". A prescription for
// a drug of schedule 2 or 3 has the total quantity in words and figures (Misuse
// of Drugs Regulations 2001, regulation 15).
func (q Quantity) InWords() string {
	out := InWords(int(q / 100))
	_, part, hasPart := strings.Cut(q.String(), ".")
	if !hasPart {
		return out
	}
	out += " point"
	for _, digit := range part {
		out += " " + InWords(int(digit-'0'))
	}
	return out
}

// MarshalText writes String's form, and nothing for zero.
func (q Quantity) MarshalText() ([]byte, error) {
	if q == 0 {
		return nil, nil
	}
	return []byte(q.String()), nil
}

// UnmarshalText reads String's form.
func (q *Quantity) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*q = 0
		return nil
	}
	got, err := ParseQuantity(string(text))
	*q = got
	return err
}

var smallNumbers = []string{
	"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
}

var tens = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}

// InWords returns a whole number as it is written out in British English:
// "two hundred and ten". It knows numbers from 0 to 999,999 and returns the
// figures of others.
func InWords(n int) string {
	switch {
	case n < 0 || n > 999_999:
		return strconv.Itoa(n)
	case n < 20:
		return smallNumbers[n]
	case n < 100:
		return withRest(tens[n/10], "-", n%10)
	case n < 1000:
		return withRest(smallNumbers[n/100]+" hundred", " and ", n%100)
	case n%1000 < 100:
		return withRest(InWords(n/1000)+" thousand", " and ", n%1000)
	}
	return withRest(InWords(n/1000)+" thousand", " ", n%1000)
}

func withRest(head, between string, rest int) string {
	if rest == 0 {
		return head
	}
	return head + between + InWords(rest)
}
