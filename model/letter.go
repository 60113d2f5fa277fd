package model

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Letter is the discharge letter to the practice and the person: everything
// that is shown, printed and sent, and nothing that is not. It is frozen as
// canonical JSON, hashed and signed; every copy is made from those bytes.
type Letter struct {
	Format     int `json:"format"`               // of these fields; LetterFormat
	Number     int `json:"number"`               // 1, 2, 3 … of this person
	Supersedes int `json:"supersedes,omitempty"` // the number it replaces
	LetterMore
	Person   LetterPerson `json:"person"`
	Prison   LetterPrison `json:"prison"`
	Author   LetterAuthor `json:"author"`
	Sections []Section    `json:"sections"`
	// Clinical and Text name the medicines, supplies and allergies, and the
	// clinician's words, that the letter was made of. When the record has moved
	// on from them the letter is out of date.
	Clinical Hash `json:"clinical"`
	Text     Hash `json:"text"`
	// Data is the same in parts that a program can read; nil before format 2.
	Data *LetterData `json:"data,omitempty"`
}

// LetterFormat is what letters are written in now. Format 1 was without Data.
const LetterFormat = 2

// LetterPerson is who the letter is about, as every page repeats it.
type LetterPerson struct {
	Name      string `json:"name"` // "SMITH, John William"
	Born      string `json:"born"` // "14-Aug-1980"
	NHS       string `json:"nhs"`  // "943 476 5919", or "Not recorded"
	NHSStatus string `json:"nhsStatus"`
	Prison    string `json:"prison"` // prison number, as an identifier only
}

// NHSLine is the number with its trace state, where there is one: an untraced
// number may be somebody else's.
func (p LetterPerson) NHSLine() string {
	if p.NHSStatus == NotRecorded {
		return p.NHS
	}
	return p.NHS + " (" + p.NHSStatus + ")"
}

// LetterPrison is where the letter comes from.
type LetterPrison struct {
	Code    SiteCode `json:"code"`
	Name    string   `json:"name"` // "HMP Leeds"
	Team    string   `json:"team,omitempty"`
	Address []string `json:"address,omitempty"`
	Phone   string   `json:"phone,omitempty"`
	// Practice is the ODS code of the prison's own GP practice, where it is known.
	Practice ODSCode `json:"practice,omitempty"`
}

// LetterAuthor is who completes and signs it.
type LetterAuthor struct {
	Staff StaffID `json:"staff"`
	Name  string  `json:"name"`
	Role  string  `json:"role"` // in words
	At    Instant `json:"at"`
}

// Section is what stands under one heading.
type Section struct {
	Code    HeadingCode `json:"code"`
	Heading string      `json:"heading"`
	Lines   []string    `json:"lines,omitempty"`
	Table   *Table      `json:"table,omitempty"`
	Source  string      `json:"source,omitempty"` // where it comes from, in words
	Missing bool        `json:"missing,omitempty"`
}

// FromRecord tells whether the record gives it, whatever a clinician added.
func (s Section) FromRecord() bool {
	return strings.HasPrefix(s.Source, fromRecord) || strings.HasPrefix(s.Source, fromHealth)
}

// Table is rows under columns; every row has a cell for every column.
type Table struct {
	Columns []string   `json:"columns"`
	Rows    [][]string `json:"rows"`
}

// NotRecorded is what stands where nothing is known. It is never left blank.
const NotRecorded = "Not recorded"

// Section returns what stands under a heading.
func (l Letter) Section(code HeadingCode) (Section, bool) {
	for _, s := range l.Sections {
		if s.Code == code {
			return s, true
		}
	}
	return Section{}, false
}

// MissingToSign lists the headings that only a person can fill and nobody has.
func (l Letter) MissingToSign() []string {
	var out []string
	for _, h := range l.headings() {
		if s, there := l.Section(h.Code); h.ByHand && (!there || s.Missing) {
			out = append(out, h.Name)
		}
	}
	return out
}

// Freeze returns the letter's canonical bytes and their hash. Equal letters give
// equal bytes: there are no maps in them.
func (l Letter) Freeze() ([]byte, Hash, error) {
	frozen, err := json.Marshal(l)
	if err != nil {
		return nil, Hash{}, fmt.Errorf("freeze letter: %w", err)
	}
	return frozen, sha256.Sum256(frozen), nil
}

