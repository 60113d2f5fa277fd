package model

import (
	"io"
	"strings"
)

// Prison is one establishment of the HMPPS prison register. Two establishments
// may share a practice code, so the code never tells which prison is meant.
type Prison struct {
	Code      SiteCode `json:"code"`
	Name      string   `json:"name"`              // as the register writes it: "Leeds (HMP)"
	WelshName string   `json:"welsh,omitempty"`   // prisons in Wales only
	Active    bool     `json:"active,omitempty"`  // open now
	Male      bool     `json:"male,omitempty"`    // holds men
	Female    bool     `json:"female,omitempty"`  // holds women
	Types     []string `json:"types,omitempty"`   // HMP, YOI, IRC
	Operator  string   `json:"run,omitempty"`     // PSP is the public sector
	Practice  ODSCode  `json:"gp,omitempty"`      // the prison's own GP practice
	Address   []string `json:"address,omitempty"` // without the postcode
	Postcode  string   `json:"postcode,omitempty"`
	Country   string   `json:"country,omitempty"` // England or Wales
}

// Title returns the name as people say it: "HMP Leeds" for "Leeds (HMP)".
func (p Prison) Title() string {
	place, kind, found := strings.Cut(strings.TrimSuffix(p.Name, ")"), " (")
	if !found || kind == "" {
		return p.Name
	}
	return kind + " " + place
}

// InWales tells whether Welsh rules and forms apply.
func (p Prison) InWales() bool { return p.Country == "Wales" }

// ParsePrisons reads the prison register as CSV with a header that names at
// least prison_id, name and active. Rows that cannot be used are listed; an
// error, of KindInvalid or KindOutside, means that the file as a whole cannot.
func ParsePrisons(r io.Reader) ([]Prison, []RowError, error) {
	rows, err := newCSVReader(r)
	if err != nil {
		return nil, nil, err
	}
	columns, err := rows.readHeader("prisons", "prison_id", "name", "active")
	if err != nil {
		return nil, nil, err
	}
	all, err := readRows(rows, nil, func(fields []string) (Prison, SiteCode, string) {
		row, reason := prisonOfRow(columns, fields)
		return row, row.Code, reason
	}, "Its prison code stands in an earlier row.")
	if err != nil {
		return nil, nil, err
	}
	if len(all) == 0 {
		return nil, rows.rejected(), Invalid("No row of this file is a prison.", "Import the prison register with the columns prison_id, name and active.")
	}
	return all, rows.rejected(), nil
}

// prisonOfRow reads one row, or says why it cannot be used.
func prisonOfRow(columns header, fields []string) (Prison, string) {
	get := func(column string) string { return columns.get(fields, column) }
	code, err := ParseSiteCode(get("prison_id"))
	if err != nil || code.IsPseudo() {
		return Prison{}, "It is no prison: the code of one has three letters. Secure training centres are outside this program."
	}
	p := Prison{
		Code: code, Name: get("name"), WelshName: get("prison_name_in_welsh"),
		Operator: get("operator"), Country: get("country"),
		Address: present(get("address_line1"), get("address_line2"), get("town"), get("county")),
	}
	if p.Name == "" {
		return Prison{}, "It has no name."
	}
	for _, truth := range []struct {
		column string
		to     *bool
	}{{"active", &p.Active}, {"male", &p.Male}, {"female", &p.Female}} {
		yes, ok := yesOrNo(get(truth.column))
		if !ok {
			return Prison{}, "Its column " + truth.column + " is neither t nor f."
		}
		*truth.to = yes
	}
	if types := get("types"); types != "" {
		p.Types = strings.Split(types, "|")
	}
	if gp := get("gp_practice_code"); gp != "" {
		if p.Practice, err = ParsePracticeCode(gp); err != nil {
			return Prison{}, "Its practice code is not one."
		}
	}
	p.Postcode = tidyPostcode(get("postcode"))
	return p, ""
}

// yesOrNo reads the ways tables write a truth; empty is no.
func yesOrNo(s string) (yes, ok bool) {
	switch strings.ToLower(s) {
	case "t", "true", "y", "yes", "1":
		return true, true
	case "", "f", "false", "n", "no", "0":
		return false, true
	}
	return false, false
}

// present drops empty lines.
func present(lines ...string) []string {
	var kept []string
	for _, line := range lines {
		if line != "" {
			kept = append(kept, line)
		}
	}
	return kept
}

// tidyPostcode spaces a postcode, and keeps as it stands what is not one: the
// rest of the row is still of use.
func tidyPostcode(s string) string {
	if postcode, err := ParsePostcode(s); err == nil {
		return postcode
	}
	return s
}
