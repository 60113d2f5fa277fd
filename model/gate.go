package model

import (
	"slices"
	"time"
)

// The walk through the gate is what is done with the person as they leave, in
// one flow. Each step is a change of its own, kept the moment it is done, so that
// a walk that breaks off goes on where it stood, at whichever desk. All of it is
// shared: nothing in it is clinical.

// GateWalk is how far it is. It ends with the release and begins anew when the
// person comes back.
type GateWalk struct {
	Identity  GateIdentity            `json:"identity,omitzero"`
	Second    Signed                  `json:"second,omitzero"` // the second officer, who confirmed it
	Property  GateProperty            `json:"property,omitzero"`
	Receipt   GateReceipt             `json:"receipt,omitzero"`
	Overrides map[ItemID]GateOverride `json:"overrides,omitempty"`
}

// GateIdentifiers are what an officer compares with the record while the person
// stands before them, by code.
var GateIdentifiers = []struct{ Code, Words string }{
	{"name", "Full name, as the person says it"},
	{"born", "Date of birth, as the person says it"},
	{"prison-number", "Prison number on the identity card"},
	{"address", "Address they go to, as the person says it"},
	{"mark", "A mark, scar or tattoo on the record"},
	{"document", "A document with a photograph"},
	{"fingerprint", "Fingerprint or other biometric reader"},
}

// GateIdentity is one officer's check of who it is.
type GateIdentity struct {
	Photo       bool     `json:"photo,omitempty"` // the face was compared with the photograph
	Identifiers []string `json:"identifiers,omitempty"`
	By          Signed   `json:"by"`
}

// IdentityConfirmed tells whether two officers have checked who it is: the second
// is somebody else, who confirmed this very check.
func (g *GateWalk) IdentityConfirmed() bool {
	return !g.Identity.By.IsZero() && !g.Second.IsZero() && g.Second.Staff != g.Identity.By.Staff
}

// GateIdentified records the first officer's check (262 people were released in
// error in 2024-25, 115 the year before).
type GateIdentified struct {
	Photo       bool     `json:"photo,omitempty"`
	Identifiers []string `json:"identifiers,omitempty"`
}

// Kind implements Change.
func (*GateIdentified) Kind() string { return "gate.identity" }

// Slot implements Change.
func (*GateIdentified) Slot() string { return "gate/identity" }

// Compartment implements Change.
func (*GateIdentified) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *GateIdentified) Check(r *Record, _ time.Time) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	return r.checkWalk()
}

// checkForm is what needs no record.
func (c *GateIdentified) checkForm() error {
	if !c.Photo {
		return Invalid("Compare the person's face with the photograph.", "Without it nobody is let out. Where there is no photograph, ask a manager to identify the person.").At("photo")
	}
	known := 0
	for i, code := range c.Identifiers {
		if identifierWords(code) == "" || slices.Contains(c.Identifiers[:i], code) {
			return Invalid("Choose each identifier once, from the list.", "").At("identifiers")
		}
		known++
	}
	if known < 2 {
		return Invalid("Two identifiers are needed besides the photograph.", "Such as the date of birth as the person says it, and the number on the card.").At("identifiers")
	}
	return nil
}

func identifierWords(code string) string {
	for _, row := range GateIdentifiers {
		if row.Code == code {
			return row.Words
		}
	}
	return ""
}

// Apply implements Change. A new check takes a new confirmation.
func (c *GateIdentified) Apply(r *Record, op *Op) {
	g := &r.Shared.Gate
	g.Identity, g.Second = GateIdentity{Photo: c.Photo, Identifiers: c.Identifiers, By: signedBy(op)}, Signed{}
}

// String implements Change.
func (c *GateIdentified) String() string {
	out := "Identity checked: photograph"
	for _, code := range c.Identifiers {
		if words := identifierWords(code); words != "" {
			out += "; " + lowerFirst(words)
		}
	}
	return out
}

// GateConfirmed is the second officer's own word, under their own signature,
// that the check is right.
type GateConfirmed struct {
	Of Stamp `json:"of"` // of the first officer's check
}

// Kind implements Change.
func (*GateConfirmed) Kind() string { return "gate.confirmed" }

// Slot implements Change.
func (*GateConfirmed) Slot() string { return "gate/confirmed" }

// Compartment implements Change.
func (*GateConfirmed) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *GateConfirmed) Check(r *Record, _ time.Time) error {
	if r.Shared.Gate.Identity.By.IsZero() {
		return Invalid("There is no check to confirm yet.", "The first officer checks and records it; then you look for yourself and confirm.")
	}
	if c.Of != r.Shared.Gate.Identity.By.At {
		return &Error{Kind: KindConflict, Msg: "The identity was checked once more meanwhile.", Hint: "Look at what was checked now, then confirm."}
	}
	return r.checkWalk()
}

// Apply implements Change. Nobody confirms their own check, whatever their
// program says: the hub has no record to ask, so the rule stands here too.
func (c *GateConfirmed) Apply(r *Record, op *Op) {
	g := &r.Shared.Gate
	if c.Of == g.Identity.By.At && op.Actor.Staff != g.Identity.By.Staff {
		g.Second = signedBy(op)
	}
}

// String implements Change.
func (*GateConfirmed) String() string { return "Identity confirmed by a second officer" }

// allowConfirm asks for a second person.
func allowConfirm(a Actor, c *GateConfirmed, r *Record) error {
	if r == nil || c.Of.IsZero() || r.Shared.Gate.Identity.By.Staff != a.Staff {
		return nil
	}
	return Forbidden("You made this check yourself.", "A second officer confirms it, signed in as themselves, at this desk or another.")
}

// checkWalk refuses a step at the gate for somebody who has gone or died.
func (r *Record) checkWalk() error {
	s := &r.Shared
	switch {
	case !s.Deceased.IsZero():
		return Invalid("This person has died.", "There is nobody to release. Medicines and property go the prison's own way.")
	case s.Stay.Out == string(MovementRelease):
		return &Error{Kind: KindConflict, Msg: "The release is recorded already.", Hint: "Look at the person's page: what is left to do stands there."}
	case s.Stay.Out == string(MovementTransfer):
		return Invalid("This person has been transferred.", "The prison they are in releases them.")
	}
	return nil
}
