package model

import (
	"fmt"
	"slices"
	"time"
)

// OSTCover is how the days between the last dose here and the first appointment
// outside are covered. Three missed days of methadone lower the tolerance so far
// that the old dose can kill, so every day counts.
type OSTCover struct {
	From, To  Day         // the days to cover; From is zero when nothing can be worked out
	Uncovered []Day       // without a dose
	Collect   map[Day]Day // doses of closed days, by the day on which they are collected before
	Closed    bool        // the appointment is on a day on which services are shut
	Unasked   []Day       // Saturdays on which a dose is to be had if the pharmacy is open, and nobody has asked
}

// farthestCover bounds how far ahead is looked: a plan whose appointment is years
// away is a slip of the finger.
const farthestCover = MaxSupplyDays

// OSTCover works out the cover of the days from release to the first
// appointment. That day itself is the new service's.
func (h *HealthPart) OSTCover(leaves Day) OSTCover {
	if h.OST.By.IsZero() {
		return OSTCover{}
	}
	return h.OSTCoverOf(h.OST.OSTSet, leaves)
}

// OSTCoverOf works out the cover of a plan before it is kept.
func (h *HealthPart) OSTCoverOf(plan OSTSet, leaves Day) OSTCover {
	if leaves.IsZero() {
		return OSTCover{}
	}
	c := OSTCover{From: leaves, To: plan.Appointment - 1, Collect: map[Day]Day{}}
	if plan.OnRelease || plan.LastDay >= leaves {
		c.From = max(leaves, plan.LastDay) + 1
	}
	if plan.Appointment.IsZero() {
		c.To = c.From + MinSupplyDays - 1 // nobody is named: the least that must be covered
	}
	c.To = min(c.To, c.From+farthestCover)
	c.Closed = !plan.Appointment.IsZero() && !IsWorkingDay(plan.Appointment)
	inHand, scripts := h.ostSpans(plan, leaves)
	for day := c.From; day <= c.To; day++ {
		if within(inHand, day) {
			continue
		}
		if !c.collected(scripts, day, plan.Opens) {
			c.Uncovered = append(c.Uncovered, day)
		}
	}
	return c
}

// collected tells whether a script gives a dose for a day: on the day, or before
// it where the pharmacy is shut.
func (c *OSTCover) collected(scripts []Span, day Day, opens PharmacyDays) bool {
	if !within(scripts, day) {
		return false
	}
	on := day
	for ; opens.shut(on); on-- {
		if !within(scripts, on-1) {
			return false // the script begins on a closed day
		}
	}
	if on != day {
		c.Collect[day] = on
	}
	if opens == PharmacyNotAsked && on.Weekday() == time.Saturday && !slices.Contains(c.Unasked, on) {
		c.Unasked = append(c.Unasked, on)
	}
	return true
}

func within(spans []Span, day Day) bool {
	for _, s := range spans {
		if s.From <= day && day <= s.To {
			return true
		}
	}
	return false
}

// ostSpans tells what is in the person's hand from what they must collect.
func (h *HealthPart) ostSpans(plan OSTSet, leaves Day) (inHand, scripts []Span) {
	for _, m := range h.OSTMedicines() {
		for _, s := range h.Spans(m, leaves) {
			if SupplyRoute(s.Source).IsPrescription() {
				scripts = append(scripts, s)
			} else {
				inHand = append(inHand, s)
			}
		}
	}
	if !plan.ScriptFrom.IsZero() {
		scripts = append(scripts, Span{From: plan.ScriptFrom, To: plan.ScriptTo})
	}
	return inHand, scripts
}

// OSTWarnings says in sentences what is not arranged for somebody who leaves on
// a day; none when all is, or when no opioid substitution is on the list.
func (h *HealthPart) OSTWarnings(leaves Day) []string {
	if len(h.OSTMedicines()) == 0 {
		return nil
	}
	plan, cover := h.OST, h.OSTCover(leaves)
	var out []string
	if plan.By.IsZero() {
		return []string{"There is no plan for opioid substitution after release."}
	}
	if n := len(cover.Uncovered); n > 0 {
		out = append(out, fmt.Sprintf("NO DOSE from %s (%s): %s not covered before the first appointment.", cover.Uncovered[0], cover.Uncovered[0].Weekday(), days(n)))
	}
	if plan.Service == "" || plan.Appointment.IsZero() {
		out = append(out, "No service or no appointment is named for the next dose.")
	}
	if len(cover.Unasked) > 0 {
		out = append(out, fmt.Sprintf("Ask whether the pharmacy opens on Saturday %s: a dose hangs on it.", cover.Unasked[0]))
	}
	if cover.Closed {
		out = append(out, fmt.Sprintf("The appointment on %s is on a day on which services are shut.", plan.Appointment))
	}
	if plan.LastDay.IsZero() && !plan.OnRelease {
		out = append(out, "The last dose seen taken is not recorded.")
	}
	return out
}

func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return fmt.Sprintf("%d days", n)
}
