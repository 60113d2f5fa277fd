package model

import (
	"strings"
	"time"
)

// LetterCopy is what became of the person's own copy.
type LetterCopy struct {
	CopyGiven
	By Signed `json:"by"`
}

// CopyAnswer is what became of it.
type CopyAnswer string

// The answers.
const (
	CopySigned  CopyAnswer = "signed"  // given, and the person signed for it
	CopyGivenTo CopyAnswer = "given"   // given, and the person did not sign
	CopyRefused CopyAnswer = "refused" // the person would not have it
)

// CopyAnswers lists them in the order a form shows them.
func CopyAnswers() []CopyAnswer { return []CopyAnswer{CopySigned, CopyGivenTo, CopyRefused} }

// Words returns the answer as it is shown.
func (a CopyAnswer) Words() string {
	switch a {
	case CopySigned:
		return "Given, and the person signed for it"
	case CopyGivenTo:
		return "Given, not signed for"
	case CopyRefused:
		return "Refused by the person"
	}
	return "Not recorded"
}

// CopyGiven records that the person was given their copy of a signed letter, or
// would not have it (NICE QS156: people get information on their medicines when
// they leave).
type CopyGiven struct {
	Letter   Hash       `json:"letter"`
	Answer   CopyAnswer `json:"answer"`
	EasyRead bool       `json:"easyRead,omitempty"` // in easy read as well
	Note     string     `json:"note,omitempty"`     // why it was not signed for, or why refused
}

// Kind implements Change.
func (*CopyGiven) Kind() string { return "letter.copied" }

// Slot implements Change.
func (*CopyGiven) Slot() string { return "letter/copy" }

// Compartment implements Change.
func (*CopyGiven) Compartment() Compartment { return Health }

// Check implements Change.
func (c *CopyGiven) Check(r *Record, _ time.Time) error {
	if s, there := r.health().FindLetter(c.Letter); !there || s.Results {
		return NotFound("There is no such signed letter.", "Sign it first, then give the person their copy.")
	}
	switch {
	case c.Answer.Words() == "Not recorded":
		return Invalid("Say what became of the copy.", "Given and signed for, given, or refused.").At("answer")
	case c.Answer != CopySigned && strings.TrimSpace(c.Note) == "":
		return Invalid("Enter why it is not signed for.", "In the person's words where you can.").At("note")
	}
	return at("note", checkLine("The note", c.Note, 240))
}

// Apply implements Change.
func (c *CopyGiven) Apply(r *Record, op *Op) {
	r.Health.LetterCopy = LetterCopy{CopyGiven: *c, By: signedBy(op)}
}

// Follows moves the line of the person's copy.
func (*CopyGiven) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return followItems(r, r.Health.personCopyItem())
}

// String implements Change.
func (c *CopyGiven) String() string { return "The person's copy: " + c.Answer.Words() }
