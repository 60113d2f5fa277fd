package model

import (
	"slices"
	"strings"
)

// toConfirm stands on the lines that wait for a prescriber. Everybody reads it.
const toConfirm = "To be confirmed by a prescriber."

// detailSign is the word of a list that waits for a prescriber's signature alone.
const detailSign = "sign"

// reconciledItem is done when a prescriber signed the list as it stands, or that
// there is nothing to list; "sign" says that it waits for the signature alone.
func (h *HealthPart) reconciledItem() ItemSet {
	item := ItemSet{Item: ItemReconciled}
	switch {
	case h.NoMedicinesConfirmed() || h.IsReconciled() && !h.NoMedicinesStated():
		item.State = Done
	case h.NoMedicinesStated():
		item.State, item.Detail, item.Note = InProgress, detailSign, toConfirm
	case len(h.Medicines) == 0:
	case !h.ListCompared().IsZero():
		item.State, item.Detail = InProgress, detailSign
	case !h.Reconciled.By.IsZero() || !h.Compared.By.IsZero():
		item.State, item.Detail = InProgress, "redo"
	default:
		item.State = InProgress
	}
	return item
}

// supplyDecidedItem is done when every medicine has its decision.
func (h *HealthPart) supplyDecidedItem() ItemSet {
	item := ItemSet{Item: ItemSupplyDecided}
	current := h.CurrentMedicines()
	switch {
	case h.NoMedicinesConfirmed():
		item.State = Done
	case h.NoMedicinesStated():
		item.State, item.Note = InProgress, toConfirm
		return item
	case len(h.Medicines) == 0:
		return item
	case len(current) == 0:
		item.State = InProgress
		return item
	default:
		item.State = Done
	}
	for _, m := range current {
		if !h.Decided(m) {
			item.State = InProgress
		}
	}
	return item
}

// ostItem is not needed where a list was written and nothing on it is opioid
// substitution. Of the rest it says how far the work is and no more.
func (h *HealthPart) ostItem(leaves Day) ItemSet {
	item := ItemSet{Item: ItemOST}
	switch {
	case len(h.Medicines) == 0 && !h.NoMedicinesStated():
	case len(h.OSTMedicines()) == 0 && len(h.substitutes(true)) > 0:
		item.State = h.injectedState(leaves)
	case h.OSTPlanAlone():
		item.State = InProgress
	case len(h.Medicines) == 0 && !h.NoMedicinesConfirmed(): // nothing is settled by a word that a prescriber has not seen
	case len(h.OSTMedicines()) == 0:
		item.State, item.Note = NotNeeded, "Nothing to arrange."
	case h.OST.By.IsZero():
	case len(h.OSTWarnings(leaves)) > 0:
		item.State = InProgress
	default:
		item.State = Done
	}
	return item
}

// OSTPlanAlone tells whether there is a plan for a substitution that is not on
// the list and never was: the list lacks it, or the plan is somebody else's.
func (h *HealthPart) OSTPlanAlone() bool {
	if h.OST.By.IsZero() {
		return false
	}
	for _, m := range h.Medicines {
		if IsOpioidSubstitute(m.Name) {
			return false
		}
	}
	return true
}

// injectedState is done when somebody is named for the next injection and it is
// due then.
func (h *HealthPart) injectedState(leaves Day) ItemState {
	for _, m := range h.substitutes(true) {
		if h.Depots[m.ID].Who == "" || h.DepotWarning(m, leaves) != "" {
			return InProgress
		}
	}
	return Done
}

func (h *HealthPart) naloxoneItem() ItemSet {
	item := ItemSet{Item: ItemNaloxone}
	switch n := h.Naloxone; {
	case n.Answer == NaloxoneRefused:
		item.State, item.Detail = Refused, "refused"
	case n.Answer == NaloxoneGiven && n.Trained:
		item.State = Done
	case n.Answer != NaloxoneNotAsked:
		item.State = InProgress
	}
	return item
}

// BagsToReturn lists the bags that must go back to pharmacy: a medicine in them
// was stopped or its supply changed, the person refused them or has died.
func (r *Record) BagsToReturn() []string {
	out := r.staleBags()
	for _, bag := range r.Shared.BagList() {
		dead := !r.Shared.Deceased.IsZero() && bag.State.Waits()
		if (dead || bag.State == BagRefused) && !slices.Contains(out, bag.Number) {
			out = append(out, bag.Number)
		}
	}
	return out
}

// staleBags are those that wait with something in them that does not belong
// there any more. Only healthcare can tell.
func (r *Record) staleBags() []string {
	var out []string
	for _, bag := range r.Shared.WaitingBags() {
		if r.Health != nil && r.Health.bagIsStale(bag.Number) {
			out = append(out, bag.Number)
		}
	}
	return out
}

// WaitingSupplies are the ways of supply that are decided and neither packed nor
// sent, those whose bag went back among them.
func (r *Record) WaitingSupplies() []SupplyLine {
	return slices.DeleteFunc(r.health().AllSupplyLines(), func(l SupplyLine) bool {
		return l.Ready && (l.Supply.Route != SupplyTTO || r.Shared.Bags[BagKey(l.Out.Reference)].State != BagReturned)
	})
}

// bagsToReturn is what everybody can see of the bags: one that was refused, or is
// left after a death, must go back, whatever healthcare recorded before.
func bagsToReturn(s *SharedPart) (Item, bool) {
	for _, bag := range s.BagList() {
		if bag.State == BagRefused || bag.State.Waits() && !s.Deceased.IsZero() {
			return Item{State: Problem, Detail: "return", Note: "Back to pharmacy: bag " + bag.Number + ".", At: bag.By.At, Staff: bag.By.Staff, Role: bag.By.Role}, true
		}
	}
	return Item{}, false
}

// bagIsStale tells whether something was put into a bag that does not belong
// there any more, or whether nothing is known of what is in it.
func (h *HealthPart) bagIsStale(number string) bool {
	key, known := BagKey(number), false
	for further, outs := range map[bool]map[MedicineID]SupplyOut{false: h.SuppliesOut, true: h.FurtherOut} {
		for id, out := range outs {
			if BagKey(out.Reference) != key {
				continue
			}
			known = true
			if !h.packedAsDecided(h.Medicines[id], further) {
				return true
			}
		}
	}
	return !known
}

func (h *HealthPart) packedAsDecided(m Medicine, further bool) bool {
	if !m.Current() {
		return false
	}
	for _, line := range h.SupplyLines(m) {
		if line.Further == further {
			return line.Ready
		}
	}
	return false
}

// medicinesLine is medicinesItem with what must happen first: a bag that must go
// back is a problem, and a controlled drug waits for its second signature. Everybody
// reads the word, so it does not say which of the two a bag waits for.
func (r *Record) medicinesLine() ItemSet {
	item := r.Health.medicinesItem()
	if bags := r.staleBags(); len(bags) > 0 {
		item.State, item.Detail, item.Note = Problem, "return", "Back to pharmacy: bag "+strings.Join(bags, ", ")+"."
		return item
	}
	if item.State == Done && len(r.WaitingSupplies()) > 0 {
		item.State, item.Detail = InProgress, "pack" // a bag went back
	}
	if item.State == Done && len(r.Health.BagsToWitness(true)) > 0 {
		item.State, item.Detail = InProgress, "pack"
	}
	return item
}

// followReconciled moves the line of the reconciliation alone.
func followReconciled(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return followAnew(r, r.Health.reconciledItem())
}
