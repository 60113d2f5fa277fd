package model

import (
	"slices"
	"strings"
	"time"
)

// LetterHow is how a letter went to the practice.
type LetterHow string

// The ways. The last is the hub's alone.
const (
	LetterBySecureEmail LetterHow = "secure-email"
	LetterByHand        LetterHow = "by-hand"
	LetterByPhonePost   LetterHow = "phone-post" // told by telephone, and posted
	LetterByMESH        LetterHow = "mesh"       // NHS message exchange
)

// LetterHows lists those a person may choose.
func LetterHows() []LetterHow {
	return []LetterHow{LetterBySecureEmail, LetterByHand, LetterByPhonePost}
}

// Words returns the way as it is shown.
func (h LetterHow) Words() string {
	switch h {
	case LetterBySecureEmail:
		return "Secure e-mail"
	case LetterByHand:
		return "Handed over"
	case LetterByPhonePost:
		return "Telephone and post"
	case LetterByMESH:
		return "NHS message exchange (MESH)"
	}
	return "Not recorded"
}

// LetterPost is one step of a signed letter on its way to the practice. Letter
// is its hash: two desks may have signed a letter of one number.
type LetterPost struct {
	Letter Hash      `json:"letter"`
	At     Instant   `json:"at"`
	How    LetterHow `json:"how,omitempty"`
	To     string    `json:"to,omitempty"`     // whom it was sent to
	Who    string    `json:"who,omitempty"`    // who says at the practice that it is there
	Reason string    `json:"reason,omitempty"` // why it did not arrive
}

// LetterStep is such a step as it was recorded.
type LetterStep struct {
	LetterPost
	State LetterState `json:"state"`
	By    Signed      `json:"by"`
}

// Slot implements Change: steps only add up.
func (*LetterPost) Slot() string { return "" }

// Compartment implements Change.
func (*LetterPost) Compartment() Compartment { return Health }

// Follows moves the line of delivery.
func (*LetterPost) Follows(r *Record) []Change { return followDelivered(r) }

// check holds what every step has: a letter that there is, and a time that has
// come.
func (c *LetterPost) check(r *Record, now time.Time) error {
	signed, there := r.health().FindLetter(c.Letter)
	switch {
	case !there:
		return NotFound("There is no such signed letter.", "Open the letter again. A letter of an earlier release is kept to be read only.")
	case c.At == 0:
		return Invalid("Enter when it happened.", "Such as today 14:30.").At("at")
	case c.At.Time().After(now):
		return Invalid("The time must not be in the future.", "Record it when it has happened.").At("at")
	case DayOf(c.At.Time()) < DayOf(signed.By.At.Time()):
		return Invalid("The letter was not signed yet on that day.", "Check the date, and which letter it is.").At("at")
	}
	for _, f := range []struct{ field, what, text string }{{"to", "The practice", c.To}, {"who", "The name", c.Who}} {
		if err := at(f.field, checkLine(f.what, f.text, 120)); err != nil {
			return err
		}
	}
	return at("reason", checkLine("The reason", c.Reason, 240))
}

// wasSent tells whether a letter is under way: nothing arrives that was not sent.
func (h *HealthPart) wasSent(letter Hash) bool {
	return slices.ContainsFunc(h.LetterSteps, func(s LetterStep) bool { return s.Letter == letter && s.State == LetterIsSent })
}

var errNotSent = Invalid("The letter has not been sent yet.", "Record first how it was sent, and when.")

func (c *LetterPost) apply(r *Record, op *Op, state LetterState) {
	r.Health.LetterSteps = append(r.Health.LetterSteps, LetterStep{LetterPost: *c, State: state, By: signedBy(op)})
}

// LetterSent records that a signed letter went to the practice.
type LetterSent struct{ LetterPost }

// Kind implements Change.
func (*LetterSent) Kind() string { return "letter.sent" }

// Check implements Change. A refusal keeps the letter from the practice.
func (c *LetterSent) Check(r *Record, now time.Time) error {
	if err := c.check(r, now); err != nil {
		return err
	}
	switch {
	case r.health().KeptFromPractice():
		return Invalid("The person refused that the letter goes to a practice.", "Record a new answer first, if it has changed.")
	case c.How.Words() == "Not recorded":
		return Invalid("Say how it was sent.", "By secure e-mail, handed over, or by telephone and post.").At("how")
	case strings.TrimSpace(c.To) == "":
		return Invalid("Enter whom it was sent to.", "The practice, or who took it.").At("to")
	}
	return nil
}

// Apply implements Change.
func (c *LetterSent) Apply(r *Record, op *Op) { c.apply(r, op, LetterIsSent) }

// String implements Change.
func (c *LetterSent) String() string { return "Letter sent: " + c.How.Words() + ", to " + c.To }

// LetterDelivered records that the practice has the letter, and who says so.
type LetterDelivered struct{ LetterPost }

// Kind implements Change.
func (*LetterDelivered) Kind() string { return "letter.delivered" }

// Check implements Change.
func (c *LetterDelivered) Check(r *Record, now time.Time) error { return c.checkArrived(r, now) }

// Apply implements Change.
func (c *LetterDelivered) Apply(r *Record, op *Op) { c.apply(r, op, LetterIsDelivered) }

// String implements Change.
func (c *LetterDelivered) String() string { return "Letter delivered, confirmed by " + c.Who }

// LetterAcknowledged records that the practice has filed the letter.
type LetterAcknowledged struct{ LetterPost }

// Kind implements Change.
func (*LetterAcknowledged) Kind() string { return "letter.acknowledged" }

// Check implements Change.
func (c *LetterAcknowledged) Check(r *Record, now time.Time) error { return c.checkArrived(r, now) }

// Apply implements Change.
func (c *LetterAcknowledged) Apply(r *Record, op *Op) { c.apply(r, op, LetterIsAcknowledged) }

// String implements Change.
func (c *LetterAcknowledged) String() string { return "Letter filed by the practice, says " + c.Who }

// checkArrived asks for a name: "it should be there" is no delivery.
func (c *LetterPost) checkArrived(r *Record, now time.Time) error {
	if err := c.check(r, now); err != nil {
		return err
	}
	switch {
	case !r.health().wasSent(c.Letter):
		return errNotSent
	case strings.TrimSpace(c.Who) == "":
		return Invalid("Enter who confirmed it at the practice.", "A name, or a name and a role.").At("who")
	}
	return nil
}

// LetterFailed records that the letter did not arrive.
type LetterFailed struct{ LetterPost }

// Kind implements Change.
func (*LetterFailed) Kind() string { return "letter.failed" }

// Check implements Change.
func (c *LetterFailed) Check(r *Record, now time.Time) error {
	if err := c.check(r, now); err != nil {
		return err
	}
	switch {
	case !r.health().wasSent(c.Letter):
		return errNotSent
	case strings.TrimSpace(c.Reason) == "":
		return Invalid("Enter why it did not arrive.", "Such as: the address is refused, or the practice does not know the person.").At("reason")
	}
	return nil
}

// Apply implements Change.
func (c *LetterFailed) Apply(r *Record, op *Op) { c.apply(r, op, LetterIsFailed) }

// String implements Change.
func (c *LetterFailed) String() string { return "Letter not delivered: " + c.Reason }
