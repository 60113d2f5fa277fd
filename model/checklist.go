package model

import (
	"fmt"
	"time"
)

// ItemID names a line of the release checklist, for ever.
type ItemID string

// The lines of the release checklist.
const (
	ItemReleaseDate ItemID = "release-date"
	ItemNHSNumber   ItemID = "nhs-number"
	ItemConsent     ItemID = "consent"
	ItemGP          ItemID = "gp"
	ItemMedicines   ItemID = "medicines"
	ItemLetter      ItemID = "letter"
	ItemIdentity    ItemID = "identity"
	ItemHandover    ItemID = "handover"
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

// ItemFacts is a line of the checklist as a table row: what it is, whose it is
// and by when it should be done.
type ItemFacts struct {
	ID     ItemID
	Name   string
	Short  string // a column heading
	Owners []Role // who may set it; the first is whose it is
	Due    int    // days after release; negative is before
	Derive func(*SharedPart) Item
	Manual bool // set by hand; the others follow from what is recorded
	AtGate bool // can only be done as the person leaves
	Wants  string
}

// Checklist lists every line in the order in which it is worked. The due days
// are those of the release timeline: NHS England and NICE NG57 ask for health
// planning and registration a month before release.
func Checklist() []ItemFacts { return checklist }

var (
	custodyDesk = []Role{RoleReception, RoleOMU, RoleManager}
	clinicians  = []Role{RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}
	letterDesk  = []Role{RolePrescriber, RoleNurse, RolePharmacy, RoleSubstanceMisuse} // all who can put it out of date
	healthDesk  = []Role{RoleHealthAdmin, RoleNurse, RolePrescriber, RolePharmacy, RoleSubstanceMisuse}
)

var checklist = []ItemFacts{
	{ID: ItemReleaseDate, Name: "Release date confirmed", Short: "Date", Owners: []Role{RoleOMU, RoleReception, RoleManager}, Due: -28, Derive: deriveReleaseDate, Wants: "a confirmed release date"},
	{ID: ItemNHSNumber, Name: "NHS number traced", Short: "NHS", Owners: healthDesk, Due: -60, Derive: deriveNHSNumber, Wants: "a verified NHS number, or the reason there is none"},
	{ID: ItemConsent, Name: "Sharing consent asked", Short: "Consent", Owners: healthDesk, Due: -30, Wants: "the person's answer on sharing with a GP"},
	{ID: ItemGP, Name: "GP registration", Short: "GP", Owners: healthDesk, Due: -28, Wants: "a practice that has accepted the person"},
	{ID: ItemMedicines, Name: "Medicines to take out", Short: "Meds", Owners: clinicians, Due: -7, Wants: "a supply decision for every medicine"},
	{ID: ItemLetter, Name: "Discharge letter", Short: "Letter", Owners: letterDesk, Due: 0, Wants: "a signed letter"},
	{ID: ItemIdentity, Name: "Identity checked at release", Short: "Identity", Owners: custodyDesk, Due: 0, Manual: true, AtGate: true, Wants: "a check of face and two identifiers"},
	{ID: ItemHandover, Name: "Hand-over at the gate", Short: "Gate", Owners: []Role{RoleReception, RoleNurse, RoleManager}, Due: 0, Manual: true, AtGate: true, Wants: "medicines and letter given to the person"},
}

// FactsOf returns the row of a line.
func FactsOf(id ItemID) (ItemFacts, bool) {
	for _, f := range checklist {
		if f.ID == id {
			return f, true
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
	if facts.Derive == nil || isSet && set.State == NotNeeded {
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
		State: c.State, Detail: c.Detail, Note: c.Note,
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
