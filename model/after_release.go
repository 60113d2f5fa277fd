package model

import (
	"fmt"
	"slices"
	"time"
)

// AfterDays are the days after a release on which somebody asks how the person
// is. Half of the deaths after release that the Prisons and Probation Ombudsman
// investigated fell in the first four days.
var AfterDays = []int{1, 7, 14}

// AfterOutcome is what such a check found. It is chosen and never written:
// everybody reads it.
type AfterOutcome string

// The outcomes.
const (
	AfterContact    AfterOutcome = "contact"
	AfterGPSeen     AfterOutcome = "gp-seen"
	AfterStarted    AfterOutcome = "supply-started"
	AfterNotReached AfterOutcome = "not-reached"
	AfterBack       AfterOutcome = "back-in-prison"
	AfterDied       AfterOutcome = "died"
)

var afterOutcomes = []struct {
	code  AfterOutcome
	words string
}{
	{AfterContact, "Contact made, nothing further yet"},
	{AfterGPSeen, "The person has seen the GP"},
	{AfterStarted, "The GP has seen the person and the supply goes on"},
	{AfterNotReached, "Not reached"},
	{AfterBack, "Back in prison"},
	{AfterDied, "Died"},
}

// AfterOutcomes lists them in the order a form shows them.
func AfterOutcomes() []AfterOutcome {
	out := make([]AfterOutcome, len(afterOutcomes))
	for i, row := range afterOutcomes {
		out[i] = row.code
	}
	return out
}

// Words returns the outcome as it is shown.
func (o AfterOutcome) Words() string {
	for _, row := range afterOutcomes {
		if row.code == o {
			return row.words
		}
	}
	return "Outcome " + string(o)
}

// Ends tells whether no later check is asked for.
func (o AfterOutcome) Ends() bool { return o == AfterBack || o == AfterDied || o == AfterStarted }

// AfterCheck is one check as it was made.
type AfterCheck struct {
	Outcome AfterOutcome `json:"outcome"`
	By      Signed       `json:"by"`
}

// AfterChecks are those that were made, by day: 1, 7 or 14.
type AfterChecks map[int]AfterCheck

// AfterDue is a check that is still to be made.
type AfterDue struct {
	On  int // day 1, 7 or 14
	Day Day
}

// ChecksDue lists the checks after a release that nobody has made yet, the next
// one first. None is due of who died, escaped, left the country or went to
// hospital, nor after one that ends them.
func (t Timeline) ChecksDue(s *SharedPart) []AfterDue {
	left, gone := s.Gone()
	facts, _ := FactsOf(ItemAfterRelease)
	if !gone || !s.Deceased.IsZero() || !facts.Applies(s) || s.Items[ItemAfterRelease].State.Settled() {
		return nil
	}
	var out []AfterDue
	for _, n := range AfterDays {
		made, is := s.After[n]
		if made.Outcome.Ends() {
			return nil
		}
		if !is {
			out = append(out, AfterDue{n, t.checkDay(DayOf(left.Time()), n)})
		}
	}
	return out
}

// deriveAfterRelease is done once every check is made, or one that ends them.
func deriveAfterRelease(s *SharedPart) Item {
	item := s.Items[ItemAfterRelease]
	if len(s.After) == 0 {
		return item
	}
	for _, n := range AfterDays {
		made, is := s.After[n]
		if !is {
			continue
		}
		item.At, item.Staff, item.Role = made.By.At, made.By.Staff, made.By.Role
		item.State, item.Detail, item.Note = InProgress, fmt.Sprintf("day %d", n), made.Outcome.Words()
		if made.Outcome.Ends() || n == AfterDays[len(AfterDays)-1] {
			item.State, item.Detail = Done, ""
		}
	}
	if len(s.After) == len(AfterDays) {
		item.State, item.Detail = Done, ""
	}
	return item
}

// AfterChecked records what a check after the release found.
type AfterChecked struct {
	On      int          `json:"on"` // day 1, 7 or 14
	Outcome AfterOutcome `json:"outcome"`
}

// Kind implements Change.
func (*AfterChecked) Kind() string { return "after.checked" }

// Slot implements Change.
func (c *AfterChecked) Slot() string { return fmt.Sprintf("after/%d", c.On) }

// Compartment implements Change.
func (*AfterChecked) Compartment() Compartment { return Shared }

// Check implements Change. A check may be made early, and once more.
func (c *AfterChecked) Check(r *Record, _ time.Time) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	if _, gone := r.Shared.Gone(); !gone {
		return Invalid("This person has not been released.", "Checks are made after a release.")
	}
	return nil
}

// checkForm is what needs no record.
func (c *AfterChecked) checkForm() error {
	switch {
	case !slices.Contains(AfterDays, c.On):
		return Invalid("There is no such check.", "Checks are made on day 1, 7 and 14.").At("on")
	case !slices.Contains(AfterOutcomes(), c.Outcome):
		return Invalid("Choose what you found.", "").At("outcome")
	}
	return nil
}

// Apply implements Change. Of who is in prison it says nothing, whatever a program
// sends: it may make nobody dead, and a desk that did not know of the return
// checked the release that is over.
func (c *AfterChecked) Apply(r *Record, op *Op) {
	if _, gone := r.Shared.Gone(); !gone {
		return
	}
	if r.Shared.After == nil {
		r.Shared.After = make(AfterChecks)
	}
	switch before := r.Shared.After[c.On]; {
	case c.Outcome == AfterDied:
		r.Shared.died(DayOf(op.Stamp.Time()))
	case before.Outcome == AfterDied:
		r.Shared.Deceased = 0 // put right
	}
	r.Shared.After[c.On] = AfterCheck{Outcome: c.Outcome, By: signedBy(op)}
}

// String implements Change.
func (c *AfterChecked) String() string {
	return fmt.Sprintf("Day %d after release: %s", c.On, lowerFirst(c.Outcome.Words()))
}
