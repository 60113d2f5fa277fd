package model

// Written is what the audit shows of an entry of a record: who changed what kind
// of thing, when and where, and no value of it. Who does not hold the
// compartment's key learns neither author nor kind.
type Written struct {
	Stamp       Stamp       `json:"stamp"`
	Device      DeviceID    `json:"device"`
	Seq         uint64      `json:"seq"` // in the device's chain of this incarnation
	Person      PersonID    `json:"person"`
	Compartment Compartment `json:"compartment"`
	Staff       StaffID     `json:"staff,omitempty"`
	Role        Role        `json:"role,omitempty"`
	Kind        string      `json:"kind,omitempty"`
}

// WrittenOf is what can be told of an op by its envelope, and with the op, where
// it could be opened, by that.
func WrittenOf(e *Envelope, op *Op) Written {
	w := Written{Stamp: e.Stamp, Device: e.Device, Seq: e.Seq, Person: e.Person, Compartment: e.Compartment}
	if op != nil {
		w.Staff, w.Role, w.Kind = op.Actor.Staff, op.Actor.Role, op.Kind
	}
	return w
}

// At returns when it was written.
func (w *Written) At() Instant { return InstantOf(w.Stamp.Time()) }

// FitsWritten tells whether an entry of a record is wanted. What is of the access
// log alone does not matter.
func (f *AccessFilter) FitsWritten(w *Written) bool {
	return f.When(w.At()) && (f.Staff == "" || f.Staff == w.Staff) &&
		(f.Person.IsZero() || f.Person == w.Person) && (f.Device == DeviceID{} || f.Device == w.Device)
}
