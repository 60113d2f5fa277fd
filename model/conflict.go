package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Conflict is a slot that was written by people who had not seen each other's
// write. The latest shows; a person settles which holds.
type Conflict struct {
	Compartment Compartment
	Slot        string
	Heads       []Head // oldest first; the last one shows
}

// Clinical tells whether the conflict may mean that something was given twice:
// a warning to act on, not a difference of wording.
func (c Conflict) Clinical() bool { return isClinical(c.Slot) }

func isClinical(slot string) bool {
	return strings.HasPrefix(slot, "supply/") || slot == "item/"+string(ItemHandover)
}

// Conflicts lists what waits to be settled in the compartments the reader
// holds, by compartment and slot.
func (r *Record) Conflicts() []Conflict {
	var out []Conflict
	for _, c := range Compartments() {
		log := r.Log(c)
		if log == nil {
			continue
		}
		var here []Conflict
		for slot, heads := range log.Slots {
			if len(heads) > 1 {
				sorted := slices.SortedFunc(slices.Values(heads), func(a, b Head) int { return a.Stamp().Compare(b.Stamp()) })
				here = append(here, Conflict{Compartment: c, Slot: slot, Heads: sorted})
			}
		}
		slices.SortFunc(here, func(a, b Conflict) int { return strings.Compare(a.Slot, b.Slot) })
		out = append(out, here...)
	}
	return out
}

// ConflictSettled keeps one of the values of a slot in conflict. It carries the
// kept value, so it means the same whatever else a reader holds.
type ConflictSettled struct {
	In       Compartment     `json:"in"`
	At       string          `json:"slot"`
	Settles  []Stamp         `json:"settles"` // every head the person was shown
	KeepKind string          `json:"kind"`
	KeepBody json.RawMessage `json:"body"`
	Reason   string          `json:"reason,omitempty"`
}

// Settle returns the change that keeps one value of a conflict. kept must be
// the op of one of its heads.
func Settle(c Conflict, kept *Op, reason string) *ConflictSettled {
	s := &ConflictSettled{In: c.Compartment, At: c.Slot, Reason: reason, KeepKind: kept.Kind, KeepBody: kept.Body}
	if inner, ok := kept.Change.(*ConflictSettled); ok { // settled twice, differently: keep the value itself
		s.KeepKind, s.KeepBody = inner.KeepKind, inner.KeepBody
	}
	for _, h := range c.Heads {
		s.Settles = append(s.Settles, h.Stamps...)
	}
	return s
}

func (c *ConflictSettled) settles(h Head) bool {
	return c != nil && slices.ContainsFunc(h.Stamps, func(s Stamp) bool { return slices.Contains(c.Settles, s) })
}

// Kept returns the value that holds, nil when its kind is not known here. A
// settlement of a settlement is none: see Settle.
func (c *ConflictSettled) Kept() Change {
	if c.KeepKind == c.Kind() {
		return nil
	}
	kept, err := DecodeChange(c.KeepKind, c.KeepBody)
	if err != nil {
		return nil
	}
	return kept
}

// fits tells whether the value to keep is one of the slot that is settled.
func (c *ConflictSettled) fits(kept Change) bool {
	return kept != nil && c.At != "" && kept.Slot() == c.At && kept.Compartment() == c.In
}

var errKeptElsewhere = Invalid("The value to keep is not one of the two.", "Open the conflict again.")

// Kind implements Change.
func (*ConflictSettled) Kind() string { return "conflict.settled" }

// Slot is the slot that was in conflict, so that two settlements that disagree
// are a conflict themselves.
func (c *ConflictSettled) Slot() string { return c.At }

// Compartment is that of the slot.
func (c *ConflictSettled) Compartment() Compartment { return c.In }

// Check refuses to settle what is not in conflict.
func (c *ConflictSettled) Check(r *Record, _ time.Time) error {
	if !c.fits(c.Kept()) {
		return errKeptElsewhere
	}
	if log := r.Log(c.In); log == nil || len(log.Slots[c.At]) < 2 {
		return &Error{Kind: KindConflict, Msg: "This conflict has been settled already.", Hint: "Look at the record as it is now."}
	}
	return at("reason", checkLine("The reason", c.Reason, 240))
}

// Apply writes the kept value again.
func (c *ConflictSettled) Apply(r *Record, op *Op) {
	if kept := c.Kept(); c.fits(kept) {
		kept.Apply(r, op)
	}
}

// Follows gives what the kept value brings with it.
func (c *ConflictSettled) Follows(r *Record) []Change {
	if f, ok := c.Kept().(Follower); ok {
		return f.Follows(r)
	}
	return nil
}

// String implements Change.
func (c *ConflictSettled) String() string {
	if kept := c.Kept(); kept != nil {
		return fmt.Sprintf("Settled: %s", kept)
	}
	return "Settled a conflict"
}
