package model_test

import (
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

// The dates gov.uk lists for England and Wales.
func TestBankHolidaysAreThoseProclaimed(t *testing.T) {
	for year, want := range map[int]string{
		2011: "01-03 04-22 04-25 04-29 05-02 05-30 08-29 12-26 12-27",
		2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
		2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
		2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
		2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
		2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
		2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
		2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
		2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
		2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
		2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
	} {
		var got []string
		for _, h := range model.BankHolidays(year) {
			got = append(got, h.Day.ISO()[5:])
			if !model.IsBankHoliday(h.Day) || model.BankHolidayName(h.Day) != h.Name {
				t.Errorf("%s is listed and not found", h.Day)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d: got %s, want %s", year, strings.Join(got, " "), want)
		}
	}
}

func TestWorkingDaysRoundEaster(t *testing.T) {
	thursday := model.NewDay(2026, time.April, 2)
	tuesday := model.NewDay(2026, time.April, 7)
	if model.WorkingDayAfter(thursday) != tuesday || model.WorkingDayBefore(tuesday) != thursday {
		t.Error("Easter 2026 closes from Good Friday to Easter Monday")
	}
	if !model.BeforeClosedDays(thursday) || model.BeforeClosedDays(tuesday) {
		t.Error("Maundy Thursday is the eve of closed days")
	}
}

func TestWorkingDayRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := model.Day(rapid.IntRange(3000, 50000).Draw(t, "day"))
		before, after := model.WorkingDayBefore(d), model.WorkingDayAfter(d)
		if before >= d || after <= d || d-before > 7 || after-d > 7 {
			t.Fatalf("%s: working days %s and %s", d, before, after)
		}
		for _, near := range []model.Day{before, after} {
			if wd := near.Weekday(); wd == time.Saturday || wd == time.Sunday || model.IsBankHoliday(near) {
				t.Fatalf("%s is no working day", near)
			}
		}
		year, _, _ := d.Date()
		holidays := model.BankHolidays(year)
		for i, h := range holidays {
			if wd := h.Day.Weekday(); wd == time.Saturday || wd == time.Sunday {
				t.Fatalf("%s (%s) falls on a weekend", h.Day, h.Name)
			}
			if i > 0 && holidays[i-1].Day == h.Day {
				t.Fatalf("two bank holidays on %s", h.Day)
			}
		}
	})
}
