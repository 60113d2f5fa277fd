package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ResultKind is what was asked for.
type ResultKind string

// The kinds.
const (
	ResultTest     ResultKind = "test"
	ResultImage    ResultKind = "image"
	ResultReferral ResultKind = "referral"
)

// ResultKinds lists them in the order a form shows them.
func ResultKinds() []ResultKind { return []ResultKind{ResultTest, ResultImage, ResultReferral} }

// Words returns the kind as it is shown, "" when there is no such kind.
func (k ResultKind) Words() string {
	switch k {
	case ResultTest:
		return "Test"
	case ResultImage:
		return "Scan or X-ray"
	case ResultReferral:
		return "Referral"
	}
	return ""
}

// ResultState is how far it is.
type ResultState string

// The states.
const (
	ResultAwaited ResultState = "awaited"
	ResultCame    ResultState = "came"
	ResultClosed  ResultState = "closed"  // nothing is waited for any more, and the practice need not know
	ResultMistake ResultState = "mistake" // it was never asked for
)

// ResultStates lists them in the order a form shows them.
func ResultStates() []ResultState {
	return []ResultState{ResultAwaited, ResultCame, ResultClosed, ResultMistake}
}

// Words returns the state as it is shown.
func (s ResultState) Words() string {
	switch s {
	case ResultAwaited:
		return "Awaited"
	case ResultCame:
		return "Came"
	case ResultClosed:
		return "Closed"
	case ResultMistake:
		return "Recorded by mistake"
	}
	return "Unknown state"
}

// Result is a test or referral as it is recorded.
type Result struct {
	ResultSet
	By Signed `json:"by"`
}

// ResultSet records a test or referral that is awaited, or what it came to. Each
// is closed before release, or has somebody who follows it up by a day.
type ResultSet struct {
	ID     EntryID     `json:"id"`
	Of     ResultKind  `json:"of"`
	What   string      `json:"what"`
	Asked  Day         `json:"asked,omitzero"` // of the sample, the scan or the referral
	State  ResultState `json:"state"`
	Result string      `json:"result,omitempty"`
	Who    string      `json:"who,omitempty"` // follows it up
	Due    Day         `json:"due,omitzero"`
	// Unsaid keeps it out of the letter: the person asked for that.
	Unsaid bool `json:"unsaid,omitempty"`
}

// Kind implements Change.
func (*ResultSet) Kind() string { return "result.set" }

// Slot implements Change.
func (c *ResultSet) Slot() string { return "result/" + string(c.ID) }

// Compartment implements Change.
func (*ResultSet) Compartment() Compartment { return Health }

// Check implements Change. Who follows an awaited one up may not be known yet: the
// checklist says that it is missing.
func (c *ResultSet) Check(_ *Record, now time.Time) error {
	if err := c.ID.check(); err != nil {
		return err
	}
	switch {
	case c.Of.Words() == "":
		return Invalid("Choose what was asked for.", "").At("of")
	case strings.TrimSpace(c.What) == "":
		return Invalid("Enter which test or referral it is.", "Such as HbA1c, chest X-ray or cardiology.").At("what")
	case c.State.Words() == "Unknown state":
		return Invalid("Choose how far it is.", "").At("state")
	case c.Asked > DayOf(now):
		return Invalid("The day on which it was asked for must not be in the future.", "").At("asked")
	case c.State == ResultCame && strings.TrimSpace(c.Result) == "":
		return Invalid("Enter the result.", "With its unit, as the practice needs it.").At("result")
	}
	for _, f := range []struct {
		field, what, text string
		most              int
	}{{"what", "The test or referral", c.What, 120}, {"result", "The result", c.Result, 400}, {"who", "The name", c.Who, 120}} {
		if err := at(f.field, checkLine(f.what, f.text, f.most)); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change.
func (c *ResultSet) Apply(r *Record, op *Op) {
	if r.Health.Results == nil {
		r.Health.Results = make(map[EntryID]Result)
	}
	r.Health.Results[c.ID] = Result{*c, signedBy(op)}
}

// Follows moves the lines of the results and of the letter.
func (*ResultSet) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return append(followItems(r, r.Health.resultsItem()), followLetter(r)...)
}

// String implements Change.
func (c *ResultSet) String() string {
	return joinNew(", ", fmt.Sprintf("%s: %s", orNotRecorded(c.Of.Words()), c.What), strings.ToLower(c.State.Words()), c.Result)
}

// owned tells whether somebody follows an awaited one up by a day.
func (c *ResultSet) owned() bool { return strings.TrimSpace(c.Who) != "" && !c.Due.IsZero() }

// ResultList is what was asked for: what is awaited first, each by its day.
func (h *HealthPart) ResultList() []Result {
	out := make([]Result, 0, len(h.Results))
	for _, one := range h.Results {
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Result) int {
		return cmp.Or(cmp.Compare(slices.Index(ResultStates(), a.State), slices.Index(ResultStates(), b.State)), cmp.Compare(a.Asked, b.Asked), strings.Compare(string(a.ID), string(b.ID)))
	})
	return out
}

// resultsItem is done when each is closed, or has somebody who follows it up.
func (h *HealthPart) resultsItem() ItemSet {
	item := ItemSet{Item: ItemResults}
	for _, one := range h.Results {
		switch {
		case one.State == ResultMistake:
		case one.State == ResultAwaited && !one.owned():
			item.State = InProgress
		case item.State == NotStarted:
			item.State = Done
		}
	}
	return item
}

// LateResultLines are the results that came after the discharge letter was
// signed, those of tests that were offered among them, as a letter on late results begins with them.
func (h *HealthPart) LateResultLines() []string {
	last, signed := h.LastLetter()
	var out []string
	for _, one := range h.ResultList() {
		if signed && one.State == ResultCame && !one.Unsaid && one.By.At.After(last.By.At) {
			out = append(out, one.letterLine())
		}
	}
	for _, one := range h.PreventionList() {
		if signed && one.said() && one.Of.hasResult() && one.Result != "" && one.By.At.After(last.By.At) {
			out = append(out, one.letterLine())
		}
	}
	return out
}

// resultsSince are those of a stay: what was recorded since, and what is awaited
// still.
func resultsSince(all map[EntryID]Result, back Instant) map[EntryID]Result {
	var out map[EntryID]Result
	for id, one := range all {
		if !since(one.By, back) && one.State != ResultAwaited {
			continue
		}
		if out == nil {
			out = make(map[EntryID]Result)
		}
		out[id] = one
	}
	return out
}
