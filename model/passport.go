package model

// Passport is what a workstation shows of itself to the hub, so that a copy of
// its data, or data put back to an older state, is noticed.
type Passport struct {
	// Incarnation is the life of the store that is going on.
	Incarnation uint32
	// Turn is the token that the hub gave last and the disk has. The hub gives a
	// new one every few minutes and knows an old one again: of two copies of a
	// workstation's data only one can have the newest. Empty before the first.
	Turn string
	// Restored is the incarnation from which a backup was brought back on
	// purpose, 0 when none was since the hub was last reached.
	Restored uint32
	// Pending is how many ops and keyrings the hub does not have yet.
	Pending int
}
