package model

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
)

// Results that come after the discharge letter go in a second, short letter
// (eDischarge summary standard: late results follow in a letter of their own). It
// has its own words, so that writing it does not put the discharge letter out of
// date.

// The words of a letter on late results, as drafts keep them.
const (
	LatePlan    HeadingCode = "late-plan"
	LateResults HeadingCode = "late-results"
	LateMeaning HeadingCode = "late-meaning"
)

func (c HeadingCode) isLate() bool { return strings.HasPrefix(string(c), "late-") }

// lateHeadings are those of a letter on late results, in its order.
var lateHeadings = []Heading{
	{Code: HeadingDemographics, Name: "Patient demographics", Mark: Mandatory, build: (*assembly).demographics},
	{Code: HeadingPractice, Name: "GP practice", Mark: Mandatory, build: (*assembly).practice},
	{Code: HeadingReferrer, Name: "Referrer details", Mark: Mandatory, build: (*assembly).referrer},
	{Code: HeadingPlan, Draft: LatePlan, Name: "Plan and requested actions", Mark: Mandatory, ByHand: true, build: (*assembly).latePlan, Ask: ActionHelp},
	{Code: headingResults, Draft: LateResults, Name: "Investigation results", Mark: Mandatory, ByHand: true, build: (*assembly).written,
		Ask: "Which results came in: name, value, and the day of the sample. One a line."},
	{Code: HeadingSummary, Draft: LateMeaning, Name: "What the results mean", Mark: Mandatory, ByHand: true, build: (*assembly).written,
		Ask: "What they mean for the person, and whether the person knows."},
	{Code: HeadingContact, Name: "Contact for further information", Mark: Mandatory, ByHand: true, build: (*assembly).written,
		Ask: "A telephone that answers, with its hours; not only the switchboard."},
	{Code: HeadingAuthor, Name: "Person completing record", Mark: Mandatory, build: (*assembly).author},
	{Code: HeadingDistribution, Name: "Distribution list", Mark: Mandatory, build: (*assembly).distribution},
}

// LateHeadings lists the headings of a letter on late results.
func LateHeadings() []Heading { return lateHeadings }

// latePlan is the actions of such a letter, the practice's first.
func (a *assembly) latePlan() Section {
	s := a.written()
	s.Lines = nil
	var rows [][]string
	for _, forGP := range []bool{true, false} {
		for _, one := range ParseActions(a.health.Draft[LatePlan].Text) {
			if one.ForPractice() == forGP {
				rows = append(rows, []string{one.Who, one.What, one.When})
			}
		}
	}
	if len(rows) > 0 {
		s.Table = &Table{Columns: actionColumns, Rows: rows}
	}
	return s
}

// lateHash names the words of the letter on late results.
func (h *HealthPart) lateHash() Hash {
	var words []string
	for _, code := range []HeadingCode{LatePlan, LateResults, LateMeaning, HeadingContact} {
		words = append(words, h.Draft[code].Text)
	}
	return hashJSON(words)
}

// AssembleResults builds the letter on late results as it would be signed now.
func AssembleResults(r *Record, facts LetterFacts) Letter {
	a := &assembly{record: r, health: r.health(), facts: facts}
	letter := Letter{
		Format: LetterFormat, Number: a.health.nextResults(), LetterMore: LetterMore{Kind: LetterResults},
		Person: letterPerson(r), Prison: facts.Prison, Author: a.signer(), Text: a.health.lateHash(),
	}
	letter.Sections, letter.Data = a.sections(lateHeadings), a.resultsData()
	return letter
}

// ResultsSigned freezes a letter on late results.
type ResultsSigned struct {
	Number    int    `json:"number"`
	Frozen    []byte `json:"frozen"` // canonical JSON of the Letter
	Hash      Hash   `json:"hash"`
	Signature []byte `json:"signature"` // Ed25519 over LetterMessage(Hash)
}

// SignResults freezes such a letter and signs it with the session's key.
func SignResults(l Letter, sign func(message []byte) []byte) (*ResultsSigned, error) {
	signed, err := SignLetter(l, sign)
	if err != nil {
		return nil, err
	}
	return &ResultsSigned{Number: signed.Number, Frozen: signed.Frozen, Hash: signed.Hash, Signature: signed.Signature}, nil
}

// Kind implements Change.
func (*ResultsSigned) Kind() string { return "letter.results" }

// Slot is empty: such letters only add up.
func (*ResultsSigned) Slot() string { return "" }

// Compartment implements Change.
func (*ResultsSigned) Compartment() Compartment { return Health }

// Check implements Change.
func (c *ResultsSigned) Check(r *Record, _ time.Time) error {
	letter, err := c.thawed()
	if err != nil {
		return err
	}
	h := r.health()
	_, signed := h.LastLetter()
	missing := letter.MissingToSign()
	switch {
	case !signed:
		return Invalid("No discharge letter is signed yet.", "Put the results into that one.")
	case c.Number != h.nextResults():
		return &Error{Kind: KindConflict, Msg: "Another letter on results was signed meanwhile.", Hint: "Read it, then assemble this one again."}
	case len(missing) > 0:
		return Invalid("The letter lacks: "+strings.Join(missing, ", ")+".", "Write them, then sign.")
	case letter.Text != h.lateHash():
		return errTextChanged
	}
	return nil
}

// nextResults is the number of the next letter on late results: see nextLetter.
func (h *HealthPart) nextResults() int { return len(h.everything().ResultsLetters) + 1 }

// thawed holds the letter to its word, without asking the record.
func (c *ResultsSigned) thawed() (Letter, error) {
	letter, err := thawSigned(c.Frozen, c.Hash, c.Signature)
	if err == nil && (letter.Number != c.Number || letter.Supersedes != 0 || letter.Kind != LetterResults) {
		err = errDamaged
	}
	return letter, err
}

// Apply implements Change. Its words are in the letter now, and the next one
// begins empty.
func (c *ResultsSigned) Apply(r *Record, op *Op) {
	entry := SignedLetter{Number: c.Number, Frozen: c.Frozen, Hash: sha256.Sum256(c.Frozen), Signature: c.Signature, Results: true, By: signedBy(op)}
	if letter, err := ThawLetter(c.Frozen); err == nil {
		entry.Text = letter.Text
	}
	if _, there := r.Health.FindLetter(entry.Hash); there {
		return
	}
	r.Health.ResultsLetters = append(r.Health.ResultsLetters, entry)
	for _, code := range []HeadingCode{LatePlan, LateResults, LateMeaning} {
		delete(r.Health.Draft, code)
	}
}

// String implements Change.
func (c *ResultsSigned) String() string { return fmt.Sprintf("Results letter %d signed", c.Number) }
