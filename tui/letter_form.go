package tui

import (
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// mainHeadings are what nearly every letter needs by hand.
var mainHeadings = []model.HeadingCode{model.HeadingSummary, model.HeadingPlan, model.HeadingAdvice, model.HeadingContact}

// lateWords are those of a letter on late results.
var lateWords = []model.HeadingCode{model.LateResults, model.LateMeaning, model.LatePlan, model.HeadingContact}

// letterForm names the form; one heading alone has its code behind it.
const letterForm = "letter"

// newLetterForm writes the clinician's text under some headings. Only what was
// changed is written, so that two people may write different headings.
func newLetterForm(e *env, r *model.Record, codes ...model.HeadingCode) Screen {
	spec := formSpec{title: "Write the letter", name: letterForm, button: "Keep", done: "The letter's text is kept.", start: map[string]string{}}
	for _, code := range codes {
		heading, _ := model.DraftHeadingOf(code)
		spec.fields = append(spec.fields, part.Field{
			Key: string(code), Kind: part.LongField, Label: heading.Name, Hint: heading.Ask, Optional: !heading.ByHand, Max: model.MaxDraft,
			Required: "Write something under " + heading.Name,
		})
		spec.start[string(code)] = r.Health.Draft[code].Text
		if late := r.Health.LateResultLines(); code == model.LateResults && spec.start[string(code)] == "" {
			spec.start[string(code)] = strings.Join(late, "\n")
		}
		if len(codes) == 1 {
			spec.title, spec.name = heading.Name, letterForm+"/"+string(code)
			spec.fields = append(beside(e, r, heading), spec.fields...)
			spec.start["instead"] = insteadAnswer(r.Health.Draft[code].Instead)
		}
	}
	if slices.Equal(codes, lateWords) {
		spec.title, spec.name = "Write the results letter", letterForm+"/"+lateName
	}
	spec.build = func(v part.Values) ([]model.Change, error) { return letterChanges(e, r, v, codes) }
	return newForm(e, r, spec)
}

func letterChanges(e *env, r *model.Record, v part.Values, codes []model.HeadingCode) ([]model.Change, error) {
	var changes []model.Change
	for _, code := range codes {
		have, instead := r.Health.Draft[code], v["instead"] == insteadAnswer(true)
		if v[string(code)] == have.Text && instead == have.Instead {
			continue
		}
		change := &model.LetterDraft{Heading: code, Text: v[string(code)], Instead: instead && v[string(code)] != ""}
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

// lateName stands for the words of a letter on late results.
const lateName = "late"

// beside shows what the record says under a heading, and asks how a clinician's
// words stand to it where they may stand in its place.
func beside(e *env, r *model.Record, h model.Heading) []part.Field {
	section, there := assembleLetter(e, r, false, "").Section(h.Code)
	if !h.Fed && !(there && section.FromRecord()) {
		return nil
	}
	says := "Nothing."
	if there && !section.Missing && !r.Health.Draft[h.Code].Instead {
		says = gist(section)
	}
	fields := []part.Field{{Key: "record", Kind: part.InfoField, Label: "In the letter now: " + part.Cut(strings.TrimSpace(says), 300)}}
	if h.Instead {
		fields = append(fields, part.Field{Key: "instead", Kind: part.ChoiceField, Label: "Your words stand", Inline: true, Required: "Say how your words stand to the record",
			Options: []part.Option{{Value: insteadAnswer(false), Label: "Beside what the record says"}, {Value: insteadAnswer(true), Label: "Instead of it"}}})
	}
	return fields
}

func insteadAnswer(instead bool) string {
	if instead {
		return "instead"
	}
	return "beside"
}
