package model

import (
	"fmt"
	"slices"
	"strings"
)

// GateStepID names a step of the walk.
type GateStepID string

// The steps, in the order in which they are walked.
const (
	GateReady    GateStepID = "ready"
	GateWho      GateStepID = "identity"
	GateSecond   GateStepID = "second"
	GateBags     GateStepID = "bags"
	GateTwo      GateStepID = "two" // where a bag takes two signatures
	GateGiveBack GateStepID = "property"
	GateReceived GateStepID = "receipt"
)

// GateStep is one step with how far it is.
type GateStep struct {
	ID    GateStepID
	Name  string
	State ItemState
	Words string // what was done, or what is wanted
	By    Signed // who did it
}

// GateBlocks lists the lines that keep the person in: they block, are open, and
// nobody who may has overridden them.
func GateBlocks(s *SharedPart) []Missing {
	var out []Missing
	for _, m := range Timeline(nil).Readiness(s) {
		if _, overridden := s.Gate.Overrides[m.Item.ID]; m.Item.Blocks && m.Item.Stage == BeforeGate && !overridden {
			out = append(out, m)
		}
	}
	return out
}

// GateSteps is the walk as it stands.
func (r *Record) GateSteps() []GateStep {
	s := &r.Shared
	steps := []GateStep{r.readyStep(), s.identityStep(), s.secondStep(), s.bagsOrWait()}
	if two, any := s.twoStep(); any {
		steps = append(steps, two)
	}
	return append(steps, s.propertyStep(), s.receiptStep())
}

func (r *Record) readyStep() GateStep {
	step := GateStep{ID: GateReady, Name: "Nothing is in the way", State: Done, Words: "Every line that blocks is settled"}
	if holds, blocks := r.StandingHolds(), GateBlocks(&r.Shared); len(holds)+len(blocks) > 0 {
		step.State, step.Words = NotStarted, "See above: each is done, or overridden by who may"
		if len(holds) > 0 {
			step.State, step.Words = Problem, "A hold stands against the release"
		}
	} else if len(r.Shared.Gate.Overrides) > 0 {
		step.Words = "Overridden: " + strings.Join(overriddenNames(&r.Shared), ", ")
	}
	return step
}

func overriddenNames(s *SharedPart) []string {
	var names []string
	for i := range checklist {
		if _, is := s.Gate.Overrides[checklist[i].ID]; is {
			names = append(names, checklist[i].Name)
		}
	}
	return names
}

func (s *SharedPart) identityStep() GateStep {
	id := s.Gate.Identity
	step := GateStep{ID: GateWho, Name: "Identity", Words: "Photograph and two identifiers", By: id.By}
	if id.By.IsZero() {
		return step
	}
	step.State = Done
	var words []string
	for _, code := range id.Identifiers {
		words = append(words, lowerFirst(identifierWords(code)))
	}
	step.Words = "Photograph; " + strings.Join(words, "; ")
	return step
}

func (s *SharedPart) secondStep() GateStep {
	g := &s.Gate
	step := GateStep{ID: GateSecond, Name: "Second officer", Words: "Somebody else confirms it, signed in as themselves", By: g.Second}
	switch {
	case g.Identity.By.IsZero():
		step.State, step.Words = CannotStart, "First the identity"
	case g.IdentityConfirmed():
		step.State, step.Words = Done, "Confirmed"
	}
	return step
}

// bagsStep matches what pharmacy packed with what is handed over. It names no
// number: one that is offered is one that nobody compares.
func (s *SharedPart) bagsStep() GateStep {
	step := GateStep{ID: GateBags, Name: "Bags of medicines", State: Done, Words: "None is packed"}
	waiting, handed, refused := 0, 0, 0
	for _, bag := range s.BagList() {
		switch {
		case bag.State.Waits():
			waiting++
			continue
		case bag.State == BagHanded:
			handed++
		case bag.State == BagRefused:
			refused++
		default:
			continue
		}
		if bag.By.At.After(step.By.At) {
			step.By = bag.By
		}
	}
	done := fmt.Sprintf("%d handed over", handed)
	if refused > 0 {
		done += fmt.Sprintf(", %d refused: back to pharmacy", refused)
	}
	switch {
	case waiting > 0 && !s.Gate.IdentityConfirmed():
		step.State, step.Words = CannotStart, fmt.Sprintf("%d waiting. First two officers know who it is", waiting)
	case waiting > 0:
		step.State, step.Words = InProgress, fmt.Sprintf("%d waiting: type the number from each bag", waiting)
	case handed+refused > 0:
		step.Words = done
	}
	return step
}

// bagsOrWait says that there is no bag yet while the medicines still keep the person
// in: "Done" beside it would be read as that there is none to come.
func (s *SharedPart) bagsOrWait() GateStep {
	step := s.bagsStep()
	none := step.State == Done && step.By.IsZero()
	if none && slices.ContainsFunc(GateBlocks(s), func(m Missing) bool { return m.Item.ID == ItemMedicines }) {
		step.State, step.Words = CannotStart, "Healthcare is not done yet: none is packed"
	}
	return step
}