// ThawLetter reads frozen bytes.
func ThawLetter(frozen []byte) (Letter, error) {
	var l Letter
	if err := json.Unmarshal(frozen, &l); err != nil {
		return Letter{}, fmt.Errorf("thaw letter: %w", err)
	}
	return l, nil
}

// LetterMessage is what a clinician's key signs. Its beginning keeps the
// signature from standing for anything else.
func LetterMessage(h Hash) []byte { return append([]byte("throughgate letter 1\n"), h[:]...) }

// SignLetter freezes a letter and signs it with the session's key.
func SignLetter(l Letter, sign func(message []byte) []byte) (*LetterSigned, error) {
	frozen, hash, err := l.Freeze()
	if err != nil {
		return nil, err
	}
	return &LetterSigned{
		Number: l.Number, Supersedes: l.Supersedes, Frozen: frozen, Hash: hash, Signature: sign(LetterMessage(hash)),
	}, nil
}

// VerifyLetter tells whether frozen bytes are those that were signed with a key.
// public is an Ed25519 public key of the signer's roster line.
func VerifyLetter(frozen []byte, hash Hash, signature, public []byte) error {
	if sha256.Sum256(frozen) != hash {
		return Invalid("The letter is not the one that was signed.", "Its text was changed after signing; ask for the original.")
	}
	if len(public) != ed25519.PublicKeySize || !ed25519.Verify(public, LetterMessage(hash), signature) {
		return Invalid("The signature on the letter does not belong to this signer.", "Ask the signer, or look at the signer's other keys.")
	}
	return nil
}

// DraftText is the clinician's text under one heading.
type DraftText struct {
	Text    string `json:"text"`
	Instead bool   `json:"instead,omitempty"` // of what the record says; else beside it
	By      Signed `json:"by"`
}

// draftHash names the clinician's words as they stand, and why risk is shared.
// Words of a letter on late results are none of a discharge letter's.
func (h *HealthPart) draftHash() Hash {
	words := make(map[HeadingCode]string, len(h.Draft))
	for code, d := range h.Draft {
		switch {
		case code.isLate():
		case d.Instead:
			words[code] = "instead: " + d.Text
		default:
			words[code] = d.Text
		}
	}
	if h.RiskShared.Reason != "" {
		words["risk shared"] = h.RiskShared.Words()
	}
	if h.Seen.Answer != SeenByRecord {
		words["seen"] = h.Seen.String()
	}
	return hashJSON(words)
}

// LetterDraft writes the clinician's text under one heading; an empty text takes
// it away.
type LetterDraft struct {
	Heading HeadingCode `json:"heading"`
	Text    string      `json:"text"`
	Instead bool        `json:"instead,omitempty"` // of what the record says
}

// Kind implements Change.
func (*LetterDraft) Kind() string { return "letter.draft" }

// Slot implements Change.
func (c *LetterDraft) Slot() string { return "letter/" + string(c.Heading) }

// Compartment implements Change.
func (*LetterDraft) Compartment() Compartment { return Health }

// MaxDraft is the most characters under one heading.
const MaxDraft = 4000

// Check implements Change.
func (c *LetterDraft) Check(*Record, time.Time) error {
	heading, known := DraftHeadingOf(c.Heading)
	if !known || heading.Ask == "" {
		return Invalid("Nothing can be written under this heading.", "It is filled from the record.")
	}
	if c.Instead && !heading.Instead {
		return Invalid("What the record says under this heading cannot be left out.", "Add to it, or put the record right.")
	}
	return checkText("The text", c.Text, MaxDraft)
}

// Apply implements Change.
func (c *LetterDraft) Apply(r *Record, op *Op) {
	if c.Text == "" {
		delete(r.Health.Draft, c.Heading)
		return
	}
	if r.Health.Draft == nil {
		r.Health.Draft = make(map[HeadingCode]DraftText)
	}
	r.Health.Draft[c.Heading] = DraftText{Text: c.Text, Instead: c.Instead, By: signedBy(op)}
}

// Follows moves the letter's line.
func (*LetterDraft) Follows(r *Record) []Change { return followLetter(r) }

// String implements Change.
func (c *LetterDraft) String() string {
	heading, _ := DraftHeadingOf(c.Heading)
	return "Letter, " + heading.Name
}
