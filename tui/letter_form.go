package tui

import (
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// mainHeadings are what nearly every letter needs by hand.
var mainHeadings = []model.HeadingCode{model.HeadingSummary, model.HeadingPlan, model.HeadingAdvice, model.HeadingContact}

// letterForm names the form; one heading alone has its code behind it.
const letterForm = "letter"

// newLetterForm writes the clinician's text under some headings. Only what was
// changed is written, so that two people may write different headings.
func newLetterForm(e *env, r *model.Record, codes ...model.HeadingCode) Screen {
	spec := formSpec{title: "Write the letter", name: letterForm, button: "Keep", done: "The letter's text is kept.", start: map[string]string{}}
	for _, code := range codes {
		heading, _ := model.HeadingOf(code)
		spec.fields = append(spec.fields, part.Field{
			Key: string(code), Kind: part.LongField, Label: heading.Name, Hint: heading.Ask, Optional: !heading.ByHand, Max: model.MaxDraft,
			Required: "Write something under " + heading.Name,
		})
		spec.start[string(code)] = r.Health.Draft[code].Text
		if len(codes) == 1 {
			spec.title, spec.name = heading.Name, letterForm+"/"+string(code)
		}
	}
	spec.build = func(v part.Values) ([]model.Change, error) { return letterChanges(e, r, v, codes) }
	return newForm(e, r, spec)
}

func letterChanges(e *env, r *model.Record, v part.Values, codes []model.HeadingCode) ([]model.Change, error) {
	var changes []model.Change
	for _, code := range codes {
		if v[string(code)] == r.Health.Draft[code].Text {
			continue
		}
		change := &model.LetterDraft{Heading: code, Text: v[string(code)]}
		if err := change.Check(r, e.now()); err != nil {
			return nil, fieldError{string(code), err}
		}
		changes = append(changes, change)
	}
	if len(changes) == 0 {
		return nil, fieldError{string(codes[0]), model.Invalid("This is what stands there already.", e.keys("Esc goes back.", "Type cancel to go back."))}
	}
	return changes, nil
}
