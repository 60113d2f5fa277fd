package tui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// reviewForm begins the names of forms that review an override.
const reviewForm = "override/"

// openReview opens the form on the override under the cursor. The record is read
// first: the banner says whose it is.
func (s *overrides) openReview() tea.Cmd {
	what, _ := s.chosen()
	return s.deed(s, func() (tea.Msg, error) {
		r, err := s.env.Get(context.Background(), what.Row.ID)
		if err != nil {
			return nil, err
		}
		form := reviewNamed(s.env, r, what.Override.At.String())
		if form == nil {
			return nil, model.NotFound("This override has been reviewed already.", "Look at the list as it is now.")
		}
		return openMsg{form}, nil
	})
}

// reviewNamed is the form on the override of a stamp; nil when it waits for
// nobody, or not for the person signed in.
func reviewNamed(e *env, r *model.Record, stamp string) Screen {
	for _, o := range toReview(r) {
		if o.At.String() == stamp && e.allow(r, &model.GlassReviewed{Of: o.At}) == "" {
			return newReviewForm(e, r, o)
		}
	}
	return nil
}

// newReviewForm asks somebody else whether an override was justified.
func newReviewForm(e *env, r *model.Record, o *model.Override) *formScreen {
	outcomes := make([]part.Option, 0, len(model.GlassOutcomes()))
	for _, outcome := range model.GlassOutcomes() {
		outcomes = append(outcomes, part.Option{Value: string(outcome), Label: outcome.Words()})
	}
	return newForm(e, r, formSpec{
		title: "Review an override", name: reviewForm + o.At.String(), button: "Record the review", done: "The review is recorded.",
		fields: []part.Field{
			{Key: "what", Kind: part.InfoField, Label: overrideWords(e, o)},
			{Key: "outcome", Kind: part.ChoiceField, Label: "What did you find?", Options: outcomes, Required: "Choose what you found"},
			{Key: "words", Kind: part.LongField, Label: "Why?", Optional: true, Max: model.MaxGlassWords, Hint: "Needed when it was not justified. Everybody can read it: nothing clinical."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.GlassReviewed{Of: o.At, Outcome: model.GlassOutcome(v["outcome"]), Words: v["words"]}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}
