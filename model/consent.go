package model

import (
	"strings"
	"time"
)

// Consent is the person's answer to one question. Each has a record of its own:
// a bundle of consents is no consent.
type Consent struct {
	ConsentAnswer
	By Signed `json:"by"` // who asked, and when
}

// ConsentAnswer is what was asked and said.
type ConsentAnswer struct {
	Type         ConsentType     `json:"type"`
	Decision     ConsentDecision `json:"decision"`
	Scope        string          `json:"scope,omitempty"`        // what exactly, where the type leaves it open
	BestInterest string          `json:"bestInterest,omitempty"` // why and by whom it was decided for a person who lacks capacity
	DoIt         bool            `json:"doIt,omitempty"`         // what was decided in that person's best interest
	Witness      string          `json:"witness,omitempty"`
	Language     string          `json:"language,omitempty"` // in which it was asked, and the interpreter; "" is English
	TextVersion  string          `json:"text,omitempty"`     // of the wording that was read or shown
	How          ConsentHow      `json:"how,omitempty"`
	Expires      Day             `json:"expires"` // last day on which it holds; zero: until withdrawn
	Reason       string          `json:"reason,omitempty"`
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
	return c.Agreed() && (c.Expires.IsZero() || today <= c.Expires)
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
	if !c.Expires.IsZero() {
		out += ", until " + c.Expires.String()
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
	}
	if c.Decision != ConsentLacksCapacity && (c.BestInterest != "" || c.DoIt) {
		return Invalid("A best-interest decision belongs to a person who lacks capacity.", "Clear it, or choose lacks capacity.").At("bestInterest")
	}
	if !c.How.valid() {
		return Invalid("There is no such way to give consent.", "Choose signed or verbal.").At("how")
	}
	return nil
}

func (c *ConsentSet) checkLengths() error {
	for _, f := range []struct {
		field, what, text string
		most              int
	}{
		{"scope", "What the consent is for", c.Scope, 240}, {"witness", "The witness", c.Witness, 80},
		{"language", "The language", c.Language, 80}, {"text", "The version of the text", c.TextVersion, 40},
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

// Follows moves the line of consent, and that of registration, which a refusal
// ends.
func (c *ConsentSet) Follows(r *Record) []Change {
	if r.Health == nil || c.Type != ConsentShareGP && c.Type != ConsentRegisterGP {
		return nil
	}
	out := followItems(r, r.Health.consentItem())
	if c.Type == ConsentRegisterGP {
		out = append(out, followRegistration(r)...)
	}
	if c.Type == ConsentShareGP {
		out = append(out, followItems(r, r.Health.letterItem())...)
		out = append(out, followDelivered(r)...)
	}
	return out
}

// String implements Change.
func (c *ConsentSet) String() string {
	facts, _ := ConsentFactsOf(c.Type)
	return facts.Name + ": " + c.Decision.Words()
}
