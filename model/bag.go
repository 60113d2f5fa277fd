package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A bag of medicines is known to everybody by its number and where it is, and to
// healthcare alone by what is in it: an officer matches it at the gate without
// seeing inside.

// BagState is where a bag is.
type BagState string

// The states of a bag.
const (
	BagPacked   BagState = "packed"
	BagChecked  BagState = "checked" // by a second member of staff
	BagHanded   BagState = "handed"
	BagRefused  BagState = "refused" // by the person, at the gate
	BagReturned BagState = "returned"
)

// Words returns the state as it is shown.
func (s BagState) Words() string {
	switch s {
	case BagPacked:
		return "Packed"
	case BagChecked:
		return "Packed and checked"
	case BagHanded:
		return "Handed over"
	case BagRefused:
		return "Refused by the person"
	case BagReturned:
		return "Back at pharmacy"
	}
	return "Unknown state"
}

// Waits tells whether the bag is still to be handed over or sent back.
func (s BagState) Waits() bool { return s == BagPacked || s == BagChecked }

// Bag is one bag of medicines as everybody sees it.
type Bag struct {
	Number    string   `json:"number"`
	State     BagState `json:"state"`
	Packer    Signed   `json:"packer,omitzero"`
	Checker   Signed   `json:"checker,omitzero"`
	Signature string   `json:"signature,omitempty"` // at the gate: see BagSignatures
	Reason    string   `json:"reason,omitempty"`    // of refusal or return, one of a list
	By        Signed   `json:"by"`                  // who moved it last
	// Two says that two people hand the bag over; Second is the witness, and Alone
	// why it went out without one.
	Two    bool         `json:"two,omitempty"`
	Second Signed       `json:"second,omitzero"`
	Alone  GateOverride `json:"alone,omitzero"`
}

// BagKey is the number as bags are found by: "bag 114" and "BAG-114" are one.
func BagKey(number string) string {
	return strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' || c == '/' {
			return -1
		}
		return c
	}, strings.ToUpper(number))
}

// checkBagNumber keeps words out of what everybody reads.
func checkBagNumber(number string) error {
	bad := Invalid("This is not a bag number.", "Up to 20 letters, digits, spaces and hyphens, with a digit in it, such as BAG-114.")
	if len(number) > 20 || !strings.ContainsAny(number, "0123456789") || BagKey(number) == "" {
		return bad
	}
	for _, c := range number {
		plain := c == ' ' || c == '-' || c == '/' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
		if !plain {
			return bad
		}
	}
	return nil
}

// BagList returns the bags by number, those that wait first.
func (s *SharedPart) BagList() []Bag {
	var out []Bag
	for _, b := range s.Bags {
		out = append(out, b)
	}
	slices.SortFunc(out, func(a, b Bag) int {
		return cmp.Or(compareBool(!a.State.Waits(), !b.State.Waits()), strings.Compare(a.Number, b.Number))
	})
	return out
}

// WaitingBags are those to be handed over at the gate.
func (s *SharedPart) WaitingBags() []Bag {
	return slices.DeleteFunc(s.BagList(), func(b Bag) bool { return !b.State.Waits() })
}

func (r *Record) putBag(number string, write func(*Bag)) {
	if r.Shared.Bags == nil {
		r.Shared.Bags = make(map[string]Bag)
	}
	key := BagKey(number)
	bag := r.Shared.Bags[key]
	bag.Number = cmp.Or(bag.Number, number)
	write(&bag)
	r.Shared.Bags[key] = bag
}

// BagOfAnother tells whether a number is on somebody else's bag, as far as these
// rows know. Numbers are used once in a prison: two bags of one number are how
// somebody gets another's medicines.
func BagOfAnother(rows []Row, id PersonID, number string) bool {
	key := BagKey(number)
	return slices.ContainsFunc(rows, func(r Row) bool { return r.ID != id && slices.Contains(r.Bags, key) })
}

// BagPackedUp says that a bag is packed. It follows from what was put into it.
type BagPackedUp struct {
	Number string `json:"number"`
	Two    bool   `json:"two,omitempty"` // two people hand it over
}

// Kind implements Change.
func (*BagPackedUp) Kind() string { return "bag.packed" }

// Slot implements Change.
func (c *BagPackedUp) Slot() string { return "bag/" + BagKey(c.Number) }

// Compartment implements Change.
func (*BagPackedUp) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *BagPackedUp) Check(*Record, time.Time) error { return at("number", checkBagNumber(c.Number)) }

// Apply implements Change. What is packed anew is to be checked anew, and takes two
// signatures where it went out on one of them.
func (c *BagPackedUp) Apply(r *Record, op *Op) {
	r.putBag(c.Number, func(b *Bag) {
		*b = Bag{Number: b.Number, State: BagPacked, Packer: signedBy(op), By: signedBy(op), Two: c.Two || b.wantsWitness()}
	})
}

// String implements Change.
func (c *BagPackedUp) String() string { return "Bag " + c.Number + " packed" }

// BagCheckedUp says that a second member of staff checked a bag. It follows from
// their signature on what is in it.
type BagCheckedUp struct {
	Number string `json:"number"`
	Two    bool   `json:"two,omitempty"` // two people hand it over, which was not said when it was packed
}

// Kind implements Change.
func (*BagCheckedUp) Kind() string { return "bag.checked" }

// Slot implements Change.
func (c *BagCheckedUp) Slot() string { return "bag/" + BagKey(c.Number) }

