package tui

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// noPractices is said where somebody would choose one.
const noPractices = "No practices have come to this workstation yet. The service imports them at the hub (throughgate-hub import practices FILE); they arrive here by themselves at the next sync."

// practiceMost is how many answers a search shows.
const practiceMost = 50

// practiceFields ask for a practice, found as one types by name, town, postcode
// or code, and say what the chosen one told this prison of late, or of this very
// person.
func practiceFields(e *env, x *model.PracticeIndex, r *model.Record) []part.Field {
	f := &practiceFinder{env: e, index: x, near: nearHome(r), refused: r.Health.Registration.RefusedThis(model.LivesAt(r))}
	return []part.Field{
		{
			Key: "practice", Kind: part.PickerField, Label: "Practice", Rows: 9, Required: "Choose a practice",
			Hint: "Name, town, postcode or code, in any order. A postcode or the first half of one lists what is nearest.", Find: f.find,
		},
		{Key: "said", Kind: part.InfoField, Strong: true, Say: f.said},
	}
}

// practiceFinder searches, and remembers who refused.
type practiceFinder struct {
	env   *env
	index *model.PracticeIndex
	near  string // a postcode to put the nearest first, "" where none is known or it must not be searched by
	// refused is the practices that refused this very person: behind all others.
	refused map[model.ODSCode]model.RegistrationStep
	once    sync.Once
	memory  atomic.Pointer[model.PracticeMemory] // nil until the first search has asked for it
}

// find is called from commands, off the screen's own time, so that it may ask
// once what practices said. Without an answer the search goes on: it only puts
// some behind others.
func (f *practiceFinder) find(query string) part.Found {
	if f.index == nil {
		return part.Found{Problem: noPractices}
	}
	f.once.Do(func() {
		if memory, err := f.env.PracticeMemory(context.Background()); err == nil {
			f.memory.Store(&memory)
		}
	})
	q := model.PracticeQuery{Text: query, Near: f.near, Limit: practiceMost, Behind: func(code model.ODSCode) bool { return f.behind(code) }}
	var hits []model.PracticeHit
	total := 0
	if place := model.OutcodeOf(query); place != "" && f.index.Knows(place) {
		q.Near = place
		hits, total = nearest(f.index, q)
	} else {
		hits, total = f.index.Search(q)
	}
	found := part.Found{Total: total}
	for _, hit := range hits {
		found.Options = append(found.Options, practiceOption(hit, q.Near != "", f.short(hit.Code)))
	}
	return found
}

func (f *practiceFinder) word(code model.ODSCode) model.PracticeWord {
	if memory := f.memory.Load(); memory != nil {
		return (*memory)[code]
	}
	return model.PracticeWord{}
}

func (f *practiceFinder) behind(code model.ODSCode) bool {
	_, refused := f.refused[code]
	return refused || f.word(code).Behind()
}

// short says in a few letters what a practice said: of this person first.
func (f *practiceFinder) short(code model.ODSCode) string {
	if step, refused := f.refused[code]; refused {
		return "refused this person, " + step.RefusalWords()
	}
	return f.word(code).Short()
}

// said is what to know before a form goes to the practice that was chosen.
func (f *practiceFinder) said(v part.Values) string {
	code := model.ODSCode(v["practice"])
	words := f.word(code).Words()
	if step, refused := f.refused[code]; refused {
		words = "refused this very person, " + step.RefusalWords()
	}
	if words == "" {
		return ""
	}
	return "This practice " + words + ". Telephone it before you send the form."
}

// nearest is who has the postcode that was typed, and then who is near to it. Its
// number is of those listed: everybody is at some distance.
func nearest(x *model.PracticeIndex, q model.PracticeQuery) ([]model.PracticeHit, int) {
	there, _ := x.Search(q)
	q.Text, q.ActiveOnly = "", true
	around, _ := x.Search(q)
	seen := make(map[model.ODSCode]bool, len(there))
	for _, hit := range there {
		seen[hit.Code] = true
	}
	for _, hit := range around {
		if !seen[hit.Code] && len(there) < practiceMost {
			there = append(there, hit)
		}
	}
	return there, len(there)
}

// practiceOption is a practice in one line: what tells two of the same name
// apart comes first. One that cannot be chosen is shown with the reason, so
// that nobody looks for it twice.
func practiceOption(hit model.PracticeHit, measured bool, said string) part.Option {
	var words []string
	if said != "" {
		words = append(words, said)
	}
	words = append(words, hit.Postcode)
	if measured {
		words = append(words, distanceWords(hit.Km))
	}
	words = append(words, string(hit.Code))
	return part.Option{
		Value: string(hit.Code), Label: hit.Name, Disabled: hit.WhyNot(),
		Hint: strings.Join(append(words, strings.Join(hit.Address, ", ")), "  "),
	}
}

// distanceWords never says "0 km": a distance is from the middle of one postcode
// area to the middle of another.
func distanceWords(km float64) string {
	switch {
	case km < 0:
		return "distance not known"
	case km < 0.5:
		return "same area"
	}
	return fmt.Sprintf("%.0f km", km)
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
