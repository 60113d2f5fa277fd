package model

import "slices"

// RegistrationState is how far the registration with a practice outside is.
type RegistrationState string

// The states. Their names are on the wire.
const (
	RegNotStarted RegistrationState = ""
	RegChoosing   RegistrationState = "choosing"
	RegFormReady  RegistrationState = "form-ready"
	RegSent       RegistrationState = "sent"
	RegAccepted   RegistrationState = "accepted" // the practice said yes
	RegActive     RegistrationState = "active"   // the national record shows the practice
	RegRejected   RegistrationState = "rejected" // the practice said no, for another reason than the two below
	RegNoReply    RegistrationState = "no-reply" // NoReplyDays have gone by
	RegOutOfArea  RegistrationState = "out-of-area"
	RegListClosed RegistrationState = "list-closed"
	RegMovedAgain RegistrationState = "moved-again" // no longer where the person will live
	RegKept       RegistrationState = "kept"        // still registered outside, and staying so
	RegNone       RegistrationState = "none"        // none will be sought, for a reason
	RegClosed     RegistrationState = "practice-closed"
)

// NoReplyDays is how long a practice is given before it counts as silent. It is
// this program's own choice.
const NoReplyDays = 7

// registrationFacts is a state as a table row: its words, where it can go, and
// what the shared checklist shows. Note never names the practice.
type registrationFacts struct {
	state  RegistrationState
	words  string
	next   []RegistrationState
	item   ItemState
	detail string
	note   string
}

var registrationTable = []registrationFacts{
	{RegNotStarted, "Not started", []RegistrationState{RegChoosing, RegKept, RegNone}, NotStarted, "", ""},
	{RegChoosing, "Choosing a practice", []RegistrationState{RegChoosing, RegFormReady, RegKept, RegNone}, InProgress, "", ""},
	{RegFormReady, "Form ready", []RegistrationState{RegSent, RegChoosing, RegMovedAgain, RegKept, RegNone, RegClosed}, InProgress, "", ""},
	{RegSent, "Sent to the practice", []RegistrationState{RegAccepted, RegRejected, RegOutOfArea, RegListClosed, RegNoReply, RegChoosing, RegMovedAgain, RegClosed}, InProgress, "sent", ""},
	{RegAccepted, "Accepted by the practice", []RegistrationState{RegActive, RegRejected, RegMovedAgain, RegClosed}, Done, "yes", ""},
	{RegActive, "Registered", []RegistrationState{RegMovedAgain, RegClosed}, Done, "yes", ""},
	{RegRejected, "Refused by the practice", []RegistrationState{RegChoosing, RegSent, RegNone}, Problem, "NO", "the practice said no"},
	{RegNoReply, "No reply", []RegistrationState{RegSent, RegAccepted, RegRejected, RegOutOfArea, RegListClosed, RegChoosing, RegMovedAgain, RegNone, RegClosed}, Problem, "NO", "the practice has not answered"},
	{RegOutOfArea, "Out of the practice's area", []RegistrationState{RegChoosing, RegNone}, Problem, "NO", "out of the practice's area"},
	{RegListClosed, "The practice's list is closed", []RegistrationState{RegChoosing, RegNone}, Problem, "NO", "the practice's list is closed"},
	{RegMovedAgain, "Will live elsewhere", []RegistrationState{RegChoosing, RegMovedAgain, RegKept, RegNone}, Problem, "NO", "another practice is needed"},
	{RegKept, "Keeps the practice outside", []RegistrationState{RegChoosing, RegActive, RegMovedAgain, RegClosed}, Done, "kept", ""},
	{RegNone, "No practice will be sought", []RegistrationState{RegChoosing, RegKept}, NotNeeded, "none", ""},
	{RegClosed, "The practice has closed", []RegistrationState{RegChoosing, RegKept, RegNone}, Problem, "NO", "the practice has closed"},
}

func factsOfRegistration(s RegistrationState) registrationFacts {
	for _, f := range registrationTable {
		if f.state == s {
			return f
		}
	}
	return registrationFacts{state: s, words: "Unknown state", item: InProgress}
}

// RegistrationStates lists every state in the order of the work.
func RegistrationStates() []RegistrationState {
	all := make([]RegistrationState, len(registrationTable))
	for i, f := range registrationTable {
		all[i] = f.state
	}
	return all
}

// Words returns the state as screens and letters show it.
func (s RegistrationState) Words() string { return factsOfRegistration(s).words }

// Next lists the states that may follow.
func (s RegistrationState) Next() []RegistrationState { return factsOfRegistration(s).next }

// MayBecome tells whether one state may follow another.
func (s RegistrationState) MayBecome(to RegistrationState) bool {
	return slices.Contains(s.Next(), to)
}

// needsConsent tells whether the step does something in the person's name.
func (s RegistrationState) needsConsent() bool {
	switch s {
	case RegFormReady, RegSent, RegAccepted, RegActive:
		return true
	}
	return false
}

// RegistrationMethod is how a step was taken.
type RegistrationMethod string

// The methods. "pds" is a look at the national register, not a message to it:
// registering is not done there.
const (
	MethodLetter RegistrationMethod = "letter"
	MethodEmail  RegistrationMethod = "email"
	MethodPhone  RegistrationMethod = "phone"
	MethodOnline RegistrationMethod = "online"
	MethodPDS    RegistrationMethod = "pds"
)

// RegistrationMethods lists them in the order a form shows them.
func RegistrationMethods() []RegistrationMethod {
	return []RegistrationMethod{MethodPhone, MethodEmail, MethodLetter, MethodOnline, MethodPDS}
}

// Words returns the method as it is shown.
func (m RegistrationMethod) Words() string {
	switch m {
	case MethodLetter:
		return "Letter (GMS1)"
	case MethodEmail:
		return "Secure e-mail"
	case MethodPhone:
		return "Telephone"
	case MethodOnline:
		return "NHS App or online"
	case MethodPDS:
		return "Seen in PDS"
	}
	return "Not recorded"
}
