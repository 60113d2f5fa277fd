package model

// Living is what sort of place the person goes to. A practice registers people
// who have none (NHS England, primary medical care policy and guidance manual:
// no proof of address is needed, and a temporary address or the practice's own
// will do).
type Living string

// The sorts. Their names are on the wire.
const (
	LivingNotRecorded Living = ""
	LivingHome        Living = "home"
	LivingHostel      Living = "hostel"
	LivingApproved    Living = "approved-premises"
	LivingNone        Living = "no-fixed-abode"
	LivingPractice    Living = "practice-address" // none, and post goes to the practice
)

// Livings lists them in the order a form shows them.
func Livings() []Living {
	return []Living{LivingHome, LivingHostel, LivingApproved, LivingNone, LivingPractice}
}

// Words returns the sort as it is shown.
func (l Living) Words() string {
	switch l {
	case LivingHome:
		return "An address of their own, or with family or friends"
	case LivingHostel:
		return "A hostel or another temporary address"
	case LivingApproved:
		return "Approved premises"
	case LivingNone:
		return "No fixed abode"
	case LivingPractice:
		return "No address: the practice's own is used"
	}
	return NotRecorded
}

func (l Living) valid() bool { return l == "" || l.Words() != NotRecorded }

// Addressed tells whether a place of the sort has an address to write down.
func (l Living) Addressed() bool { return l != LivingNone && l != LivingPractice }

// LivingPlace is where the person is to live, as far as it decides about a
// practice.
type LivingPlace struct {
	Living      Living `json:"living,omitempty"`
	Postcode    string `json:"postcode,omitempty"`
	Destination string `json:"destination,omitempty"` // as the offender management unit has it
}

// LivesAt is where the person is to live, as far as it is known now.
func LivesAt(r *Record) LivingPlace {
	contact := r.health().Contact
	return LivingPlace{Living: contact.Living, Postcode: contact.Postcode, Destination: r.Shared.Release.Destination}
}

// Moved tells whether a place that was known then is another one now. What is
// only known now is no move.
func (p LivingPlace) Moved(now LivingPlace) bool {
	other := func(then, now string) bool { return then != "" && now != "" && then != now }
	return other(string(p.Living), string(now.Living)) || other(p.Postcode, now.Postcode) || other(p.Destination, now.Destination)
}

func (p LivingPlace) check() error {
	for _, line := range []string{string(p.Living), p.Postcode, p.Destination} {
		if err := checkLine("The place", line, 120); err != nil {
			return err
		}
	}
	return nil
}
