package model

// HeadingCode is a heading of the letter in the code system
// UKCore-RecordStandardHeadings.
type HeadingCode string

// The headings that code refers to by name.
const (
	HeadingDemographics HeadingCode = "patient-demographics"
	HeadingPractice     HeadingCode = "gp-practice"
	HeadingReferrer     HeadingCode = "referrer-details"
	HeadingAdmission    HeadingCode = "admission-details"
	HeadingDischarge    HeadingCode = "discharge-details"
	HeadingSummary      HeadingCode = "clinical-summary"
	HeadingPlan         HeadingCode = "plan-and-requested-actions"
	HeadingAllergies    HeadingCode = "allergies-and-adverse-reaction"
	HeadingMedicines    HeadingCode = "medications-and-medical-devices"
	HeadingStopped      HeadingCode = "discontinued-medications"
	HeadingProblems     HeadingCode = "problems-and-issues"
	HeadingConsent      HeadingCode = "consent-for-information-sharing"
	HeadingAdvice       HeadingCode = "information-and-advice-given"
	HeadingContact      HeadingCode = "contact-for-further-information"
	HeadingAuthor       HeadingCode = "person-completing-record"
	HeadingSenior       HeadingCode = "senior-reviewing-clinician"
	HeadingDistribution HeadingCode = "distribution-list"

	HeadingAppointments HeadingCode = "future-appointments"

	headingResults     HeadingCode = "investigation-results"
	headingOutstanding HeadingCode = "outstanding-issues"
)

// Mark says when a heading stands in the letter.
type Mark string

// The marks: always, where the record has something to say, and where somebody
// chose to write it.
const (
	Mandatory Mark = "M"
	IfKnown   Mark = "R"
	Optional  Mark = "O"
)

// Heading is a heading of the letter as a table row.
type Heading struct {
	Code HeadingCode
	Name string
	Mark Mark
	// Ask is what a clinician is asked to write; "" when the record alone says
	// it.
	Ask string
	// ByHand tells that only a person can give it, and that nothing is signed
	// without it.
	ByHand bool
	// Fed tells that the record gives it, and that a clinician's words stand
	// beside that; with Instead they may stand in its place.
	Fed, Instead bool
	// Draft is where its words are kept, where that is not under Code.
	Draft HeadingCode
	build func(*assembly) Section
}

// Words returns the code under which a clinician's words are kept.
func (h Heading) Words() HeadingCode {
	if h.Draft != "" {
		return h.Draft
	}
	return h.Code
}

// Headings lists every heading in the order of the letter: who and where, then
// what the practice must do, then the rest. It follows the PRSB discharge
// standard's headings; offence, category and security alerts have none, and so
// no way in.
func Headings() []Heading { return headings }

// HeadingOf returns the row of a heading.
func HeadingOf(code HeadingCode) (Heading, bool) {
	for _, h := range headings {
		if h.Code == code {
			return h, true
		}
	}
	return Heading{}, false
}

// DraftHeadingOf returns the row for which words are kept under a code, of either
// kind of letter.
func DraftHeadingOf(code HeadingCode) (Heading, bool) {
	for _, all := range [][]Heading{headings, lateHeadings} {
		for _, h := range all {
			if h.Words() == code {
				return h, true
			}
		}
	}
	return Heading{}, false
}

// headings are those of a letter of its kind.
func (l Letter) headings() []Heading {
	if l.Kind == LetterResults {
		return lateHeadings
	}
	return headings
}

