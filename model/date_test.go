package model_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

// entryDay is the day on which the tables below are typed: a Monday.
var entryDay = model.NewDay(2026, time.November, 23)

func TestPartialDateForms(t *testing.T) {
	for wire, shown := range map[string]string{
		"1980": "1980", "1980-08": "Aug-1980", "1980-08-14": "14-Aug-1980", "1970-01-01": "01-Jan-1970", "": "Not recorded",
		"2024-02-29": "29-Feb-2024",
	} {
		date, err := model.ParsePartialDate(wire)
		if err != nil || date.String() != shown || date.ISO() != wire {
			t.Errorf("%q: got %q, %q, %v", wire, date.String(), date.ISO(), err)
		}
		text, _ := json.Marshal(date)
		var back model.PartialDate
		if err := json.Unmarshal(text, &back); err != nil || back != date {
			t.Errorf("%q: came back from the wire as %v, %v", wire, back, err)
		}
	}
	for _, wire := range []string{"80", "1980-8", "1980-13", "1980-00", "1980-02-30", "2023-02-29", "1980-08-14T00:00", "0000", "abcd", "1980-08-14-01", "-980"} {
		if date, err := model.ParsePartialDate(wire); err == nil {
			t.Errorf("%q was read as %s", wire, date)
		}
	}
}

func TestPartialDateKnowsTheFirstOfJanuary1970(t *testing.T) {
	born, err := model.ParseBirthDate("1", "1", "1970", entryDay)
	if err != nil || born.IsZero() || born.AgeWords(entryDay) != "56y" {
		t.Errorf("got %s, %s, %v", born, born.AgeWords(entryDay), err)
	}
}

