package tui

import (
	"context"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// glassForm names the form, for its draft and for coming back.
const glassForm = "glass"

// newGlassForm asks why somebody must see what their role may not, and for the
// passphrase once more. The passphrase stands in no draft.
func newGlassForm(e *env, r *model.Record) Screen {
	opens := e.Actor().Role.Glass()
	asked := model.GlassRequest{Person: r.ID}
	var passphrase string
	start := map[string]string{}
	if len(opens) == 1 {
		start["opens"] = opens[0].String()
	}
	return newForm(e, r, formSpec{
		title: "Break the glass", start: start, name: glassForm, button: "Break the glass", compact: true,
		done:   "Both sides see that you opened this record. What you read is written down.",
		fields: glassFields(opens),
		build: func(v part.Values) ([]model.Change, error) {
			asked.Opens, asked.Reason, asked.Words = compartmentOf(v["opens"]), model.GlassReason(v["reason"]), v["words"]
			passphrase = v["passphrase"]
			change := asked.Change(model.InstantOf(e.now()))
			return []model.Change{change}, change.Check(r, e.now())
		},
		write: func(ctx context.Context, _ []model.Change) (Screen, error) {
			glass, err := e.BreakGlass(ctx, asked, passphrase)
			if err != nil {
				return nil, err
			}
			return newGlassPage(e, r, asked, glass), nil
		},
	})
}

func glassFields(opens []model.Compartment) []part.Field {
	which := make([]part.Option, len(opens))
	for i, c := range opens {
		which[i] = part.Option{Value: c.String(), Label: recordWords(c)}
	}
	reasons := make([]part.Option, 0, len(model.GlassReasons()))
	for _, reason := range model.GlassReasons() {
		reasons = append(reasons, part.Option{Value: string(reason), Label: reason.Words()})
	}
	return []part.Field{
		{Key: "why", Kind: part.InfoField, Label: "For 15 minutes you read what your role may not. Both sides see who opened it, when and why, and somebody else reviews it."},
		{Key: "opens", Kind: part.ChoiceField, Label: "What must you see?", Options: which, Inline: true, Required: "Choose what you must see"},
		{Key: "reason", Kind: part.ChoiceField, Label: "Reason", Options: reasons, Required: "Choose a reason"},
		{Key: "words", Label: "In your words", Max: model.MaxGlassWords, Required: "Say why in your own words", Hint: "At least 10 characters. Everybody can read it: nothing clinical."},
		{Key: "passphrase", Kind: part.SecretField, Label: "Your passphrase", Required: "Enter your passphrase"},
	}
}

// compartmentOf reads a compartment's name; zero when it is none.
func compartmentOf(name string) model.Compartment {
	for _, c := range model.Compartments() {
		if c.String() == name {
			return c
		}
	}
	return 0
}
