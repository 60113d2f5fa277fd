package model

import (
	"slices"
	"strings"
	"time"
)

// GlassOutcome is what a review of an override found.
type GlassOutcome string

// The outcomes of a review.
const (
	GlassJustified    GlassOutcome = "justified"
	GlassNotJustified GlassOutcome = "not-justified"
)

// GlassOutcomes lists them.
func GlassOutcomes() []GlassOutcome { return []GlassOutcome{GlassJustified, GlassNotJustified} }

// Words returns the outcome as the screens say it.
func (o GlassOutcome) Words() string {
	switch o {
	case GlassJustified:
		return "Justified"
	case GlassNotJustified:
		return "Not justified"
	}
	return "Outcome " + string(o)
}

// GlassReviewed says what somebody else found of an override. Until there is
// one, the person's page and the list of overrides show it.
type GlassReviewed struct {
	Of      Stamp        `json:"of"` // of the override
	Outcome GlassOutcome `json:"outcome"`
	Words   string       `json:"words,omitempty"` // needed when it was not justified
}

// Kind implements Change.
func (*GlassReviewed) Kind() string { return "glass.reviewed" }

// Slot is the override's: two who judge it differently are put before a person.
func (c *GlassReviewed) Slot() string { return "glass/" + c.Of.String() }

// Compartment implements Change.
func (*GlassReviewed) Compartment() Compartment { return Shared }

// Check asks that there is such an override.
func (c *GlassReviewed) Check(r *Record, _ time.Time) error {
	if r.override(c.Of) == nil {
		return NotFound("There is no such override of this record.", "Look at the list as it is now.")
	}
	return c.checkForm()
}

// checkForm is what needs no record.
func (c *GlassReviewed) checkForm() error {
	if c.Of.IsZero() {
		return Invalid("The review names no override.", "")
	}
	if !slices.Contains(GlassOutcomes(), c.Outcome) {
		return Invalid("Choose what you found.", "").At("outcome")
	}
	fewest := 0
	if c.Outcome == GlassNotJustified {
		fewest = MinGlassWords
	}
	return at("words", checkGlassWords("What you found", c.Words, fewest))
}

// Apply implements Change. Nobody's review of their own override counts: the
// hub has no record to ask, so the rule stands here too.
func (c *GlassReviewed) Apply(r *Record, op *Op) {
	o := r.override(c.Of)
	if o == nil || o.Staff == op.Actor.Staff {
		return
	}
	o.Review = GlassReview{Note: noteOf(op, c.Words), Outcome: c.Outcome}
}

// String implements Change.
func (c *GlassReviewed) String() string {
	words := "Reviewed an override: " + strings.ToLower(c.Outcome.Words())
	if text := oneLine(c.Words); text != "" {
		words += ". " + text
	}
	return words
}

// allowReview asks for a second person.
func allowReview(a Actor, c *GlassReviewed, r *Record) error {
	if r == nil {
		return nil
	}
	if o := r.override(c.Of); o != nil && o.Staff == a.Staff {
		return Forbidden("Nobody reviews their own override.", "Ask another manager, or the auditor.")
	}
	return nil
}