var headings = []Heading{
	{Code: HeadingDemographics, Name: "Patient demographics", Mark: Mandatory, build: (*assembly).demographics},
	{Code: HeadingPractice, Name: "GP practice", Mark: Mandatory, Fed: true, build: (*assembly).practice, Ask: "What the practice should know of the registration."},
	{Code: HeadingReferrer, Name: "Referrer details", Mark: Mandatory, build: (*assembly).referrer},
	{Code: HeadingAdmission, Name: "Admission details", Mark: IfKnown, Fed: true, Instead: true, build: (*assembly).admission, Ask: "What the practice should know of the stay, nothing of the offence."},
	{Code: HeadingDischarge, Name: "Discharge details", Mark: Mandatory, Fed: true, build: (*assembly).discharge, Ask: "How the person left, and how they were."},
	{Code: HeadingPlan, Name: "Plan and requested actions", Mark: Mandatory, ByHand: true, build: (*assembly).plan,
		Ask: ActionHelp},
	{Code: HeadingSummary, Name: "Clinical summary", Mark: Mandatory, ByHand: true, build: (*assembly).written,
		Ask: "Three to ten lines: what happened in prison and what matters now."},
	{Code: HeadingAllergies, Name: "Allergies and adverse reaction", Mark: Mandatory, Fed: true, build: (*assembly).allergies, Ask: "What the practice should know beside the list."},
	{Code: HeadingMedicines, Name: "Medications and medical devices", Mark: Mandatory, Fed: true, build: (*assembly).medicines, Ask: "What the practice should know beside the list: monitoring, what was tried."},
	{Code: HeadingStopped, Name: "Discontinued medications", Mark: IfKnown, Fed: true, build: (*assembly).stopped, Ask: "What else was stopped, and should not be started again."},
	{Code: "diagnoses", Name: "Diagnoses", Mark: IfKnown, build: (*assembly).written, Ask: "One a line."},
	{Code: HeadingProblems, Name: "Problems and issues", Mark: IfKnown, build: (*assembly).problems, Ask: "What the list of problems does not say."},
	{Code: "relevant-past-medical-surgical-and-mental-health-history", Name: "Relevant past medical, surgical and mental health history", Mark: IfKnown, build: (*assembly).written, Ask: "What the practice should know of the past."},
	{Code: "procedures", Name: "Procedures", Mark: IfKnown, build: (*assembly).written, Ask: "What was done, and when."},
	{Code: headingResults, Name: "Investigation results", Mark: IfKnown, build: (*assembly).results, Ask: "Results the practice needs, beside those of the record."},
	{Code: headingOutstanding, Name: "Outstanding issues", Mark: IfKnown, build: (*assembly).outstandingIssues, Ask: "Other results and referrals still to come, one a line: who follows it up: what | by when. They stand among the actions too."},
	{Code: "drug/substance-use", Name: "Drug/substance use", Mark: IfKnown, build: (*assembly).substances, Ask: "Use, treatment, last dose, naloxone."},
	{Code: "risks-to-self", Name: "Risks to self", Mark: IfKnown, build: (*assembly).risk, Ask: "Concern, triggers and what helps."},
	{Code: "risks-to-others", Name: "Risks to others", Mark: IfKnown, build: (*assembly).risk, Ask: "What bears on the safety of staff, nothing of the offence."},
	{Code: "risk-mitigation", Name: "Risk mitigation", Mark: IfKnown, build: (*assembly).risk, Ask: "What is in place, and whom to call."},
	{Code: "safety-alerts", Name: "Safety alerts", Mark: IfKnown, build: (*assembly).written, Ask: "Clinical alerts only."},
	{Code: "safeguarding-issues", Name: "Safeguarding issues", Mark: IfKnown, build: (*assembly).risk, Ask: "Concerns and who is told."},
	{Code: "legal-information", Name: "Legal information", Mark: IfKnown, build: (*assembly).written, Ask: "Mental Health Act, power of attorney, advance decisions. Nothing of the offence."},
	{Code: HeadingConsent, Name: "Consent for information sharing", Mark: Mandatory, Fed: true, build: (*assembly).consent, Ask: "What the person said about sharing, beside the answers."},
	{Code: "mental-capacity-assessment", Name: "Mental capacity assessment", Mark: IfKnown, build: (*assembly).written, Ask: "Assessment, date and outcome."},
	{Code: "vaccinations", Name: "Vaccinations", Mark: IfKnown, build: (*assembly).vaccinations, Ask: "What else was given, and when; what is due."},
	{Code: "assessment-scales", Name: "Assessment scales", Mark: IfKnown, build: (*assembly).written, Ask: "Scores with their dates."},
	{Code: "pregnancy-status", Name: "Pregnancy status", Mark: IfKnown, build: (*assembly).written, Ask: "Status and due date."},
	{Code: "social-context", Name: "Social context", Mark: IfKnown, build: (*assembly).written, Ask: "Housing, family, work."},
	{Code: "services-and-care", Name: "Services and care", Mark: IfKnown, build: (*assembly).written, Ask: "Who else looks after the person outside."},
	{Code: "individual-requirements", Name: "Individual requirements", Mark: IfKnown, build: (*assembly).needs, Ask: "Language, interpreter, easy read, communication."},
	{Code: "reasonable-adjustments-for-health-and-care-access", Name: "Reasonable adjustments for health and care access", Mark: IfKnown, build: (*assembly).written, Ask: "What makes care possible."},
	{Code: HeadingAppointments, Name: "Future appointments", Mark: IfKnown, build: (*assembly).appointments, Ask: "What the list of appointments does not say, one a line."},
	{Code: HeadingAdvice, Name: "Information and advice given", Mark: Mandatory, build: (*assembly).written, Ask: "What the person was told and given."},
	{Code: "patient-and-carer-concerns-expectations-and-wishes", Name: "Patient and carer concerns, expectations and wishes", Mark: Optional, build: (*assembly).written, Ask: "In their words."},
	{Code: HeadingContact, Name: "Contact for further information", Mark: Mandatory, ByHand: true, build: (*assembly).written,
		Ask: "A telephone that answers, with its hours; not only the switchboard."},
	{Code: HeadingAuthor, Name: "Person completing record", Mark: Mandatory, build: (*assembly).author},
	{Code: HeadingSenior, Name: "Senior reviewing clinician", Mark: Mandatory, build: (*assembly).senior, Ask: "Name and role; not needed when a prescriber signs."},
	{Code: HeadingDistribution, Name: "Distribution list", Mark: Mandatory, Fed: true, build: (*assembly).distribution, Ask: "Who else gets a copy, with the person's agreement. One a line."},
}
