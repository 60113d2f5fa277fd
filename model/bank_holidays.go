package model

import (
	"slices"
	"time"
)

// BankHoliday is one bank holiday of England and Wales.
type BankHoliday struct {
	Day  Day
	Name string
}

// holidayMoves lists what proclamations changed: days added once, and the date
// to which a yearly holiday was moved. Every other year follows the Banking and
// Financial Dealings Act 1971 and the standing proclamations (gov.uk "Bank
// holidays").
var holidayMoves = []struct {
	year  int
	name  string // a yearly name moves that holiday; any other adds a day
	month time.Month
	day   int
}{
	{1981, "Royal wedding", time.July, 29},
	{1995, earlyMay, time.May, 8}, // fifty years after VE day
	{1999, "Millennium eve", time.December, 31},
	{2002, springHoliday, time.June, 4},
	{2002, "Golden Jubilee", time.June, 3},
	{2011, "Royal wedding", time.April, 29},
	{2012, springHoliday, time.June, 4},
	{2012, "Diamond Jubilee", time.June, 5},
	{2020, earlyMay, time.May, 8}, // seventy-five years after VE day
	{2022, springHoliday, time.June, 2},
	{2022, "Platinum Jubilee", time.June, 3},
	{2022, "State funeral of Queen Elizabeth II", time.September, 19},
	{2023, "Coronation of King Charles III", time.May, 8},
}

const (
	newYearsDay   = "New Year's Day"
	goodFriday    = "Good Friday"
	easterMonday  = "Easter Monday"
	earlyMay      = "Early May bank holiday"
	springHoliday = "Spring bank holiday"
	summerHoliday = "Summer bank holiday"
	christmasDay  = "Christmas Day"
	boxingDay     = "Boxing Day"
)

// BankHolidays lists the bank holidays of a year in order, as the rules since
// 1978 and what was proclaimed up to 2023 give them. A proclamation after that
// needs a line in the table.
func BankHolidays(year int) []BankHoliday {
	easter := easterSunday(year)
	christmas, boxing := christmasHolidays(year)
	all := []BankHoliday{
		{afterWeekend(NewDay(year, time.January, 1)), newYearsDay},
		{easter - 2, goodFriday},
		{easter + 1, easterMonday},
		{mondayFrom(NewDay(year, time.May, 1)), earlyMay},
		{mondayFrom(NewDay(year, time.May, 25)), springHoliday},
		{mondayFrom(NewDay(year, time.August, 25)), summerHoliday},
		{christmas, christmasDay},
		{boxing, boxingDay},
	}
	for _, move := range holidayMoves {
		if move.year != year {
			continue
		}
		day := NewDay(year, move.month, move.day)
		i := slices.IndexFunc(all, func(h BankHoliday) bool { return h.Name == move.name })
		if i < 0 {
			all = append(all, BankHoliday{day, move.name})
			continue
		}
		all[i].Day = day
	}
	slices.SortFunc(all, func(a, b BankHoliday) int { return int(a.Day - b.Day) })
	return all
}

// BankHolidayName returns the name of the bank holiday on a day, "" on others.
func BankHolidayName(d Day) string {
	if d >= holidaysFrom && d < holidaysTo {
		return holidayNames[d]
	}
	year, _, _ := d.Date()
	for _, h := range BankHolidays(year) {
		if h.Day == d {
			return h.Name
		}
	}
	return ""
}

// The years whose bank holidays are worked out once: a board asks for thousands of
// days in one frame.
var (
	holidaysFrom, holidaysTo = NewDay(2020, time.January, 1), NewDay(2061, time.January, 1)
	holidayNames             = func() map[Day]string {
		names := make(map[Day]string)
		for year := 2020; year <= 2060; year++ {
			for _, h := range BankHolidays(year) {
				names[h.Day] = h.Name
			}
		}
		return names
	}()
)

// IsBankHoliday tells whether a day is a bank holiday in England and Wales.
func IsBankHoliday(d Day) bool { return BankHolidayName(d) != "" }

// IsWorkingDay tells whether practices and pharmacies are open as usual: no
// Saturday, Sunday or bank holiday.
func IsWorkingDay(d Day) bool { return !isWeekend(d) && !IsBankHoliday(d) }

// WorkingDayBefore returns the last working day before a day.
func WorkingDayBefore(d Day) Day {
	for d--; !IsWorkingDay(d); d-- {
	}
	return d
}

// WorkingDayAfter returns the first working day after a day.
func WorkingDayAfter(d Day) Day {
	for d++; !IsWorkingDay(d); d++ {
	}
	return d
}

// BeforeClosedDays tells whether the next day is not a working day: a Friday,
// or the eve of a bank holiday. Whoever leaves then finds services shut.
func BeforeClosedDays(d Day) bool { return !IsWorkingDay(d + 1) }

func isWeekend(d Day) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// afterWeekend returns the day, or the Monday after it when it falls on a
// weekend.
func afterWeekend(d Day) Day {
	switch d.Weekday() {
	case time.Saturday:
		return d + 2
	case time.Sunday:
		return d + 1
	}
	return d
}

// mondayFrom returns the first Monday on or after a day.
func mondayFrom(d Day) Day { return d + Day((8-int(d.Weekday()))%7) }

// christmasHolidays returns the two days given for 25 and 26 December. When one
// falls on a weekend, the next weekday that is not the other's stands in, so a
// Sunday Christmas is kept on the Tuesday.
func christmasHolidays(year int) (christmas, boxing Day) {
	christmas = NewDay(year, time.December, 25)
	boxing = christmas + 1
	switch christmas.Weekday() {
	case time.Friday:
		return christmas, christmas + 3
	case time.Saturday:
		return christmas + 2, christmas + 3
	case time.Sunday:
		return christmas + 2, boxing
	}
	return christmas, boxing
}

// easterSunday is the Gregorian computus in the form of Meeus, Jones and
// Butcher, good for any year of that calendar.
func easterSunday(year int) Day {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return NewDay(year, time.Month(n/31), n%31+1)
}
