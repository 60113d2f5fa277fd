package model

import (
	"strings"
	"time"
)

// Scheme says whose number a number is.
type Scheme string

// The numbers a person goes by.
const (
	SchemePrison Scheme = "prison" // NOMIS number, such as A1234BC
	SchemeNHS    Scheme = "nhs"
	SchemePNC    Scheme = "pnc" // Police National Computer
	SchemeCRO    Scheme = "cro" // Criminal Records Office
)

// Trace is a number with what is known of its truth. Status is the NHS Data
// Dictionary's NHS number status and is kept for NHS numbers only.
type Trace struct {
	Value  string      `json:"value"`
	Status TraceStatus `json:"status,omitempty"`
}

// Number returns the person's number of a scheme, "" when there is none.
func (r *Record) Number(s Scheme) string { return r.Shared.Numbers[string(s)].Value }

// PersonNamed gives the person's name.
type PersonNamed struct {
	Name PersonName `json:"name"`
}

// Kind implements Change.
func (*PersonNamed) Kind() string { return "person.named" }

// Slot implements Change.
func (*PersonNamed) Slot() string { return "name" }

// Compartment implements Change.
func (*PersonNamed) Compartment() Compartment { return Shared }

// Check asks for some name; a single name is enough, for there are people with
// one.
func (c *PersonNamed) Check(*Record, time.Time) error {
	return c.Name.Check()
}

// Apply implements Change.
func (c *PersonNamed) Apply(r *Record, _ *Op) { r.Shared.Name = c.Name }

// String implements Change.
func (c *PersonNamed) String() string { return "Name: " + c.Name.Official() }

// PersonBorn gives date of birth and sex.
type PersonBorn struct {
	Date PartialDate `json:"date"`
	Sex  Sex         `json:"sex,omitempty"`
}

// Kind implements Change.
func (*PersonBorn) Kind() string { return "person.born" }

// Slot implements Change.
func (*PersonBorn) Slot() string { return "born" }

// Compartment implements Change.
func (*PersonBorn) Compartment() Compartment { return Shared }

// Check holds NOMIS's rule: 16 to 110 years old.
func (c *PersonBorn) Check(_ *Record, now time.Time) error {
	return c.Date.CheckBirth(DayOf(now))
}

// Apply implements Change.
func (c *PersonBorn) Apply(r *Record, _ *Op) { r.Shared.Born, r.Shared.Sex = c.Date, c.Sex }

// String implements Change.
func (c *PersonBorn) String() string { return "Born " + c.Date.String() + ", " + c.Sex.Words() }

// PersonNumbered gives one of the person's numbers. An empty value with an NHS
// status says why there is none.
type PersonNumbered struct {
	Scheme Scheme      `json:"scheme"`
	Value  string      `json:"value,omitempty"`
	Status TraceStatus `json:"status,omitempty"`
}

// Kind implements Change.
func (*PersonNumbered) Kind() string { return "person.numbered" }

// Slot implements Change.
func (c *PersonNumbered) Slot() string { return "number/" + string(c.Scheme) }

// Compartment implements Change.
func (*PersonNumbered) Compartment() Compartment { return Shared }

// Check holds the rules of each scheme.
func (c *PersonNumbered) Check(*Record, time.Time) error {
	var err error
	switch {
	case c.Scheme == SchemeNHS && c.Value == "":
		if c.Status == "" || c.Status == TraceVerified {
			return Invalid("Enter an NHS number, or say why there is none.", "Choose its status.")
		}
	case c.Scheme == SchemeNHS:
		_, err = ParseNHSNumber(c.Value)
	case c.Scheme == SchemePrison:
		_, err = ParsePrisonNumber(c.Value)
	case c.Scheme == SchemePNC:
		_, err = ParsePNC(c.Value)
	case c.Scheme == SchemeCRO:
		_, err = ParseCRO(c.Value)
	default:
		err = Invalid("There is no such kind of number.", "")
	}
	return err
}

// Apply implements Change. A prison number that is replaced is remembered:
// people are booked under several.
func (c *PersonNumbered) Apply(r *Record, _ *Op) {
	if r.Shared.Numbers == nil {
		r.Shared.Numbers = make(map[string]Trace)
	}
	old := r.Shared.Numbers[string(c.Scheme)].Value
	if c.Scheme == SchemePrison && old != "" && old != c.Value {
		r.Shared.Merged = append(r.Shared.Merged, old)
	}
	r.Shared.Numbers[string(c.Scheme)] = Trace{Value: c.Value, Status: c.Status}
}

// String implements Change.
func (c *PersonNumbered) String() string {
	words := map[Scheme]string{SchemeNHS: "NHS number", SchemePrison: "Prison number", SchemePNC: "PNC", SchemeCRO: "CRO"}
	out := words[c.Scheme] + " " + c.Value
	if c.Status != "" {
		out += " (" + c.Status.Words() + ")"
	}
	return strings.TrimSpace(out)
}

// PersonRestricted marks a person whose address, telephone and practice must
// not be shown, printed or searched by (NHS "sensitive" patients, security
// label R).
type PersonRestricted struct {
	Restricted bool   `json:"restricted"`
	Reason     string `json:"reason,omitempty"`
}

// Kind implements Change.
func (*PersonRestricted) Kind() string { return "person.restricted" }

// Slot implements Change.
func (*PersonRestricted) Slot() string { return "restricted" }

// Compartment implements Change.
func (*PersonRestricted) Compartment() Compartment { return Shared }

// Check implements Change.
func (*PersonRestricted) Check(*Record, time.Time) error { return nil }

// Apply implements Change.
func (c *PersonRestricted) Apply(r *Record, _ *Op) { r.Shared.Restricted = c.Restricted }

// String implements Change.
func (c *PersonRestricted) String() string {
	if c.Restricted {
		return "Restricted: address and practice withheld"
	}
	return "No longer restricted"
}
