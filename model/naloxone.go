package model

import (
	"strings"
	"time"
)

// NaloxoneAnswer is how far take-home naloxone is.
type NaloxoneAnswer string

// The answers.
const (
	NaloxoneNotAsked NaloxoneAnswer = ""
	NaloxoneOffered  NaloxoneAnswer = "offered"
	NaloxoneGiven    NaloxoneAnswer = "given"
	NaloxoneRefused  NaloxoneAnswer = "refused"
)

// NaloxoneAnswers lists those a form offers.
func NaloxoneAnswers() []NaloxoneAnswer {
	return []NaloxoneAnswer{NaloxoneOffered, NaloxoneGiven, NaloxoneRefused}
}

// Words returns the answer as it is shown.
func (n NaloxoneAnswer) Words() string {
	switch n {
	case NaloxoneOffered:
		return "Offered, not given yet"
	case NaloxoneGiven:
		return "Given"
	case NaloxoneRefused:
		return "Refused"
	}
	return "Not offered"
}

// Naloxone is the take-home kit that reverses an opioid overdose. The Prisons
// and Probation Ombudsman found it missing in drug-related deaths just after
// release.
type Naloxone struct {
	NaloxoneSet
	By Signed `json:"by"`
}

// NaloxoneSet records the offer and what came of it.
type NaloxoneSet struct {
	Answer  NaloxoneAnswer `json:"answer,omitempty"`
	Kit     string         `json:"kit,omitempty"`
	Lot     string         `json:"lot,omitempty"`
	Expiry  Day            `json:"expiry,omitzero"`
	Trained bool           `json:"trained,omitempty"` // the person was shown how to use it
	Reason  string         `json:"reason,omitempty"`  // of a refusal
}

// Kind implements Change.
func (*NaloxoneSet) Kind() string { return "naloxone.set" }

// Slot implements Change.
func (*NaloxoneSet) Slot() string { return "naloxone" }

// Compartment implements Change.
func (*NaloxoneSet) Compartment() Compartment { return Health }

// Check implements Change.
func (c *NaloxoneSet) Check(r *Record, now time.Time) error {
	given := c.Answer == NaloxoneGiven
	switch {
	case c.Answer == NaloxoneNotAsked || c.Answer.Words() == "Not offered":
		return Invalid("Choose what came of the offer.", "Offered, given or refused.").At("answer")
	case given && strings.TrimSpace(c.Kit) == "":
		return Invalid("Enter which kit was given.", "Such as Prenoxad or Nyxoid.").At("kit")
	case given && strings.TrimSpace(c.Lot) == "":
		return Invalid("Enter the lot number of the kit.", "It is printed beside the expiry date.").At("lot")
	case given && c.Expiry.IsZero():
		return Invalid("Enter the expiry date of the kit.", "It is printed beside the lot number.").At("expiry")
	case given && c.Expiry < DayOf(now):
		return Invalid("This kit has expired.", "Give another one.").At("expiry")
	case !given && (c.Kit != "" || c.Lot != "" || !c.Expiry.IsZero()):
		return Invalid("Kit, lot and expiry belong to a kit that was given.", "Clear them.").At("kit")
	}
	if err := r.checkAlive(); given && err != nil {
		return err
	}
	for _, f := range []struct{ field, what, text string }{{"kit", "The kit", c.Kit}, {"lot", "The lot", c.Lot}, {"reason", "The reason", c.Reason}} {
		if err := at(f.field, checkLine(f.what, f.text, 120)); err != nil {
			return err
		}
	}
	return nil
}

// Apply implements Change.
func (c *NaloxoneSet) Apply(r *Record, op *Op) { r.Health.Naloxone = Naloxone{*c, signedBy(op)} }

// Follows moves the lines of naloxone and letter.
func (*NaloxoneSet) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	return append(followItems(r, r.Health.naloxoneItem()), followLetter(r)...)
}

// String implements Change.
func (c *NaloxoneSet) String() string {
	out := "Naloxone: " + strings.ToLower(c.Answer.Words())
	for _, more := range []string{c.Kit, c.Lot, c.Reason} {
		if more != "" {
			out += ", " + more
		}
	}
	return out
}
