package model

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
)

// CustodyRow is one person of a custody file: what prison IT says of them, as
// changes. Only what this program needs is read; offences, sentences, religion
// and everything else in the file are never looked at.
type CustodyRow struct {
	Row      int // its place in the file, 1 for the first
	Number   PrisonNumber
	Changes  []Change   // all that the file says, known already or not
	Warnings []RowError // fields that were left out
	alerts   bool       // the file lists the person's alerts, so others have ended
}

// RowError is why a row, or one field of it, was not taken. Its reason is a
// sentence and holds nothing of the row's text.
type RowError struct {
	Row    int    `json:"row"`
	Field  string `json:"field,omitempty"` // as the file names it; empty for the whole row
	Reason string `json:"reason"`
	More   int    `json:"more,omitempty"` // of the last one: how many rows it stands for, which are not listed
}

// CountRows counts the rows that errors stand for.
func CountRows(all []RowError) int {
	n := 0
	for _, e := range all {
		n += max(1, e.More)
	}
	return n
}

// Error says where and why.
func (e *RowError) Error() string {
	if e.Field == "" {
		return fmt.Sprintf("Row %d: %s", e.Row, e.Reason)
	}
	return fmt.Sprintf("Row %d, %s: %s", e.Row, e.Field, e.Reason)
}

// custodyPerson is the part of HMPPS's Prisoner (hmpps-prisoner-search) that is
// read. Each field is kept raw, because one of a wrong type must not cost the
// others.
type custodyPerson struct {
	PrisonerNumber json.RawMessage `json:"prisonerNumber"`
	PNC            json.RawMessage `json:"pncNumber"`
	CRO            json.RawMessage `json:"croNumber"`
	BookingID      json.RawMessage `json:"bookingId"`
	First          json.RawMessage `json:"firstName"`
	Middle         json.RawMessage `json:"middleNames"`
	Last           json.RawMessage `json:"lastName"`
	Born           json.RawMessage `json:"dateOfBirth"`
	Gender         json.RawMessage `json:"gender"`
	Status         json.RawMessage `json:"status"`
	InOut          json.RawMessage `json:"inOutStatus"`
	LastMovement   json.RawMessage `json:"lastMovementTypeCode"`
	Prison         json.RawMessage `json:"prisonId"`
	Cell           json.RawMessage `json:"cellLocation"`
	LegalStatus    json.RawMessage `json:"legalStatus"`
	Received       json.RawMessage `json:"receptionDate"`
	Restricted     json.RawMessage `json:"restrictedPatient"`
	Alerts         json.RawMessage `json:"alerts"`
	ConfirmedDay   json.RawMessage `json:"confirmedReleaseDate"`
	ParoleDay      json.RawMessage `json:"actualParoleDate"`
	CurfewDay      json.RawMessage `json:"homeDetentionCurfewActualDate"`
	ConditionalDay json.RawMessage `json:"conditionalReleaseDate"`
	AutomaticDay   json.RawMessage `json:"automaticReleaseDate"`
}

type custodyAlert struct {
	Code    string `json:"alertCode"`
	Active  bool   `json:"active"`
	Expired bool   `json:"expired"`
}

// rowReader turns one raw person into a row and collects its warnings.
type rowReader struct {
	row   CustodyRow
	today Day
}

func readCustodyRow(n int, raw json.RawMessage, today Day) (CustodyRow, error) {
	var p custodyPerson
	if len(raw) == 0 || raw[0] != '{' || json.Unmarshal(raw, &p) != nil {
		return CustodyRow{}, &RowError{Row: n, Reason: "This is not a person."}
	}
	in := rowReader{row: CustodyRow{Row: n}, today: today}
	if err := in.identity(&p); err != nil {
		return CustodyRow{}, err
	}
	in.numbers(&p)
	in.stay(&p)
	in.release(&p)
	in.restricted(p.Restricted)
	in.alerts(p.Alerts)
	return in.row, nil
}

func (in *rowReader) add(c Change) { in.row.Changes = append(in.row.Changes, c) }

func (in *rowReader) warn(field, reason string) {
	in.row.Warnings = append(in.row.Warnings, RowError{Row: in.row.Row, Field: field, Reason: reason})
}

func (in *rowReader) bad(field, reason string) error {
	return &RowError{Row: in.row.Row, Field: field, Reason: reason}
}

