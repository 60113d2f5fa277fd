package model

// PushStatus is the hub's answer to one op.
type PushStatus string

// The answers. The first two mean that the hub has it.
const (
	PushTaken   PushStatus = "taken"
	PushKnown   PushStatus = "known" // it had it already
	PushRefused PushStatus = "refused"
)

// PushResult is the hub's answer to one op that a desk sent. Reason is a
// sentence for its author when it was refused.
type PushResult struct {
	Stamp  Stamp      `json:"stamp"`
	Status PushStatus `json:"status"`
	Reason string     `json:"reason,omitempty"`
}

// Refusal is an op the hub refused. It is out of the record again and waits for
// its author to settle it: to make the change anew, or to let it go.
type Refusal struct {
	Stamp  Stamp
	Person PersonID
	At     Instant // when the answer came
	Reason string  // a sentence from the hub
	Op     *Op     // nil when the reader does not hold its compartment
}
