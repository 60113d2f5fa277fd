package model

import (
	"fmt"
	"strings"
	"time"
)

// AllergyState says what is known of allergies. There are exactly four answers,
// because a blank was read as "none" once too often.
type AllergyState string

// The four answers. The zero value is "not recorded", never "none".
const (
	AllergiesNotRecorded AllergyState = ""
	AllergiesKnown       AllergyState = "known"
	AllergiesNone        AllergyState = "none-known"
	AllergiesUnavailable AllergyState = "unavailable" // they are recorded somewhere that cannot be reached
)

// AllergyStates lists the answers in the order a form shows them.
func AllergyStates() []AllergyState {
	return []AllergyState{AllergiesKnown, AllergiesNone, AllergiesNotRecorded, AllergiesUnavailable}
}

// Words returns the answer as screens and letters show it.
func (s AllergyState) Words() string {
	switch s {
	case AllergiesKnown:
		return "Known"
	case AllergiesNone:
		return "None known"
	case AllergiesUnavailable:
		return "Unavailable"
	}
	return "Not recorded"
}

// Severity is how bad a reaction was.
type Severity string

// The severities of FHIR R4's AllergyIntolerance reaction.
const (
	SeverityNotKnown Severity = ""
	SeverityMild     Severity = "mild"
	SeverityModerate Severity = "moderate"
	SeveritySevere   Severity = "severe"
)

// Severities lists them in the order a form shows them.
func Severities() []Severity {
	return []Severity{SeverityMild, SeverityModerate, SeveritySevere, SeverityNotKnown}
}

// Words returns the severity as it is shown.
func (s Severity) Words() string {
	switch s {
	case SeverityMild:
		return "Mild"
	case SeverityModerate:
		return "Moderate"
	case SeveritySevere:
		return "Severe"
	}
	return "Severity not known"
}

// Allergy is one substance the person reacts to.
type Allergy struct {
	Substance string   `json:"substance"`
	Reaction  string   `json:"reaction,omitempty"`
	Severity  Severity `json:"severity,omitempty"`
}

// String returns "Penicillin: anaphylaxis (severe)".
func (a Allergy) String() string {
	out := a.Substance
	if a.Reaction != "" {
		out += ": " + a.Reaction
	}
	if a.Severity != SeverityNotKnown {
		out += " (" + strings.ToLower(a.Severity.Words()) + ")"
	}
	return out
}

// Allergies is the answer with its list, which only "known" has.
type Allergies struct {
	State AllergyState `json:"state,omitempty"`
	List  []Allergy    `json:"list,omitempty"`
	By    Signed       `json:"by"`
}

// Words returns the list, or the answer when it has none, on one line.
func (a Allergies) Words() string {
	if a.State != AllergiesKnown {
		return a.State.Words()
	}
	lines := make([]string, len(a.List))
	for i, one := range a.List {
		lines[i] = one.String()
	}
	return strings.Join(lines, "; ")
}

// MaxAllergies is the most one list may hold.
const MaxAllergies = 50

// AllergiesSet gives the whole answer: a list is right or wrong as a whole.
type AllergiesSet struct {
	State AllergyState `json:"state,omitempty"`
	List  []Allergy    `json:"list,omitempty"`
}

// Kind implements Change.
func (*AllergiesSet) Kind() string { return "allergies.set" }

// Slot implements Change.
func (*AllergiesSet) Slot() string { return "allergies" }

// Compartment implements Change.
func (*AllergiesSet) Compartment() Compartment { return Health }

// Check holds the four answers apart: "known" has a list and no other has one.
func (c *AllergiesSet) Check(*Record, time.Time) error {
	if c.State != AllergiesNotRecorded && c.State.Words() == "Not recorded" {
		return Invalid("There is no such answer on allergies.", "Choose known, none known, not recorded or unavailable.").At("state")
	}
	if c.State == AllergiesKnown && len(c.List) == 0 {
		return Invalid("Enter what the person is allergic to.", "Choose none known, not recorded or unavailable when there is nothing to list.").At("substance")
	}
	if c.State != AllergiesKnown && len(c.List) > 0 {
		return Invalid("There are allergies in the list, so the answer must be known.", "Choose known, or clear the list.").At("state")
	}
	if len(c.List) > MaxAllergies {
		return Invalid(fmt.Sprintf("There are %d allergies; %d is the most.", len(c.List), MaxAllergies), "")
	}
	for _, a := range c.List {
		if err := a.check(); err != nil {
			return err
		}
	}
	return nil
}

func (a Allergy) check() error {
	if strings.TrimSpace(a.Substance) == "" {
		return Invalid("Enter the substance of each allergy.", "Such as penicillin, latex or nuts.").At("substance")
	}
	if a.Severity != SeverityNotKnown && a.Severity.Words() == "Severity not known" {
		return Invalid("There is no such severity.", "Choose mild, moderate, severe or not known.").At("severity")
	}
	if err := at("substance", checkLine("The substance", a.Substance, 120)); err != nil {
		return err
	}
	return at("reaction", checkLine("The reaction", a.Reaction, 240))
}

// Apply implements Change.
func (c *AllergiesSet) Apply(r *Record, op *Op) {
	r.Health.Allergies = Allergies{State: c.State, List: c.List, By: signedBy(op)}
}

// Follows reopens a letter that says something else.
func (*AllergiesSet) Follows(r *Record) []Change { return followLetter(r) }

// String implements Change.
func (c *AllergiesSet) String() string {
	return "Allergies: " + Allergies{State: c.State, List: c.List}.Words()
}
