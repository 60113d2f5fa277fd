package tui

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// findOption searches a short list of options as people search people: accents
// and order do not matter.
func findOption(all []part.Option) func(string) part.Found {
	return func(query string) part.Found {
		words := strings.Fields(model.Fold(query))
		found := part.Found{}
		for _, o := range all {
			if fits(model.Fold(o.Label+" "+o.Hint), words) {
				found.Options = append(found.Options, o)
			}
		}
		found.Total = len(found.Options)
		return found
	}
}

func fits(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
