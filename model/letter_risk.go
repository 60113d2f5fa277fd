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

// RiskGround is on what ground the law lets risk be shared without agreement.
type RiskGround string

// The grounds.
const (
	GroundLife       RiskGround = "life"
	GroundOthers     RiskGround = "others"
	GroundCapacity   RiskGround = "capacity"
	GroundCourt      RiskGround = "court"
	GroundSafeguards RiskGround = "safeguarding"
)

// RiskGrounds lists them in the order a form shows them.
func RiskGrounds() []RiskGround {
	return []RiskGround{GroundLife, GroundOthers, GroundCapacity, GroundCourt, GroundSafeguards}
}

// Words returns the ground as it is shown, "" when there is no such ground.
func (g RiskGround) Words() string {
	switch g {
	case GroundLife:
		return "Risk to life"
	case GroundOthers:
		return "Risk to others"
	case GroundCapacity:
		return "The person lacks capacity"
	case GroundCourt:
		return "Order of a court"
	case GroundSafeguards:
		return "Safeguarding"
	}
	return ""
}

// RiskShared is why the letter goes to the practice with what it says of risk,
// though the person has not agreed.
type RiskShared struct {
	Ground RiskGround `json:"ground,omitempty"`
	Reason string     `json:"reason,omitempty"`
	By     Signed     `json:"by,omitzero"`
}

// Words is the ground with the reason; older entries have the reason alone.
func (s RiskShared) Words() string { return joinNew(": ", s.Ground.Words(), s.Reason) }

// LetterRisk says why, or takes it back with an empty reason. Confidence may be
// broken where the public interest in preventing serious harm outweighs it
// (General Medical Council, Confidentiality, paragraphs 63 to 70).
type LetterRisk struct {
	Ground RiskGround `json:"ground,omitempty"`
	Reason string     `json:"reason,omitempty"`
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
	if c.Ground != "" && c.Ground.Words() == "" {
		return Invalid("There is no such ground.", "").At("ground")
	}
	return at("reason", checkLine("The reason", c.Reason, 240))
}

// Apply implements Change.
func (c *LetterRisk) Apply(r *Record, op *Op) {
	r.Health.RiskShared = RiskShared{Ground: c.Ground, Reason: c.Reason, By: signedBy(op)}
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
	return "Risk is shared without the person's agreement: " + RiskShared{Ground: c.Ground, Reason: c.Reason}.Words()
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

// sharedWhy is why the letter says of risk what the person has not agreed to
// share, "" where it says nothing of that sort.
func (a *assembly) sharedWhy() string {
	if a.health.RiskShared.Reason == "" || a.agreed() {
		return ""
	}
	return a.health.RiskShared.Words()
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
