package model

import (
	"slices"
	"strings"
	"time"
)

// GateProperty is what was given back of the person's own.
type GateProperty struct {
	None       bool     `json:"none,omitempty"` // they have none here
	Listed     string   `json:"listed,omitempty"`
	Possession GateHeld `json:"possession,omitempty"`
	By         Signed   `json:"by"`
}

// GateHeld is what became of the medicines that the person kept themselves.
type GateHeld string

// The answers.
const (
	HeldReturned GateHeld = "returned" // they take them along
	HeldNone     GateHeld = "none"     // they kept none
	HeldPharmacy GateHeld = "pharmacy" // healthcare took them back
	HeldLeft     GateHeld = "left"     // they are not there; healthcare is told
)

// GateHolds lists them in the order a form shows them.
func GateHolds() []GateHeld { return []GateHeld{HeldReturned, HeldNone, HeldPharmacy, HeldLeft} }

// Words returns the answer as it is shown.
func (h GateHeld) Words() string {
	switch h {
	case HeldReturned:
		return "The person takes them along"
	case HeldNone:
		return "The person kept none"
	case HeldPharmacy:
		return "Healthcare took them back"
	case HeldLeft:
		return "They are missing, and healthcare was told"
	}
	return "Not said"
}

// GatePropertySet records what was given back, or that there is none.
type GatePropertySet struct {
	None       bool     `json:"none,omitempty"`
	Listed     string   `json:"listed,omitempty"` // the number of the list, or what it was
	Possession GateHeld `json:"possession,omitempty"`
}

// Kind implements Change.
func (*GatePropertySet) Kind() string { return "gate.property" }

// Slot implements Change.
func (*GatePropertySet) Slot() string { return "gate/property" }

// Compartment implements Change.
func (*GatePropertySet) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *GatePropertySet) Check(r *Record, _ time.Time) error {
	listed := strings.TrimSpace(c.Listed)
	switch {
	case c.None && listed != "":
		return Invalid("There is either a list of property or none.", "Clear one of the two.").At("listed")
	case !c.None && listed == "":
		return Invalid("Enter the property that was given back.", "The number of the property card, or what it was.").At("listed")
	case !slices.Contains(GateHolds(), c.Possession):
		return Invalid("Say what became of the medicines the person kept themselves.", "Ask the person; the list of the wing or healthcare knows.").At("possession")
	}
	if err := at("listed", checkLine("The property", c.Listed, 240)); err != nil {
		return err
	}
	return r.checkWalk()
}

// Apply implements Change.
func (c *GatePropertySet) Apply(r *Record, op *Op) {
	r.Shared.Gate.Property = GateProperty{None: c.None, Listed: c.Listed, Possession: c.Possession, By: signedBy(op)}
}

// String implements Change.
func (c *GatePropertySet) String() string {
	what := c.Listed
	if c.None {
		what = "none"
	}
	return "Property: " + what + ". Medicines in possession: " + lowerFirst(c.Possession.Words())
}

// GateSignature is what the person did with the receipt for what they were given.
type GateSignature string

// The answers. A refusal to sign keeps nobody in prison; it is recorded.
const (
	SignatureGiven   GateSignature = "signed"
	SignatureRefused GateSignature = "refused"
	SignatureUnable  GateSignature = "unable"
)

// GateSignatures lists them in the order a form shows them.
func GateSignatures() []GateSignature {
	return []GateSignature{SignatureGiven, SignatureRefused, SignatureUnable}
}

// Words returns the answer as it is shown.
func (g GateSignature) Words() string {
	switch g {
	case SignatureGiven:
		return "The person signed"
	case SignatureRefused:
		return "The person refused to sign"
	case SignatureUnable:
		return "The person could not sign"
	}
	return "Not said"
}

// GateReceipt is the person's signature under what they were given, or why there
// is none. The paper stays with the property card.
type GateReceipt struct {
	Signature GateSignature `json:"signature,omitempty"`
	Letter    string        `json:"letter,omitempty"` // one of GateLetters
	Why       string        `json:"why,omitempty"`
	By        Signed        `json:"by"`
}

// GateLetters are what became of the person's own copy of the letter, by code.
var GateLetters = []struct{ Code, Words string }{
	{"given", "Given, with the leaflet on the medicines"},
	{"refused", "The person did not want it"},
	{"none", "There is no letter to give"},
}

// GateReceiptSigned records the person's signature or their refusal.
type GateReceiptSigned struct {
	Signature GateSignature `json:"signature,omitempty"`
	Letter    string        `json:"letter,omitempty"`
	Why       string        `json:"why,omitempty"` // needed unless they signed
}

// Kind implements Change.
func (*GateReceiptSigned) Kind() string { return "gate.signed" }

// Slot implements Change.
func (*GateReceiptSigned) Slot() string { return "gate/signed" }

// Compartment implements Change.
func (*GateReceiptSigned) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *GateReceiptSigned) Check(r *Record, _ time.Time) error {
	switch {
	case !slices.Contains(GateSignatures(), c.Signature):
		return Invalid("Say whether the person signed.", "").At("signature")
	case c.Signature != SignatureGiven && strings.TrimSpace(c.Why) == "":
		return Invalid("Say why the person did not sign.", "A few words, nothing clinical: everybody can read it.").At("why")
	case letterGivenWords(c.Letter) == "":
		return Invalid("Say what became of the person's copy of the letter.", "").At("letter")
	}
	if err := at("why", checkLine("The reason", c.Why, 240)); err != nil {
		return err
	}
	return r.checkWalk()
}

func letterGivenWords(code string) string {
	for _, row := range GateLetters {
		if row.Code == code {
			return row.Words
		}
	}
	return ""
}

// Apply implements Change.
func (c *GateReceiptSigned) Apply(r *Record, op *Op) {
	r.Shared.Gate.Receipt = GateReceipt{Signature: c.Signature, Letter: c.Letter, Why: c.Why, By: signedBy(op)}
}

// String implements Change.
func (c *GateReceiptSigned) String() string {
	out := "Receipt: " + lowerFirst(c.Signature.Words())
	if c.Why != "" {
		out += ", " + c.Why
	}
	if words := letterGivenWords(c.Letter); words != "" {
		out += ". Letter: " + lowerFirst(words)
	}
	return out
}
