package model

import "time"

// PharmacyDays are the days on which the pharmacy of a plan gives doses. It is
// asked of that pharmacy, for many are shut on Saturdays; bank holidays are
// counted as shut whatever it says of its week.
type PharmacyDays string

// The answers.
const (
	PharmacyNotAsked PharmacyDays = ""
	PharmacyWeekdays PharmacyDays = "weekdays"
	PharmacySaturday PharmacyDays = "saturday"
	PharmacyEveryDay PharmacyDays = "every-day"
)

// PharmacyOpens lists the answers in the order a form shows them.
func PharmacyOpens() []PharmacyDays {
	return []PharmacyDays{PharmacyWeekdays, PharmacySaturday, PharmacyEveryDay, PharmacyNotAsked}
}

// Words returns the answer as it is shown.
func (p PharmacyDays) Words() string {
	switch p {
	case PharmacyWeekdays:
		return "Mon to Fri"
	case PharmacySaturday:
		return "Mon to Sat"
	case PharmacyEveryDay:
		return "Every day"
	}
	return "Not asked"
}

func (p PharmacyDays) known() bool {
	switch p {
	case PharmacyNotAsked, PharmacyWeekdays, PharmacySaturday, PharmacyEveryDay:
		return true
	}
	return false
}

// shut tells whether no dose is given on a day. Where nobody has asked, a
// Saturday counts as open and is said to hang on the answer: see OSTCover.
func (p PharmacyDays) shut(d Day) bool {
	switch {
	case IsBankHoliday(d):
		return true
	case d.Weekday() == time.Saturday:
		return p == PharmacyWeekdays
	case d.Weekday() == time.Sunday:
		return p != PharmacyEveryDay
	}
	return false
}
