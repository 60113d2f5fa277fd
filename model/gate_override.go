package model

import (
	"slices"
	"strings"
	"time"
)

// GateOverride lets somebody leave though a line that blocks is open. The line is
// not done by it: it is to be followed up after the release.
type GateOverride struct {
	Reason OverrideReason `json:"reason"`
	Words  string         `json:"words"`
	By     Signed         `json:"by"`
}

// OverrideReason is why a line that blocks does not keep somebody in.
type OverrideReason string

// The reasons. The list is this program's own. That nobody may be held past their
// lawful date is the first of them.
const (
	OverrideLawful  OverrideReason = "lawful-date"
	OverrideNobody  OverrideReason = "nobody-there"
	OverrideOutside OverrideReason = "arranged-outside"
	OverrideRefused OverrideReason = "person-refuses"
	OverrideSystem  OverrideReason = "system-down"
	OverrideOther   OverrideReason = "other"
)

var overrideReasons = []struct {
	code  OverrideReason
	words string
}{
	{OverrideLawful, "The person must not be held past the lawful date"},
	{OverrideNobody, "Nobody who could do it is in the prison"},
	{OverrideOutside, "It is arranged with somebody outside"},
	{OverrideRefused, "The person will not wait for it"},
	{OverrideSystem, "A system is down, and it is done on paper"},
	{OverrideOther, "Another reason"},
}

// OverrideReasons lists them in the order a form shows them.
func OverrideReasons() []OverrideReason {
	out := make([]OverrideReason, len(overrideReasons))
	for i, row := range overrideReasons {
		out[i] = row.code
	}
	return out
}

// Words returns the reason as it is shown.
func (o OverrideReason) Words() string {
	for _, row := range overrideReasons {
		if row.code == o {
			return row.words
		}
	}
	return "Reason " + string(o)
}

// Overriders says who may let somebody leave though a line is open: a manager,
// as the duty governor is one; of what is clinical, a nurse or a prescriber, who
// knows what it means. Nobody overrides a hold, or the check of who it is.
func (f *ItemFacts) Overriders() []Role {
	switch {
	case f.Stage != BeforeGate || f.ID == ItemReleaseDate:
		return nil
	case f.Owners[0].MayRead(Health):
		return []Role{RoleNurse, RolePrescriber}
	}
	return []Role{RoleManager}
}

// GateOverridden overrides one line.
type GateOverridden struct {
	Item   ItemID         `json:"item"`
	Reason OverrideReason `json:"reason"`
	Words  string         `json:"words"` // everybody reads them
}

// Kind implements Change.
func (*GateOverridden) Kind() string { return "gate.override" }

// Slot implements Change.
func (c *GateOverridden) Slot() string { return "gate/override/" + string(c.Item) }

// Compartment implements Change.
func (*GateOverridden) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *GateOverridden) Check(r *Record, _ time.Time) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	facts, _ := FactsOf(c.Item)
	if !facts.Applies(&r.Shared) || r.Shared.Item(c.Item).State.Settled() {
		return Invalid("This line keeps nobody in.", "There is nothing to override.").At("item")
	}
	return r.checkWalk()
}

// checkForm is what needs no record.
func (c *GateOverridden) checkForm() error {
	facts, known := FactsOf(c.Item)
	switch {
	case !known:
		return Invalid("There is no such line on the checklist.", "").At("item")
	case len(facts.Overriders()) == 0:
		return Invalid("Nobody can override this.", "It must be done.").At("item")
	}
	return checkOverride(c.Reason, c.Words)
}

func checkOverride(reason OverrideReason, words string) error {
	switch {
	case !slices.Contains(OverrideReasons(), reason):
		return Invalid("Choose a reason.", "").At("reason")
	case len(strings.TrimSpace(words)) < MinGlassWords:
		return Invalid("Say in at least 10 characters what will be done instead.", "Who follows it up, and how. Nothing clinical: everybody can read it.").At("words")
	}
	return at("words", checkLine("What will be done", words, 240))
}

// Apply implements Change.
func (c *GateOverridden) Apply(r *Record, op *Op) {
	g := &r.Shared.Gate
	if g.Overrides == nil {
		g.Overrides = make(map[ItemID]GateOverride)
	}
	g.Overrides[c.Item] = GateOverride{Reason: c.Reason, Words: c.Words, By: signedBy(op)}
}

// String implements Change.
func (c *GateOverridden) String() string {
	facts, _ := FactsOf(c.Item)
	return "Leaves without " + facts.Name + ". " + c.Reason.Words() + ": " + c.Words
}

// allowOverride asks whose line it is. A screen that asks whether a role may
// override anything names none.
func allowOverride(a Actor, c *GateOverridden) error {
	facts, known := FactsOf(c.Item)
	if c.Item == "" {
		return nil
	}
	if known && !slices.Contains(facts.Overriders(), a.Role) {
		if len(facts.Overriders()) == 0 {
			return Forbidden("Nobody can override "+facts.Name+".", "It must be done.")
		}
		return Forbidden(a.Role.Words()+" may not override "+facts.Name+".", "It is for: "+roleWords(facts.Overriders())+".")
	}
	return nil
}
