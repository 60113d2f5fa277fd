package model

import (
	"slices"
	"strings"
	"time"
)

// A bag with a controlled drug of schedule 2 or 3 is packed by one and checked by
// another, and two people hand it over as well: who gives it, and a witness. The
// gate learns that two sign for this bag, and no more: not what is in it, nor
// why.

// TwoToSign are the bags that one person handed over where two have to sign, and
// that nobody has witnessed yet.
func (s *SharedPart) TwoToSign() []Bag {
	return slices.DeleteFunc(s.BagList(), func(b Bag) bool { return !b.wantsWitness() || !b.Alone.By.IsZero() })
}

func (b Bag) wantsWitness() bool { return b.Two && b.State == BagHanded && b.Second.IsZero() }

// handedAlone is the first bag that somebody let go out on one signature.
func (s *SharedPart) handedAlone() (GateOverride, bool) {
	for _, b := range s.BagList() {
		if b.wantsWitness() && !b.Alone.By.IsZero() {
			return b.Alone, true
		}
	}
	return GateOverride{}, false
}

// twoStep is there only where a bag takes two signatures.
func (s *SharedPart) twoStep() (GateStep, bool) {
	step := GateStep{ID: GateTwo, Name: "Second signature on bags", State: Done, Words: "Two people handed it over"}
	any, waits := false, false
	for _, b := range s.BagList() {
		if !b.Two || b.State != BagHanded && !b.State.Waits() {
			continue
		}
		any, waits = true, waits || b.State.Waits()
		if b.Second.At.After(step.By.At) {
			step.By = b.Second
		}
		if b.wantsWitness() && b.Alone.By.At.After(step.By.At) {
			step.By, step.Words = b.Alone.By, "One person handed it over. "+b.Alone.Reason.Words()+": "+b.Alone.Words
		}
	}
	switch {
	case len(s.TwoToSign()) > 0:
		step.State, step.By, step.Words = InProgress, Signed{}, "A witness signs, signed in as themselves"
	case waits:
		step.State, step.By, step.Words = CannotStart, Signed{}, "First the bag is handed over"
	}
	return step, any
}

// BagWitnessed is the second signature at the gate: its author saw the bag handed
// to the person.
type BagWitnessed struct {
	Number string `json:"number"` // as it was typed from the bag
	Of     Stamp  `json:"of"`     // of the hand-over that was seen
}

// Kind implements Change.
func (*BagWitnessed) Kind() string { return "bag.witnessed" }

// Slot implements Change.
func (c *BagWitnessed) Slot() string { return "gate/bag/" + BagKey(c.Number) }

// Compartment implements Change.
func (*BagWitnessed) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *BagWitnessed) Check(r *Record, _ time.Time) error {
	bag := r.Shared.Bags[BagKey(c.Number)]
	switch {
	case strings.TrimSpace(c.Number) == "":
		return Invalid("Enter the number on the bag.", "Type it from the bag itself.").At("number")
	case bag.State.Waits():
		return Invalid("This bag is not handed over yet.", "One hands it over and says so; then the other signs.").At("number")
	case !bag.wantsWitness():
		return Invalid("No bag of this number waits for a second signature.", "Compare the number with the bag.").At("number")
	case c.Of != bag.By.At:
		return &Error{Kind: KindConflict, Msg: "The hand-over was recorded once more meanwhile.", Hint: "Look at what is recorded now, then sign."}
	}
	return nil
}

// Apply implements Change. Nobody witnesses their own hand-over, whatever their
// program says: the hub has no record to ask, so the rule stands here too.
func (c *BagWitnessed) Apply(r *Record, op *Op) {
	b := r.Shared.Bags[BagKey(c.Number)]
	if b.wantsWitness() && c.Of == b.By.At && op.Actor.Staff != b.By.Staff {
		r.putBag(c.Number, func(b *Bag) { b.Second = signedBy(op) })
	}
}

// String implements Change.
func (c *BagWitnessed) String() string { return "Hand-over of bag " + c.Number + " witnessed" }

// allowBagWitness asks for a second person.
func allowBagWitness(a Actor, c *BagWitnessed, r *Record) error {
	if r == nil || c.Number == "" || r.Shared.Bags[BagKey(c.Number)].By.Staff != a.Staff {
		return nil
	}
	return Forbidden("You handed this bag over yourself.", "Somebody else who saw it signs, signed in as themselves, at this desk or another.")
}

// BagAlone lets a bag go out on one signature, with the reason. It stands on the
// list after the release.
type BagAlone struct {
	Number string         `json:"number"`
	Of     Stamp          `json:"of"`
	Reason OverrideReason `json:"reason"`
	Words  string         `json:"words"` // everybody reads them
}

// Kind implements Change.
func (*BagAlone) Kind() string { return "bag.alone" }

// Slot implements Change.
func (c *BagAlone) Slot() string { return "gate/alone/" + BagKey(c.Number) }

// Compartment implements Change.
func (*BagAlone) Compartment() Compartment { return Shared }

// Check implements Change.
func (c *BagAlone) Check(r *Record, _ time.Time) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	bag := r.Shared.Bags[BagKey(c.Number)]
	switch {
	case !bag.wantsWitness():
		return Invalid("No second signature is missing on this bag.", "There is nothing to override.")
	case c.Of != bag.By.At:
		return &Error{Kind: KindConflict, Msg: "The hand-over was recorded once more meanwhile.", Hint: "Look at what is recorded now."}
	}
	return nil
}

// checkForm is what needs no record.
func (c *BagAlone) checkForm() error {
	if err := checkBagNumber(c.Number); err != nil {
		return err
	}
	return checkOverride(c.Reason, c.Words)
}

// Apply implements Change.
func (c *BagAlone) Apply(r *Record, op *Op) {
	if b := r.Shared.Bags[BagKey(c.Number)]; b.wantsWitness() && c.Of == b.By.At {
		r.putBag(c.Number, func(b *Bag) { b.Alone = GateOverride{Reason: c.Reason, Words: c.Words, By: signedBy(op)} })
	}
}

// String implements Change.
func (c *BagAlone) String() string {
	return "Bag " + c.Number + " goes out on one signature. " + c.Reason.Words() + ": " + c.Words
}
