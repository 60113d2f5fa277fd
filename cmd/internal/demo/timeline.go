package demo

import (
	"slices"

	"github.com/throughgate/throughgate/model"
)

// byHand is the lines of the checklist that somebody ticks off, who does it and
// how many days before the release it is done at the latest.
var byHand = []struct {
	item model.ItemID
	by   model.StaffID
	days int
}{
	{model.ItemNeedsReview, nurse, 25}, {model.ItemReconnect, admin, 18},
	{model.ItemMentalHealth, nurse, 14}, {model.ItemAccommodation, omu, 10}, {model.ItemPractice, admin, 10},
	{model.ItemSocialCare, admin, 8},
}

// timeline ticks off what is done by now, as far as the person has been worked
// with at all: the nearer the release, the more of it.
func (s *story) timeline() {
	if s.leaves == noDate || s.consent == model.ConsentNotRecorded && s.reason != "DD" {
		return
	}
	for i, line := range byHand {
		if s.leaves <= line.days {
			s.tell(line.by, 90-i, func(p *pen) []model.Change { return ticked(p, line.item) })
		}
	}
	if s.supply >= suppliesDecided || len(s.medicines) == 0 && s.supply != medicinesUnknown {
		s.tell(prescriber, 25, func(p *pen) []model.Change { return ticked(p, model.ItemReconciled, model.ItemSupplyDecided) })
	}
	if s.atGate && slices.Contains(s.alerts, "HA") {
		s.tell(safer, 4, func(p *pen) []model.Change { return ticked(p, model.ItemACCT) })
	}
}

// ticked marks lines as done that are for the person and set by hand.
func ticked(p *pen, items ...model.ItemID) []model.Change {
	var out []model.Change
	for _, id := range items {
		facts, _ := model.FactsOf(id)
		if facts.Manual && facts.Applies(&p.record.Shared) && !p.record.Shared.Item(id).State.Settled() {
			out = append(out, &model.ItemSet{Item: id, State: model.Done})
		}
	}
	return out
}
