package model

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// DateReading is one way to read what somebody typed for a date.
type DateReading struct {
	Date  PartialDate
	Words string // "Mon 03-Aug-2026", with how it was read when that is a question

	yearAdded bool
}

// The years a typed date may fall in; anything else is a slip of a digit.
const (
	firstEntryYear = 1850
	lastEntryYear  = 2199
)

const dateEntryHint = "Write it like 3 aug 2026, 03/08/2026, today, -2d or +3m."

// ReadDate reads a full date as people type it: "3 aug 2026", "03/08/2026",
// "03082026", "2026-08-03", "14-Aug-2026", "today", "fri", "-2d", "+3m", and
// days, weeks, months and years of that kind. Numbers are read day first, as
// the United Kingdom does, and the words say so where it matters. More than
// one reading comes back when the text can mean several days ("03/08/26"),
// the likeliest first. An error is of KindInvalid.
func ReadDate(text string, today Day) ([]DateReading, error) {
	readings, err := readDate(text, today)
	if err != nil {
		return nil, err
	}
	for _, r := range readings {
		if !r.Date.IsFull() {
			return nil, Invalid("The date needs a day, a month and a year.", dateEntryHint)
		}
	}
	return readings, nil
}

// ReadBirthDate reads a date of birth as people type it, which may be a year or
// a month of a year only. Readings that cannot be a date of birth today are
// dropped, so "03/08/80" has one. An error is of KindInvalid, and is the one of
// CheckBirth when no reading remains.
func ReadBirthDate(text string, today Day) ([]DateReading, error) {
	readings, err := readDate(text, today)
	if err != nil {
		return nil, err
	}
	var possible []DateReading
	for _, r := range readings {
		if r.yearAdded {
			return nil, Invalid("Date of birth must include a year.", birthDateHint)
		}
		if e := r.Date.CheckBirth(today); e != nil {
			err = cmp.Or(err, e)
			continue
		}
		possible = append(possible, r)
	}
	if len(possible) > 0 {
		return possible, nil
	}
	return nil, err
}

func readDate(text string, today Day) ([]DateReading, error) {
	if len(text) > 60 {
		return nil, Invalid("This is too long for a date.", dateEntryHint)
	}
	text = strings.ToLower(CleanText(text))
	if text == "" {
		return nil, Invalid("Enter a date.", dateEntryHint)
	}
	if day, ok := relativeDay(text, today); ok {
		return entryDay(day)
	}
	words := dateWords(text)
	weekday, named := time.Weekday(0), false
	if len(words) > 1 {
		if weekday, named = weekdayNamed(words[0]); named {
			words = words[1:]
		}
	}
	readings, err := readDateWords(words, today)
	if err != nil || !named {
		return readings, err
	}
	readings = slices.DeleteFunc(readings, func(r DateReading) bool {
		d, ok := r.Date.Day()
		return ok && d.Weekday() != weekday
	})
	if len(readings) == 0 {
		return nil, Invalid("The weekday and the date do not agree.", "Leave the weekday out, or check the date.")
	}
	return readings, nil
}

// relativeDay reads "today", a weekday to come, and steps such as "-2d".
func relativeDay(text string, today Day) (Day, bool) {
	switch text {
	case "today", "now", "heddiw":
		return today, true
	case "tomorrow", "yfory":
		return today + 1, true
	case "yesterday", "ddoe":
		return today - 1, true
	}
	if weekday, ok := weekdayNamed(text); ok {
		ahead := (int(weekday) - int(today.Weekday()) + 6) % 7
		return today + Day(ahead) + 1, true
	}
	return stepFrom(text, today)
}

// stepFrom reads a sign, a number of at most four digits and a unit: d, w, m or
// y. Without a unit the number counts days.
func stepFrom(text string, today Day) (Day, bool) {
	text = strings.ReplaceAll(text, " ", "")
	if text == "" || (text[0] != '+' && text[0] != '-') {
		return 0, false
	}
	number := strings.TrimRight(text[1:], "abcdefghijklmnopqrstuvwxyz")
	if !allDigits(number) || len(number) > 4 {
		return 0, false
	}
	n, _ := strconv.Atoi(number) // at most four digits
	if text[0] == '-' {
		n = -n
	}
	switch text[1+len(number):] {
	case "", "d", "day", "days":
		return today + Day(n), true
	case "w", "wk", "week", "weeks":
		return today + Day(7*n), true
	case "m", "mth", "month", "months":
		return today.AddMonths(n), true
	case "y", "yr", "year", "years":
		return today.AddMonths(12 * n), true
	}
	return 0, false
}

func entryDay(day Day) ([]DateReading, error) {
	if year, _, _ := day.Date(); year < firstEntryYear || year > lastEntryYear {
		return nil, Invalid("That is too far from today.", dateEntryHint)
	}
	return []DateReading{{Date: PartialDateOf(day), Words: day.Long()}}, nil
}
