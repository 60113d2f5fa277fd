package model

// ConsentOutcome is what an answer comes to on a day.
type ConsentOutcome string

// The outcomes; "" where nothing is recorded.
const (
	OutcomeAgreed    ConsentOutcome = "agreed"
	OutcomeRefused   ConsentOutcome = "refused"
	OutcomeWithdrawn ConsentOutcome = "withdrawn"
	OutcomeLater     ConsentOutcome = "later"   // not asked, or put off
	OutcomeRanOut    ConsentOutcome = "ran-out" // agreed, and over
)

// Outcome is what the answer comes to on a day.
func (c Consent) Outcome(today Day) ConsentOutcome {
	if c.RanOut(today) {
		return OutcomeRanOut
	}
	return c.ConsentAnswer.Outcome()
}

// Outcome is what the answer comes to on the day it is given.
func (a ConsentAnswer) Outcome() ConsentOutcome {
	switch {
	case a.Decision == ConsentNotRecorded:
		return ""
	case a.Decision == ConsentNotAsked:
		return OutcomeLater
	case a.Agreed():
		return OutcomeAgreed
	case a.Decision == ConsentWithdrawn:
		return OutcomeWithdrawn
	}
	return OutcomeRefused
}

// consentEffect is what an answer to one question changes elsewhere, in words for
// who asks it and for the person.
type consentEffect struct {
	agreed, refused string
	withdrawn       string // beyond what a refusal does: what is told to whom
	waiting         string // without an answer, and when one has run out
	unasked         bool   // may be done without an answer: direct care does not wait for one
}

// consentEffects is what each answer changes. What moves the checklist is in
// ConsentSet.Follows; what is refused from then on, in the Check of the step
// itself. Sharing for direct care does not wait for an answer; a refusal is kept
// to all the same (Caldicott principles; the national data opt-out does not apply
// to direct care).
var consentEffects = map[ConsentType]consentEffect{
	ConsentRegisterGP: {
		agreed:    "A practice may be chosen and the registration form sent.",
		refused:   "Registration stops. The checklist says refused, and no form can be recorded as sent.",
		withdrawn: "Tell the practice, if it has the form.",
		waiting:   "No form can be recorded as sent.",
	},
	ConsentShareGP: {
		agreed:    "The discharge letter is sent to the practice.",
		refused:   "The letter is not sent to the practice, and says so. The person still gets their copy.",
		withdrawn: "Tell the practice that the person objects, if it has the letter.",
		waiting:   "The letter may be sent, for direct care does not wait for an answer. Ask before it is.",
		unasked:   true,
	},
	ConsentPrisonGMS: {
		agreed:    "The person may be taken on by the prison's GP service. That can end their registration outside.",
		refused:   "Ask the prison's GP service not to take them on. They are treated here all the same.",
		withdrawn: "End the registration with the prison's GP service.",
		waiting:   "They are treated here all the same.",
	},
	ConsentSCR: {
		agreed:    "The registration form carries the choice: with additional information, or core only.",
		refused:   "The registration form says: no Summary Care Record.",
		withdrawn: "Tell the practice, which changes it.",
		waiting:   "The registration form leaves the choice open, and the practice asks.",
	},
	ConsentReconnect: {
		agreed:    "The person may be referred to RECONNECT, and is named to them.",
		refused:   "No referral. The checklist's line of RECONNECT says refused.",
		withdrawn: "Tell RECONNECT, if they were referred.",
		waiting:   "No referral until the person has answered.",
	},
	ConsentProbation: {
		agreed:    "What the answer names may be told to the probation practitioner.",
		refused:   "Probation is told nothing of health beyond what safety demands.",
		withdrawn: "Nothing more is told.",
		waiting:   "Probation is told nothing of health beyond what safety demands.",
	},
	ConsentDrugService: {
		agreed:    "The community service is told of the treatment, the last dose and the next.",
		refused:   "The service is told nothing. A prescription that goes on outside then needs another prescriber.",
		withdrawn: "Tell the service that the person objects.",
		waiting:   "The service is not told until the person has answered.",
	},
	ConsentHousing: {
		agreed:    "What the answer names may be told to those who find a place to live.",
		refused:   "Housing is told nothing of health. Needs that a place must meet are for the person to tell.",
		withdrawn: "Nothing more is told.",
		waiting:   "Housing is told nothing of health.",
	},
	ConsentFamilyACCT: {
		agreed:    "The family named may be involved in the ACCT. Tell safer custody. Either side may end it at any time.",
		refused:   "The family is not involved in the ACCT. Everybody is told to ask healthcare first.",
		withdrawn: "From now on. Tell the family.",
		waiting:   "The family is not involved until the person has answered.",
	},
	ConsentRiskCustody: {
		agreed:    "What the answer names may be told to custody staff.",
		refused:   "Custody staff are told what safety demands, and no more.",
		withdrawn: "Nothing more is told.",
		waiting:   "Custody staff are told what safety demands, and no more.",
	},
	ConsentContactAfter: {
		agreed:    "The person may be called, texted or written to after release, as they said is safe.",
		refused:   "Nobody contacts the person after release. The checks after release ask the services instead.",
		withdrawn: "Nobody contacts them from now on.",
		waiting:   "Nobody contacts the person after release until they have answered.",
	},
	ConsentPharmacy: {
		agreed:    "Electronic prescriptions go to the pharmacy named.",
		refused:   "No pharmacy is nominated: an electronic prescription is given to the person as a paper token.",
		withdrawn: "The nomination is taken off. What was dispensed there stays there.",
		waiting:   "No pharmacy is nominated.",
	},
}

