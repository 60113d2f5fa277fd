package demo

import "github.com/throughgate/throughgate/model"

func (s *story) medication() {
	if s.supply == medicinesUnknown {
		return
	}
	if len(s.medicines) == 0 {
		s.tell(nurse, 70, just(&model.MedicinesNone{With: "GP record, what the person says"}))
		s.tell(prescriber, 58, func(p *pen) []model.Change {
			return []model.Change{&model.MedicinesReconciled{List: p.record.Health.ListHash()}}
		})
		return
	}
	var listed []model.Change
	for _, d := range s.medicines {
		what := d.Prescribed
		what.Start = s.today - 60
		if what.Possession == model.PossessionNo {
			what.LastGiven = s.today - 4
		}
		listed = append(listed, &model.MedicineSet{ID: s.numbers.medicine(), Prescribed: what})
	}
	s.tell(prescriber, 70, just(listed...))
	s.tell(pharmacy, 60, func(p *pen) []model.Change {
		return []model.Change{&model.MedicinesCompared{List: p.record.Health.ListHash(), With: "GP summary, chart and the person"}}
	})
	s.tell(prescriber, 58, func(p *pen) []model.Change {
		return []model.Change{&model.MedicinesReconciled{List: p.record.Health.ListHash()}}
	})
	s.keeping()
	if s.supply >= suppliesDecided {
		s.tell(prescriber, 30, s.decide)
	}
	if s.clash == clashSupply {
		s.disagree(nurse, 29, s.decideOtherwise)
	}
	if s.supply == suppliesPacked {
		s.tell(pharmacy, 20, s.pack)
	}
}

// decide gives every medicine what the rule in force suggests.
func (s *story) decide(p *pen) []model.Change {
	var out []model.Change
	for _, m := range p.record.Health.CurrentMedicines() {
		out = append(out, s.supplyOf(m, p))
	}
	return out
}

func (s *story) supplyOf(m model.Medicine, p *pen) *model.SupplySet {
	leaves := s.due()
	if leaves < p.today {
		leaves = p.today
	}
	decision, _, ok := model.SuggestSupply(Site, m, leaves)
	if !ok {
		decision = model.SupplyDecision{Route: model.SupplyTTO, Days: model.MinSupplyDays}
	}
	if s.handed {
		decision.Route, decision.Days = model.SupplyTTO, model.MinSupplyDays
	}
	if left := p.record.Health.Counted[m.ID].Left(leaves); left > 0 {
		decision.Begins = leaves + model.Day(left)
	}
	decision.Quantity, decision.Unit = s.amount(m, decision.Days)
	if decision.Route == model.SupplyFP10MDA {
		decision.Instalment = "40 ml daily, Sunday's dose collected on Saturday"
	}
	return &model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: decision}
}

func (s *story) amount(m model.Medicine, days int) (model.Quantity, string) {
	for _, d := range s.medicines {
		switch {
		case d.Name != m.Name:
		case d.unit == "inhaler":
			return 100, d.unit
		default:
			return model.Quantity(d.perDay * days), d.unit
		}
	}
	return 2800, "units"
}

// decideOtherwise is the other desk's word on the first medicine that is not an
// opioid substitute: handed over for a week.
func (s *story) decideOtherwise(p *pen) []model.Change {
	for _, m := range p.record.Health.CurrentMedicines() {
		if model.IsOpioidSubstitute(m.Name) {
			continue
		}
		amount, unit := s.amount(m, model.MinSupplyDays)
		return []model.Change{&model.SupplySet{ID: m.ID, For: m.Fingerprint(), SupplyDecision: model.SupplyDecision{
			Route: model.SupplyTTO, Quantity: amount, Unit: unit, Days: model.MinSupplyDays,
		}}}
	}
	return nil
}

// pack puts what is handed over into one bag, and sends the rest.
func (s *story) pack(p *pen) []model.Change {
	var out []model.Change
	for _, line := range p.record.WaitingSupplies() {
		change := &model.SupplyPacked{ID: line.Medicine.ID, Reference: "EPS-" + s.booking()[3:], Of: line.Supply.SupplyDecision}
		if line.Supply.Route == model.SupplyTTO {
			change.Reference = s.bag()
		}
		out = append(out, change)
	}
	return out
}

// bag is the number on the person's bag.
func (s *story) bag() string {
	if s.bagNumber == "" {
		s.bagNumber = "BAG-" + s.booking()[3:]
	}
	return s.bagNumber
}

// writing is the discharge letter.
func (s *story) writing() {
	if s.letter == letterNone {
		return
	}
	s.tell(nurse, 18, just(&model.LetterDraft{Heading: model.HeadingSummary,
		Text: "Seen by healthcare on arrival and in the last fortnight.\nWell, and took part in planning this discharge."}))
	if s.letter == letterDraft {
		return
	}
	s.tell(prescriber, 12, just(&model.LetterDraft{Heading: model.HeadingPlan,
		Text: "GP: review medicines | within two weeks\nGP: new patient check | at the first visit\nPrison healthcare: answer questions on this letter | until 28 days after release"},
		&model.LetterDraft{Heading: model.HeadingContact, Text: "Prison healthcare, 01632 960500, every day 08:00 to 20:00"}))
	s.tell(prescriber, 11, s.signLetter)
	if s.letter == letterRedo {
		s.tell(prescriber, 5, s.changeDose)
	}
}

func (s *story) signLetter(p *pen) []model.Change {
	letter := model.Assemble(p.record, model.LetterFacts{
		Prison: model.LetterPrison{Code: Site, Name: SiteName, Team: "Healthcare", Phone: "01632 960500"},
		Author: p.actor, Name: p.name, Now: p.now,
	})
	signed, err := model.SignLetter(letter, p.sign)
	if err != nil {
		panic("demo: " + err.Error()) // a letter of plain strings always freezes
	}
	if s.letter != letterSent {
		return []model.Change{signed}
	}
	post := model.LetterPost{Letter: signed.Hash, At: model.InstantOf(p.now)}
	sent, there := post, post
	sent.How, sent.To = model.LetterBySecureEmail, p.record.Health.Registration.Practice.Name
	there.Who = "Practice manager, by telephone"
	return []model.Change{
		signed, &model.LetterSent{LetterPost: sent}, &model.LetterDelivered{LetterPost: there},
		&model.CopyGiven{Letter: signed.Hash, Answer: model.CopySigned, EasyRead: true},
	}
}

func (s *story) changeDose(p *pen) []model.Change {
	m := p.record.Health.CurrentMedicines()[0]
	m.Dose, m.Frequency = m.Strength, "once a day"
	return []model.Change{&model.MedicineSet{ID: m.ID, Prescribed: m.Prescribed, Reason: "Lowered because of side effects"}}
}
