package tui

import (
	"fmt"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newPackForm records what is in one bag or on one prescription. Nothing is
// ticked to begin with: who packs has each medicine in their hand.
func newPackForm(e *env, r *model.Record) Screen {
	waiting := r.WaitingSupplies()
	which := part.Field{Key: "which", Kind: part.MultiField, Label: "What is in it?", Required: "Choose what is packed or sent", Keys: "Space ticks the line under the cursor; Enter goes on."}
	for _, line := range waiting {
		d := line.Supply.SupplyDecision
		which.Options = append(which.Options, part.Option{Value: lineKey(line), Label: line.Medicine.What(), Hint: fmt.Sprintf("%s %s", d.Route, d.Amount(line.Medicine.CD()))})
	}
	ticked := func(v part.Values) []model.SupplyLine {
		return slices.DeleteFunc(slices.Clone(waiting), func(l model.SupplyLine) bool { return !v.Has("which", lineKey(l)) })
	}
	return newForm(e, r, formSpec{
		title: "Packed or sent", name: packForm, button: "Keep", done: "Kept as packed or sent.", compact: true,
		fields: []part.Field{
			{Key: "reference", Label: "Bag or prescription", Max: 60, Required: "Enter the number of the bag or prescription", Hint: "Its number. Reception matches it at the gate."},
			which,
			{Key: "register", Label: "CD register", Max: 80, Required: "Enter the entry in the controlled drugs register", Hint: "Book and page, such as CD2 page 41.",
				ShowIf: func(v part.Values) bool { return slices.ContainsFunc(ticked(v), inBagOfSchedule2) }},
			{Key: "two", Kind: part.InfoField, Say: func(v part.Values) string { return twoSign(ticked(v)) }},
		},
		build: func(v part.Values) ([]model.Change, error) { return packChanges(e, r, ticked(v), v) },
	})
}

// lineKey names a way of supply in a form.
func lineKey(l model.SupplyLine) string {
	if l.Further {
		return string(l.Medicine.ID) + "/further"
	}
	return string(l.Medicine.ID)
}

func inBagOfSchedule2(l model.SupplyLine) bool {
	return l.Supply.Route == model.SupplyTTO && l.Medicine.CD() == model.Schedule2
}

// twoSign says what comes after a controlled drug is packed.
func twoSign(lines []model.SupplyLine) string {
	words := ""
	for _, l := range lines {
		if l.Supply.Route == model.SupplyTTO && l.Medicine.CD().FullRules() {
			words += l.Medicine.Name + ": " + strings.ToLower(l.Medicine.CustodyWords()) + ". "
		}
	}
	if words == "" {
		return ""
	}
	return words + "A second member of staff, signed in as themselves, then signs for the bag."
}

func packChanges(e *env, r *model.Record, lines []model.SupplyLine, v part.Values) ([]model.Change, error) {
	var changes []model.Change
	for _, l := range lines {
		change := &model.SupplyPacked{ID: l.Medicine.ID, Reference: v["reference"], Of: l.Supply.SupplyDecision, Further: l.Further}
		if inBagOfSchedule2(l) {
			change.Register = v["register"]
		}
		changes = append(changes, change)
		if l.Supply.Route == model.SupplyTTO && model.BagOfAnother(e.Rows(), r.ID, v["reference"]) {
			return nil, model.Invalid("Somebody else has a bag of this number.", "Put a new number on the bag.").At("reference")
		}
	}
	return changes, nil
}
