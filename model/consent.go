package model

import (
	"fmt"
	"strings"
	"time"
)

// Consent is the person's answer to one question. Each has a record of its own:
// a bundle of consents is no consent.
type Consent struct {
	ConsentAnswer
	By Signed `json:"by"` // who asked, and when
	// Earlier tells that it was given before the person came back to prison. A yes
	// from then is no longer good, a no is kept to, and both are to be asked again.
	Earlier bool `json:"-"`
}

// ConsentAnswer is what was asked and said.
type ConsentAnswer struct {
	Type         ConsentType     `json:"type"`
	Decision     ConsentDecision `json:"decision"`
	Scope        string          `json:"scope,omitempty"`        // what exactly, where the type leaves it open
	BestInterest string          `json:"bestInterest,omitempty"` // why and by whom it was decided for a person who lacks capacity
	DoIt         bool            `json:"doIt,omitempty"`         // what was decided in that person's best interest
	Witness      string          `json:"witness,omitempty"`
	Language     string          `json:"language,omitempty"` // in which it was asked; "" is English
	Interpreter  string          `json:"interpreter,omitempty"`
	AskedBy      string          `json:"askedBy,omitempty"` // who asked, where it was not the author of the entry
	TextVersion  string          `json:"text,omitempty"`    // of the wording that was read or shown
	How          ConsentHow      `json:"how,omitempty"`
	Expires      Day             `json:"expires"` // last day on which it holds; zero: until withdrawn
	Reason       string          `json:"reason,omitempty"`
	Record       RecordChoice    `json:"record,omitempty"`  // of the Summary Care Record: how much of it
	Later        ConsentLater    `json:"later,omitempty"`   // why the person was not asked, or could not decide
	AskAgain     Day             `json:"askAgain,omitzero"` // when they are asked again
}

// Agreed tells whether it may be done: the person said yes, or it was decided
// in the best interest of a person who lacks capacity.
func (a ConsentAnswer) Agreed() bool {
	return a.Decision == ConsentGiven || a.Decision == ConsentLacksCapacity && a.DoIt
}

// Declined tells whether the person said no, at once or later, or it was decided
// against in their best interest.
func (a ConsentAnswer) Declined() bool { return a.Decision.Answered() && !a.Agreed() }

// Holds tells whether the person's yes is good on a day.
func (c Consent) Holds(today Day) bool {
	return c.Agreed() && !c.Earlier && (c.Expires.IsZero() || today <= c.Expires)
}

// RanOut tells whether the person's yes was good and is not any more.
func (c Consent) RanOut(today Day) bool { return c.Agreed() && !c.Holds(today) }

// ToAsk tells whether the person is to be asked, again or at last: the yes has
// run out, the answer is from an earlier stay, or the day has come for which it
// was put off.
func (c Consent) ToAsk(today Day) bool {
	return c.RanOut(today) || c.Earlier && c.Decision.Answered() || c.Decision == ConsentNotAsked && !c.AskAgain.IsZero() && c.AskAgain <= today
}

// Words returns "Given on 23-Nov-2026, signed".
func (c Consent) Words() string {
	if c.Decision == ConsentNotRecorded {
		return c.Decision.Words()
	}
	out := c.Decision.Words() + " on " + DayOf(c.By.At.Time()).String()
	if c.How != "" {
		out += ", " + strings.ToLower(c.How.Words())
	}
	if c.Record != "" {
		out += ", " + strings.ToLower(c.Record.Words())
	}
	if !c.Expires.IsZero() {
		out += ", until " + c.Expires.String()
	}
	if !c.AskAgain.IsZero() {
		out += ", ask on " + c.AskAgain.String()
	}
	if c.Earlier {
		out += ", before the return to prison: ask again"
	}
	return out
}

// ConsentSet records one answer to one question.
type ConsentSet struct {
	ConsentAnswer
}

// Kind implements Change.
func (*ConsentSet) Kind() string { return "consent.set" }

// Slot implements Change.
func (c *ConsentSet) Slot() string { return "consent/" + string(c.Type) }

// Compartment implements Change.
func (*ConsentSet) Compartment() Compartment { return Health }

// Check implements Change. The person who asks is the author of the entry.
func (c *ConsentSet) Check(r *Record, now time.Time) error {
	if _, known := ConsentFactsOf(c.Type); !known {
		return Invalid("There is no such consent.", "")
	}
	if c.Decision == ConsentNotRecorded || !c.Decision.valid() {
		return Invalid("Choose the person's answer.", "Given, refused, withdrawn, not asked, or lacks capacity.").At("decision")
	}
	if err := c.checkAnswer(); err != nil {
		return err
	}
	if !c.Expires.IsZero() && c.Expires < DayOf(now) {
		return Invalid("The last day of a consent must not be in the past.", "").At("expires")
	}
	if err := c.checkLater(DayOf(now)); err != nil {
		return err
	}
	if c.Decision == ConsentWithdrawn && r.Health != nil && !r.Health.Consents[c.Type].Agreed() {
		return Invalid("There is no consent to withdraw.", "Choose refused when the person says no for the first time.").At("decision")
	}
	return c.checkLengths()
}

