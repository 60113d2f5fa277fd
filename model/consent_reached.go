package model

import "slices"

// A refusal stops what has not been done. What has reached somebody outside or
// the wing is not taken back by it: they have to be told, and the checklist and
// the instructions say so at once.

// reachedPractice are the states in which a practice has the form, or the person.
var reachedPractice = []RegistrationState{RegSent, RegNoReply, RegAccepted, RegActive}

func (h *HealthPart) hasReachedPractice() bool {
	return slices.Contains(reachedPractice, h.Registration.State)
}

// PracticeToTell tells whether the person said no to being registered once the
// form had gone, and the practice has not been told.
func (h *HealthPart) PracticeToTell() bool { return h.declinedGP() && h.hasReachedPractice() }

// MayStep tells whether a step of the registration may follow: what the table of
// states says, and the end of it for who withdrew after the form had gone.
func (h *HealthPart) MayStep(to RegistrationState) bool {
	return h.Registration.State.MayBecome(to) || to == RegNone && h.PracticeToTell()
}

// WhatFollows says in words what an outcome changes elsewhere for this person.
func (h *HealthPart) WhatFollows(t ConsentType, o ConsentOutcome) string {
	if declined := o == OutcomeRefused || o == OutcomeWithdrawn; t == ConsentRegisterGP && declined && h.hasReachedPractice() {
		return "Registration stops, and the practice has to be told. The checklist says so until it is recorded with the registration."
	}
	return WhatFollows(t, o)
}

// What everybody is told of the family in an ACCT. It says what to do and not
// what the person answered: that is healthcare's.
const (
	familyNotYet = "ACCT: do not involve the family before asking healthcare."
	familyAsk    = "ACCT: ask healthcare whom of the family may be involved."
)

// followFamily tells safer custody, who run the ACCT, what an answer on the
// family means for them. It is told anew only where it changes.
func followFamily(r *Record) []Change {
	told := ""
	for _, i := range r.Shared.Instruction {
		if i.Text == familyNotYet || i.Text == familyAsk {
			told = i.Text
		}
	}
	want := familyAsk
	if r.Health.Consents[ConsentFamilyACCT].Declined() {
		want = familyNotYet
	}
	if want == told || want == familyAsk && told == "" {
		return nil
	}
	return []Change{&InstructionGiven{Text: want}}
}

// ofFamily tells whether an instruction is one that follows from an answer on
// consent: whoever records the answer gives it.
func (c *InstructionGiven) ofFamily() bool {
	return c.Until.IsZero() && (c.Text == familyNotYet || c.Text == familyAsk)
}
