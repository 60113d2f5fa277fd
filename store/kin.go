package store

import (
	"slices"

	"github.com/throughgate/throughgate/model"
)

// isKin tells whether the person of a record bears the family name of who looks,
// as their name stands or as one of two desks wrote it that disagree.
func (ss *Session) isKin(r *model.Record) bool {
	if model.IsKin(ss.family, r.Shared.Name) {
		return true
	}
	slot := new(model.PersonNamed).Slot()
	heads := r.Shared.Slots[slot]
	if len(heads) < 2 {
		return false
	}
	ops, err := ss.headOps(r.ID, model.Conflict{Compartment: model.Shared, Slot: slot, Heads: heads})
	return err == nil && ss.isKinIn(ops) // whoever reads the log meets the error
}

// isKinIn tells whether a person bore the family name of who looks at any time
// that these ops speak of.
func (ss *Session) isKinIn(ops []*model.Op) bool {
	return slices.ContainsFunc(ops, func(op *model.Op) bool {
		change := op.Change
		if settled, is := change.(*model.ConflictSettled); is {
			change = settled.Kept()
		}
		named, is := change.(*model.PersonNamed)
		return is && model.IsKin(ss.family, named.Name)
	})
}
