package model

// Record is everything known of one person, folded from ops in stamp order.
// The same ops give the same record, in whatever order they arrived.
//
// A part whose key the reader does not hold is nil: absent, not empty.
type Record struct {
	ID      PersonID
	Shared  SharedPart
	Custody *CustodyPart
	Health  *HealthPart
	// Partial tells that earlier entries were removed from this workstation by the
	// retention rule and are on their way back from the hub.
	Partial bool
	today   Day // the day on which it is read: see On
}

// NewRecord returns the empty record of a person, as a reader of these
// compartments sees it.
func NewRecord(id PersonID, readable []Compartment) *Record {
	r := &Record{ID: id}
	for _, c := range readable {
		switch c {
		case Custody:
			r.Custody = &CustodyPart{}
		case Health:
			r.Health = &HealthPart{}
		}
	}
	return r
}

// Log is what folding keeps of each part: where it stands, who last wrote each
// slot, and how many ops it could not read.
type Log struct {
	Last    Stamp             `json:"last"`
	Slots   map[string][]Head `json:"slots,omitempty"`
	Unknown int               `json:"unknown,omitempty"` // ops of a kind newer than this program
}

// SharedPart is what every role may read.
type SharedPart struct {
	Log
	Name        PersonName        `json:"name"`
	Born        PartialDate       `json:"born"`
	Sex         Sex               `json:"sex,omitempty"`
	Numbers     map[string]Trace  `json:"numbers,omitempty"` // by Scheme
	Merged      []string          `json:"merged,omitempty"`  // former prison numbers
	Restricted  bool              `json:"restricted,omitempty"`
	Deceased    Day               `json:"deceased"`
	Stay        Stay              `json:"stay"`
	Release     Release           `json:"release"`
	Alerts      map[string]Alert  `json:"alerts,omitempty"` // by alert code
	Hold        Hold              `json:"hold,omitzero"`
	Items       map[ItemID]Item   `json:"items,omitempty"`
	Checked     map[ItemID]Signed `json:"checked,omitempty"`   // lines that were done, when they were last checked again
	Movements   []Movement        `json:"movements,omitempty"` // oldest first
	CreatedAt   Stamp             `json:"created"`
	Departures  []Departure       `json:"departures,omitempty"` // oldest first
	Instruction []Instruction     `json:"instructions,omitempty"`
	Gate        GateWalk          `json:"gate,omitzero"`
	After       AfterChecks       `json:"after,omitempty"` // by day
	Rescue      Rescue            `json:"rescue,omitzero"`
	Back        Instant           `json:"back,omitzero"`   // when the person last came back after a release: see ThisStay
	Bags        map[string]Bag    `json:"bags,omitempty"`  // of medicines, by BagKey
	Glass       []Override        `json:"glass,omitempty"` // oldest first
}

// CustodyPart is what custody roles may read.
type CustodyPart struct {
	Log
	Alerts map[string]Alert `json:"alerts,omitempty"` // security alerts, by code
	Notes  []Note           `json:"notes,omitempty"`  // oldest first
}

// Note is a dated remark with its author.
type Note struct {
	At    Stamp   `json:"at"`
	Staff StaffID `json:"staff"`
	Role  Role    `json:"role"`
	Text  string  `json:"text"`
}

// noteOf makes the note an op leaves.
func noteOf(op *Op, text string) Note {
	return Note{At: op.Stamp, Staff: op.Actor.Staff, Role: op.Actor.Role, Text: text}
}

// Log returns the bookkeeping of a compartment, nil when the reader does not
// hold it.
func (r *Record) Log(c Compartment) *Log {
	switch {
	case c == Shared:
		return &r.Shared.Log
	case c == Custody && r.Custody != nil:
		return &r.Custody.Log
	case c == Health && r.Health != nil:
		return &r.Health.Log
	}
	return nil
}

// Holds tells whether the reader has the compartment.
func (r *Record) Holds(c Compartment) bool { return r.Log(c) != nil }

// SlotCompartment finds which compartment a slot has been written in. A slot
// name belongs to one compartment only.
func (r *Record) SlotCompartment(slot string) (Compartment, bool) {
	for _, c := range Compartments() {
		if log := r.Log(c); log != nil && log.Slots[slot] != nil {
			return c, true
		}
	}
	return 0, false
}
