package tui

import (
	"fmt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// newPackForm records what is in one bag or on one prescription. Nothing is
// ticked to begin with: who packs has each medicine in their hand.
func newPackForm(e *env, r *model.Record) Screen {
	waiting := waitingSupplies(r.Health)
	which := part.Field{Key: "which", Kind: part.MultiField, Label: "What is in it?", Required: "Choose what is packed or sent", Keys: "Space ticks the line under the cursor; Enter goes on."}
	for _, m := range waiting {
		d := r.Health.Supplies[m.ID].SupplyDecision
		which.Options = append(which.Options, part.Option{Value: string(m.ID), Label: m.What(), Hint: fmt.Sprintf("%s %s", d.Route, d.Amount(m.CD()))})
	}
	return newForm(e, r, formSpec{
		title: "Packed or sent", name: packForm, button: "Keep", done: "Kept as packed or sent.", compact: true,
		fields: []part.Field{
			{Key: "reference", Label: "Bag or prescription", Max: 60, Required: "Enter the number of the bag or prescription", Hint: "Its number. Reception matches it at the gate."},
			which,
		},
		build: func(v part.Values) ([]model.Change, error) {
			var changes []model.Change
			for _, id := range v.List("which") {
				changes = append(changes, &model.SupplyPacked{ID: model.MedicineID(id), Reference: v["reference"], Of: r.Health.Supplies[model.MedicineID(id)].SupplyDecision})
			}
			return changes, nil
		},
	})
}
