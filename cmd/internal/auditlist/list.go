package auditlist

import (
	"cmp"
	"slices"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Row is one entry. Its JSON is part of the command line's contract.
type Row struct {
	At        time.Time      `json:"at"`
	Site      model.SiteCode `json:"site,omitempty"`
	Device    string         `json:"device"`
	Seq       uint64         `json:"seq"` // in its device's chain
	Staff     model.StaffID  `json:"staff"`
	StaffName string         `json:"staffName"`
	Role      model.Role     `json:"role"`
	Via       string         `json:"via,omitempty"`
	What      string         `json:"what"`  // "write" for a change of a record
	Words     string         `json:"words"` // what was done
	Person    string         `json:"person,omitempty"`
	Number    string         `json:"prisonNumber,omitempty"`
	Parts     []string       `json:"parts"` // the compartments that could be seen, or were written
	Kin       bool           `json:"kin,omitempty"`
	Many      uint64         `json:"many,omitempty"`
	Reason    string         `json:"reason,omitempty"` // a code: for breaking the glass, of what was found, or of what was done
	Whom      model.StaffID  `json:"whom,omitempty"`   // whose access was changed
	WhomName  string         `json:"whomName,omitempty"`
	As        model.Role     `json:"as,omitempty"`      // their role from then on
	Claimed   bool           `json:"claimed,omitempty"` // nothing proves that it was the member of staff
	Kind      string         `json:"kind,omitempty"`    // of a change
	Stamp     *model.Stamp   `json:"stamp,omitempty"`   // of a change
}

// What a change of a record is called in a list.
const wrote = "write"

// Names say who is who. Either may be nil.
type Names struct {
	Staff  func(model.StaffID) string
	Number func(model.PersonID) string // prison number, "" when it is not known
}

func (n Names) staff(id model.StaffID) string {
	if n.Staff == nil || id == "" {
		return ""
	}
	return n.Staff(id)
}

func (n Names) number(id model.PersonID) string {
	if n.Number == nil || id.IsZero() {
		return ""
	}
	return n.Number(id)
}

// Read is a row of the access log.
func Read(a model.Access, site model.SiteCode, names Names) Row {
	row := Row{
		At: a.At.Time(), Site: site, Device: a.Device.String(), Seq: a.Seq, Staff: a.Staff, StaffName: names.staff(a.Staff), Role: a.Role,
		Via: a.Via, What: string(a.What), Words: a.Words(), Number: names.number(a.Person), Parts: []string{},
		Kin: a.Kin, Many: a.Many, Reason: a.Reason, Whom: a.Whom, WhomName: names.staff(a.Whom), As: a.As, Claimed: a.Claimed(),
	}
	if !a.Person.IsZero() {
		row.Person = a.Person.String()
	}
	if a.Of != (model.DeviceID{}) {
		row.Device = a.Of.String()
	}
	for _, c := range a.Parts {
		row.Parts = append(row.Parts, c.String())
	}
	return row
}

// Written is a row of the log of changes.
func Written(w model.Written, site model.SiteCode, names Names) Row {
	row := Row{
		At: w.At().Time(), Site: site, Device: w.Device.String(), Seq: w.Seq, Staff: w.Staff, StaffName: names.staff(w.Staff), Role: w.Role,
		What: wrote, Words: "Wrote " + w.Kind, Person: w.Person.String(), Number: names.number(w.Person),
		Parts: []string{w.Compartment.String()}, Kind: w.Kind, Stamp: &w.Stamp,
	}
	if w.Kind == "" {
		row.Words = "Wrote in the " + w.Compartment.String() + " record, which is not open to your role"
	}
	return row
}

// List is an audit as a document.
type List struct {
	Entries []Row `json:"entries"` // newest first
}

// Of puts rows in order, the newest first, and keeps as many as are wanted.
func Of(rows []Row, most int) List {
	slices.SortStableFunc(rows, func(a, b Row) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Device, b.Device), cmp.Compare(b.Seq, a.Seq))
	})
	if rows == nil {
		rows = []Row{}
	}
	return List{Entries: rows[:min(len(rows), most)]}
}