func TestPartialDatesCompare(t *testing.T) {
	order := []string{"", "1979-12-31", "1980", "1980-01", "1980-01-01", "1980-08", "1980-08-14", "1981"}
	for i := 1; i < len(order); i++ {
		a, _ := model.ParsePartialDate(order[i-1])
		b, _ := model.ParsePartialDate(order[i])
		if a.Compare(b) >= 0 || b.Compare(a) <= 0 {
			t.Errorf("%s must come before %s", order[i-1], order[i])
		}
	}
	may := func(a, b string) bool {
		x, _ := model.ParsePartialDate(a)
		y, _ := model.ParsePartialDate(b)
		return x.MayEqual(y) && y.MayEqual(x)
	}
	if !may("1980", "1980-08-14") || !may("1980-08", "1980-08-14") || may("1980-07", "1980-08-14") || may("1981", "1980-08-14") {
		t.Error("dates may be equal where both are known")
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct{ born, on, want string }{
		{"1980-11-23", "2026-11-23", "46y"},
		{"1980-11-24", "2026-11-23", "45y"},
		{"1980", "2026-11-23", "45y or 46y"},
		{"1980-11", "2026-11-23", "45y or 46y"},
		{"1980-10", "2026-11-23", "46y"},
		{"2004-02-29", "2026-02-28", "21y"},
		{"2004-02-29", "2026-03-01", "22y"},
		{"2026-11-24", "2026-11-23", ""},
		{"", "2026-11-23", ""},
	} {
		born, _ := model.ParsePartialDate(c.born)
		on, _ := model.ParseISODay(c.on)
		if got := born.AgeWords(on); got != c.want {
			t.Errorf("born %s, on %s: got %q, want %q", c.born, c.on, got, c.want)
		}
	}
}

func TestBirthDateSentences(t *testing.T) {
	for _, c := range []struct{ day, month, year, said string }{
		{"14", "8", "1980", ""},
		{"14", "aug", "1980", ""},
		{"", "8", "1980", ""},
		{"", "", "1980", ""},
		{"", "", "", "Enter a date of birth."},
		{"14", "", "1980", "Date of birth must include a month."},
		{"14", "8", "", "Date of birth must include a year."},
		{"14", "8", "80", "Year must include 4 numbers."},
		{"14", "13", "1980", "Date of birth must have a month that exists."},
		{"32", "8", "1980", "Date of birth must have a day that exists."},
		{"30", "2", "1980", "That month does not have that many days."},
		{"23", "11", "2026", "Date of birth must be in the past."},
		{"1", "1", "2027", "Date of birth must be in the past."},
		{"24", "11", "2010", "Date of birth must be at least 16 years ago."},
		{"23", "11", "2010", ""},
		{"23", "11", "1915", "Date of birth must be in the last 110 years."},
		{"24", "11", "1915", ""},
		{"", "", "2010", ""},
		{"", "", "2011", "Date of birth must be at least 16 years ago."},
	} {
		_, err := model.ParseBirthDate(c.day, c.month, c.year, entryDay)
		said := ""
		if err != nil {
			said = err.(*model.Error).Msg
		}
		if said != c.said {
			t.Errorf("%v: said %q", c, said)
		}
	}
}

func TestDatesAreReadAsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"3 aug 2026":         "Mon 03-Aug-2026",
		"3rd of August 2026": "Mon 03-Aug-2026",
		"03/08/2026":         "Mon 03-Aug-2026, read day first",
		"3.8.2026":           "Mon 03-Aug-2026, read day first",
		"08/08/2026":         "Sat 08-Aug-2026",
		"14/08/2026":         "Fri 14-Aug-2026",
		"14-Aug-2026":        "Fri 14-Aug-2026",
		"14–aug–2026":        "Fri 14-Aug-2026",
		"aug 14, 2026":       "Fri 14-Aug-2026",
		"14aug2026":          "Fri 14-Aug-2026",
		"2026-08-14":         "Fri 14-Aug-2026",
		"14082026":           "Fri 14-Aug-2026",
		"20260814":           "Fri 14-Aug-2026, read year first",
		"14 awst 2026":       "Fri 14-Aug-2026",
		"Fri 14 Aug 2026":    "Fri 14-Aug-2026",
		"today":              "Mon 23-Nov-2026",
		"TODAY ":             "Mon 23-Nov-2026",
		"tomorrow":           "Tue 24-Nov-2026",
		"yesterday":          "Sun 22-Nov-2026",
		"-2d":                "Sat 21-Nov-2026",
		"+3":                 "Thu 26-Nov-2026",
		"+ 2 weeks":          "Mon 07-Dec-2026",
		"+3m":                "Tue 23-Feb-2027",
		"-1y":                "Sun 23-Nov-2025",
		"fri":                "Fri 27-Nov-2026",
		"monday":             "Mon 30-Nov-2026",
		"03/08/26":           "Mon 03-Aug-2026, read day first | Tue 03-Aug-1926, read day first",
		"14 aug 80":          "Thu 14-Aug-1980 | Wed 14-Aug-2080",
		"140826":             "Fri 14-Aug-2026 | Sat 14-Aug-1926",
		"29/02/24":           "Thu 29-Feb-2024 | Fri 29-Feb-1924",
		"fri 14/08/26":       "Fri 14-Aug-2026",
		"1 jan":              "Fri 01-Jan-2027, read with the year added | Thu 01-Jan-2026, read with the year added",
		"10111912":           "Sun 10-Nov-1912",
		"19121910":           "Mon 19-Dec-1910",
		"20102010":           "Wed 20-Oct-2010",
	} {
		readings, err := model.ReadDate(typed, entryDay)
		if got := wordsOf(readings); got != want || err != nil {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestBirthDatesAreReadInThePast(t *testing.T) {
	for typed, want := range map[string]string{
		"03/08/80":  "Sun 03-Aug-1980, read day first",
		"140805":    "Sun 14-Aug-2005",
		"14 aug 20": "Sat 14-Aug-1920",
		"aug 1980":  "Aug-1980",
		"08/1980":   "Aug-1980",
		"1980":      "1980",
		"-30y":      "Sat 23-Nov-1996",
	} {
		readings, err := model.ReadBirthDate(typed, entryDay)
		if got := wordsOf(readings); got != want || err != nil {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
}

func wordsOf(readings []model.DateReading) string {
	words := make([]string, len(readings))
	for i, r := range readings {
		words[i] = r.Words
	}
	return strings.Join(words, " | ")
}

func TestWrongDatesAreExplained(t *testing.T) {
	for typed, want := range map[string]string{
		"":                       "Enter a date.",
		"   ":                    "Enter a date.",
		"soon":                   "This is not a date.",
		"30 feb 2026":            "That month does not have that many days.",
		"08/14/2026":             "There are only 12 months.",
		"14/14/2026":             "There are only 12 months.",
		"32/08/2026":             "There is no such day of the month.",
		"3 agu 2026":             "There is no month of that name.",
		"3 8 1066":               "That year cannot be right.",
		"3 8 202":                "The year must have four digits, or two.",
		"1980":                   "The date needs a day, a month and a year.",
		"aug 2026":               "The date needs a day, a month and a year.",
		"tue 14 aug 2026":        "The weekday and the date do not agree.",
		"12345":                  "This number is not a date.",
		"+9999y":                 "That is too far from today.",
		"1 2 3 4":                "This is not a date.",
		strings.Repeat("1", 100): "This is too long for a date.",
	} {
		readings, err := model.ReadDate(typed, entryDay)
		if err == nil || err.(*model.Error).Msg != want {
			t.Errorf("%q: got %q, %v; want %q", typed, wordsOf(readings), err, want)
		}
	}
	for typed, want := range map[string]string{
		"3 aug":    "Date of birth must include a year.",
		"+1d":      "Date of birth must be in the past.",
		"14/08/15": "Date of birth must be at least 16 years ago.",
		"1900":     "Date of birth must be in the last 110 years.",
	} {
		if _, err := model.ReadBirthDate(typed, entryDay); err == nil || err.(*model.Error).Msg != want {
			t.Errorf("%q: %v; want %q", typed, err, want)
		}
	}
}

func TestEveryDayIsReadBackInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := model.Day(rapid.IntRange(-40000, 80000).Draw(t, "day"))
		if day.IsZero() {
			return
		}
		y, m, d := day.Date()
		for _, typed := range []string{
			day.String(), day.Long(), day.ISO(), fmt.Sprintf("%d %s %d", d, m, y), fmt.Sprintf("%02d/%02d/%04d", d, m, y),
			fmt.Sprintf("%02d%02d%04d", d, m, y), fmt.Sprintf("%s %d %d", m, d, y),
		} {
			readings, err := model.ReadDate(typed, entryDay)
			if err != nil || readings[0].Date != model.PartialDateOf(day) {
				t.Fatalf("%s gives %q, %v", typed, wordsOf(readings), err)
			}
		}
	})
}

func FuzzDates(f *testing.F) {
	for _, seed := range []string{"3 aug 1980", "03/08/80", "-2d", "140880", "2026-08-14", "fri", "\x00", "29/2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, read := range []func(string, model.Day) ([]model.DateReading, error){model.ReadDate, model.ReadBirthDate} {
			readings, err := read(typed, entryDay)
			if (err == nil) != (len(readings) > 0) {
				t.Errorf("%q: %d readings and %v", typed, len(readings), err)
			}
			for _, r := range readings {
				if back, err := model.ParsePartialDate(r.Date.ISO()); err != nil || back != r.Date {
					t.Errorf("%q gives a date that does not exist", typed)
				}
			}
		}
		if date, err := model.ParsePartialDate(typed); err == nil && date.ISO() != typed {
			t.Errorf("%q is not the wire form of what it was read as", typed)
		}
	})
}
