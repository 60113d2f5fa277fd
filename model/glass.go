package model

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Breaking the glass is to open, for one person and a quarter of an hour, a
// compartment that one's role may not read. A reason stands beside it, the
// record itself says so to both sides, and somebody else reviews it later.

// GlassWindow is how long an override lasts.
const GlassWindow = 15 * time.Minute

// The fewest and the most characters in which the reason is told.
const (
	MinGlassWords = 10
	MaxGlassWords = 500
)

// MayBreak tells whether the role may open the compartment by breaking the
// glass.
func (r Role) MayBreak(c Compartment) bool { return slices.Contains(r.Glass(), c) }

// GlassReason says why somebody opened what they normally may not.
type GlassReason string

// The reasons that let information be shared without consent: the grounds of
// the Department of Health and Social Care's consensus statement on information
// sharing and suicide prevention, and of the law.
const (
	GlassLife         GlassReason = "risk-to-life"
	GlassOthers       GlassReason = "risk-to-others"
	GlassCapacity     GlassReason = "no-capacity"
	GlassCourt        GlassReason = "court-order"
	GlassSafeguarding GlassReason = "safeguarding"
)

var glassReasons = []struct {
	code  GlassReason
	words string
}{
	{GlassLife, "Risk to the person's life"},
	{GlassOthers, "Risk to others"},
	{GlassCapacity, "The person lacks capacity to be asked"},
	{GlassCourt, "Court order"},
	{GlassSafeguarding, "Safeguarding"},
}

// GlassReasons lists them, the most urgent first.
func GlassReasons() []GlassReason {
	out := make([]GlassReason, len(glassReasons))
	for i, r := range glassReasons {
		out[i] = r.code
	}
	return out
}

// Valid tells whether the reason is one of the list.
func (g GlassReason) Valid() bool { return slices.Contains(GlassReasons(), g) }

// Words returns the reason as the screens say it; a code this program does not
// know stands for itself.
func (g GlassReason) Words() string {
	for _, r := range glassReasons {
		if r.code == g {
			return r.words
		}
	}
	return "Reason " + string(g)
}

// Override is one breaking of the glass as the record keeps it.
type Override struct {
	Note               // when, by whom, in which role, and the reason in words
	Reason GlassReason `json:"reason"`
	Opens  Compartment `json:"opens"`
	Until  Instant     `json:"until"`
	Review GlassReview `json:"review,omitzero"`
}

// GlassReview is what somebody else found when they looked at an override.
type GlassReview struct {
	Note
	Outcome GlassOutcome `json:"outcome"`
}

// IsOpen tells whether the override still lasts.
func (o *Override) IsOpen(now time.Time) bool { return InstantOf(now).Before(o.Until) }

// IsReviewed tells whether somebody else has looked at it.
func (o *Override) IsReviewed() bool { return !o.Review.At.IsZero() }

// Glass lists every override of this person's record, oldest first.
func (r *Record) Glass() []Override { return r.Shared.Glass }

// ToReview counts the overrides that nobody else has looked at.
func (s *SharedPart) ToReview() int {
	n := 0
	for i := range s.Glass {
		if !s.Glass[i].IsReviewed() {
			n++
		}
	}
	return n
}

func (r *Record) override(at Stamp) *Override {
	for i := range r.Shared.Glass {
		if r.Shared.Glass[i].At == at {
			return &r.Shared.Glass[i]
		}
	}
	return nil
}

// GlassBroken says that somebody opens a compartment which their role may not
// read. It is written, and shown to both sides, before anything is opened.
type GlassBroken struct {
	Opens  Compartment `json:"opens"`
	Reason GlassReason `json:"reason"`
	Words  string      `json:"words"` // everybody reads them
	Until  Instant     `json:"until"`
}

// Kind implements Change.
func (*GlassBroken) Kind() string { return "glass.broken" }

// Slot implements Change: an override is added and replaces nothing.
func (*GlassBroken) Slot() string { return "" }

// Compartment implements Change: both sides see it.
func (*GlassBroken) Compartment() Compartment { return Shared }

// Check asks for a reason, its words and a time within GlassWindow.
func (c *GlassBroken) Check(_ *Record, now time.Time) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	if !InstantOf(now).Before(c.Until) || InstantOf(now.Add(GlassWindow)).Before(c.Until) {
		return Invalid("An override lasts at most 15 minutes from now.", "Break the glass again when it is over.").At("until")
	}
	return nil
}

// checkForm is what needs no clock.
func (c *GlassBroken) checkForm() error {
	if c.Opens != Custody && c.Opens != Health {
		return Invalid("Choose which record to open.", "").At("opens")
	}
	if !c.Reason.Valid() {
		return Invalid("Choose a reason.", "").At("reason")
	}
	return at("words", checkGlassWords("The reason", c.Words, MinGlassWords))
}

func checkGlassWords(what, words string, fewest int) error {
	if utf8.RuneCountInString(strings.TrimSpace(words)) < fewest {
		return Invalid(what+" must have at least 10 characters.", "Say it so that a reviewer understands it; everybody can read it.")
	}
	return checkText(what, words, MaxGlassWords)
}

// Apply implements Change. However far ahead the author's program put the end,
// the record shows no override longer than GlassWindow.
func (c *GlassBroken) Apply(r *Record, op *Op) {
	r.Shared.Glass = append(r.Shared.Glass, Override{
		Note: noteOf(op, c.Words), Reason: c.Reason, Opens: c.Opens,
		Until: min(c.Until, InstantOf(op.Stamp.Time().Add(GlassWindow))),
	})
}

// String implements Change.
func (c *GlassBroken) String() string {
	return "Broke the glass: opened the " + c.Opens.String() + " record. " + c.Reason.Words() + ": " + oneLine(c.Words)
}

// allowGlass asks whether the role may open that compartment. A screen that
// asks whether the role may break any glass names none.
func allowGlass(a Actor, c *GlassBroken) error {
	switch {
	case c.Opens == 0 || a.Role.MayBreak(c.Opens):
		return nil
	case a.Role.MayRead(c.Opens):
		return Forbidden("The "+c.Opens.String()+" record is open to your role anyhow.", "Open it as usual.")
	}
	return Forbidden(a.Role.Words()+" may not open the "+c.Opens.String()+" record.", "Ask a colleague who works with it.")
}

// oneLine is a text of several lines in one.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
