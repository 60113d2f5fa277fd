package model

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The ages NOMIS accepts for a new person in prison. Children's homes and
// secure training centres are outside this program.
const (
	YoungestAge = 16
	OldestAge   = 110
)

// Age returns the least and the most years of age on a day that the date of
// birth allows; they are the same when it is full. Somebody born on 29 February
// grows a year older on 1 March of other years, as the law has it. Both are
// negative before birth.
func (p PartialDate) Age(on Day) (least, most int) {
	least = ageOn(p.year, orLast(p.month, 12), orLast(p.day, 31), on)
	most = ageOn(p.year, max(p.month, 1), max(p.day, 1), on)
	return least, most
}

func orLast(n, last uint8) uint8 {
	if n == 0 {
		return last
	}
	return n
}

func ageOn(year int16, month, day uint8, on Day) int {
	y, m, d := on.Date()
	age := y - int(year)
	if int(m) < int(month) || (int(m) == int(month) && d < int(day)) {
		age--
	}
	return age
}

// AgeWords returns "46y", or "45y or 46y" when the date of birth is partial; ""
// when there is none or it is after the day.
func (p PartialDate) AgeWords(on Day) string {
	least, most := p.Age(on)
	switch {
	case p.IsZero() || most < 0:
		return ""
	case least == most:
		return fmt.Sprintf("%dy", most)
	}
	return fmt.Sprintf("%dy or %dy", max(least, 0), most)
}

// CheckBirth refuses a date of birth that is missing, not before today, or
// outside the ages NOMIS accepts. A partial date passes when it can be right.
// An error is of KindInvalid.
func (p PartialDate) CheckBirth(today Day) error {
	least, most := p.Age(today)
	switch {
	case p.IsZero():
		return Invalid("Enter a date of birth.", birthDateHint)
	case p.Compare(PartialDateOf(today)) >= 0:
		return Invalid("Date of birth must be in the past.", "Check the year.")
	case most < YoungestAge:
		return Invalid("Date of birth must be at least 16 years ago.", "Children younger than 16 are outside this program.")
	case least > OldestAge:
		return Invalid("Date of birth must be in the last 110 years.", "Check the year.")
	}
	return nil
}

const birthDateHint = "For example, 14 8 1980. Leave out the day, or the day and the month, when they are not known."

// ParseBirthDate reads a date of birth entered as day, month and year, each in
// a field of its own, and checks it. Every rule has its own sentence, as the
// GOV.UK date pattern asks. An error is of KindInvalid.
func ParseBirthDate(day, month, year string, today Day) (PartialDate, error) {
	day, month, year = strings.TrimSpace(day), strings.TrimSpace(month), strings.TrimSpace(year)
	switch {
	case day == "" && month == "" && year == "":
		return PartialDate{}, Invalid("Enter a date of birth.", birthDateHint)
	case year == "":
		return PartialDate{}, Invalid("Date of birth must include a year.", birthDateHint)
	case day != "" && month == "":
		return PartialDate{}, Invalid("Date of birth must include a month.", birthDateHint)
	case len(year) != 4 || !allDigits(year):
		return PartialDate{}, Invalid("Year must include 4 numbers.", "For example, 1980.")
	}
	y, _ := strconv.Atoi(year) // four digits
	m, ok := monthOf(month)
	if !ok {
		return PartialDate{}, Invalid("Date of birth must have a month that exists.", "Write 8, aug or August.")
	}
	d, ok := dayOfMonth(day)
	if !ok {
		return PartialDate{}, Invalid("Date of birth must have a day that exists.", "Write a day from 1 to 31.")
	}
	date, err := NewPartialDate(y, m, d)
	if err != nil {
		return PartialDate{}, err
	}
	return date, date.CheckBirth(today)
}

// monthOf reads a month as a number or a name; "" is a month not known.
func monthOf(s string) (time.Month, bool) {
	if s == "" {
		return 0, true
	}
	if m, ok := monthNamed(s); ok {
		return m, true
	}
	n, err := strconv.Atoi(s)
	return time.Month(n), err == nil && allDigits(s) && n >= 1 && n <= 12
}

// dayOfMonth reads a day; "" is a day not known.
func dayOfMonth(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && allDigits(s) && n >= 1 && n <= 31
}