// Compartment implements Change.
func (*BagCheckedUp) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *BagCheckedUp) Check(r *Record, _ time.Time) error {
	if !r.Shared.Bags[BagKey(c.Number)].State.Waits() {
		return Invalid("There is no packed bag of this number.", "Compare the number with the bag.").At("number")
	}
	return nil
}

// Apply implements Change. It holds by itself that a bag was packed by somebody
// else and still waits: the hub, which has no record, cannot ask.
func (c *BagCheckedUp) Apply(r *Record, op *Op) {
	if b := r.Shared.Bags[BagKey(c.Number)]; !b.State.Waits() || b.Packer.Staff == op.Actor.Staff {
		return
	}
	r.putBag(c.Number, func(b *Bag) { b.State, b.Checker, b.By, b.Two = BagChecked, signedBy(op), signedBy(op), b.Two || c.Two })
}

// String implements Change.
func (c *BagCheckedUp) String() string { return "Bag " + c.Number + " checked" }

// BagSignatures are what the person did with the receipt.
var BagSignatures = []string{"signed", "refused to sign"}

// BagReasons are why a bag was refused or went back. They are chosen, never
// written: everybody reads them.
var BagReasons = []string{"did not want it", "left without it", "not released", "contents changed", "damaged or opened", "died", "other, healthcare knows"}

// BagGiven records what became of a bag at the gate: handed over, with the
// person's signature or their refusal to sign, or refused by them.
type BagGiven struct {
	Number    string `json:"number"` // as it was typed from the bag
	Refused   bool   `json:"refused,omitempty"`
	Signature string `json:"signature,omitempty"`
	Reason    string `json:"reason,omitempty"`
}

// Kind implements Change.
func (*BagGiven) Kind() string { return "bag.given" }

// Slot implements Change.
func (c *BagGiven) Slot() string { return "bag/" + BagKey(c.Number) }

// Compartment implements Change.
func (*BagGiven) Compartment() Compartment { return Shared }

// Check matches the number with the person's bags: a bag of somebody else's is
// the error this prevents.
func (c *BagGiven) Check(r *Record, _ time.Time) error {
	bag, known := r.Shared.Bags[BagKey(c.Number)]
	switch {
	case strings.TrimSpace(c.Number) == "":
		return Invalid("Enter the number on the bag.", "Type it from the bag itself.").At("number")
	case !known:
		return Invalid("This person has no bag of this number.", "STOP. It may be somebody else's. Compare the number, then ask healthcare.").At("number")
	case !bag.State.Waits():
		return Invalid("This bag is not waiting: "+strings.ToLower(bag.State.Words())+".", "Ask healthcare.").At("number")
	case bag.Two && bag.State == BagPacked && !c.Refused:
		return Invalid("Pharmacy has not checked this bag yet.", "Keep it, and ask pharmacy for their second signature first.").At("number")
	case c.Refused && !slices.Contains(BagReasons, c.Reason):
		return Invalid("Choose why the bag was refused.", "").At("reason")
	case !c.Refused && !slices.Contains(BagSignatures, c.Signature):
		return Invalid("Choose whether the person signed for the bag.", "Signed, or refused to sign.").At("signature")
	}
	return r.checkAlive()
}

// Apply implements Change. A bag that nobody packed is none.
func (c *BagGiven) Apply(r *Record, op *Op) {
	if _, known := r.Shared.Bags[BagKey(c.Number)]; !known {
		return
	}
	r.putBag(c.Number, func(b *Bag) {
		b.State, b.Signature, b.Reason, b.By = BagHanded, c.Signature, "", signedBy(op)
		b.Second, b.Alone = Signed{}, GateOverride{} // of another hand-over
		if c.Refused {
			b.State, b.Signature, b.Reason = BagRefused, "", c.Reason
		}
	})
}

// String implements Change.
func (c *BagGiven) String() string {
	if c.Refused {
		return fmt.Sprintf("Bag %s refused: %s", c.Number, c.Reason)
	}
	return fmt.Sprintf("Bag %s handed over, person %s", c.Number, c.Signature)
}

// BagReturn records that a bag is back at pharmacy.
type BagReturn struct {
	Number string `json:"number"`
	Reason string `json:"reason"`
}

// Kind implements Change.
func (*BagReturn) Kind() string { return "bag.returned" }

// Slot implements Change.
func (c *BagReturn) Slot() string { return "bag/" + BagKey(c.Number) }

// Compartment implements Change.
func (*BagReturn) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *BagReturn) Check(r *Record, _ time.Time) error {
	bag, known := r.Shared.Bags[BagKey(c.Number)]
	switch {
	case !known:
		return Invalid("This person has no bag of this number.", "Compare it with the bag.").At("number")
	case bag.State == BagReturned:
		return Invalid("This bag is back at pharmacy already.", "").At("number")
	case bag.State == BagHanded:
		return Invalid("This bag was handed to the person.", "What they bring back is not this bag any more: write a note.").At("number")
	case !slices.Contains(BagReasons, c.Reason):
		return Invalid("Choose why the bag went back.", "").At("reason")
	}
	return nil
}

// Apply implements Change.
func (c *BagReturn) Apply(r *Record, op *Op) {
	if _, known := r.Shared.Bags[BagKey(c.Number)]; !known {
		return
	}
	r.putBag(c.Number, func(b *Bag) { b.State, b.Signature, b.Reason, b.By = BagReturned, "", c.Reason, signedBy(op) })
}

// Follows moves the line of medicines.
func (*BagReturn) Follows(r *Record) []Change { return followMedicines(r) }

// String implements Change.
func (c *BagReturn) String() string {
	return fmt.Sprintf("Bag %s back at pharmacy: %s", c.Number, c.Reason)
}
