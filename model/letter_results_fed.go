package model

import (
	"slices"
	"strings"
)

// letterLine is a result as the letter tells it.
func (c *ResultSet) letterLine() string {
	out := c.What
	if !c.Asked.IsZero() {
		out += " (" + c.Asked.String() + ")"
	}
	return out + ": " + c.Result
}

// letterLine is a vaccine, test or review as the letter tells it.
func (c *PreventionSet) letterLine() string {
	state := "given"
	switch {
	case c.State == PreventionDue:
		state = "due, not offered here"
	case c.State == PreventionOffered:
		state = "offered, not given yet"
	case c.State == PreventionDeclined:
		state = "offered and declined"
	case c.Of != PreventionVaccine:
		state = "done"
	}
	if !c.Day.IsZero() {
		state += " " + c.Day.String()
	}
	out := c.What + ": " + state
	if c.Batch != "" {
		out += ", batch " + c.Batch
	}
	if c.Result != "" {
		out += ", " + c.Result
	}
	if !c.Next.IsZero() {
		out += "; next due " + c.Next.String()
	}
	return out
}

// fed is a section of lines from the record with who recorded the last of them;
// without lines it is what a clinician wrote.
func (a *assembly) fed(lines []string, last Signed) Section {
	if len(lines) == 0 {
		return a.written()
	}
	return a.added(Section{Lines: lines, Source: a.source(fromHealth, last)})
}

func later(a, b Signed) Signed {
	if b.At.After(a.At) {
		return b
	}
	return a
}

// results is what came of tests and referrals, and of tests that were offered.
func (a *assembly) results() Section {
	var lines []string
	var last Signed
	for _, one := range a.health.ResultList() {
		if one.State == ResultCame && !one.Unsaid {
			lines, last = append(lines, one.letterLine()), later(last, one.By)
		}
	}
	for _, one := range a.health.PreventionList() {
		if one.Of != PreventionVaccine && one.said() && !one.waits() {
			lines, last = append(lines, one.letterLine()), later(last, one.By)
		}
	}
	return a.fed(lines, last)
}

func (c *PreventionSet) said() bool { return !c.Unsaid && c.State != PreventionMistake }

// waits tells whether a test was done and its result has not come.
func (c *PreventionSet) waits() bool {
	return c.Of.hasResult() && c.State == PreventionGiven && c.Result == ""
}

// vaccinations is what was given, declined or is due.
func (a *assembly) vaccinations() Section {
	var lines []string
	var last Signed
	for _, one := range a.health.PreventionList() {
		if one.Of == PreventionVaccine && one.said() {
			lines, last = append(lines, one.letterLine()), later(last, one.By)
		}
	}
	return a.fed(lines, last)
}

// awaited is what is still to come, as actions: who follows it up, and by when.
func (a *assembly) awaited() (out []LetterAction, last Signed) {
	add := func(who, what string, asked, due Day, by Signed) {
		action := LetterAction{Who: (&LetterAppointment{Who: who}).arranger(), What: what, When: NotSaid}
		if !asked.IsZero() {
			action.What += " (" + asked.String() + ")"
		}
		if !due.IsZero() {
			action.When = due.String()
		}
		out, last = append(out, action), later(last, by)
	}
	for _, one := range a.health.ResultList() {
		if one.State == ResultAwaited && !one.Unsaid {
			add(one.Who, one.Of.Words()+": "+one.What, one.Asked, one.Due, one.By)
		}
	}
	for _, one := range a.health.PreventionList() {
		if one.said() && one.waits() {
			add("", one.Of.Words()+": "+one.What, one.Day, 0, one.By)
		}
	}
	return out, last
}

// outstandingIssues is what is awaited, with what a clinician adds.
func (a *assembly) outstandingIssues() Section {
	all, last := a.awaited()
	var lines []string
	for _, one := range all {
		line := one.Who + ": " + one.What
		if one.When != NotSaid {
			line += ", by " + one.When
		}
		lines = append(lines, line)
	}
	return a.fed(lines, last)
}

// careResult is what of a result puts a letter out of date.
type careResult struct {
	ID   EntryID
	What string
}

// resultsToTell is what a letter tells of results and prevention. What came of one
// is left out: where the letter told it as awaited, it goes into a letter on late
// results and does not put the discharge letter out of date. They come by their
// ids, so that a result does not move them.
func (h *HealthPart) resultsToTell() (results []careResult, prevention []PreventionSet) {
	for _, one := range h.ResultList() {
		if !one.Unsaid && (one.State == ResultAwaited || one.State == ResultCame) {
			results = append(results, careResult{one.ID, one.What})
		}
	}
	for _, one := range h.PreventionList() {
		if one.said() {
			told := one.PreventionSet
			if told.Of.hasResult() {
				told.Result = ""
			}
			prevention = append(prevention, told)
		}
	}
	slices.SortFunc(results, func(a, b careResult) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return results, prevention
}
