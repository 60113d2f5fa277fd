package model

import (
	"fmt"
	"strings"
)

// Timeline is the days a prison has set for lines of the checklist, days after the
// release and negative before it. A line it does not name has the table's.
// A due day is always worked out and never kept, so that every line moves with the
// release date.
type Timeline map[ItemID]int

// The days a line may be set to: a year before, three months after.
const (
	TimelineEarliest = -365
	TimelineLatest   = 90
)

// Days returns the days of a line.
func (t Timeline) Days(f *ItemFacts) int {
	if days, set := t[f.ID]; set {
		return days
	}
	return f.Due
}

// Dates is what the due days of one person count from.
type Dates struct {
	line         Timeline
	before, gate Day
	chase        Day  // when a silent practice is to be asked, zero where none is
	short        bool // the release came at short notice or none
	here         Day  // since when the person is in this prison
	left         Day  // when the person went out of the gate, zero before
	check        int  // of who left, the next check: day 1, 7 or 14
}

// Of returns what somebody's due days count from, as the shared record has it.
func (t Timeline) Of(s *SharedPart) Dates {
	var left Day
	check := 0
	if at, gone := s.Gone(); gone {
		left = DayOf(at.Time())
	}
	if due := t.ChecksDue(s); len(due) > 0 {
		check = due[0].On
	}
	return t.For(s.Release, s.Stay).with(s.ChaseDue(), left, check)
}

// with adds what the release alone does not tell: a practice that is to be asked,
// and that the person has left.
func (d Dates) with(chase, left Day, check int) Dates {
	d.chase = chase
	if !left.IsZero() {
		d.before, d.gate, d.left, d.check = left, left, left, check
	}
	return d
}

// For returns what somebody's due days count from. What is done before the gate
// counts from the day to which the release is presumed to come forward; what is
// done at the gate or after it, from the day of release.
func (t Timeline) For(rel Release, stay Stay) Dates {
	d := Dates{line: t, before: rel.Day, gate: rel.Day, here: stay.Received, short: rel.Class == ReleaseShortNotice || rel.Class == ReleaseNoNotice}
	if forward := ComesForward(rel, stay); !forward.Presumed.IsZero() {
		d.before = forward.Presumed
	}
	return d
}

// Due returns the day on which a line is due, zero without a release date. Where the
// registration form is with a practice, what is due is the practice's answer. What is
// open of somebody who has left counts from the day they went: nothing was late
// before it, and what should have been done inside is due on the next working day.
func (d Dates) Due(f *ItemFacts) Day {
	due := d.planned(f)
	switch {
	case d.left.IsZero():
		return due
	case f.ID == ItemAfterRelease && d.check > 0:
		return d.line.checkDay(d.left, d.check)
	case f.Stage == BeforeGate || f.ID == ItemHandover:
		return max(due, WorkingDayAfter(d.left))
	}
	return max(due, d.left)
}

// checkDay is when a check after a release is due. A prison that sets another day for
// the first moves the later ones with it.
func (t Timeline) checkDay(left Day, on int) Day {
	facts, _ := FactsOf(ItemAfterRelease)
	return left + Day(t.Days(&facts)+on-AfterDays[0])
}

func (d Dates) planned(f *ItemFacts) Day {
	switch {
	case d.chases(f):
		return d.chase
	case d.gate.IsZero():
		return 0
	case f.Stage == BeforeGate:
		return d.before + Day(d.line.Days(f))
	}
	return d.gate + Day(d.line.Days(f))
}

func (d Dates) chases(f *ItemFacts) bool { return f.ID == ItemGP && !d.chase.IsZero() }

// Now tells whether a line that should have been done before today is to be done
// now rather than late: who leaves at short notice, or came too late for it, had no
// earlier day to do it on. A practice that was sent the form could have been asked again in time.
func (d Dates) Now(f *ItemFacts, today Day) bool {
	due := d.Due(f)
	return d.never(f) && !due.IsZero() && due < today
}

