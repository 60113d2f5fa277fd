package tui

import (
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// What became of a bag at the gate, as a form holds it.
const (
	bagSigned   = "signed"
	bagUnsigned = "refused to sign"
	bagRefused  = "refused"
)

// newBagForm matches a bag by the number that is typed from it. It begins empty:
// a number that is offered is a number nobody compares.
func newBagForm(e *env, r *model.Record) Screen {
	return newForm(e, r, formSpec{
		title: "A bag at the gate", name: bagForm, button: "Keep", done: "Kept.", compact: true,
		fields: []part.Field{
			{Key: "number", Label: "Number on the bag", Max: 20, Required: "Enter the number on the bag", Hint: "Type it from the bag itself."},
			{Key: "what", Kind: part.ChoiceField, Label: "The person", Required: "Choose what the person did", Options: []part.Option{
				{Value: bagSigned, Label: "Took it and signed"}, {Value: bagUnsigned, Label: "Took it and refused to sign"}, {Value: bagRefused, Label: "Refused the bag"},
			}},
			{Key: "two", Kind: part.InfoField, Say: func(v part.Values) string {
				if b := r.Shared.Bags[model.BagKey(v["number"])]; b.Two && b.State.Waits() && v["what"] != bagRefused {
					return "Two people hand this bag over. The other signs after you, signed in as themselves."
				}
				return ""
			}},
			bagReason("Why refused?", func(v part.Values) bool { return v["what"] == bagRefused }),
		},
		build: func(v part.Values) ([]model.Change, error) {
			change := &model.BagGiven{Number: v["number"], Signature: v["what"]}
			if v["what"] == bagRefused {
				change.Refused, change.Signature, change.Reason = true, "", v["reason"]
			}
			return []model.Change{change}, nil
		},
	})
}

func bagReason(label string, showIf func(part.Values) bool) part.Field {
	f := part.Field{Key: "reason", Kind: part.ChoiceField, Label: label, Required: "Choose the reason", Hint: "Everybody reads it.", ShowIf: showIf}
	for _, reason := range model.BagReasons {
		f.Options = append(f.Options, part.Option{Value: reason, Label: strings.ToUpper(reason[:1]) + reason[1:]})
	}
	return f
}

// newReturnForm records that a bag is back at pharmacy.
func newReturnForm(e *env, r *model.Record, b model.Bag) Screen {
	return newForm(e, r, formSpec{
		title: "Back at pharmacy", name: returnForm + "/" + model.BagKey(b.Number), button: "It is back", done: "The bag is back at pharmacy.", compact: true,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: "Bag " + b.Number, Strong: true},
			bagReason("Why?", nil),
		},
		build: func(v part.Values) ([]model.Change, error) {
			return []model.Change{&model.BagReturn{Number: b.Number, Reason: v["reason"]}}, nil
		},
	})
}

// newWitnessForm is the second signature. Its author types the number, so that
// they have the bag in their hand, and compares each thing in it.
func newWitnessForm(e *env, r *model.Record, b model.Bag) Screen {
	lines := r.Health.BagLines(b.Number)
	contents := r.Health.BagContents(b.Number)
	which := part.Field{Key: "which", Kind: part.MultiField, Label: "What you counted", Required: "Count everything in the bag", Keys: "Space ticks the line under the cursor; Enter goes on."}
	for _, line := range lines {
		which.Options = append(which.Options, part.Option{Value: lineKey(line), Label: contentWords(line)})
	}
	cd := slices.ContainsFunc(lines, inBagOfSchedule2)
	return newForm(e, r, formSpec{
		title: "Second signature", name: witnessForm + "/" + model.BagKey(b.Number), button: "Sign", done: "Signed: two members of staff have checked the bag.", compact: true,
		fields: []part.Field{
			{Key: "about", Kind: part.InfoField, Label: "You sign as " + e.Name() + " that the bag holds this. Packed by " + e.by(b.Packer.Staff, b.Packer.At) + ".", Strong: true},
			{Key: "number", Label: "Number on the bag", Max: 20, Required: "Enter the number on the bag", Hint: "Type it from the bag itself."},
			which,
			{Key: "register", Label: "CD register", Max: 80, Optional: true, Hint: "Where you signed it as the witness, such as CD2 page 41.", ShowIf: func(part.Values) bool { return cd }},
		},
		build: func(v part.Values) ([]model.Change, error) {
			switch {
			case model.BagKey(v["number"]) != model.BagKey(b.Number):
				return nil, model.Invalid("This is another bag's number.", "Compare it with the bag.").At("number")
			case len(v.List("which")) != len(lines):
				return nil, model.Invalid("Count everything that belongs into the bag.", "What is missing goes back to who packed it: do not sign.").At("which")
			}
			return []model.Change{&model.SupplyWitnessed{Bag: b.Number, Contents: contents, Register: v["register"]}}, nil
		},
	})
}

// bagNamed is the screen or form about bags of a name, nil when there is none.
func bagNamed(e *env, r *model.Record, name string) Screen {
	what, key, _ := strings.Cut(name, "/")
	b, found := r.Shared.Bags[key]
	allowed := func(c model.Change) bool { return e.allow(r, c) == "" }
	switch {
	case name == bagsScreen:
		return newBags(e, r.ID)
	case name == seenForm && whyNotWitness(e, r) == "":
		return newSeenForm(e, r)
	case name == aloneForm && whyNotAlone(e, r) == "":
		return newAloneForm(e, r)
	case what == bagForm && len(r.Shared.WaitingBags()) > 0 && allowed(&model.BagGiven{}):
		return newBagForm(e, r)
	case what == returnForm && found && whyNotReturn(b) == "" && allowed(&model.BagReturn{}):
		return newReturnForm(e, r, b)
	case what == witnessForm && found && r.Health != nil && len(r.Health.BagLines(b.Number)) > 0 && allowed(&model.SupplyWitnessed{Bag: b.Number}):
		return newWitnessForm(e, r, b)
	}
	return nil
}
