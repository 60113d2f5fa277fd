package model

import (
	"io"
	"strconv"
	"strings"
	"time"
)

// Practice is one row of the ODS file of GP practices and other prescribing
// cost centres (epraccur). Most rows are not practices a person can register
// with: Active tells which are.
type Practice struct {
	Code     ODSCode        `json:"code"`
	Name     string         `json:"name"`              // in title case, for display
	Address  []string       `json:"address,omitempty"` // in title case, without the postcode
	Postcode string         `json:"postcode,omitempty"`
	Phone    string         `json:"phone,omitempty"`
	Opened   Day            `json:"opened"`
	Closed   Day            `json:"closed"` // not set while open
	Status   PracticeStatus `json:"status"`
	Setting  int            `json:"setting"` // ODS prescribing setting
}

// PracticeStatus is the ODS status of a practice.
type PracticeStatus string

// The statuses of the file.
const (
	PracticeActive   PracticeStatus = "A"
	PracticeClosed   PracticeStatus = "C"
	PracticeDormant  PracticeStatus = "D"
	PracticeProposed PracticeStatus = "P"
)

// The prescribing settings this program asks about.
const (
	SettingGP     = 4
	SettingPrison = 25
)

// Active tells whether people can be registered here: a GP practice, open now.
func (p Practice) Active() bool { return p.Status == PracticeActive && p.Setting == SettingGP }

// WhyNot says in words why nobody can be registered here, "" when they can.
func (p Practice) WhyNot() string {
	switch {
	case p.Status == PracticeClosed && !p.Closed.IsZero():
		return "Closed " + p.Closed.String()
	case p.Status == PracticeClosed:
		return "Closed"
	case p.Status == PracticeDormant:
		return "Dormant"
	case p.Status == PracticeProposed:
		return "Not open yet"
	case p.Setting == SettingPrison:
		return "A prison's own practice"
	case p.Setting != SettingGP:
		return "Not a GP practice"
	}
	return ""
}

// Lines returns name, address and postcode as they stand on a letter.
func (p Practice) Lines() []string {
	lines := append([]string{p.Name}, p.Address...)
	if len(p.Address) > 0 && p.Address[0] == p.Name {
		lines = lines[1:]
	}
	return append(lines, present(p.Postcode)...)
}

const practiceColumns = 27

// ParsePractices reads the ODS file epraccur.csv: 27 columns, no header. Rows
// that cannot be used are listed; an error, of KindInvalid or KindOutside,
// means that the file as a whole cannot.
func ParsePractices(r io.Reader) ([]Practice, []RowError, error) {
	rows, err := newCSVReader(r)
	if err != nil {
		return nil, nil, err
	}
	all, err := readRows(rows, practiceHeader, func(fields []string) (Practice, ODSCode, string) {
		row, reason := practiceOfRow(fields)
		return row, row.Code, reason
	}, "Its practice code stands in an earlier row.")
	if err != nil {
		return nil, nil, err
	}
	if len(all) == 0 {
		return nil, rows.rejected(), Invalid("No row of this file is a GP practice.", "Import the ODS file epraccur.csv, which has 27 columns and no header.")
	}
	return all, rows.rejected(), nil
}

// practiceHeader tells a header that somebody added to a file that has none.
func practiceHeader(fields []string) bool {
	return strings.Contains(strings.ToLower(fields[0]), "code")
}

// practiceOfRow reads one row, or says why it cannot be used.
func practiceOfRow(fields []string) (Practice, string) {
	if len(fields) != practiceColumns {
		return Practice{}, "It has " + strconv.Itoa(len(fields)) + " columns, not 27."
	}
	code, err := ParseODSCode(fields[0])
	if err != nil {
		return Practice{}, "Its practice code is not one."
	}
	p := Practice{
		Code: code, Name: TitleCasePlace(fields[1]), Postcode: tidyPostcode(fields[9]),
		Phone: fields[17], Status: PracticeStatus(fields[12]),
	}
	if p.Name == "" {
		return Practice{}, "It has no name."
	}
	if !strings.Contains("ACDP", fields[12]) || len(fields[12]) != 1 {
		return Practice{}, "Its status is none of A, C, D and P."
	}
	if p.Setting, err = strconv.Atoi(fields[25]); err != nil || p.Setting < 0 {
		return Practice{}, "Its prescribing setting is not a number."
	}
	var ok bool
	if p.Opened, ok = odsDay(fields[10]); !ok {
		return Practice{}, "Its opening date is not one."
	}
	if p.Closed, ok = odsDay(fields[11]); !ok {
		return Practice{}, "Its closing date is not one."
	}
	for _, line := range fields[4:9] {
		if line != "" {
			p.Address = append(p.Address, TitleCasePlace(line))
		}
	}
	p.pack()
	return p, ""
}

// odsDay reads "19740401"; empty is the unset day.
func odsDay(s string) (Day, bool) {
	if s == "" {
		return 0, true
	}
	t, err := time.Parse("20060102", s)
	if err != nil {
		return 0, false
	}
	return NewDay(t.Date()), true
}

// pack puts all words of the row into one string, so that sixteen thousand rows
// are as many allocations and hold nothing of the file's lines.
func (p *Practice) pack() {
	parts := []*string{(*string)(&p.Code), &p.Name, &p.Postcode, &p.Phone, (*string)(&p.Status)}
	p.Address = p.Address[:len(p.Address):len(p.Address)]
	for i := range p.Address {
		parts = append(parts, &p.Address[i])
	}
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(*part)
	}
	all, from := b.String(), 0
	for _, part := range parts {
		to := from + len(*part)
		*part, from = all[from:to], to
	}
}
