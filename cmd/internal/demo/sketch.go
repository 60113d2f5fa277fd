package demo

import "github.com/throughgate/throughgate/model"

// A sketch is a person in the words of whoever invents them. Custody and care
// make the changes of it that the desks wrote.
type sketch struct {
	family, given string
	sex           model.Sex
	age           int

	leaves      int // days from today; noDate when there is none
	time        string
	basis       model.Basis
	reason      string // NOMIS movement reason
	destination string
	legal       string
	out         model.MovementType // out of the prison since this morning
	alerts      []string
	restricted  bool

	nhs       model.TraceStatus // "" when nobody has looked for a number
	consent   model.ConsentDecision
	gp        model.RegistrationState
	practice  int
	allergies model.AllergyState
	allergy   model.Allergy
	medicines []drug
	supply    supplyStage
	letter    letterStage
	problems  []string
	needs     string // an instruction that everybody sees
	clash     string // what the two desks disagree on: clashRelease or clashSupply
	letGo     bool   // at court today, without notice
	atGate    bool   // identity was checked
	handed    bool   // a week of everything is handed over in a bag
	recalled  bool   // left some days ago, and is here again
}

const noDate = -1 << 30

type supplyStage int

// How far the medicines are.
const (
	medicinesUnknown supplyStage = iota
	medicinesListed
	suppliesDecided
	suppliesPacked
)

type letterStage int

// How far the letter is.
const (
	letterNone letterStage = iota
	letterDraft
	letterSigned
	letterRedo // signed, and then a medicine changed
	letterSent // signed, with the practice, and a copy with the person
)

const (
	clashRelease = "release"
	clashSupply  = "supply"
)
