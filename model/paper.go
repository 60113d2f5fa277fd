package model

// Paper is a document that is made of the record whenever somebody asks for it.
// The discharge letter is none: it is signed.
type Paper string

// The papers.
const (
	PaperChecklist   Paper = "checklist"
	PaperMedicines   Paper = "medicines"
	PaperHandover    Paper = "handover"
	PaperWorklist    Paper = "worklist"
	PaperCourtPack   Paper = "court-pack"
	PaperGMS1        Paper = "gms1"
	PaperEntitlement Paper = "entitlement"
)

// PaperFacts is a paper as a table row.
type PaperFacts struct {
	Paper  Paper
	Name   string
	Says   string // a sentence for whoever chooses
	List   bool   // about many people, not one
	Health bool   // made of what healthcare holds
}

var papers = []PaperFacts{
	{Paper: PaperChecklist, Name: "Release checklist", Says: "Every line with its state, whose it is and by when."},
	{Paper: PaperHandover, Name: "Hand-over sheet", Says: "For the gate: who it is, what goes out with them, who signs."},
	{Paper: PaperMedicines, Name: "Medicines sheet", Says: "What the person takes, what was decided for release, allergies.", Health: true},
	{Paper: PaperCourtPack, Name: "Court pack", Says: "One sheet for somebody whom a court could release."},
	{Paper: PaperGMS1, Name: "Registration form", Says: "GMS1, for the person to sign and a GP practice to use.", Health: true},
	{Paper: PaperEntitlement, Name: "Right to a GP", Says: "For the person: what no practice may ask for, and what to say.", Health: true},
	{Paper: PaperWorklist, Name: "Worklist", Says: "What waits for your role, by the day it is due.", List: true},
}

// Papers lists every paper in the order in which a person is asked to choose.
func Papers() []PaperFacts { return papers }

// FactsOfPaper returns the row of a paper.
func FactsOfPaper(p Paper) (PaperFacts, bool) {
	for _, f := range papers {
		if f.Paper == p {
			return f, true
		}
	}
	return PaperFacts{}, false
}

// WhyNotPaper says why a role may not have a paper; nil when it may.
func WhyNotPaper(role Role, p Paper) error {
	facts, known := FactsOfPaper(p)
	switch {
	case !known:
		return Invalid("There is no such paper.", "")
	case facts.Health && !role.MayRead(Health):
		return Forbidden("This paper is held by healthcare.", "Ask a colleague there.")
	}
	return nil
}
