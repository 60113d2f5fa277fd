package model

import (
	"hash/fnv"
	"slices"
)

// Head is a write of a slot that no later write has seen and replaced. A slot
// with one head is at rest; with several it is in conflict.
type Head struct {
	// Stamps are the ops that wrote this same value, oldest first: two desks
	// that say the same thing do not disagree. Where it may mean that something
	// was given twice they do, and each has a head.
	Stamps []Stamp `json:"stamps"`
	Staff  StaffID `json:"staff"`
	Role   Role    `json:"role"`
	Sum    uint64  `json:"sum"` // of kind and body, to tell equal values
}

// Stamp returns the latest write of the head's value.
func (h Head) Stamp() Stamp { return h.Stamps[len(h.Stamps)-1] }

func (h Head) has(s Stamp) bool { return slices.Contains(h.Stamps, s) }

// Seen returns what a writer who looks at this record now has seen in a slot:
// the Base of their op.
func (r *Record) Seen(c Compartment, slot string) Stamp {
	log := r.Log(c)
	if log == nil || slot == "" {
		return Stamp{}
	}
	var latest Stamp
	for _, h := range log.Slots[slot] {
		if h.Stamp().After(latest) {
			latest = h.Stamp()
		}
	}
	return latest
}

// FoldAll folds ops, which must be in stamp order, into a new record.
func FoldAll(id PersonID, readable []Compartment, ops []*Op) *Record {
	r := NewRecord(id, readable)
	for _, op := range ops {
		r.Fold(op)
	}
	return r
}

// CanFold tells whether an op of this stamp may be folded onto the record as it
// stands. An older op needs the compartment folded anew from its log.
func (r *Record) CanFold(c Compartment, s Stamp) bool {
	log := r.Log(c)
	return log == nil || s.After(log.Last)
}

// Fold writes one op into its compartment. Ops of one compartment must come in
// stamp order. It never fails: an op of an unknown kind is counted, an op of a
// compartment the reader does not hold is passed over.
func (r *Record) Fold(op *Op) {
	log := r.Log(op.Compartment)
	if log == nil {
		return
	}
	log.Last = op.Stamp
	if !readable(op.Change) {
		log.Unknown++
		return
	}
	if op.Compartment == Shared && r.Shared.CreatedAt.IsZero() {
		r.Shared.CreatedAt = op.Stamp
	}
	if slot := op.Change.Slot(); slot != "" {
		log.mark(slot, op)
	}
	op.Change.Apply(r, op)
	if op.Compartment == Shared {
		r.Shared.depart(op)
	}
}

// readable tells whether this program knows what a change means. A settlement
// whose kept value it cannot read ends nothing: the conflict stays in sight.
func readable(c Change) bool {
	if s, ok := c.(*ConflictSettled); ok {
		return s.fits(s.Kept())
	}
	return c != nil
}

// mark updates the heads of a slot. The op replaces the head its author had
// seen, and every head a settlement names; any other head stays and the slot is
// in conflict until a person settles it.
func (l *Log) mark(slot string, op *Op) {
	settled, _ := op.Change.(*ConflictSettled)
	mine := Head{Stamps: []Stamp{op.Stamp}, Staff: op.Actor.Staff, Role: op.Actor.Role, Sum: sumOf(op)}
	agree := settled != nil || !isClinical(slot)
	kept := make([]Head, 0, 2)
	for _, h := range l.Slots[slot] {
		switch {
		case h.has(op.Base) || settled.settles(h):
		case agree && h.Sum == mine.Sum:
			mine.Stamps = append(slices.Clone(h.Stamps), mine.Stamps...)
		default:
			kept = append(kept, h)
		}
	}
	if l.Slots == nil {
		l.Slots = make(map[string][]Head)
	}
	l.Slots[slot] = append(kept, mine)
}

// sumOf tells equal values. A settlement counts as the value it keeps.
func sumOf(op *Op) uint64 {
	kind, body := op.Kind, op.Body
	if s, ok := op.Change.(*ConflictSettled); ok {
		kind, body = s.KeepKind, s.KeepBody
	}
	h := fnv.New64a()
	h.Write([]byte(kind)) // hash.Hash writes never fail
	h.Write([]byte{0})
	h.Write(body)
	return h.Sum64()
}
