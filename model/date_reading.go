package model

import (
	"slices"
	"strconv"
	"time"
)

// readNumbers reads day, month and year, where the year may have two digits and
// then stands for two years.
func readNumbers(day, month, year string) ([]DateReading, error) {
	note := ""
	if _, named := monthNamed(month); !named && day != month && atMost12(day) && atMost12(month) {
		note = "day first"
	}
	if len(year) != 2 || !allDigits(year) {
		return oneReading(year, month, day, note)
	}
	late, err := oneReading("20"+year, month, day, note)
	early, earlyErr := oneReading("19"+year, month, day, note)
	if err != nil && earlyErr != nil {
		return nil, err
	}
	return append(late, early...), nil // 29 February exists in one of them at times
}

func atMost12(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n <= 12
}

// oneReading makes a reading of three words, of which day and month may be "".
func oneReading(year, month, day, note string) ([]DateReading, error) {
	if len(year) != 4 || !allDigits(year) {
		return nil, Invalid("The year must have four digits, or two.", dateEntryHint)
	}
	y, _ := strconv.Atoi(year) // four digits
	if y < firstEntryYear || y > lastEntryYear {
		return nil, Invalid("That year cannot be right.", "Check the year.")
	}
	m, err := entryMonth(month, day)
	if err != nil {
		return nil, err
	}
	d, ok := dayOfMonth(day)
	if !ok {
		return nil, Invalid("There is no such day of the month.", "Write the day first, then the month: 3 aug 2026.")
	}
	date, err := NewPartialDate(y, m, d)
	if err != nil {
		return nil, err
	}
	return []DateReading{{Date: date, Words: readingWords(date, note)}}, nil
}

func entryMonth(month, day string) (time.Month, error) {
	m, ok := monthOf(month)
	switch {
	case ok:
		return m, nil
	case !allDigits(month):
		return 0, Invalid("There is no month of that name.", "Write 8, aug or August.")
	case atMost12(day):
		return 0, Invalid("There are only 12 months.", "Write the day first, then the month: 3 aug 2026.")
	}
	return 0, Invalid("There are only 12 months.", "Write 8, aug or August.")
}

func readingWords(date PartialDate, note string) string {
	words := date.String()
	if d, ok := date.Day(); ok {
		words = d.Long()
	}
	if note != "" {
		words += ", read " + note
	}
	return words
}

// sortByNearness puts the reading nearest to today first, the coming one where
// two are as near.
func sortByNearness(readings []DateReading, today Day) {
	distance := func(r DateReading) int {
		d := int(NewDay(r.Date.Date())) - int(today)
		if d < 0 {
			return 1 - 2*d
		}
		return 2 * d
	}
	slices.SortStableFunc(readings, func(a, b DateReading) int { return distance(a) - distance(b) })
}

// monthNames are English and Welsh, by month.
var monthNames = [12][]string{
	{"january", "ionawr"},
	{"february", "chwefror"},
	{"march", "mawrth"},
	{"april", "ebrill"},
	{"may", "mai"},
	{"june", "mehefin"},
	{"july", "gorffennaf"},
	{"august", "awst"},
	{"september", "medi"},
	{"october", "hydref"},
	{"november", "tachwedd"},
	{"december", "rhagfyr"},
}

// monthNamed reads a month's name or the first three or more letters of it.
func monthNamed(s string) (time.Month, bool) {
	s = Fold(s)
	for i, names := range monthNames {
		for _, name := range names {
			if len(s) >= 3 && len(s) <= len(name) && name[:len(s)] == s {
				return time.Month(i + 1), true
			}
		}
	}
	return 0, false
}

var weekdayNames = [7]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// weekdayNamed reads an English weekday or the first three or more letters of
// it.
func weekdayNamed(s string) (time.Weekday, bool) {
	for i, name := range weekdayNames {
		if len(s) >= 3 && len(s) <= len(name) && name[:len(s)] == s {
			return time.Weekday(i), true
		}
	}
	return 0, false
}
