package model

import (
	"strings"
	"time"
)

// SeenAnswer says whether healthcare saw the person before they left.
type SeenAnswer string

// The answers. Without one the record says it: who leaves without notice was not
// seen.
const (
	SeenByRecord SeenAnswer = ""
	SeenYes      SeenAnswer = "seen"
	SeenNo       SeenAnswer = "not-seen"
)

// SeenAnswers lists them in the order a form shows them.
func SeenAnswers() []SeenAnswer { return []SeenAnswer{SeenByRecord, SeenNo, SeenYes} }

// Words returns the answer as it is shown.
func (s SeenAnswer) Words() string {
	switch s {
	case SeenByRecord:
		return "As the record has it"
	case SeenYes:
		return "Seen"
	case SeenNo:
		return "Not seen"
	}
	return "Unknown"
}

// SeenOff is the answer with its reason.
type SeenOff struct {
	LetterSeen
	By Signed `json:"by,omitzero"`
}

// LetterSeen says that the person was seen at discharge, or was not and why. A
// planned release may go wrong at the gate, and somebody let go without notice may
// have come through healthcare.
type LetterSeen struct {
	Answer SeenAnswer `json:"answer,omitempty"`
	Why    string     `json:"why,omitempty"`
}

// Kind implements Change.
func (*LetterSeen) Kind() string { return "letter.seen" }

// Slot implements Change.
func (*LetterSeen) Slot() string { return "letter/seen" }

// Compartment implements Change.
func (*LetterSeen) Compartment() Compartment { return Health }

// Check implements Change.
func (c *LetterSeen) Check(*Record, time.Time) error {
	switch {
	case c.Answer.Words() == "Unknown":
		return Invalid("Choose whether the person was seen.", "").At("answer")
	case c.Answer != SeenByRecord && strings.TrimSpace(c.Why) == "":
		return Invalid("Enter why, or by whom they were seen.", "The letter says it. Nothing of the offence.").At("why")
	}
	return at("why", checkLine("The reason", c.Why, 240))
}

// Apply implements Change.
func (c *LetterSeen) Apply(r *Record, op *Op) { r.Health.Seen = SeenOff{*c, signedBy(op)} }

// Follows moves the letter's line.
func (*LetterSeen) Follows(r *Record) []Change { return followLetter(r) }

// String implements Change.
func (c *LetterSeen) String() string {
	return joinNew(": ", "At discharge, "+lowerFirst(c.Answer.Words()), c.Why)
}

// notSeen tells whether the person left, or may have left, before healthcare saw
// them off. What a clinician said of it holds.
func (a *assembly) notSeen() bool {
	switch a.health.Seen.Answer {
	case SeenYes:
		return false
	case SeenNo:
		return true
	}
	return a.record.Shared.Release.Class == ReleaseNoNotice || a.record.Shared.Rescue.Running()
}

// whyNotSeen is the reason that was given, "" where the record alone says it.
func (a *assembly) whyNotSeen() string {
	if a.health.Seen.Answer == SeenNo {
		return a.health.Seen.Why
	}
	return ""
}

// seenLine is what the letter says of it under its heading, "" where there is
// nothing to say.
func (a *assembly) seenLine() string {
	why := a.health.Seen.Why
	switch {
	case a.health.Seen.Answer == SeenYes:
		return "Seen at discharge: " + why
	case a.health.Seen.Answer == SeenNo:
		return "Not seen at discharge. Why: " + why
	case a.notSeen():
		return "Not seen at discharge: the person left without notice, before healthcare saw them."
	}
	return ""
}
