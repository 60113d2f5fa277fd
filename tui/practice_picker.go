package tui

import (
	"fmt"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// noPractices is said where somebody would choose one.
const noPractices = "No practices have come to this workstation yet. The service imports them at the hub (throughgate-hub import practices FILE); they arrive here by themselves at the next sync."

// practiceMost is how many answers a search shows.
const practiceMost = 50

// practiceField asks for a practice, found as one types by name, town, postcode
// or code. near is a postcode to put the nearest first, "" where none is known
// or it must not be searched by.
func practiceField(x *model.PracticeIndex, near string) part.Field {
	return part.Field{
		Key: "practice", Kind: part.PickerField, Label: "Practice", Rows: 9, Required: "Choose a practice",
		Hint: "Name, town, postcode or code, in any order.", Find: findPractices(x, near),
	}
}

func findPractices(x *model.PracticeIndex, near string) func(string) part.Found {
	return func(query string) part.Found {
		if x == nil {
			return part.Found{Problem: noPractices}
		}
		hits, total := x.Search(model.PracticeQuery{Text: query, Near: near, Limit: practiceMost})
		found := part.Found{Total: total}
		for _, hit := range hits {
			found.Options = append(found.Options, practiceOption(hit))
		}
		return found
	}
}

// practiceOption is a practice in one line: what tells two of the same name
// apart comes first. One that cannot be chosen is shown with the reason, so
// that nobody looks for it twice.
func practiceOption(hit model.PracticeHit) part.Option {
	words := []string{hit.Postcode, string(hit.Code)}
	if hit.Km >= 0 {
		words = append(words, fmt.Sprintf("%.0f km", hit.Km))
	}
	return part.Option{
		Value: string(hit.Code), Label: hit.Name, Disabled: hit.WhyNot(),
		Hint: strings.Join(append(words, strings.Join(hit.Address, ", ")), "  "),
	}
}

// chosenPractice is the practice a form's answer names.
func chosenPractice(x *model.PracticeIndex, code string) (model.ChosenPractice, error) {
	if x == nil {
		return model.ChosenPractice{}, model.NotFound(noPractices, "").At("practice")
	}
	p, found := x.Find(model.ODSCode(code))
	if !found {
		return model.ChosenPractice{}, model.NotFound("This practice is not in the list any more.", "Search again.").At("practice")
	}
	if why := p.WhyNot(); why != "" {
		return model.ChosenPractice{}, model.Invalid("Nobody can be registered there: "+strings.ToLower(why[:1])+why[1:]+".", "Choose another practice.").At("practice")
	}
	return p.Chosen(), nil
}
