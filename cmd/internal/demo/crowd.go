package demo

import (
	"math/rand/v2"

	"github.com/throughgate/throughgate/model"
)

// crowd invents somebody: the nearer the release, the further the work, and
// never all of it.
func crowd(rnd *rand.Rand) sketch {
	s := sketch{family: pick(rnd, familyNames), sex: model.SexMale, age: 18 + rnd.IntN(25) + rnd.IntN(25), legal: "SENTENCED"}
	names := menNames
	if chance(rnd, 8) {
		s.sex, names = model.SexFemale, womenNames
	}
	s.given = pick(rnd, names)
	if middle := pick(rnd, middleNames); middle != "" {
		s.given += " " + middle
	}
	s.alerts = crowdAlerts(rnd)
	crowdRelease(rnd, &s)
	crowdCare(rnd, &s)
	return s
}

func crowdAlerts(rnd *rand.Rand) []string {
	var codes []string
	for _, a := range []struct {
		code    string
		percent int
	}{{"HA", 2}, {"HA1", 3}, {"HC", 6}, {"XA", 3}, {"MAS", 5}, {"RSS", 4}, {"PEEP", 2}, {"VOP", 1}} {
		if chance(rnd, a.percent) {
			codes = append(codes, a.code)
		}
	}
	return codes
}

func crowdRelease(rnd *rand.Rand, s *sketch) {
	switch n := rnd.IntN(100); {
	case n < 20: // remand, as one in five is
		s.leaves, s.legal = noDate, "REMAND"
		if chance(rnd, 8) {
			s.out = model.MovementCourt
		}
		return
	case n < 22:
		s.leaves = 0
	case n < 25:
		s.leaves = 1
	case n < 32:
		s.leaves = 2 + rnd.IntN(6)
	case n < 50:
		s.leaves = 8 + rnd.IntN(21)
	default:
		s.leaves = 29 + rnd.IntN(700)
	}
	s.basis, s.reason = model.BasisConditional, "CR"
	switch n := rnd.IntN(100); {
	case s.leaves < 15 && n < 85:
		s.basis = model.BasisConfirmed
	case n < 10:
		s.basis, s.reason = model.BasisHDC, "HR"
	case n < 15:
		s.basis, s.reason, s.legal = model.BasisParole, "PX", "INDETERMINATE_SENTENCE"
	case n < 25:
		s.basis = model.BasisAutomatic
	}
	if s.leaves <= 1 {
		s.time = pick(rnd, []string{"08:30", "09:00", "09:30", "10:00", "10:45", "11:30", "14:00"})
	}
}

func crowdCare(rnd *rand.Rand, s *sketch) {
	s.practice = rnd.IntN(len(practices))
	s.nhs = pick(rnd, []model.TraceStatus{model.TraceVerified, model.TraceVerified, model.TraceVerified, model.TraceNotTraced, ""})
	s.allergies = pick(rnd, []model.AllergyState{model.AllergiesNone, model.AllergiesNone, model.AllergiesNotRecorded, model.AllergiesKnown})
	if s.allergies == model.AllergiesKnown {
		s.allergy = pick(rnd, []model.Allergy{{Substance: "Penicillin", Reaction: "rash"}, {Substance: "Peanuts", Reaction: "swelling"}, {Substance: "Ibuprofen"}, {Substance: "Latex"}})
	}
	for _, i := range rnd.Perm(len(commonDrugs))[:rnd.IntN(4)] {
		s.medicines = append(s.medicines, commonDrugs[i])
	}
	s.supply = medicinesListed
	near := s.leaves != noDate && s.leaves <= 28
	if !near || chance(rnd, 10) {
		if chance(rnd, 60) {
			s.supply = medicinesUnknown
		}
		return
	}
	s.nhs = model.TraceVerified
	s.consent = pick(rnd, []model.ConsentDecision{model.ConsentGiven, model.ConsentGiven, model.ConsentGiven, model.ConsentGiven, model.ConsentRefused, model.ConsentNotAsked})
	if s.consent == model.ConsentGiven {
		s.gp = pick(rnd, []model.RegistrationState{model.RegChoosing, model.RegFormReady, model.RegSent, model.RegAccepted, model.RegAccepted, model.RegKept, model.RegOutOfArea})
	}
	if s.leaves <= 7 {
		s.supply = pick(rnd, []supplyStage{medicinesListed, suppliesDecided, suppliesDecided, suppliesPacked})
		s.letter = pick(rnd, []letterStage{letterNone, letterDraft, letterDraft, letterSigned})
	}
}