// never tells whether the due day of a line had passed before anybody could have
// worked it here.
func (d Dates) never(f *ItemFacts) bool {
	return d.left.IsZero() && (d.short || d.Due(f) <= d.here) && !d.chases(f)
}

// DueWords says when something is due, as short as its column is; spelled out for
// who listens.
func DueWords(due, today Day, spelled bool) string {
	n := int(due - today)
	days := fmt.Sprintf("%dd", max(n, -n))
	if spelled {
		days = dayCount(Day(max(n, -n)))
	}
	switch {
	case n < 0:
		return "overdue " + days
	case n == 0:
		return "due today"
	}
	return "due in " + days
}

// Forward is the days to which a release may be brought forward, zero where it may
// not.
type Forward struct {
	Presumed  Day // one working day earlier, which is presumed
	OnRequest Day // a further one, when probation asks
}

// forwardServed is how many days must have been served before the presumption.
const forwardServed = 28

// forwardFrom is the first day it held.
var forwardFrom = NewDay(2023, 11, 30)

// ComesForward returns the days to which a release may come forward. Since 30
// November 2023 somebody serving a determinate sentence, with 28 days served, who
// is due on a Friday or the eve of a bank holiday is presumed to leave one working
// day earlier, and a further one when probation asks. It is not for home detention
// curfew, indeterminate sentences and releases by the parole board (Offenders (Day
// of Release from Detention) Act 2023; HMPPS policy framework). The days served are
// counted from reception here, which is never too many.
func ComesForward(rel Release, stay Stay) Forward {
	legal := strings.ToUpper(stay.LegalStatus)
	switch {
	case rel.Day.IsZero() || rel.Day < forwardFrom || legal != "SENTENCED" && legal != "RECALL":
		return Forward{}
	case rel.Basis != BasisConfirmed && rel.Basis != BasisConditional && rel.Basis != BasisAutomatic:
		return Forward{}
	case rel.Class != ReleasePlanned && rel.Class != ReleaseUnclassed || forwardNot[rel.Reason]:
		return Forward{}
	case !IsWorkingDay(rel.Day) || !BeforeClosedDays(rel.Day):
		return Forward{}
	case stay.Received.IsZero() || rel.Day-stay.Received < forwardServed:
		return Forward{}
	}
	first := WorkingDayBefore(rel.Day)
	return Forward{Presumed: first, OnRequest: WorkingDayBefore(first)}
}

var forwardNot = wordSet("PX HR HU HD HE")

// Words says to what a release may come forward, "" when it may not.
func (f Forward) Words() string {
	if f.Presumed.IsZero() {
		return ""
	}
	return "May come forward to " + f.Presumed.Long() + ", or to " + f.OnRequest.Long() + " if probation asks. What is due before the gate counts from " + f.Presumed.Long() + "."
}

// DateWarning says what is odd about a release date, "" when nothing is: it has
// passed, falls on a day when everything is shut, or is not there although there
// was one.
func (s *SharedPart) DateWarning(today Day) string {
	_, left := s.Gone()
	day := s.Release.Day
	switch {
	case left || !s.Deceased.IsZero():
		return ""
	case day.IsZero() && len(s.Slots["release"]) > 0:
		return "The release date was taken away. No line has a due day until there is one; what was done stays done."
	case day.IsZero():
		return ""
	case day == today-1:
		return "Was due yesterday and is still here: set a new date or record the release."
	case day < today:
		return "Was due on " + day.Long() + " and is still here: set a new date or record the release."
	case BankHolidayName(day) != "":
		return "The release falls on a bank holiday (" + BankHolidayName(day) + "): practices and pharmacies are shut. Check the date."
	case !IsWorkingDay(day):
		return "The release falls on a weekend: practices are shut, and many pharmacies. Check the date."
	}
	return ""
}
