package model

import "time"

// LetterReady tells who has to sign that a letter is written. It holds for the
// letter as it stood: what changes afterwards takes the mark away.
type LetterReady struct {
	Clinical Hash   `json:"clinical"` // as in Letter
	Text     Hash   `json:"text"`
	Note     string `json:"note,omitempty"` // to who signs
}

// ReadyMark is that statement as it was recorded.
type ReadyMark struct {
	LetterReady
	By Signed `json:"by"`
}

// Kind implements Change.
func (*LetterReady) Kind() string { return "letter.ready" }

// Slot implements Change.
func (*LetterReady) Slot() string { return "letter/ready" }

// Compartment implements Change.
func (*LetterReady) Compartment() Compartment { return Health }

// Check refuses the mark for a letter that the record has moved on from.
func (c *LetterReady) Check(r *Record, _ time.Time) error {
	h := r.health()
	if last, signed := h.LastLetter(); signed && h.letterHolds(last) {
		return Invalid("The letter is signed, and the record still says the same.", "There is nothing to make ready.")
	}
	if c.Clinical != h.ClinicalHash() || c.Text != h.draftHash() {
		return &Error{Kind: KindConflict, Msg: "The letter has changed since you looked at it.", Hint: "Read it again, then mark it as ready."}
	}
	return at("note", checkLine("The note", c.Note, 240))
}

// Apply implements Change.
func (c *LetterReady) Apply(r *Record, op *Op) {
	r.Health.Ready = ReadyMark{LetterReady: *c, By: signedBy(op)}
}

// Follows moves the letter's line.
func (*LetterReady) Follows(r *Record) []Change { return followLetter(r) }

// String implements Change.
func (*LetterReady) String() string { return "Letter ready to sign" }

// IsLetterReady tells whether somebody has marked the letter, as it stands now,
// as ready to sign.
func (h *HealthPart) IsLetterReady() bool {
	return !h.Ready.By.IsZero() && h.Ready.Clinical == h.ClinicalHash() && h.Ready.Text == h.draftHash()
}
