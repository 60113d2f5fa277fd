package model

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // prison workstations may have no zone data of their own
)

// Day is one civil day in England and Wales, counted from 1 January 1970.
// Due dates, dates of birth and release dates are days, never instants, so no
// clock change can move them. Zero means "not set": nobody is released on
// 1 January 1970.
type Day int32

const secondsPerDay = 24 * 60 * 60

// London is the zone every day and clock time at a desk is told in.
var London = mustZone("Europe/London")

func mustZone(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic("model: the embedded zone data lacks " + name) // built in, so never at run time
	}
	return zone
}

// NewDay returns the day of a calendar date. Dates beyond a month's end roll
// over, as in time.Date.
func NewDay(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// DayOf returns the day on which t falls in London.
func DayOf(t time.Time) Day {
	y, m, d := t.In(London).Date()
	return NewDay(y, m, d)
}

// ParseISODay reads "2006-01-02". An empty string is the unset day.
func ParseISODay(s string) (Day, error) {
	if s == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, Invalid("This is not a date.", "Write dates as 2026-11-23.")
	}
	return NewDay(t.Date()), nil
}

// IsZero tells whether the day is not set.
func (d Day) IsZero() bool { return d == 0 }

func (d Day) utc() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// Date returns the calendar date.
func (d Day) Date() (year int, month time.Month, day int) { return d.utc().Date() }

// Start returns the moment at which the day begins in London.
func (d Day) Start() Instant {
	y, m, day := d.Date()
	return InstantOf(time.Date(y, m, day, 0, 0, 0, 0, London))
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// AddMonths moves by calendar months; the 31st becomes the last day of a
// shorter month rather than running into the next.
func (d Day) AddMonths(n int) Day {
	y, m, day := d.Date()
	last := NewDay(y, m+time.Month(n)+1, 0)
	_, _, lastDay := last.Date()
	return last - Day(lastDay-min(day, lastDay))
}

// ISO returns "2006-01-02", or "" when not set.
func (d Day) ISO() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// String returns "14-Aug-1980", the NHS common user interface form, in which
// day and month cannot be mistaken for one another. An unset day is
// "Not recorded".
func (d Day) String() string {
	if d.IsZero() {
		return "Not recorded"
	}
	return d.utc().Format("02-Jan-2006")
}

// Long returns "Mon 23-Nov-2026".
func (d Day) Long() string {
	if d.IsZero() {
		return d.String()
	}
	return d.utc().Format("Mon 02-Jan-2006")
}

// MarshalText writes the ISO form, and nothing for a day of a year that it has no
// form for: what is written here must be read again, whatever somebody sent.
func (d Day) MarshalText() ([]byte, error) {
	if y := d.utc().Year(); y < 0 || y > 9999 {
		return nil, nil
	}
	return []byte(d.ISO()), nil
}

// UnmarshalText reads the ISO form.
func (d *Day) UnmarshalText(text []byte) error {
	day, err := ParseISODay(strings.TrimSpace(string(text)))
	if err != nil {
		return fmt.Errorf("day: %w", err)
	}
	*d = day
	return nil
}
