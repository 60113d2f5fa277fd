package demo

import (
	"github.com/throughgate/throughgate/model"
)

// care is what healthcare wrote.
func (s *story) care() {
	s.identity()
	if s.allergies != model.AllergiesNotRecorded {
		s.tell(nurse, 140, just(s.allergyAnswer(), s.problemList()))
	}
	s.consents()
	s.registration()
	s.medication()
	s.appointments()
	s.writing()
}

func (s *story) identity() {
	if s.nhs == "" {
		return
	}
	number := &model.PersonNumbered{Scheme: model.SchemeNHS, Status: s.nhs}
	if s.nhs == model.TraceVerified || s.nhs == model.TraceNotTraced {
		number.Value = s.nhsNumber()
	}
	s.tell(admin, 130, just(number))
}

func (s *story) allergyAnswer() model.Change {
	answer := &model.AllergiesSet{State: s.allergies}
	if s.allergies == model.AllergiesKnown {
		answer.List = []model.Allergy{s.allergy}
	}
	return answer
}

func (s *story) problemList() model.Change {
	list := s.problems
	if len(list) == 0 {
		for _, d := range s.medicines {
			if d.Indication != "" {
				list = append(list, d.Indication)
			}
		}
	}
	return &model.ProblemsSet{Problems: list}
}

func (s *story) consents() {
	if s.consent == model.ConsentNotRecorded {
		return
	}
	first := s.consent
	if first == model.ConsentWithdrawn {
		first = model.ConsentGiven
	}
	s.tell(admin, 100, func(p *pen) []model.Change {
		return append(s.answers(p.today, first), s.otherAnswers(p.today, first)...)
	})
	if s.consent == model.ConsentWithdrawn {
		s.tell(nurse, 40, just(s.answers(0, model.ConsentWithdrawn)...))
	}
	if s.consent == model.ConsentGiven {
		s.tell(admin, 99, just(append(s.onRegistration(), &model.ContactSet{ContactDetails: s.living()})...))
	}
}

func (s *story) answers(today model.Day, d model.ConsentDecision) []model.Change {
	var out []model.Change
	for _, t := range []model.ConsentType{model.ConsentRegisterGP, model.ConsentShareGP} {
		answer := model.ConsentAnswer{Type: t, Decision: d}
		switch d {
		case model.ConsentGiven:
			answer.How = model.ConsentSigned
		case model.ConsentNotAsked:
			answer.Reason, answer.Later, answer.AskAgain = "At court when healthcare came", model.LaterTime, today+model.MostDaysPutOff
		}
		out = append(out, &model.ConsentSet{ConsentAnswer: answer})
	}
	return out
}

// otherAnswers are those on what is shared besides the letter: a yes that has run
// out since, and a no.
func (s *story) otherAnswers(today model.Day, d model.ConsentDecision) []model.Change {
	if d != model.ConsentGiven {
		return nil
	}
	signed := func(t model.ConsentType) model.ConsentAnswer {
		return model.ConsentAnswer{Type: t, Decision: model.ConsentGiven, How: model.ConsentSigned, TextVersion: "1.2"}
	}
	record, contact := signed(model.ConsentSCR), signed(model.ConsentContactAfter)
	record.Record = model.RecordFull
	contact.Scope, contact.Expires = "Text messages, evenings", today+90
	probation := model.ConsentAnswer{Type: model.ConsentProbation, Decision: model.ConsentRefused, Reason: "Would rather tell them in person"}
	return []model.Change{&model.ConsentSet{ConsentAnswer: record}, &model.ConsentSet{ConsentAnswer: contact}, &model.ConsentSet{ConsentAnswer: probation}}
}

// waysTo are the steps that lead to a state of a registration.
var waysTo = map[model.RegistrationState][]model.RegistrationState{
	model.RegChoosing:   {model.RegChoosing},
	model.RegFormReady:  {model.RegChoosing, model.RegFormReady},
	model.RegSent:       {model.RegChoosing, model.RegFormReady, model.RegSent},
	model.RegAccepted:   {model.RegChoosing, model.RegFormReady, model.RegSent, model.RegAccepted},
	model.RegActive:     {model.RegChoosing, model.RegFormReady, model.RegSent, model.RegAccepted, model.RegActive},
	model.RegRejected:   {model.RegChoosing, model.RegFormReady, model.RegSent, model.RegRejected},
	model.RegListClosed: {model.RegChoosing, model.RegFormReady, model.RegSent, model.RegListClosed},
	model.RegOutOfArea:  {model.RegChoosing, model.RegFormReady, model.RegSent, model.RegOutOfArea},
	model.RegKept:       {model.RegKept},
	model.RegNone:       {model.RegNone},
}

func (s *story) registration() {
	for i, state := range waysTo[s.gp] {
		s.tell(admin, 96-16*i, func(p *pen) []model.Change {
			step := &model.GPStep{State: state, Day: p.today}
			switch state {
			case model.RegChoosing, model.RegKept:
				step.Practice = practice(s.practice)
				if !s.restricted {
					step.For = model.LivesAt(p.record)
				}
			case model.RegSent:
				step.Method = model.MethodEmail
			case model.RegAccepted:
				step.Method, step.Who = model.MethodPhone, "Practice manager"
			case model.RegActive:
				step.Method = model.MethodPDS
			case model.RegRejected:
				step.Who, step.Note = "Reception", "Asked for proof of address, which is no ground to refuse"
			case model.RegListClosed, model.RegOutOfArea:
				step.Who = "Reception"
			case model.RegNone:
				step.Note = "Will register after release, does not want help with it"
			}
			return []model.Change{step}
		})
	}
	s.chasing()
}
