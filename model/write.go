package model

// Write is what one form or key press asks of the store: changes to one
// person's record that are made all together or not at all.
type Write struct {
	Person PersonID
	// Seen is the record the author had on their screen, from which the base of
	// each op is taken: what came in between is then a conflict and not
	// overwritten silently. Nil says that they saw the record as it is now, as
	// an import does.
	Seen    *Record
	Changes []Change
}

// PersonConflict is a conflict with what a screen needs to put it before a
// person: whose it is, and the op of each head, in the order of the heads.
type PersonConflict struct {
	Row      Row
	Conflict Conflict
	Ops      []*Op
}
