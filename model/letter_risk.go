package model

import (
	"slices"
	"time"
)

// riskHeadings stand in a letter only where the person agreed that it is shared,
// or somebody has said why it must be all the same.
var riskHeadings = []HeadingCode{"risks-to-self", "risks-to-others", "risk-mitigation", "safeguarding-issues"}

// IsRisk tells whether a heading needs the person's agreement, or a reason.
func (c HeadingCode) IsRisk() bool { return slices.Contains(riskHeadings, c) }

// RiskShared is why the letter goes to the practice with what it says of risk,
// though the person has not agreed.
type RiskShared struct {
	Reason string `json:"reason,omitempty"`
	By     Signed `json:"by,omitzero"`
}

// LetterRisk says why, or takes it back with an empty reason. Confidence may be
// broken where the public interest in preventing serious harm outweighs it
// (General Medical Council, Confidentiality, paragraphs 63 to 70).
type LetterRisk struct {
	Reason string `json:"reason,omitempty"`
}

// Kind implements Change.
func (*LetterRisk) Kind() string { return "letter.risk" }

// Slot implements Change.
func (*LetterRisk) Slot() string { return "letter/risk" }

// Compartment implements Change.
func (*LetterRisk) Compartment() Compartment { return Health }

// Check implements Change.
func (c *LetterRisk) Check(r *Record, now time.Time) error {
	if c.Reason != "" && r.health().Consents[ConsentShareGP].Holds(DayOf(now)) {
		return Invalid("The person has agreed that the letter is shared.", "No reason is needed.").At("reason")
	}
	return at("reason", checkLine("The reason", c.Reason, 240))
}

// Apply implements Change.
func (c *LetterRisk) Apply(r *Record, op *Op) {
	r.Health.RiskShared = RiskShared{Reason: c.Reason, By: signedBy(op)}
}

// Follows moves the lines of the letter and its delivery.
func (*LetterRisk) Follows(r *Record) []Change {
	return append(followLetter(r), followDelivered(r)...)
}

// String implements Change.
func (c *LetterRisk) String() string {
	if c.Reason == "" {
		return "Risk is shared only with the person's agreement"
	}
	return "Risk is shared without the person's agreement: " + c.Reason
}

// SharesRisk tells whether a letter of a day says what it has to say of risk.
func (h *HealthPart) SharesRisk(today Day) bool {
	return h.RiskShared.Reason != "" || h.Consents[ConsentShareGP].Holds(today)
}

// WithheldFromLetter lists the headings with words under them that a letter of
// this day leaves out.
func (h *HealthPart) WithheldFromLetter(today Day) []Heading {
	if h.SharesRisk(today) {
		return nil
	}
	var out []Heading
	for _, heading := range headings {
		if heading.Code.IsRisk() && h.Draft[heading.Code].Text != "" {
			out = append(out, heading)
		}
	}
	return out
}

// KeptFromPractice tells whether the person's refusal keeps the letter from a
// practice.
func (h *HealthPart) KeptFromPractice() bool {
	return h.Consents[ConsentShareGP].Declined() && h.RiskShared.Reason == ""
}

// sharingHash names the person's answer on sharing. A letter that was made on
// another answer must be written again.
func (h *HealthPart) sharingHash() Hash {
	answer := h.Consents[ConsentShareGP]
	return hashJSON(struct {
		Decision ConsentDecision
		DoIt     bool
		Expires  Day
	}{answer.Decision, answer.DoIt, answer.Expires})
}
