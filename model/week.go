package model

import (
	"fmt"
	"time"
)

// Week is a week by its Monday, as ISO 8601 counts them: the week of a year's
// first Thursday is its first.
type Week Day

// WeekOf returns the week a day is in.
func WeekOf(d Day) Week {
	return Week(d - Day((int(d.Weekday())+6)%7)) // Monday is 0
}

// Monday is the week's first day, Sunday its last.
func (w Week) Monday() Day { return Day(w) }

// Sunday is the week's last day.
func (w Week) Sunday() Day { return Day(w) + 6 }

// String returns "2026-W48".
func (w Week) String() string {
	year, week := time.Unix(int64(w)*secondsPerDay, 0).UTC().ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// Number is the week's number in its year.
func (w Week) Number() int {
	_, week := time.Unix(int64(w)*secondsPerDay, 0).UTC().ISOWeek()
	return week
}

// MarshalText writes "2026-W48".
func (w Week) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText reads it.
func (w *Week) UnmarshalText(text []byte) error {
	var year, week int
	if n, err := fmt.Sscanf(string(text), "%d-W%d", &year, &week); n != 2 || err != nil || week < 1 || week > 53 {
		return Invalid("This is not a week.", "Write weeks as 2026-W48.")
	}
	*w = WeekOf(NewDay(year, time.January, 4)) + Week(7*(week-1)) // 4 January is in every year's first week
	return nil
}
