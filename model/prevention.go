package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// PreventionKind is what was offered.
type PreventionKind string

// The kinds.
const (
	PreventionVaccine PreventionKind = "vaccine"
	PreventionVirus   PreventionKind = "bbv" // hepatitis B, hepatitis C, HIV
	PreventionScreen  PreventionKind = "screening"
	PreventionReview  PreventionKind = "review" // of a long-term condition
)

// PreventionKinds lists them in the order a form shows them.
func PreventionKinds() []PreventionKind {
	return []PreventionKind{PreventionVaccine, PreventionVirus, PreventionScreen, PreventionReview}
}

// Words returns the kind as it is shown, "" when there is no such kind.
func (k PreventionKind) Words() string {
	switch k {
	case PreventionVaccine:
		return "Vaccine"
	case PreventionVirus:
		return "Blood-borne virus test"
	case PreventionScreen:
		return "Screening"
	case PreventionReview:
		return "Review of a condition"
	}
	return ""
}

func (k PreventionKind) hasResult() bool { return k == PreventionVirus || k == PreventionScreen }

// PreventionState is what came of it.
type PreventionState string

// The states.
const (
	PreventionDue      PreventionState = "due"
	PreventionOffered  PreventionState = "offered"
	PreventionGiven    PreventionState = "given"
	PreventionDeclined PreventionState = "declined"
	PreventionMistake  PreventionState = "mistake"
)

// PreventionStates lists them in the order a form shows them.
func PreventionStates() []PreventionState {
	return []PreventionState{PreventionDue, PreventionOffered, PreventionGiven, PreventionDeclined, PreventionMistake}
}

// Words returns the state as it is shown.
func (s PreventionState) Words() string {
	switch s {
	case PreventionDue:
		return "Due, not offered"
	case PreventionOffered:
		return "Offered"
	case PreventionGiven:
		return "Given or done"
	case PreventionDeclined:
		return "Declined"
	case PreventionMistake:
		return "Recorded by mistake"
	}
	return "Unknown state"
}

// Prevention is a vaccine, test or review as it is recorded.
type Prevention struct {
	PreventionSet
	By Signed `json:"by"`
}

// PreventionSet records that a vaccine, test or review was offered, and what came
// of it.
type PreventionSet struct {
	ID     EntryID         `json:"id"`
	Of     PreventionKind  `json:"of"`
	What   string          `json:"what"`
	State  PreventionState `json:"state"`
	Day    Day             `json:"day,omitzero"`
	Batch  string          `json:"batch,omitempty"`
	Result string          `json:"result,omitempty"` // of a test; empty while it is awaited
	Next   Day             `json:"next,omitzero"`    // when the next is due
	// Unsaid keeps it out of the letter: the person asked for that.
	Unsaid bool `json:"unsaid,omitempty"`
}

// Kind implements Change.
func (*PreventionSet) Kind() string { return "prevention.set" }

// Slot implements Change.
func (c *PreventionSet) Slot() string { return "prevention/" + string(c.ID) }

// Compartment implements Change.
func (*PreventionSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *PreventionSet) Check(_ *Record, now time.Time) error {
	if err := c.ID.check(); err != nil {
		return err
	}
	switch {
	case c.Of.Words() == "":
		return Invalid("Choose what it is.", "").At("of")
	case strings.TrimSpace(c.What) == "":
		return Invalid("Enter which vaccine, test or review it is.", "Such as hepatitis B dose 2, hepatitis C test or asthma review.").At("what")
	case c.State.Words() == "Unknown state":
		return Invalid("Choose what came of it.", "").At("state")
	case c.State == PreventionGiven && c.Day.IsZero():
		return Invalid("Enter the day on which it was given or done.", "").At("day")
	case c.Day > DayOf(now):
		return Invalid("The day must not be in the future.", "When the next is due has its own question.").At("day")
	}
	for _, f := range []struct {
		field, what, text string
		most              int
	}{{"what", "What it is", c.What, 120}, {"batch", "The batch", c.Batch, 40}, {"result", "The result", c.Result, 200}} {
		if err := at(f.field, checkLine(f.what, f.text, f.most)); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change.
func (c *PreventionSet) Apply(r *Record, op *Op) {
	if r.Health.Prevention == nil {
		r.Health.Prevention = make(map[EntryID]Prevention)
	}
	r.Health.Prevention[c.ID] = Prevention{*c, signedBy(op)}
}

// Follows moves the lines of prevention and of the letter.
func (*PreventionSet) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return append(followItems(r, r.Health.preventionItem()), followLetter(r)...)
}

// String implements Change.
func (c *PreventionSet) String() string {
	return joinNew(", ", fmt.Sprintf("%s: %s", orNotRecorded(c.Of.Words()), c.What), strings.ToLower(c.State.Words()), c.Result)
}

// PreventionList is what was offered: what is due first, the others by their day.
func (h *HealthPart) PreventionList() []Prevention {
	out := make([]Prevention, 0, len(h.Prevention))
	for _, one := range h.Prevention {
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b Prevention) int {
		return cmp.Or(cmp.Compare(slices.Index(PreventionStates(), a.State), slices.Index(PreventionStates(), b.State)), cmp.Compare(a.Day, b.Day), strings.Compare(string(a.ID), string(b.ID)))
	})
	return out
}

// preventionItem is done when nothing is due that was not offered.
func (h *HealthPart) preventionItem() ItemSet {
	item := ItemSet{Item: ItemPrevention}
	for _, one := range h.Prevention {
		switch {
		case one.State == PreventionMistake:
		case one.State == PreventionDue:
			item.State = InProgress
		case item.State == NotStarted:
			item.State = Done
		}
	}
	return item
}