func (s *SharedPart) propertyStep() GateStep {
	p := s.Gate.Property
	step := GateStep{ID: GateGiveBack, Name: "Property and own medicines", Words: "What was given back, or that there is none", By: p.By}
	if p.By.IsZero() {
		return step
	}
	step.State, step.Words = Done, p.Listed
	if p.None {
		step.Words = "None"
	}
	step.Words += ". Own medicines: " + lowerFirst(p.Possession.Words())
	return step
}

func (s *SharedPart) receiptStep() GateStep {
	p := s.Gate.Receipt
	step := GateStep{ID: GateReceived, Name: "The person's signature", Words: "Signed, refused, or why not", By: p.By}
	if p.By.IsZero() {
		return step
	}
	step.State, step.Words = Done, p.Signature.Words()
	if p.Why != "" {
		step.Words += ": " + p.Why
	}
	step.Words += ". Letter: " + lowerFirst(letterGivenWords(p.Letter))
	return step
}

// BeforeLeaving lists in words what is still to be done before the person may go
// out of the gate; nothing when they may.
func (r *Record) BeforeLeaving() []string {
	var out []string
	for _, hold := range r.StandingHolds() {
		out = append(out, hold.Words+" (ask "+hold.Whose+")")
	}
	for _, m := range GateBlocks(&r.Shared) {
		out = append(out, m.Item.Name+" ("+m.Whose.Words()+")")
	}
	for _, step := range r.GateSteps()[1:] {
		if step.State != Done {
			out = append(out, step.Name)
		}
	}
	return out
}

// NextStep is the first step that is not done, and whether there is one.
func (r *Record) NextStep() (GateStep, bool) {
	steps := r.GateSteps()
	i := slices.IndexFunc(steps, func(step GateStep) bool { return step.State != Done })
	if i < 0 {
		return GateStep{}, false
	}
	return steps[i], true
}

// deriveIdentity is done when two officers have checked who it is. What older
// desks ticked by hand stands until somebody checks here.
func deriveIdentity(s *SharedPart) Item {
	g := &s.Gate
	if g.Identity.By.IsZero() {
		return s.Items[ItemIdentity]
	}
	by := g.Identity.By
	item := Item{State: InProgress, Detail: "one officer", At: by.At, Staff: by.Staff, Role: by.Role}
	if g.IdentityConfirmed() {
		item.State, item.Detail = Done, ""
		item.At, item.Staff, item.Role = g.Second.At, g.Second.Staff, g.Second.Role
	}
	return item
}

// deriveHandover is done when every bag that was packed was handed over, with as
// many signatures as it takes, or refused at the gate. Without a bag the person's
// receipt stands for it once healthcare has finished; before, somebody says by hand
// that there was nothing.
func deriveHandover(s *SharedPart) Item {
	step := s.bagsStep()
	set := s.Items[ItemHandover]
	if receipt := s.Gate.Receipt.By; len(s.BagList()) == 0 && step.State == Done && s.Items[ItemMedicines].State.Settled() && receipt.At.After(set.At) {
		return Item{State: Done, At: receipt.At, Staff: receipt.Staff, Role: receipt.Role} // no bag, and they have signed for the rest
	}
	waiting := len(s.WaitingBags()) > 0
	if step.By.IsZero() && !waiting || set.At.After(step.By.At) && !waiting {
		return set
	}
	item := Item{State: Done, At: step.By.At, Staff: step.By.Staff, Role: step.By.Role}
	if two, any := s.twoStep(); any && two.State != Done {
		item.State, item.Note = InProgress, "A second signature is missing."
	}
	if _, alone := s.handedAlone(); alone {
		item.State, item.Note = InProgress, "A bag went out on one signature."
	}
	if waiting {
		item.State = NotStarted
		if !step.By.IsZero() {
			item.State, item.Note = InProgress, "Not every bag is handed over."
		}
	}
	return item
}

// deriveProperty is done when property was given back at the gate.
func deriveProperty(s *SharedPart) Item {
	by := s.Gate.Property.By
	if by.IsZero() {
		return s.Items[ItemProperty]
	}
	return Item{State: Done, At: by.At, Staff: by.Staff, Role: by.Role}
}

// derivePersonCopy follows the receipt, unless somebody recorded it otherwise
// since.
func derivePersonCopy(s *SharedPart) Item {
	set, receipt := s.Items[ItemPersonCopy], s.Gate.Receipt
	if receipt.By.IsZero() || receipt.Letter == "none" || set.At.After(receipt.By.At) {
		return set
	}
	item := Item{State: Done, At: receipt.By.At, Staff: receipt.By.Staff, Role: receipt.By.Role}
	if receipt.Letter == "refused" {
		item.State, item.Note = Refused, "The person did not want it"
	}
	return item
}
