package tui

import (
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// The forms about a bag that two people hand over.
const (
	seenForm  = "bag-witnessed"
	aloneForm = "bag-alone"
)

// newSeenForm is the second signature at the gate. Its author types the number,
// so that they have seen the bag.
func newSeenForm(e *env, r *model.Record) Screen {
	waiting := r.Shared.TwoToSign()
	return newForm(e, r, formSpec{
		title: "Second signature at the gate", name: seenForm, button: "Sign", done: "Signed: two people handed the bag over.", compact: true,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: "You sign as " + e.Name() + " that you saw the bag handed to this person. " + handedBy(e, waiting), Strong: true},
			{Key: "number", Label: "Number on the bag", Max: 20, Required: "Enter the number on the bag", Hint: "Type it from the bag itself."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.BagWitnessed{Number: v["number"], Of: r.Shared.Bags[model.BagKey(v["number"])].By.At}
			if why := e.allow(r, change); why != "" {
				return nil, model.Invalid(why, "").At("number")
			}
			return []model.Change{change}, change.Check(r, e.now())
		},
	})
}

// handedBy says who gave the bags and when, without their numbers: one that is
// offered is one that nobody compares.
func handedBy(e *env, bags []model.Bag) string {
	words := ""
	for _, b := range bags {
		words = strings.TrimSpace(words + " Handed over by " + e.by(b.By.Staff, b.By.At) + ".")
	}
	return words
}

// newAloneForm lets a bag go out on one signature.
func newAloneForm(e *env, r *model.Record) Screen {
	waiting := r.Shared.TwoToSign()
	reasons := make([]part.Option, 0, 6)
	for _, reason := range model.OverrideReasons() {
		reasons = append(reasons, part.Option{Value: string(reason), Label: reason.Words()})
	}
	return newForm(e, r, formSpec{
		title: "Out on one signature", name: aloneForm, button: "Override it", done: "Overridden, and followed up after the release.",
		fields: []part.Field{
			{Key: "what", Kind: part.InfoField, Label: "Two people sign for this hand-over, and one has. " + handedBy(e, waiting) + " It is on the list after the release, and your name stands beside it."},
			{Key: "reason", Kind: part.ChoiceField, Label: "Why does it not keep the person in?", Options: reasons, Required: "Choose a reason"},
			{Key: "words", Label: "What will be done instead?", Max: 240, Required: "Say what will be done instead", Hint: "Who follows it up, and how. Everybody can read it: nothing clinical."},
		},
		build: func(v part.Values) ([]model.Change, error) {
			var changes []model.Change
			for _, b := range waiting {
				change := &model.BagAlone{Number: b.Number, Of: b.By.At, Reason: model.OverrideReason(v["reason"]), Words: v["words"]}
				if err := change.Check(r, e.now()); err != nil {
					return nil, err
				}
				changes = append(changes, change)
			}
			return changes, nil
		},
	})
}

// whyNotWitness says why nobody can sign a second time at the gate now.
func whyNotWitness(e *env, r *model.Record) string {
	all := r.Shared.TwoToSign()
	if len(all) == 0 {
		return "No bag waits for a second signature."
	}
	return e.allow(r, &model.BagWitnessed{Number: all[0].Number})
}

// whyNotAlone says why no bag can go out on one signature.
func whyNotAlone(e *env, r *model.Record) string {
	if len(r.Shared.TwoToSign()) == 0 {
		return "No bag waits for a second signature."
	}
	return e.allow(r, &model.BagAlone{})
}

// twoWords says of a bag that two people hand it over, and who did.
func twoWords(e *env, b model.Bag) string {
	switch {
	case !b.Two:
		return ""
	case !b.Second.IsZero():
		return " Witness: " + e.by(b.Second.Staff, b.Second.At) + "."
	case !b.Alone.By.IsZero():
		return " No second signature, by " + e.by(b.Alone.By.Staff, b.Alone.By.At) + ": " + b.Alone.Words + "."
	case b.State == model.BagHanded:
		return " The second signature is missing."
	}
	return " Two people hand it over and sign."
}
