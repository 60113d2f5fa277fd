package model_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

func TestDayIsTheLondonDayOfAnInstant(t *testing.T) {
	for _, c := range []struct{ utc, want string }{
		{"2026-07-01T22:59:59Z", "01-Jul-2026"},
		{"2026-07-01T23:00:00Z", "02-Jul-2026"}, // summer time is an hour ahead
		{"2026-12-01T23:59:59Z", "01-Dec-2026"},
	} {
		at, err := time.Parse(time.RFC3339, c.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := model.DayOf(at).String(); got != c.want {
			t.Errorf("DayOf(%s) = %s, want %s", c.utc, got, c.want)
		}
	}
}

func TestAddMonthsStaysInTheMonth(t *testing.T) {
	for _, c := range []struct {
		from model.Day
		n    int
		want string
	}{
		{model.NewDay(2026, time.January, 31), 1, "2026-02-28"},
		{model.NewDay(2028, time.January, 31), 1, "2028-02-29"},
		{model.NewDay(2026, time.March, 31), -1, "2026-02-28"},
		{model.NewDay(2026, time.November, 22), 3, "2027-02-22"},
	} {
		if got := c.from.AddMonths(c.n).ISO(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from.ISO(), c.n, got, c.want)
		}
	}
}

func TestDayTextRoundTrips(t *testing.T) {
	for _, iso := range []string{"", "1980-08-14", "2026-11-23", "1899-12-31"} {
		day, err := model.ParseISODay(iso)
		if err != nil {
			t.Fatal(err)
		}
		if day.ISO() != iso {
			t.Errorf("%q came back as %q", iso, day.ISO())
		}
	}
	if _, err := model.ParseISODay("2026-02-30"); model.KindOf(err) != model.KindInvalid {
		t.Errorf("30 February was taken: %v", err)
	}
}
