package model

import (
	"fmt"
	"time"
)

// ItemID names a line of the release checklist, for ever.
type ItemID string

// The lines of the release checklist.
const (
	ItemReleaseDate     ItemID = "release-date"
	ItemIdentity        ItemID = "identity"
	ItemNHSNumber       ItemID = "nhs-number"
	ItemNeedsReview     ItemID = "needs-review"
	ItemConsent         ItemID = "consent"
	ItemPractice        ItemID = "practice"
	ItemGP              ItemID = "gp"
	ItemDeduction       ItemID = "deduction"
	ItemReconnect       ItemID = "reconnect"
	ItemAppointments    ItemID = "appointments"
	ItemReconciled      ItemID = "reconciled"
	ItemSupplyDecided   ItemID = "supply-decided"
	ItemMedicines       ItemID = "medicines"
	ItemOST             ItemID = "ost"
	ItemNaloxone        ItemID = "naloxone"
	ItemResults         ItemID = "results"
	ItemPrevention      ItemID = "prevention"
	ItemMentalHealth    ItemID = "mental-health"
	ItemACCT            ItemID = "acct"
	ItemAccommodation   ItemID = "accommodation"
	ItemSocialCare      ItemID = "social-care"
	ItemCommunication   ItemID = "communication"
	ItemLetter          ItemID = "letter"
	ItemPersonCopy      ItemID = "person-copy"
	ItemLetterDelivered ItemID = "letter-delivered"
	ItemHandover        ItemID = "handover"
	ItemProperty        ItemID = "property"
	ItemAfterRelease    ItemID = "after-release"
)

// ItemState is how far a line is, always told in words.
type ItemState string

// The states of a line.
const (
	NotStarted  ItemState = ""
	InProgress  ItemState = "in-progress"
	Done        ItemState = "done"
	CannotStart ItemState = "cannot-start"
	NotNeeded   ItemState = "not-needed"
	Refused     ItemState = "refused"
	Problem     ItemState = "problem"
)

// ItemStates lists the states a person may choose, in the order a form shows.
func ItemStates() []ItemState {
	return []ItemState{NotStarted, InProgress, Done, CannotStart, NotNeeded, Refused, Problem}
}

// Words returns the state as the screens show it.
func (s ItemState) Words() string {
	switch s {
	case NotStarted:
		return "Not started"
	case InProgress:
		return "In progress"
	case Done:
		return "Done"
	case CannotStart:
		return "Cannot start yet"
	case NotNeeded:
		return "Not needed"
	case Refused:
		return "Refused"
	case Problem:
		return "There is a problem"
	}
	return "Unknown state"
}

// Settled tells whether nothing more is to be done about the line.
func (s ItemState) Settled() bool { return s == Done || s == NotNeeded || s == Refused }

// Stage is when a line can be done at all.
type Stage uint8

// The stages.
const (
	BeforeGate   Stage = iota
	AtGate             // only as the person leaves
	AfterRelease       // only once they have left
)

// ItemFacts is a line of the checklist as a table row: what it is, whose it is
// and by when it should be done.
type ItemFacts struct {
	ID     ItemID
	Name   string
	Short  string // a column heading
	Owners []Role // who may set it; the first is whose it is
	Due    int    // days after release; negative is before. A prison may set another: see Timeline
	Again  []int  // days, as Due, on which a line that is done is looked at again; earliest first
	Stage  Stage
	Blocks bool   // while it is open nobody leaves; what does not block becomes a follow-up
	Ways   string // the ways of leaving it is for, a letter each: see Way
	Only   Nation // the nation it is for, "" for both
	// Asked, if set, tells whether the shared record asks for the line. It then
	// applies to those, and to whom somebody has begun it for.
	Asked  func(*SharedPart) bool
	Derive func(*SharedPart) Item
	// Over, if set, outranks what was set where the shared record shows worse.
	Over   func(*SharedPart) (Item, bool)
	Manual bool // set by hand; the others follow from what is recorded
	Wants  string
}

// Checklist lists every line in the order in which it is worked.
func Checklist() []ItemFacts { return checklist }

// ChecklistFor lists the lines that are for this person, in the same order.
func ChecklistFor(s *SharedPart) []ItemFacts {
	var out []ItemFacts
	way := s.Way()
	for i := range checklist {
		if checklist[i].appliesTo(s, way) {
			out = append(out, checklist[i])
		}
	}
	return out
}

// FactsOf returns the row of a line.
func FactsOf(id ItemID) (ItemFacts, bool) {
	for i := range checklist {
		if checklist[i].ID == id {
			return checklist[i], true
		}
	}
	return ItemFacts{}, false
}

// Item is the state of one line for one person. Detail is a single word for the
// board, from the code that set it ("draft", "kept"); Note is what a person
// added. Neither holds anything clinical: the checklist is shared.
type Item struct {
	State  ItemState `json:"state,omitempty"`
	Detail string    `json:"detail,omitempty"`
	Note   string    `json:"note,omitempty"`
	Until  Day       `json:"until,omitzero"` // last day on which it is done; zero: for good
	At     Stamp     `json:"at"`
	Staff  StaffID   `json:"staff,omitempty"`
	Role   Role      `json:"role,omitempty"`
}

