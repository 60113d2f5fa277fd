package demo

import (
	"slices"

	"github.com/throughgate/throughgate/model"
)

// keeping is what the person may keep and does, and what goes on outside.
func (s *story) keeping() {
	level := model.LevelWeekly
	if s.age < 25 {
		level = model.LevelDaily
	}
	s.tell(nurse, 56, just(&model.PossessionSet{Level: level, Reason: "No overdose, locked cupboard in the cell", Review: s.today + 60}))
	if s.supply == suppliesDecided && s.clash == "" {
		s.tell(nurse, 54, s.count)
	}
	if !slices.ContainsFunc(s.medicines, func(d drug) bool { return model.IsOpioidSubstitute(d.Name) }) {
		return
	}
	s.tell(substance, 52, s.substitution)
	s.tell(substance, 50, just(&model.NaloxoneSet{Answer: model.NaloxoneGiven, Kit: "Prenoxad", Lot: "PX4471", Expiry: s.today + 400, Trained: true}))
}

// count finds a week in the cell of the first medicine that may be kept.
func (s *story) count(p *pen) []model.Change {
	for _, m := range p.record.Health.CurrentMedicines() {
		amount, unit := s.amount(m, 7)
		if days, worked := m.Lasts(amount, unit); worked && m.Possession == model.PossessionYes {
			return []model.Change{&model.MedicineCounted{ID: m.ID, Quantity: amount, Unit: unit, Days: days, Day: p.today}}
		}
	}
	return nil
}

// substitution has the appointment a few days after the release, and leaves it to
// the screens to find the days between.
func (s *story) substitution(p *pen) []model.Change {
	plan := &model.OSTSet{
		Drug: "Methadone 1 mg/ml oral solution", Dose: "40 mg daily", OnRelease: true, Service: "Harrowby drug and alcohol service", Place: "3 Weir Street, Harrowby", Phone: "01632 960777",
		LastDay: p.today, LastTime: "08:15", LastAmount: "40 mg", LastBy: "WALSH, Siobhan", Supervised: "a pharmacy in Harrowby", Opens: model.PharmacySaturday,
	}
	if due := s.due(); !due.IsZero() {
		plan.Appointment, plan.At = workingDay(due+5), "10:30"
	}
	return []model.Change{plan}
}
