package model

import "time"

// Instruction is something everybody must act on now, without the reason for
// it: "needs a bottom bunk", "dose due at 18:00".
type Instruction struct {
	Note
	Until Day `json:"until"` // zero: until further notice
}

// InstructionGiven adds an instruction to the shared record.
type InstructionGiven struct {
	Text  string `json:"text"`
	Until Day    `json:"until"`
}

// Kind implements Change.
func (*InstructionGiven) Kind() string { return "instruction.given" }

// Slot implements Change.
func (*InstructionGiven) Slot() string { return "" }

// Compartment implements Change.
func (*InstructionGiven) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *InstructionGiven) Check(_ *Record, now time.Time) error {
	if c.Text == "" {
		return Invalid("Enter what must be done.", "Say what to do, not why: everybody can read it.")
	}
	if !c.Until.IsZero() && c.Until < DayOf(now) {
		return Invalid("The last day must not be in the past.", "")
	}
	return checkLine("The instruction", c.Text, 240)
}

// Apply implements Change.
func (c *InstructionGiven) Apply(r *Record, op *Op) {
	r.Shared.Instruction = append(r.Shared.Instruction, Instruction{Note: noteOf(op, c.Text), Until: c.Until})
}

// String implements Change.
func (c *InstructionGiven) String() string { return "Instruction: " + c.Text }

// CustodyNoted adds a note that custody roles alone may read.
type CustodyNoted struct {
	Text string `json:"text"`
}

// Kind implements Change.
func (*CustodyNoted) Kind() string { return "custody.noted" }

// Slot implements Change.
func (*CustodyNoted) Slot() string { return "" }

// Compartment implements Change.
func (*CustodyNoted) Compartment() Compartment { return Custody }

// Check implements Change.
func (c *CustodyNoted) Check(*Record, time.Time) error {
	if c.Text == "" {
		return Invalid("Enter the note.", "")
	}
	return checkText("The note", c.Text, 4000)
}

// Apply implements Change.
func (c *CustodyNoted) Apply(r *Record, op *Op) {
	r.Custody.Notes = append(r.Custody.Notes, noteOf(op, c.Text))
}

// String implements Change.
func (*CustodyNoted) String() string { return "Custody note" }
