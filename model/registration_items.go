package model

// practiceItem says whether a practice is chosen, beside whether it accepted:
// what was refused, closed or is too far away by now has to be chosen again.
func (h *HealthPart) practiceItem() ItemSet {
	item := ItemSet{Item: ItemPractice}
	reg := h.Registration
	switch {
	case reg.State == RegKept:
		item.State, item.Detail = Done, "kept"
	case h.PracticeToTell():
		item.State, item.Detail = Refused, "refused"
	case reg.holdsPractice():
		item.State = Done
	case reg.State == RegNone:
		item.State, item.Detail = NotNeeded, "none"
	case h.declinedGP():
		item.State, item.Detail = Refused, "refused"
	case reg.State != RegNotStarted && reg.State != RegChoosing:
		item.State, item.Detail, item.Note = Problem, "NO", "another practice is needed"
	}
	return item
}

// deductionItem is done when the registration with the prison's own GP service
// has ended, and not needed where there was none.
func (h *HealthPart) deductionItem() ItemSet {
	item := ItemSet{Item: ItemDeduction}
	switch {
	case h.PrisonGP.Registered == AnswerNo:
		item.State, item.Detail = NotNeeded, "n/a"
	case h.PrisonGP.Registered == AnswerYes && h.DeductionHolds():
		item.State = Done
	}
	return item
}

// followRegistration is what any step of a registration moves.
func followRegistration(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return followItems(r, r.Health.registrationItem(), r.Health.practiceItem())
}

// followAnswer is what an answer on being registered moves.
func followAnswer(r *Record) []Change {
	if r.Health == nil || r.saysClosed() {
		return nil
	}
	return followRegistration(r)
}

// followPrisonGP is what the registration in prison moves.
func followPrisonGP(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return followItems(r, r.Health.deductionItem())
}

// Follows moves the line of the deduction.
func (*PrisonGPSet) Follows(r *Record) []Change { return followPrisonGP(r) }

// Follows moves the line of the deduction.
func (*GPDeducted) Follows(r *Record) []Change { return followPrisonGP(r) }

// declinedGP tells whether the person refused in this stay to be registered with
// a practice. A refusal from an earlier one is to be asked for again.
func (h *HealthPart) declinedGP() bool {
	c := h.Consents[ConsentRegisterGP]
	return c.Declined() && !c.Earlier
}
