package model

// ConsentType says what was asked. The names are on the wire.
type ConsentType string

// The questions, each with an answer of its own.
const (
	ConsentPrisonGMS    ConsentType = "GMS_REGISTRATION_PRISON"
	ConsentRegisterGP   ConsentType = "REGISTER_COMMUNITY_GP"
	ConsentShareGP      ConsentType = "SHARE_SUMMARY_GP"
	ConsentSCR          ConsentType = "SHARE_SCR"
	ConsentReconnect    ConsentType = "SHARE_RECONNECT"
	ConsentProbation    ConsentType = "SHARE_PROBATION"
	ConsentDrugService  ConsentType = "SHARE_DRUG_SERVICE"
	ConsentHousing      ConsentType = "SHARE_HOUSING"
	ConsentFamilyACCT   ConsentType = "SHARE_FAMILY_ACCT"
	ConsentRiskCustody  ConsentType = "SHARE_RISK_DISCIPLINE"
	ConsentContactAfter ConsentType = "CONTACT_AFTER_RELEASE"
	ConsentPharmacy     ConsentType = "PHARMACY_CHOICE"
)

// ConsentFacts is a question as a table row. Scope is what the answer may leave
// open, as a form asks for it; "" when there is nothing to add.
type ConsentFacts struct {
	Type     ConsentType
	Name     string
	Question string
	Scope    string
}

var consents = []ConsentFacts{
	{ConsentRegisterGP, "Register with a GP outside", "May we register you with a GP practice for after your release?", ""},
	{ConsentShareGP, "Send the letter to the GP", "May we send a summary of your care and medicines to that practice?", ""},
	{ConsentPrisonGMS, "Register with prison healthcare", "May we register you with the GP service of this prison?", ""},
	// The three choices of the NHS consent preference form for the Summary Care Record.
	{ConsentSCR, "Summary Care Record", "May your Summary Care Record be shared?", ""},
	{ConsentReconnect, "Share with RECONNECT", "May we share with RECONNECT, who help after release?", ""},
	{ConsentProbation, "Share with probation", "May we share health needs with your probation practitioner?", "What may be shared"},
	{ConsentDrugService, "Share with the drug service", "May we share with the community drug and alcohol service?", "Which service"},
	{ConsentHousing, "Share with housing", "May we share health needs with those who find you a place to live?", "What may be shared"},
	{ConsentFamilyACCT, "Family in the ACCT", "May we involve your family in your ACCT?", "Whom"},
	{ConsentRiskCustody, "Share risk with custody staff", "May we tell custody staff more than safety demands?", "What may be shared"},
	{ConsentContactAfter, "Contact after release", "May we call, text or write to you after release?", "How, and when it is safe"},
	{ConsentPharmacy, "Choice of pharmacy", "Which pharmacy would you like, if any?", "Name and place of the pharmacy"},
}

// NeedsScope tells whether a yes says nothing without what it is for: which
// pharmacy, whom of the family.
func (t ConsentType) NeedsScope() bool { return t == ConsentPharmacy || t == ConsentFamilyACCT }

// ConsentQuestions lists every question in the order a screen shows them.
func ConsentQuestions() []ConsentFacts { return consents }

// ConsentFactsOf returns the row of a question.
func ConsentFactsOf(t ConsentType) (ConsentFacts, bool) {
	for _, f := range consents {
		if f.Type == t {
			return f, true
		}
	}
	return ConsentFacts{}, false
}

// ConsentDecision is the answer.
type ConsentDecision string

// The answers. Silence is none of them: "not asked" has to be said as well.
const (
	ConsentNotRecorded   ConsentDecision = ""
	ConsentGiven         ConsentDecision = "given"
	ConsentRefused       ConsentDecision = "refused"
	ConsentWithdrawn     ConsentDecision = "withdrawn"
	ConsentNotAsked      ConsentDecision = "not-asked"
	ConsentLacksCapacity ConsentDecision = "lacks-capacity" // decided in the person's best interest
)

// ConsentDecisions lists the answers in the order a form shows them.
func ConsentDecisions() []ConsentDecision {
	return []ConsentDecision{ConsentGiven, ConsentRefused, ConsentWithdrawn, ConsentNotAsked, ConsentLacksCapacity}
}

// Words returns the answer as screens and letters show it.
func (d ConsentDecision) Words() string {
	switch d {
	case ConsentGiven:
		return "Given"
	case ConsentRefused:
		return "Refused"
	case ConsentWithdrawn:
		return "Withdrawn"
	case ConsentNotAsked:
		return "Not asked"
	case ConsentLacksCapacity:
		return "Lacks capacity, decided in best interest"
	}
	return "Not recorded"
}

func (d ConsentDecision) valid() bool {
	return d == ConsentNotRecorded || d.Words() != "Not recorded"
}

// Answered tells whether the question was put and settled.
func (d ConsentDecision) Answered() bool {
	return d != ConsentNotRecorded && d != ConsentNotAsked
}

// ConsentHow is how an answer was recorded.
type ConsentHow string

// The two ways; "" where nothing was asked.
const (
	ConsentSigned ConsentHow = "signed"
	ConsentVerbal ConsentHow = "verbal"
)

// Words returns the way as it is shown.
func (h ConsentHow) Words() string {
	switch h {
	case ConsentSigned:
		return "Signed"
	case ConsentVerbal:
		return "Verbal"
	}
	return "Not recorded"
}

func (h ConsentHow) valid() bool { return h == "" || h == ConsentSigned || h == ConsentVerbal }

// RecordChoice is how much of the Summary Care Record is shared, as the NHS
// consent preference form has it. Its third choice, none, is a refusal.
type RecordChoice string

// The choices.
const (
	RecordFull RecordChoice = "additional"
	RecordCore RecordChoice = "core"
)

// Words returns the choice as it is shown.
func (c RecordChoice) Words() string {
	switch c {
	case RecordFull:
		return "With additional information"
	case RecordCore:
		return "Core information only"
	}
	return "Not recorded"
}

func (c RecordChoice) valid() bool { return c == "" || c.Words() != "Not recorded" }

// ConsentLater is why a person was not asked, or could not decide.
type ConsentLater string

// The grounds. The first three are of the person's capacity on the day.
const (
	LaterIntoxicated ConsentLater = "intoxicated"
	LaterWithdrawing ConsentLater = "withdrawing"
	LaterDistressed  ConsentLater = "distressed"
	LaterInterpreter ConsentLater = "interpreter"
	LaterTime        ConsentLater = "time"
	LaterThinking    ConsentLater = "thinking"
)

// ConsentLaters lists them in the order a form shows them.
func ConsentLaters() []ConsentLater {
	return []ConsentLater{LaterIntoxicated, LaterWithdrawing, LaterDistressed, LaterInterpreter, LaterThinking, LaterTime}
}

// Words returns the ground as it is shown.
func (l ConsentLater) Words() string {
	switch l {
	case LaterIntoxicated:
		return "Intoxicated"
	case LaterWithdrawing:
		return "In withdrawal"
	case LaterDistressed:
		return "In acute distress"
	case LaterInterpreter:
		return "No interpreter"
	case LaterThinking:
		return "The person wants time to think"
	case LaterTime:
		return "There was no time, or they were not there"
	}
	return "Not recorded"
}

func (l ConsentLater) valid() bool { return l == "" || l.Words() != "Not recorded" }
