package model

// letterItem is "signed" only as long as the signed letter says what the record
// says; "redo" when medicines, supplies, allergies or its own text moved on;
// "ready" when somebody has marked it for who signs.
func (h *HealthPart) letterItem() ItemSet {
	item := ItemSet{Item: ItemLetter}
	last, signed := h.LastLetter()
	switch {
	case signed && h.letterHolds(last):
		item.State, item.Detail = Done, "signed"
	case h.IsLetterReady():
		item.State, item.Detail = InProgress, "ready"
	case signed:
		item.State, item.Detail = InProgress, "redo"
	case h.dischargeBegun():
		item.State, item.Detail = InProgress, "draft"
	}
	return item
}

// personCopyItem says whether the person has the letter that holds.
func (h *HealthPart) personCopyItem() ItemSet {
	item := ItemSet{Item: ItemPersonCopy}
	last, signed := h.LastLetter()
	given := h.LetterCopy
	switch {
	case given.By.IsZero():
	case signed && given.Letter != last.Hash:
		item.State, item.Detail = InProgress, "old copy"
	case given.Answer == CopyRefused:
		item.State, item.Detail = Refused, "refused"
	default:
		item.State = Done
	}
	return item
}

// letterDeliveredItem says how far the letter that holds is on its way to the
// practice. A refusal to share ends it.
func (h *HealthPart) letterDeliveredItem() ItemSet {
	item := ItemSet{Item: ItemLetterDelivered}
	last, signed := h.LastLetter()
	switch {
	case h.KeptFromPractice():
		item.State, item.Detail = Refused, "refused"
		return item
	case !signed:
		return item
	}
	switch state, _ := h.LetterState(last); state {
	case LetterIsSent:
		item.State, item.Detail = InProgress, "sent"
	case LetterIsDelivered, LetterIsAcknowledged:
		item.State = Done
	case LetterIsFailed:
		item.State, item.Detail = Problem, "not delivered"
	default:
		if h.anySent() {
			item.State, item.Detail = InProgress, "send again"
		}
	}
	return item
}

// anySent tells whether an earlier letter went out: the practice then holds what
// a correction has replaced.
func (h *HealthPart) anySent() bool {
	for _, step := range h.LetterSteps {
		if step.State == LetterIsSent && !h.isResults(step.Letter) {
			return true
		}
	}
	return false
}

// followLetter is what a change of the letter alone moves.
func followLetter(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return followAnew(r, r.Health.letterItem())
}

// followDelivered is what a step on the way to the practice moves.
func followDelivered(r *Record) []Change {
	if r.Health == nil || len(r.Health.LetterSteps) == 0 && !r.Health.KeptFromPractice() && r.Shared.Items[ItemLetterDelivered].State != Refused {
		return nil // nothing is recorded of it, so what a hand set stands
	}
	return followItems(r, r.Health.letterDeliveredItem())
}

// followSigned is what a signature moves: the person's copy and what was sent are
// of the letter before.
func followSigned(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	h := r.Health
	out := followAnew(r, h.letterItem())
	if !h.LetterCopy.By.IsZero() { // else a hand may have ticked it at the gate, and that stands
		out = append(out, followItems(r, h.personCopyItem())...)
	}
	return append(out, followDelivered(r)...)
}

func (h *HealthPart) isResults(letter Hash) bool {
	s, there := h.FindLetter(letter)
	return there && s.Results
}

// dischargeBegun tells whether somebody has written words of a discharge letter.
func (h *HealthPart) dischargeBegun() bool {
	for code := range h.Draft {
		if !code.isLate() {
			return true
		}
	}
	return false
}
