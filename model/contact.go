package model

import (
	"strings"
	"time"
)

// Contact is where the person can be reached after release. It is kept with the
// health record, as the registration form's data are, and is nobody else's.
type Contact struct {
	ContactDetails
	By Signed `json:"by"`
}

// ContactDetails is what the person gave.
type ContactDetails struct {
	Address        []string `json:"address,omitempty"` // lines without the postcode
	Postcode       string   `json:"postcode,omitempty"`
	NoFixedAddress bool     `json:"noFixedAddress,omitempty"`
	Living         Living   `json:"living,omitempty"` // what sort of place it is
	Phone          string   `json:"phone,omitempty"`
	Email          string   `json:"email,omitempty"`
	Safe           string   `json:"safe,omitempty"` // when and how it is safe to call or write
}

// Lines returns the details, one a line; none when there are none.
func (c ContactDetails) Lines() []string {
	var out []string
	switch {
	case c.Living == LivingHostel || c.Living == LivingApproved || c.Living == LivingPractice:
		out = append(out, c.Living.Words())
	case c.NoFixedAddress:
		out = append(out, "No fixed address")
	}
	if address := strings.Join(append(append([]string(nil), c.Address...), c.Postcode), ", "); strings.Trim(address, ", ") != "" {
		out = append(out, "Address: "+strings.Trim(address, ", "))
	}
	for _, f := range []struct{ label, text string }{
		{"Telephone: ", c.Phone}, {"E-mail: ", c.Email}, {"Safe contact: ", c.Safe},
	} {
		if f.text != "" {
			out = append(out, f.label+f.text)
		}
	}
	return out
}

// ContactSet gives all the details at once.
type ContactSet struct {
	ContactDetails
}

// Kind implements Change.
func (*ContactSet) Kind() string { return "contact.set" }

// Slot implements Change.
func (*ContactSet) Slot() string { return "contact" }

// Compartment implements Change.
func (*ContactSet) Compartment() Compartment { return Health }

// Check implements Change. Nothing at all is allowed: details are withdrawn,
// too.
func (c *ContactSet) Check(*Record, time.Time) error {
	if len(c.Address) > 8 {
		return Invalid("The address has too many lines.", "Keep to eight.")
	}
	if !c.Living.valid() {
		return Invalid("There is no such sort of place.", "").At("living")
	}
	for _, line := range append([]string{c.Postcode, c.Phone, c.Email}, c.Address...) {
		if err := checkLine("The contact", line, 120); err != nil {
			return err
		}
	}
	return checkLine("The note on safe contact", c.Safe, 240)
}

// Apply implements Change.
func (c *ContactSet) Apply(r *Record, op *Op) {
	r.Health.Contact = Contact{ContactDetails: c.ContactDetails, By: signedBy(op)}
}

// String implements Change.
func (*ContactSet) String() string { return "Contact after release" }
