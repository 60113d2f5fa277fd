package model

import (
	"encoding/json"
	"fmt"
	"time"
)

// Compartment is a part of the record with a key of its own.
type Compartment uint8

// The compartments. Their numbers are on the wire and on disk.
const (
	Shared  Compartment = 1 // what both sides must know
	Custody Compartment = 2 // offence and security matters, for custody roles
	Health  Compartment = 3 // clinical matters, for healthcare roles
)

// Compartments lists them all.
func Compartments() []Compartment { return []Compartment{Shared, Custody, Health} }

// String returns the compartment's name.
func (c Compartment) String() string {
	switch c {
	case Shared:
		return "shared"
	case Custody:
		return "custody"
	case Health:
		return "health"
	}
	return "unknown"
}

// Change is one thing a person can do to somebody's record.
//
// Check says whether it is sensible on this record now; it is asked once, by
// the author's desk, and may use any compartment the author can read. Apply is
// total: it never fails, uses and touches only its own compartment of the
// record, and gives the same result whenever it is replayed.
type Change interface {
	// Kind is the name on the wire, noun first: "release.set".
	Kind() string
	// Slot is what the change overwrites, such as "release" or "item/letter".
	// It is empty when the change only adds. Two writes of one slot that had
	// not seen each other are a conflict.
	Slot() string
	// Compartment is whose key seals it.
	Compartment() Compartment
	// Check returns an *Error when the change is not sensible now.
	Check(r *Record, now time.Time) error
	// Apply writes the change into the record.
	Apply(r *Record, op *Op)
	// String is the change in a few words, for history and conflicts.
	String() string
}

// Follower is a change that makes others true at the same moment: a signed
// letter sets the letter's item on the shared checklist. The store writes them
// in the same transaction, so no screen can forget one.
type Follower interface {
	// Follows returns the changes that come with this one; r is the record
	// after it was applied.
	Follows(r *Record) []Change
}

// EncodeChange returns the body of a change as it is signed and kept.
func EncodeChange(c Change) ([]byte, error) {
	body, err := json.Marshal(c)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", c.Kind(), err)
	}
	return body, nil
}

// DecodeChange reads a body. A kind this program does not know gives (nil, nil):
// such ops are kept and passed on, never lost.
func DecodeChange(kind string, body []byte) (Change, error) {
	make, known := kinds[kind]
	if !known {
		return nil, nil
	}
	c := make()
	if err := json.Unmarshal(body, c); err != nil {
		return nil, fmt.Errorf("decode %s: %w", kind, err)
	}
	return c, nil
}