// WhatFollows says in words what an outcome changes elsewhere, "" for none.
func WhatFollows(t ConsentType, o ConsentOutcome) string {
	e := consentEffects[t]
	switch o {
	case OutcomeAgreed:
		return e.agreed
	case OutcomeRefused:
		return e.refused
	case OutcomeWithdrawn:
		return e.refused + " " + e.withdrawn
	case OutcomeLater, OutcomeRanOut:
		return e.waiting
	}
	return ""
}

// MayDo tells whether what a question asks about may be done on a day: the
// person's yes holds, or it needs none and they have not said no.
func (h *HealthPart) MayDo(t ConsentType, today Day) bool {
	c := h.Consents[t]
	return c.Holds(today) || consentEffects[t].unasked && !c.Declined()
}

// AlreadyDone says what a withdrawal cannot take back, "" where nothing has been
// done on the person's yes.
func (h *HealthPart) AlreadyDone(t ConsentType) string {
	switch t {
	case ConsentRegisterGP:
		return h.registrationDone()
	case ConsentShareGP:
		return h.letterDone()
	}
	return ""
}

// letterDone is of the letter that was sent last.
func (h *HealthPart) letterDone() string {
	for i := len(h.LetterSteps) - 1; i >= 0; i-- {
		if step := h.LetterSteps[i]; step.State == LetterIsSent {
			return "A letter went to the practice on " + DayOf(step.At.Time()).String() + ", and cannot be called back."
		}
	}
	return ""
}

func (h *HealthPart) registrationDone() string {
	switch reg := h.Registration; {
	case reg.State == RegActive:
		return "The person is registered with the practice already, and it has to be told. Leaving it is then between them and the practice."
	case reg.State == RegAccepted:
		return "The practice has accepted the person already, and has to be told."
	case !reg.SentOn().IsZero():
		return "The form went to the practice on " + reg.SentOn().String() + ", and cannot be called back."
	}
	return ""
}

// ConsentsToAsk lists the questions that are to be asked on a day: those put off
// until then, and those whose answer has run out.
func (h *HealthPart) ConsentsToAsk(today Day) []ConsentFacts {
	var out []ConsentFacts
	for _, q := range consents {
		if h.Consents[q.Type].ToAsk(today) {
			out = append(out, q)
		}
	}
	return out
}

// refusedDetail marks a line that follows from a refusal, so that another answer
// can take it back.
const refusedDetail = "refused"

// followReconnect settles the line of RECONNECT by a refusal, and opens it again
// when the person has changed their mind. What else is on the line is done by
// hand.
func followReconnect(r *Record) []Change {
	have := r.Shared.Items[ItemReconnect]
	switch declined := r.Health.Consents[ConsentReconnect].Declined(); {
	case declined:
		return followItems(r, ItemSet{Item: ItemReconnect, State: Refused, Detail: refusedDetail})
	case have.State == Refused && have.Detail == refusedDetail:
		return followItems(r, ItemSet{Item: ItemReconnect})
	}
	return nil
}
