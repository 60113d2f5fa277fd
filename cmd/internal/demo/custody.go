package demo

import (
	"slices"
	"time"

	"github.com/throughgate/throughgate/model"
)

// custody is what reception and the offender management unit wrote.
func (s *story) custody() {
	received := s.today - model.Day(20+s.rnd.IntN(700))
	s.tell(officer, 150, just(s.arrival(received)...))
	if !s.due().IsZero() && s.basis == model.BasisConfirmed {
		s.tell(omu, 120, just(s.release(s.time)))
	}
	if s.clash == clashRelease {
		s.disagree(officer, 119, just(s.release("14:00")))
	}
	if s.restricted {
		s.tell(manager, 110, just(&model.PersonRestricted{Restricted: true, Reason: "Sensitive record in the national register"}))
	}
}

// due is the day of release, the unset day when there is none.
func (s *story) due() model.Day {
	if s.leaves == noDate {
		return 0
	}
	return s.today + model.Day(s.leaves)
}

func (s *story) arrival(received model.Day) []model.Change {
	born := s.birthday()
	name, err := model.ParsePersonName(s.family, s.given)
	if err != nil {
		panic("demo: a name that is none: " + s.family) // our own tables, held by a test
	}
	changes := []model.Change{
		&model.PersonNumbered{Scheme: model.SchemePrison, Value: string(s.number)},
		&model.PersonNamed{Name: name},
		&model.PersonBorn{Date: born, Sex: s.sex},
		&model.StaySet{Site: Site, BookingID: s.booking(), LegalStatus: s.legal, Status: "ACTIVE IN", Received: received},
		&model.LocationSet{Cell: s.cell()},
	}
	if s.rnd.IntN(3) > 0 {
		year, _, _ := received.Date()
		changes = append(changes, &model.PersonNumbered{Scheme: model.SchemePNC, Value: s.pnc(year)})
	}
	for _, code := range s.alerts {
		changes = append(changes, &model.AlertSet{Code: code, Active: true})
	}
	basis := s.basis
	if basis == model.BasisConfirmed {
		basis = model.BasisConditional // until it is confirmed
	}
	if !s.due().IsZero() {
		changes = append(changes, &model.ReleaseSet{Day: s.due(), Basis: basis, Reason: s.reason, From: model.FromCustody})
	}
	return changes
}

// birthday is so many years ago; 1 January 1970, which Day cannot hold, is
// nobody's.
func (s *story) birthday() model.PartialDate {
	day := s.today.AddMonths(-12*s.age) - model.Day(1+s.rnd.IntN(360))
	if day.IsZero() {
		day--
	}
	return model.PartialDateOf(day)
}

func (s *story) release(clock string) *model.ReleaseSet {
	return &model.ReleaseSet{Day: s.due(), Time: clock, Basis: s.basis, Reason: s.reason, Destination: s.destination}
}

// leaving is what happened today: who is at court, who was checked, who has
// gone.
func (s *story) leaving() {
	if s.needs != "" {
		s.tell(safer, 5, s.override)
		s.tell(safer, 4, just(&model.InstructionGiven{Text: s.needs}))
	}
	if s.atGate {
		s.tell(officer, 2, just(&model.GateIdentified{Photo: true, Identifiers: []string{"born", "prison-number"}}))
		s.tell(omu, 2, func(p *pen) []model.Change {
			return []model.Change{&model.GateConfirmed{Of: p.record.Shared.Gate.Identity.By.At}}
		})
	}
	reason := map[model.MovementType]string{model.MovementCourt: "CRT", model.MovementTemporary: "C6", model.MovementRelease: s.reason}[s.out]
	if reason == "" {
		return
	}
	hours := 1
	if s.out == model.MovementRelease {
		s.walk()
	}
	if s.letGo {
		hours = 4
		defer s.rescue()
	}
	s.tell(officer, hours, func(p *pen) []model.Change {
		var changes []model.Change
		if s.out == model.MovementRelease {
			if s.handed {
				changes = append(changes, &model.BagGiven{Number: s.bag(), Signature: "signed"})
			}
			changes = append(changes, &model.ItemSet{Item: model.ItemHandover, State: model.Done})
		}
		move := model.Movement{Type: s.out, Reason: reason, At: model.InstantOf(p.now.Truncate(time.Minute))}
		if s.out == model.MovementCourt {
			move.Other = "Harrowby Crown Court"
		}
		return append(changes, &model.MovementRecorded{Movement: move})
	})
}

// walk is the way through the gate: who may lets the person go without what is
// not done, and the rest is done with them.
func (s *story) walk() {
	open := func(whose model.Role) func(p *pen) []model.Change {
		return func(p *pen) []model.Change {
			var out []model.Change
			for _, m := range model.GateBlocks(&p.record.Shared) {
				if slices.Contains(m.Item.Overriders(), whose) {
					out = append(out, &model.GateOverridden{Item: m.Item.ID, Reason: model.OverrideLawful, Words: "Healthcare telephones her tomorrow morning about it"})
				}
			}
			return out
		}
	}
	s.tell(nurse, 2, open(model.RoleNurse))
	s.tell(manager, 2, open(model.RoleManager))
	s.tell(officer, 2, just(
		&model.GatePropertySet{Listed: "Card 2114, one bag", Possession: model.HeldNone},
		&model.GateReceiptSigned{Signature: model.SignatureGiven, Letter: "given"},
	))
}

// rescue is a release at court that the prison heard of two hours ago: healthcare
// has frozen the list, and not answered for every medicine yet.
func (s *story) rescue() {
	var known model.Instant
	s.tell(officer, 1, func(p *pen) []model.Change {
		known = model.InstantOf(p.now.Truncate(time.Minute))
		return []model.Change{&model.RescueStarted{
			Known: known, Left: known - model.Instant((20 * time.Minute).Milliseconds()), Reason: "NG",
			Court: "Harrowby Crown Court", Told: "Clerk of court 2, 01632 960700", Means: model.MeansPhone,
		}}
	})
	s.tell(nurse, 1, func(p *pen) []model.Change {
		return []model.Change{model.FreezeList(p.record)}
	})
	s.tell(nurse, 1, func(p *pen) []model.Change {
		flag := p.record.CriticalFlags(p.record.Health.CurrentMedicines())[0]
		return []model.Change{&model.TriageSet{Of: known, Flag: flag.ID, Outcome: model.TriagePrescribed, Note: "Pharmacy beside the station, told by telephone"}}
	})
}

// override is somebody's need to know what they may not read. It waits for a
// review.
func (*story) override(p *pen) []model.Change {
	return []model.Change{&model.GlassBroken{
		Opens: model.Health, Reason: model.GlassLife, Until: model.InstantOf(p.now.Add(model.GlassWindow)),
		Words: "Found distressed on the wing, and nobody of healthcare on site: which medicines, and how many in possession?",
	}}
}
