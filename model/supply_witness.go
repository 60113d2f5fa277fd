package model

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Witness is the second signature on a bag.
type Witness struct {
	Contents string `json:"contents"` // what was in it when it was checked
	Register string `json:"register,omitempty"`
	By       Signed `json:"by"`
}

// BagLines are the supplies that are in a bag as they were decided.
func (h *HealthPart) BagLines(number string) []SupplyLine {
	var out []SupplyLine
	for _, line := range h.AllSupplyLines() {
		if line.Ready && line.Supply.Route == SupplyTTO && BagKey(line.Out.Reference) == BagKey(number) {
			out = append(out, line)
		}
	}
	return out
}

// BagContents names what is in a bag, so that a signature on it does not outlive
// a change.
func (h *HealthPart) BagContents(number string) string {
	type content struct {
		ID      MedicineID
		Further bool
		For     string
	}
	var in []content
	for _, line := range h.BagLines(number) {
		in = append(in, content{line.Medicine.ID, line.Further, line.Out.For})
	}
	slices.SortFunc(in, func(a, b content) int { return cmp.Or(cmp.Compare(a.ID, b.ID), compareBool(a.Further, b.Further)) })
	return hashJSON(in).String()[:16]
}

// BagWitnessed tells whether somebody who packed none of it signed for a bag as
// it is now: what was opened and packed again since, with whatever, is not what
// they saw.
func (h *HealthPart) BagWitnessed(number string) bool {
	w, any := h.Witnessed[BagKey(number)]
	return any && w.Contents == h.BagContents(number) && !slices.ContainsFunc(h.BagLines(number), func(l SupplyLine) bool {
		return l.Out.By.Staff == w.By.Staff || l.Out.By.At.After(w.By.At)
	})
}

// needsWitness tells whether a bag holds a controlled drug that two people sign
// for: schedules 2 and 3.
func (h *HealthPart) needsWitness(number string) bool {
	return slices.ContainsFunc(h.BagLines(number), func(l SupplyLine) bool { return l.Medicine.CD().FullRules() })
}

// BagsToWitness lists the numbers of packed bags that no second person has
// signed for, those with controlled drugs alone when must is set.
func (h *HealthPart) BagsToWitness(must bool) []string {
	var out []string
	for _, line := range h.AllSupplyLines() {
		number := line.Out.Reference
		if !line.Ready || line.Supply.Route != SupplyTTO || slices.Contains(out, number) {
			continue
		}
		if !h.BagWitnessed(number) && (!must || h.needsWitness(number)) {
			out = append(out, number)
		}
	}
	slices.Sort(out)
	return out
}

// SupplyWitnessed is the second signature on a bag: its author, who packed none
// of it, compared what is in it with what was decided.
type SupplyWitnessed struct {
	Bag      string `json:"bag"`
	Contents string `json:"contents"` // BagContents as it was read
	Register string `json:"register,omitempty"`
}

// Kind implements Change.
func (*SupplyWitnessed) Kind() string { return "supply.witnessed" }

// Slot implements Change.
func (c *SupplyWitnessed) Slot() string { return "witness/" + BagKey(c.Bag) }

// Compartment implements Change.
func (*SupplyWitnessed) Compartment() Compartment { return Health }

// Check implements Change.
func (c *SupplyWitnessed) Check(r *Record, _ time.Time) error {
	h := r.health()
	switch {
	case strings.TrimSpace(c.Bag) == "":
		return Invalid("Enter the number of the bag.", "").At("bag")
	case len(h.BagLines(c.Bag)) == 0:
		return Invalid("There is no packed bag of this number.", "Compare the number with the bag.").At("bag")
	case c.Contents != h.BagContents(c.Bag):
		return &Error{Kind: KindConflict, Msg: "What belongs into the bag has changed.", Hint: "Compare it once more."}
	}
	return at("register", checkLine("The register entry", c.Register, 80))
}

// Apply implements Change. That the author is somebody else than who packed it
// is asked of whoever reads it, so that no altered program can sign twice.
func (c *SupplyWitnessed) Apply(r *Record, op *Op) {
	if r.Health.Witnessed == nil {
		r.Health.Witnessed = make(map[string]Witness)
	}
	r.Health.Witnessed[BagKey(c.Bag)] = Witness{Contents: c.Contents, Register: c.Register, By: signedBy(op)}
}

// Follows moves the line of medicines, and shows everybody that the bag was
// checked.
func (c *SupplyWitnessed) Follows(r *Record) []Change {
	if r.Health == nil {
		return nil
	}
	out := followMedicines(r)
	if bag, known := r.Shared.Bags[BagKey(c.Bag)]; known && bag.State.Waits() && r.Health.BagWitnessed(c.Bag) {
		out = append(out, &BagCheckedUp{Number: bag.Number, Two: r.Health.needsWitness(bag.Number)})
	}
	return out
}

// String implements Change.
func (c *SupplyWitnessed) String() string { return "Second signature on bag " + c.Bag }

// allowWitness refuses the second signature of who gave the first.
func allowWitness(a Actor, c *SupplyWitnessed, r *Record) error {
	if r == nil || r.Health == nil {
		return nil
	}
	for _, line := range r.Health.BagLines(c.Bag) {
		if line.Out.By.Staff == a.Staff {
			return Forbidden("You packed this bag yourself.", "Somebody else gives the second signature, signed in as themselves.")
		}
	}
	return nil
}
