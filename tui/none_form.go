package tui

import (
	"strconv"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newNoneForm states that the person takes no medicines. An empty list looks like
// one that nobody has worked on, so it asks what it is known from and for a
// sentence to be agreed to; one key would do it by mistake.
func newNoneForm(e *env, r *model.Record) Screen {
	sources := make([]part.Option, 0, len(model.NoneSources))
	for i, source := range model.NoneSources {
		sources = append(sources, part.Option{Value: strconv.Itoa(i), Label: source})
	}
	follows := "It is in progress until a prescriber has confirmed it " + e.with("r", "reconciled") + " on the medicines page. A medicine that is added ends it."
	if e.allow(r, &model.MedicinesReconciled{}) == "" {
		follows = "You are a prescriber: it holds at once. A medicine that is added ends it."
	}
	return newForm(e, r, formSpec{
		title: "No medicines", name: noneForm, button: "State it", done: "Stated: no medicines.", compact: true,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: "You state that this person takes no medicines. " + follows, Strong: true},
			{Key: "sources", Kind: part.MultiField, Label: "Known from", Options: sources, Required: "Choose what it is known from", Keys: "Space ticks the line under the cursor; Enter goes on."},
			{Key: "other", Label: "Another source", Optional: true, Max: 60},
			{Key: "sure", Kind: part.MultiField, Label: "In words", Required: "Tick the sentence, or add what the person takes", Options: []part.Option{{Value: "yes", Label: "They take nothing: no tablet, liquid, inhaler, patch, cream or injection"}}},
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.MedicinesNone{With: noneSources(v)}}, nil
		},
	})
}

func noneSources(v part.Values) string {
	var from []string
	for i, source := range model.NoneSources {
		if v.Has("sources", strconv.Itoa(i)) {
			from = append(from, source)
		}
	}
	if other := strings.TrimSpace(v["other"]); other != "" {
		from = append(from, other)
	}
	return strings.Join(from, ", ")
}
