package model

import (
	"maps"
	"slices"
)

// kinds is every change by its name on the wire. A name is never reused.
var kinds = map[string]func() Change{
	"person.named":      func() Change { return new(PersonNamed) },
	"person.born":       func() Change { return new(PersonBorn) },
	"person.numbered":   func() Change { return new(PersonNumbered) },
	"person.restricted": func() Change { return new(PersonRestricted) },
	"stay.set":          func() Change { return new(StaySet) },
	"stay.location":     func() Change { return new(LocationSet) },
	"movement.recorded": func() Change { return new(MovementRecorded) },
	"release.set":       func() Change { return new(ReleaseSet) },
	"alert.set":         func() Change { return new(AlertSet) },
	"item.set":          func() Change { return new(ItemSet) },
	"instruction.given": func() Change { return new(InstructionGiven) },
	"custody.noted":     func() Change { return new(CustodyNoted) },
	"conflict.settled":  nil, // set below: it decodes the others
}

func init() {
	kinds["conflict.settled"] = func() Change { return new(ConflictSettled) }
}

// Kinds lists every kind of change this program knows, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(kinds)) }
