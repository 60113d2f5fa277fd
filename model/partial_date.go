package model

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// PartialDate is a date of which the day, or the day and the month, may not be
// known: a year, a month of a year, or a full date. On the wire it is "1980",
// "1980-08" or "1980-08-14". It tells 1 January 1970 from no date, which Day
// cannot, so dates of birth are always of this type.
type PartialDate struct {
	year  int16
	month uint8 // 0 when not known
	day   uint8 // 0 when not known
}

const partialDateHint = "Write it as 1980-08-14, 1980-08 or 1980."

// NewPartialDate makes a date of a year (1 to 9999), a month (0 when not known)
// and a day (0 when not known). An error is of KindInvalid.
func NewPartialDate(year int, month time.Month, day int) (PartialDate, error) {
	switch {
	case year < 1 || year > 9999:
		return PartialDate{}, Invalid("The year must have four digits.", partialDateHint)
	case month < 0 || month > 12:
		return PartialDate{}, Invalid("There are only 12 months.", "Write the day first, then the month.")
	case month == 0 && day != 0:
		return PartialDate{}, Invalid("A day needs its month.", partialDateHint)
	case day < 0 || day > daysIn(year, month):
		return PartialDate{}, Invalid("That month does not have that many days.", "Check the day and the month.")
	}
	return PartialDate{int16(year), uint8(month), uint8(day)}, nil
}

// daysIn returns the days of a month, 31 when the month is not known.
func daysIn(year int, month time.Month) int {
	if month == 0 {
		return 31
	}
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// PartialDateOf makes a full date of a day.
func PartialDateOf(d Day) PartialDate {
	if d.IsZero() {
		return PartialDate{}
	}
	year, month, day := d.Date()
	return PartialDate{int16(year), uint8(month), uint8(day)}
}

// ParsePartialDate reads the wire form; "" is the unset date. An error is of
// KindInvalid.
func ParsePartialDate(s string) (PartialDate, error) {
	if s == "" {
		return PartialDate{}, nil
	}
	var numbers [3]int
	parts := strings.Split(s, "-")
	for i, part := range parts {
		if i > 2 || !allDigits(part) || len(part) != []int{4, 2, 2}[i] {
			return PartialDate{}, Invalid("This is not a date.", partialDateHint)
		}
		numbers[i], _ = strconv.Atoi(part) // digits only, so it cannot fail
		if numbers[i] == 0 {
			return PartialDate{}, Invalid("This is not a date.", partialDateHint)
		}
	}
	return NewPartialDate(numbers[0], time.Month(numbers[1]), numbers[2])
}

// IsZero tells whether there is no date.
func (p PartialDate) IsZero() bool { return p == PartialDate{} }

// IsFull tells whether day, month and year are all known.
func (p PartialDate) IsFull() bool { return p.day != 0 }

// Date returns year, month and day, 0 for what is not known.
func (p PartialDate) Date() (year int, month time.Month, day int) {
	return int(p.year), time.Month(p.month), int(p.day)
}

// Day returns the day of a full date. It is false otherwise, and for 1 January
// 1970, which Day cannot hold.
func (p PartialDate) Day() (Day, bool) {
	if !p.IsFull() {
		return 0, false
	}
	d := NewDay(p.Date())
	return d, !d.IsZero()
}

// ISO returns the wire form, "" when there is no date.
func (p PartialDate) ISO() string {
	switch {
	case p.IsZero():
		return ""
	case p.month == 0:
		return fmt.Sprintf("%04d", p.year)
	case p.day == 0:
		return fmt.Sprintf("%04d-%02d", p.year, p.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", p.year, p.month, p.day)
}

// String returns "14-Aug-1980", "Aug-1980", "1980" or "Not recorded".
func (p PartialDate) String() string {
	switch {
	case p.IsZero():
		return "Not recorded"
	case p.month == 0:
		return fmt.Sprintf("%04d", p.year)
	case p.day == 0:
		return fmt.Sprintf("%s-%04d", time.Month(p.month).String()[:3], p.year)
	}
	return fmt.Sprintf("%02d-%s-%04d", p.day, time.Month(p.month).String()[:3], p.year)
}

// MarshalText writes the wire form.
func (p PartialDate) MarshalText() ([]byte, error) { return []byte(p.ISO()), nil }

// UnmarshalText reads the wire form.
func (p *PartialDate) UnmarshalText(text []byte) error {
	read, err := ParsePartialDate(string(text))
	if err == nil {
		*p = read
	}
	return err
}

// Compare orders dates; of two that agree as far as they are known, the less
// known comes first.
func (p PartialDate) Compare(other PartialDate) int {
	return cmp.Or(cmp.Compare(p.year, other.year), cmp.Compare(p.month, other.month), cmp.Compare(p.day, other.day))
}

// MayEqual tells whether two dates can be the same one: they agree wherever
// both are known.
func (p PartialDate) MayEqual(other PartialDate) bool {
	known := func(a, b uint8) bool { return a == b || a == 0 || b == 0 }
	return p.year == other.year && known(p.month, other.month) && known(p.day, other.day)
}
