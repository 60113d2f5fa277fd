package model

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"time"
)

// SignedLetter is a letter as it was signed, for ever.
type SignedLetter struct {
	Number     int    `json:"number"`
	Supersedes int    `json:"supersedes,omitempty"`
	Frozen     []byte `json:"frozen"`
	Hash       Hash   `json:"hash"`
	Signature  []byte `json:"signature"`
	Clinical   Hash   `json:"clinical"` // as in Letter
	Text       Hash   `json:"text"`
	Sharing    Hash   `json:"sharing,omitzero"`
	Care       Hash   `json:"care,omitzero"`
	Results    bool   `json:"results,omitempty"` // a letter on late results
	Leaves     Day    `json:"leaves,omitzero"`   // when the person was to leave, as the letter says
	By         Signed `json:"by"`
}

// LastLetter returns the letter that holds: the one signed last.
func (h *HealthPart) LastLetter() (SignedLetter, bool) {
	if len(h.Letters) == 0 {
		return SignedLetter{}, false
	}
	return h.Letters[len(h.Letters)-1], true
}

// nextLetter is the number of the next discharge letter. Those of earlier stays
// keep theirs, so that no two letters of one person have the same.
func (h *HealthPart) nextLetter() int {
	last, _ := h.everything().LastLetter()
	return last.Number + 1
}

// LetterHolds tells whether a discharge letter is signed and the record still says
// what it says.
func (h *HealthPart) LetterHolds() bool {
	last, signed := h.LastLetter()
	return signed && h.letterHolds(last)
}

// letterHolds tells whether the record still says what the letter says.
func (h *HealthPart) letterHolds(s SignedLetter) bool {
	sharing := s.Sharing == (Hash{}) || s.Sharing == h.sharingHash()
	care := s.Care == (Hash{}) || s.Care == h.careHash()
	moved := s.Leaves != 0 && h.Leaving != 0 && s.Leaves != h.Leaving // its days of supply are wrong then
	return s.Clinical == h.ClinicalHash() && s.Text == h.draftHash() && sharing && care && !moved
}

// LetterSigned freezes a letter: what was previewed is what is kept, sent and
// printed.
type LetterSigned struct {
	Number     int    `json:"number"`
	Frozen     []byte `json:"frozen"` // canonical JSON of the Letter
	Hash       Hash   `json:"hash"`
	Signature  []byte `json:"signature"` // Ed25519 over LetterMessage(Hash)
	Supersedes int    `json:"supersedes,omitempty"`
}

// Kind implements Change.
func (*LetterSigned) Kind() string { return "letter.signed" }

// Slot implements Change: two desks that both sign are a conflict.
func (*LetterSigned) Slot() string { return "letter/signed" }

// Compartment implements Change.
func (*LetterSigned) Compartment() Compartment { return Health }

// maxFrozen leaves room for base64 and the rest within MaxBody.
const maxFrozen = MaxBody * 2 / 3

// Check refuses a letter that is not what it says, lacks what only a person can
// give, or was overtaken by the record.
func (c *LetterSigned) Check(r *Record, _ time.Time) error {
	letter, err := c.thawed()
	if err != nil {
		return err
	}
	h := r.health()
	last, _ := h.LastLetter()
	if c.Number != h.nextLetter() || c.Supersedes != last.Number {
		return &Error{Kind: KindConflict, Msg: "Another letter was signed meanwhile.", Hint: "Read it, then assemble this one again."}
	}
	if missing := letter.MissingToSign(); len(missing) > 0 {
		return Invalid("The letter lacks: "+strings.Join(missing, ", ")+".", "Write them, then sign.")
	}
	if letter.Clinical != h.ClinicalHash() {
		return &Error{Kind: KindConflict, Msg: "Medicines or allergies have changed since the letter was assembled.", Hint: "Look at the new list, then sign."}
	}
	if letter.Text != h.draftHash() {
		return errTextChanged
	}
	if letter.Care != h.careHash() {
		return &Error{Kind: KindConflict, Msg: "The appointments, results or vaccines, or the plan for substitution, naloxone or an injection, have changed since the letter was assembled.", Hint: "Read it again, then sign."}
	}
	if letter.Sharing != h.sharingHash() {
		return &Error{Kind: KindConflict, Msg: "The person's answer on sharing has changed since the letter was assembled.", Hint: "Read it again, then sign."}
	}
	if c.Supersedes > 0 && (letter.Replaces == nil || strings.TrimSpace(letter.Replaces.Why) == "") {
		return Invalid("Enter why the letter is replaced.", "The first page says it.").At("why")
	}
	return nil
}

var (
	errDamaged     = Invalid("The letter to sign is damaged.", "Assemble it again.")
	errTextChanged = &Error{Kind: KindConflict, Msg: "The text of the letter has changed since it was assembled.", Hint: "Read it again, then sign."}
)

// thawed holds the letter to its word, without asking the record.
func (c *LetterSigned) thawed() (Letter, error) {
	letter, err := thawSigned(c.Frozen, c.Hash, c.Signature)
	if err == nil && (letter.Number != c.Number || letter.Supersedes != c.Supersedes || letter.Kind != LetterDischarge) {
		err = errDamaged
	}
	return letter, err
}

// thawSigned holds the bytes to their word: canonical, with the right hash and
// size.
func thawSigned(frozen []byte, hash Hash, signature []byte) (Letter, error) {
	letter, err := ThawLetter(frozen)
	if err != nil || sha256.Sum256(frozen) != hash || len(signature) != ed25519.SignatureSize {
		return Letter{}, errDamaged
	}
	again, _, err := letter.Freeze()
	if err != nil || !bytes.Equal(again, frozen) {
		return Letter{}, errDamaged
	}
	if len(frozen) > maxFrozen {
		return Letter{}, Invalid("The letter is too long to keep.", "Shorten its texts.")
	}
	return letter, nil
}

// Apply implements Change. A letter that is there already stays as it was signed
// and only moves to the end: that is what settling two of them does. Which
// letter it is follows from what it says: a hash that somebody else wrote beside
// it would put their text in the place of a colleague's, under that name.
func (c *LetterSigned) Apply(r *Record, op *Op) {
	entry := SignedLetter{
		Number: c.Number, Supersedes: c.Supersedes, Frozen: c.Frozen, Hash: sha256.Sum256(c.Frozen), Signature: c.Signature, By: signedBy(op),
	}
	if letter, err := ThawLetter(c.Frozen); err == nil {
		entry.Clinical, entry.Text, entry.Sharing, entry.Care = letter.Clinical, letter.Text, letter.Sharing, letter.Care
		if letter.Data != nil {
			entry.Leaves = letter.Data.Leaves
		}
	}
	letters := r.Health.Letters
	_, settles := op.Change.(*ConflictSettled)
	if i := slices.IndexFunc(letters, func(s SignedLetter) bool { return s.Hash == entry.Hash }); i >= 0 {
		if !settles {
			return // an old letter does not come to hold again by being sent again
		}
		entry = letters[i]
		letters = slices.Delete(slices.Clone(letters), i, i+1)
	} else if settles {
		return // whoever settles signs nothing, so there is nothing to keep
	}
	r.Health.Letters = append(letters, entry)
}

// Follows moves the letter's line.
func (*LetterSigned) Follows(r *Record) []Change { return followSigned(r) }

// String implements Change.
func (c *LetterSigned) String() string {
	if c.Supersedes > 0 {
		return fmt.Sprintf("Letter %d signed, replaces letter %d", c.Number, c.Supersedes)
	}
	return fmt.Sprintf("Letter %d signed", c.Number)
}