// identity reads what a row cannot do without: the prison number, by which
// another import finds the person again, and a name.
func (in *rowReader) identity(p *custodyPerson) error {
	typed := in.text("prisonerNumber", p.PrisonerNumber)
	if typed == "" {
		return in.bad("prisonerNumber", "There is no prison number.")
	}
	number, err := ParsePrisonNumber(typed)
	if err != nil {
		return in.bad("prisonerNumber", msgOf(err))
	}
	in.row.Number = number
	first, middle, last := in.text("firstName", p.First), in.text("middleNames", p.Middle), in.text("lastName", p.Last)
	if first+middle+last == "" {
		return in.bad("lastName", "There is no name.")
	}
	name, err := NameFromCustody(first, middle, last)
	if err != nil {
		return in.bad("lastName", msgOf(err))
	}
	in.add(&PersonNumbered{Scheme: SchemePrison, Value: string(number)})
	in.add(&PersonNamed{Name: name})
	return nil
}

func (in *rowReader) numbers(p *custodyPerson) {
	born, sex := in.born(p.Born), Sex("")
	if gender := in.text("gender", p.Gender); gender != "" {
		var err error
		if sex, err = ParseSex(gender); err != nil {
			in.warn("gender", msgOf(err))
		}
	}
	if !born.IsZero() || sex != "" {
		in.add(&PersonBorn{Date: born, Sex: sex})
	}
	if typed := in.text("pncNumber", p.PNC); typed != "" {
		if pnc, err := ParsePNC(typed); err != nil {
			in.warn("pncNumber", msgOf(err))
		} else {
			in.add(&PersonNumbered{Scheme: SchemePNC, Value: string(pnc)})
		}
	}
	if typed := in.text("croNumber", p.CRO); typed != "" {
		if cro, err := ParseCRO(typed); err != nil {
			in.warn("croNumber", msgOf(err))
		} else {
			in.add(&PersonNumbered{Scheme: SchemeCRO, Value: string(cro)})
		}
	}
}

func (in *rowReader) born(raw json.RawMessage) PartialDate {
	typed := in.text("dateOfBirth", raw)
	if typed == "" {
		return PartialDate{}
	}
	born, err := ParsePartialDate(typed)
	if err == nil {
		err = born.CheckBirth(in.today)
	}
	if err != nil {
		in.warn("dateOfBirth", dateReason(typed, err))
		return PartialDate{}
	}
	return born
}

func (in *rowReader) restricted(raw json.RawMessage) {
	if absent(raw) {
		return
	}
	var restricted bool
	if json.Unmarshal(raw, &restricted) != nil {
		// The safe reading of a mark that cannot be read.
		in.warn("restrictedPatient", "It is neither true nor false; the person is treated as restricted.")
		restricted = true
	}
	if restricted {
		in.add(&PersonRestricted{Restricted: true, Reason: "Restricted patient in prison IT"})
	}
}

func (in *rowReader) alerts(raw json.RawMessage) {
	if absent(raw) {
		return
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		in.warn("alerts", "This is not a list; no alert was read.")
		return
	}
	in.row.alerts = true
	seen := make(map[string]*AlertSet)
	for _, raw := range list {
		var a custodyAlert
		if json.Unmarshal(raw, &a) != nil || !alphanumeric(a.Code) || len(a.Code) > 12 {
			in.warn("alerts", "An alert could not be read.")
			in.row.alerts = false // it may be one that is known here, so none is ended
			continue
		}
		if seen[a.Code] == nil {
			seen[a.Code] = &AlertSet{Code: a.Code}
			in.add(seen[a.Code])
		}
		seen[a.Code].Active = seen[a.Code].Active || a.Active && !a.Expired
	}
}

// text reads a field that should hold one line. Blanks, which prison IT writes
// for "nothing", and null are "".
func (in *rowReader) text(field string, raw json.RawMessage) string {
	if absent(raw) {
		return ""
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		in.warn(field, "This is not text.")
		return ""
	}
	clean := CleanText(s)
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && !unicode.IsSpace(r) }) {
		in.warn(field, "Characters that cannot be shown were left out.")
	}
	return clean
}

func absent(raw json.RawMessage) bool { return len(raw) == 0 || string(raw) == "null" }

// msgOf returns the sentence of an error of ours, without its hint: a hint
// tells somebody at a form what to type.
func msgOf(err error) string {
	if e, ok := err.(*Error); ok {
		return e.Msg
	}
	return "This could not be read."
}