// checkAnswer asks for what each answer needs to stand up later.
func (c *ConsentSet) checkAnswer() error {
	switch c.Decision {
	case ConsentLacksCapacity:
		if strings.TrimSpace(c.BestInterest) == "" {
			return Invalid("Enter the best-interest decision.", "Say what was decided for the person, by whom and why (Mental Capacity Act 2005, section 4).").At("bestInterest")
		}
	case ConsentGiven:
		if !c.How.valid() || c.How == "" {
			return Invalid("Say how consent was given.", "Signed or verbal.").At("how")
		}
		if facts, _ := ConsentFactsOf(c.Type); c.Type.NeedsScope() && strings.TrimSpace(c.Scope) == "" {
			return Invalid("Enter what the person agreed to.", facts.Scope+".").At("scope")
		}
	}
	if c.Decision != ConsentLacksCapacity && (c.BestInterest != "" || c.DoIt) {
		return Invalid("A best-interest decision belongs to a person who lacks capacity.", "Clear it, or choose lacks capacity.").At("bestInterest")
	}
	if !c.How.valid() {
		return Invalid("There is no such way to give consent.", "Choose signed or verbal.").At("how")
	}
	return nil
}

// MostDaysPutOff is for how long a question may be put off. Asked again within
// a week is what the second stage of reception has room for; HSSIB found that
// consent at reception is often not informed, and nobody asked again.
const MostDaysPutOff = 7

// checkLater holds the rules of an answer that is put off, and of how much of
// the Summary Care Record is shared.
func (c *ConsentSet) checkLater(today Day) error {
	off := c.Later != "" || !c.AskAgain.IsZero()
	switch {
	case off && c.Decision != ConsentNotAsked:
		return Invalid("Only a question that is not answered is asked again.", "Choose not asked, or clear the day.").At("askAgain")
	case !c.Later.valid():
		return Invalid("There is no such ground to put a question off.", "").At("later")
	case c.Later != "" && c.AskAgain.IsZero():
		return Invalid("Enter when the person is asked again.", fmt.Sprintf("Within %d days.", MostDaysPutOff)).At("askAgain")
	case !c.AskAgain.IsZero() && (c.AskAgain < today || c.AskAgain > today+MostDaysPutOff):
		return Invalid(fmt.Sprintf("The person is asked again within %d days.", MostDaysPutOff), "Enter a day from today on.").At("askAgain")
	case !c.Record.valid() || c.Record != "" && (c.Type != ConsentSCR || !c.Agreed()):
		return Invalid("How much is shared is an answer on the Summary Care Record.", "With additional information, or core only.").At("record")
	case c.Type == ConsentSCR && c.Agreed() && c.Record == "":
		return Invalid("Choose how much of the record is shared.", "With additional information, or core only. For none choose refused.").At("record")
	}
	return nil
}

func (c *ConsentSet) checkLengths() error {
	for _, f := range []struct {
		field, what, text string
		most              int
	}{
		{"scope", "What the consent is for", c.Scope, 240}, {"witness", "The witness", c.Witness, 80},
		{"language", "The language", c.Language, 80}, {"interpreter", "The interpreter", c.Interpreter, 80}, {"askedBy", "Who asked", c.AskedBy, 80},
		{"text", "The version of the text", c.TextVersion, 40},
	} {
		if err := at(f.field, checkLine(f.what, f.text, f.most)); err != nil {
			return err
		}
	}
	if err := at("bestInterest", checkText("The best-interest decision", c.BestInterest, 1000)); err != nil {
		return err
	}
	return at("reason", checkText("The reason", c.Reason, 500))
}

// Apply implements Change.
func (c *ConsentSet) Apply(r *Record, op *Op) {
	if r.Health.Consents == nil {
		r.Health.Consents = make(map[ConsentType]Consent)
	}
	r.Health.Consents[c.Type] = Consent{ConsentAnswer: c.ConsentAnswer, By: signedBy(op)}
}

// Follows moves the lines that hang on the answer: consentEffects says which.
func (c *ConsentSet) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	switch c.Type {
	case ConsentShareGP:
		return append(followItems(r, r.Health.consentItem(), r.Health.letterItem()), followDelivered(r)...)
	case ConsentRegisterGP:
		return append(followItems(r, r.Health.consentItem()), followAnswer(r)...)
	case ConsentReconnect:
		return followReconnect(r)
	case ConsentFamilyACCT:
		return followFamily(r)
	}
	return nil
}

// String implements Change.
func (c *ConsentSet) String() string {
	facts, _ := ConsentFactsOf(c.Type)
	return facts.Name + ": " + c.Decision.Words()
}
