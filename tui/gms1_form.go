package tui

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// What a form calls the two answers that are none.
const (
	gms1NotAsked = "-"
	gms1Declined = "declined"
)

// newGMS1Form asks the questions of one page. None has an answer to begin with:
// what nobody asked is "not asked".
func newGMS1Form(e *env, r *model.Record, page model.GMS1Page) Screen {
	spec := formSpec{
		title: "Registration form: " + page.Words(), name: gms1Screen + "/" + string(page), button: "Keep this page",
		done: "The page is kept.", compact: true, start: map[string]string{},
		fields: []part.Field{{Key: "about", Kind: part.InfoField, Label: "Leave empty what was not asked. Where the person would rather not say, write: declined."}},
		build:  func(v part.Values) ([]model.Change, error) { return []model.Change{gms1Change(page, v, r)}, nil },
	}
	for _, q := range model.GMS1Questions(page) {
		a := r.Health.Answer(q)
		spec.fields = append(spec.fields, gms1Field(q, r.Shared.Restricted))
		if !q.Where || !r.Shared.Restricted {
			spec.start[string(q.Key)] = gms1Start(q, a)
		}
	}
	return newForm(e, r, spec)
}

func gms1Start(q model.GMS1Question, a model.GMS1Answer) string {
	switch {
	case a.Said == model.GMS1Declined:
		return gms1Declined
	case a.Said == model.GMS1NotAsked && len(q.Options) > 0:
		return gms1NotAsked
	}
	return a.Text
}

func gms1Field(q model.GMS1Question, restricted bool) part.Field {
	f := part.Field{Key: string(q.Key), Label: q.Label, Hint: q.Hint, Optional: true, Max: 240}
	switch {
	case q.Where && restricted:
		return part.Field{Key: string(q.Key), Kind: part.InfoField, Label: q.Label + ": " + withheld + "."}
	case len(q.Options) == 0:
		return f
	}
	f.Kind, f.Optional, f.Required, f.Inline = part.ChoiceField, false, "Choose an answer, or not asked", true
	for _, o := range q.Options {
		f.Options = append(f.Options, part.Option{Value: o.Value, Label: o.Label})
	}
	f.Options = append(f.Options, part.Option{Value: gms1Declined, Label: "Declined"}, part.Option{Value: gms1NotAsked, Label: "Not asked"})
	return f
}

// gms1Change is the page as it was answered. What is not shown of a restricted
// person stays as it was.
func gms1Change(page model.GMS1Page, v part.Values, r *model.Record) *model.GMS1Set {
	answers := map[model.GMS1Key]model.GMS1Answer{}
	for _, q := range model.GMS1Questions(page) {
		typed := strings.TrimSpace(v[string(q.Key)])
		switch have := r.Health.Answer(q); {
		case q.Where && r.Shared.Restricted:
			if have.Said != model.GMS1NotAsked {
				answers[q.Key] = have
			}
		case typed == "" || typed == gms1NotAsked:
		case strings.EqualFold(typed, gms1Declined):
			answers[q.Key] = model.GMS1Answer{Said: model.GMS1Declined}
		default:
			answers[q.Key] = model.GMS1Answer{Said: model.GMS1Answered, Text: typed}
		}
	}
	return &model.GMS1Set{Page: page, Answers: answers}
}
