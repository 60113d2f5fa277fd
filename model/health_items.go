package model

// What is recorded in health moves lines of the shared checklist. The lines say
// how far the work is and nothing of what it is about: everybody reads them.

// followItems returns the changes that bring the lines into agreement with the
// health record. A line that already says so is not written again, so that two
// desks which agree do not overwrite each other.
func followItems(r *Record, items ...ItemSet) []Change {
	var out []Change
	for _, want := range items {
		have := r.Shared.Items[want.Item]
		if have.State == want.State && have.Detail == want.Detail && have.Until == want.Until && (want.Note == "" || have.Note == want.Note) {
			continue
		}
		out = append(out, &want)
	}
	return out
}

// consentItem asks for an answer on both of what a release needs: to register
// with a practice and to send it the letter.
func (h *HealthPart) consentItem() ItemSet {
	item := ItemSet{Item: ItemConsent}
	answered, declined, again, until := 0, false, Day(0), Day(0)
	for _, t := range []ConsentType{ConsentShareGP, ConsentRegisterGP} {
		c := h.Consents[t]
		if c.Earlier {
			continue
		}
		if day := c.AskAgain; !day.IsZero() && (again.IsZero() || day < again) {
			again = day
		}
		if day := c.Expires; c.Agreed() && !day.IsZero() && (until.IsZero() || day < until) {
			until = day
		}
		if c.Decision.Answered() {
			answered++
		}
		declined = declined || c.Declined()
	}
	switch {
	case declined:
		item.State, item.Detail = Refused, "refused"
	case answered == 2:
		item.State, item.Until = Done, until
	case !again.IsZero():
		item.State, item.Detail, item.Note = InProgress, "later", "to be asked on "+again.String()
	case answered == 1:
		item.State = InProgress
	}
	return item
}

// registrationItem puts the registration into the board's words: yes, kept,
// sent, none, and NO where nothing was achieved.
func (h *HealthPart) registrationItem() ItemSet {
	item := ItemSet{Item: ItemGP}
	state := h.Registration.State
	facts := factsOfRegistration(state)
	item.State, item.Detail, item.Note = facts.item, facts.detail, facts.note
	switch {
	case h.PracticeToTell():
		item.State, item.Detail, item.Note = Problem, "NO", "the practice has to be told that it stops"
	case h.declinedGP() && (!facts.item.Settled() || state == RegNone):
		item.State, item.Detail, item.Note = Refused, "none", ""
	}
	return item
}

// medicinesItem is done when every medicine has its decision and what was
// decided is packed or sent; "pack" says that only the latter is missing.
func (h *HealthPart) medicinesItem() ItemSet {
	item := ItemSet{Item: ItemMedicines}
	undecided, waiting := 0, 0
	current := h.CurrentMedicines()
	for _, m := range current {
		switch {
		case !h.Decided(m):
			undecided++
		case !h.SupplyReady(m):
			waiting++
		}
	}
	switch {
	case len(current) == 0 && h.NoMedicinesConfirmed():
		item.State = Done
	case len(current) == 0 && h.NoMedicinesStated():
		item.State, item.Note = InProgress, toConfirm
	case len(current) == 0 && len(h.Medicines) == 0:
	case len(current) == 0 || undecided > 0:
		item.State = InProgress
	case waiting > 0:
		item.State, item.Detail = InProgress, "pack"
	default:
		item.State = Done
	}
	return item
}

// followMedicines is what any change of medicines, supplies or allergies moves.
func followMedicines(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	h := r.Health
	out := followAnew(r, r.medicinesLine(), h.letterItem(), h.reconciledItem(), h.supplyDecidedItem())
	return append(out, followItems(r, h.ostItem(r.Leaves()))...)
}

// followAnew is followItems for what patients can be harmed by: a line that is
// still open is written again though it says so already. Another desk that has
// not seen this change may be ticking it off at the same moment; then the two
// are in conflict, where otherwise the tick would stand alone.
func followAnew(r *Record, items ...ItemSet) []Change {
	var out []Change
	for _, want := range items {
		if want.State.Settled() {
			out = append(out, followItems(r, want)...)
			continue
		}
		out = append(out, &want)
	}
	return out
}

// followedItem returns what the health record makes of a line, for the lines
// that follow from it.
func (r *Record) followedItem(id ItemID) (ItemSet, bool) {
	h := r.health()
	switch id {
	case ItemConsent:
		return h.consentItem(), true
	case ItemGP:
		return h.registrationItem(), true
	case ItemPractice:
		return h.practiceItem(), true
	case ItemDeduction:
		return h.deductionItem(), true
	case ItemMedicines:
		return r.medicinesLine(), true
	case ItemReconciled:
		return h.reconciledItem(), true
	case ItemSupplyDecided:
		return h.supplyDecidedItem(), true
	case ItemOST:
		return h.ostItem(r.Leaves()), true
	case ItemNaloxone:
		return h.naloxoneItem(), true
	case ItemLetter:
		return h.letterItem(), true
	case ItemPersonCopy:
		return h.personCopyItem(), true
	case ItemLetterDelivered:
		return h.letterDeliveredItem(), true
	case ItemResults:
		return h.resultsItem(), true
	case ItemPrevention:
		return h.preventionItem(), true
	case ItemAppointments:
		return h.appointmentsItem(r.Leaves()), true
	}
	return ItemSet{}, false
}

// checkFollowed keeps a hand from ticking what has not been done: "Done" is for
// the record to say. That something is not needed, refused or stuck is for a
// person to say.
func (c *ItemSet) checkFollowed(r *Record) error {
	want, follows := r.followedItem(c.Item)
	byRecord := c.State == Done || c.State == InProgress
	if !follows || r.Health == nil || !byRecord || c.State == want.State {
		return nil
	}
	return Invalid("This line follows from what is recorded.", "Record it on its own screen. Here it can be not needed, refused or a problem.")
}