// Word returns the least the board can say: the detail, else yes or no.
func (i Item) Word() string {
	switch {
	case i.Detail != "":
		return i.Detail
	case i.State == Done:
		return "yes"
	case i.State == NotNeeded:
		return "n/a"
	case i.State == Refused:
		return "refused"
	case i.State == Problem:
		return "PROBLEM"
	}
	return "NO"
}

// Item returns the state of a line: what follows from the record where the line
// is of that sort, else what was last set.
func (s *SharedPart) Item(id ItemID) Item {
	set, isSet := s.Items[id]
	facts, _ := FactsOf(id)
	if facts.Over != nil {
		if worse, is := facts.Over(s); is {
			return worse
		}
	}
	if facts.Derive == nil || isSet && set.State == NotNeeded && !(id == ItemReleaseDate && s.Held()) {
		return set
	}
	derived := facts.Derive(s)
	if derived.Note == "" {
		derived.Note = set.Note
	}
	return derived
}

func deriveReleaseDate(s *SharedPart) Item {
	item := Item{}
	if heads := s.Slots["release"]; len(heads) > 0 {
		last := heads[len(heads)-1]
		item.At, item.Staff, item.Role = last.Stamp(), last.Staff, last.Role
	}
	switch s.Release.Basis {
	case BasisConfirmed:
		item.State = Done
	case BasisNone:
	default:
		item.State = InProgress
		item.Detail = "not confirmed"
	}
	if s.Held() {
		item.State, item.Detail = Problem, detailHeld
		item.Note = "A hold stands against the release."
	}
	return item
}

func deriveNHSNumber(s *SharedPart) Item {
	item := Item{}
	if heads := s.Slots["number/"+string(SchemeNHS)]; len(heads) > 0 {
		last := heads[len(heads)-1]
		item.At, item.Staff, item.Role = last.Stamp(), last.Staff, last.Role
	}
	trace := s.Numbers[string(SchemeNHS)]
	switch {
	case trace.Status == TraceVerified:
		item.State = Done
	case trace.Status == TraceNotNeeded:
		item.State = NotNeeded
	case trace.Status == TraceConflict || trace.Status == TraceNoMatch:
		item.State = Problem
	case trace.Value != "" || trace.Status != "":
		item.State, item.Detail = InProgress, "not traced"
	}
	return item
}

// ItemSet sets a line of the checklist.
type ItemSet struct {
	Item   ItemID    `json:"item"`
	State  ItemState `json:"state,omitempty"`
	Detail string    `json:"detail,omitempty"`
	Note   string    `json:"note,omitempty"`
	Until  Day       `json:"until,omitzero"` // of a line that follows: the last day on which it is done
}

// Kind implements Change.
func (*ItemSet) Kind() string { return "item.set" }

// Slot implements Change.
func (c *ItemSet) Slot() string { return "item/" + string(c.Item) }

// Compartment implements Change.
func (*ItemSet) Compartment() Compartment { return Shared }

// Check implements Change. What is refused, not needed or a problem wants a
// reason: the next shift cannot ask the last one.
func (c *ItemSet) Check(r *Record, _ time.Time) error {
	facts, known := FactsOf(c.Item)
	if !known {
		return Invalid("There is no such line on the checklist.", "")
	}
	if c.State.Words() == "Unknown state" {
		return Invalid("There is no such state for "+facts.Name+".", "")
	}
	needsWhy := c.State == NotNeeded || c.State == Refused || c.State == Problem || c.State == CannotStart
	if needsWhy && c.Note == "" && c.Detail == "" {
		return Invalid(fmt.Sprintf("Say why %q is %q.", facts.Name, c.State.Words()), "A few words, nothing clinical: everybody can read the checklist.")
	}
	if c.Item == ItemIdentity && c.State == Done {
		return Invalid("Identity is checked in the walk through the gate, by two officers.", "Open it from the person's page: release now.")
	}
	if err := c.checkFollowed(r); err != nil {
		return err
	}
	if err := checkLine("The detail", c.Detail, 20); err != nil {
		return err
	}
	return checkLine("The note", c.Note, 240)
}

// Apply implements Change.
func (c *ItemSet) Apply(r *Record, op *Op) {
	if r.Shared.Items == nil {
		r.Shared.Items = make(map[ItemID]Item)
	}
	r.Shared.Items[c.Item] = Item{
		State: c.State, Detail: c.Detail, Note: c.Note, Until: c.Until,
		At: op.Stamp, Staff: op.Actor.Staff, Role: op.Actor.Role,
	}
}

// String implements Change.
func (c *ItemSet) String() string {
	facts, _ := FactsOf(c.Item)
	out := facts.Name + ": " + c.State.Words()
	if c.Detail != "" {
		out += " (" + c.Detail + ")"
	}
	if c.Note != "" {
		out += ", " + c.Note
	}
	return out
}
