package model

// What the shared record says already is not asked for on the rescue list again:
// a letter that is on its way, a referral that is made. And a step that the record
// does not ask for is not on the list.

// RescueAsks tells whether a step is on this person's list: one about an ACCT only
// where one is open or was closed so lately that it is still followed up, one about
// a return only once they are back.
func (s *SharedPart) RescueAsks(step RescueStep) bool {
	switch step {
	case RescueACCT:
		return s.acctLive() || !s.Rescue.Steps[step].By.IsZero()
	case RescueCancel:
		return !s.Rescue.Back.IsZero()
	}
	return true
}

// RescueMark is how far a step is: what somebody said of it, or what follows from
// the checklist where that says that nothing is left to do.
func (s *SharedPart) RescueMark(step RescueStep) RescueMark {
	mark := s.Rescue.Steps[step]
	if item, says := s.rescueItem(step); says && !mark.State.Settled() {
		return RescueMark{State: item.State, Note: item.Note, By: Signed{At: item.At, Staff: item.Staff, Role: item.Role}}
	}
	return mark
}

// RescueFollows tells whether a step is settled by the checklist and by no hand.
func (s *SharedPart) RescueFollows(step RescueStep) bool {
	_, says := s.rescueItem(step)
	return says && !s.Rescue.Steps[step].State.Settled()
}

// rescueItem is the line of the checklist that settles a step, as far as it does.
// A letter counts once it was sent after the release: one that went before knows
// nothing of it.
func (s *SharedPart) rescueItem(step RescueStep) (Item, bool) {
	switch step {
	case RescueLetter:
		item := s.Item(ItemLetterDelivered)
		sent := item.State == Done || item.State == InProgress && item.Detail == "sent"
		if sent {
			item.State = Done
		}
		after := !InstantOf(item.At.Time()).Before(s.Rescue.Left)
		return item, (sent && after || item.State == Refused) && !s.disputed(ItemLetterDelivered)
	case RescueReconnect:
		item := s.Item(ItemReconnect)
		return item, item.State.Settled() && !s.disputed(ItemReconnect)
	}
	return Item{}, false
}

// rescueOpen tells whether a step is still to be done. Once the person is back the
// list is over but for one thing: a prescription that was sent is cancelled.
func (s *SharedPart) rescueOpen(step RescueStep) bool {
	r := &s.Rescue
	if r.Known.IsZero() || !s.RescueAsks(step) || s.RescueMark(step).State.Settled() {
		return false
	}
	if step == RescueCancel {
		return r.Steps[RescueSupply].State == Done
	}
	return r.Back.IsZero()
}
