package model

import "strings"

// ChosenPractice is a GP practice as it stood when it was chosen. It is copied into
// the record, so that a practice that moves or closes does not change what was
// written.
type ChosenPractice struct {
	Code     ODSCode  `json:"code"` // ODS code, such as A81001
	Name     string   `json:"name"`
	Address  []string `json:"address,omitempty"` // lines without the postcode
	Postcode string   `json:"postcode,omitempty"`
	Phone    string   `json:"phone,omitempty"`
}

// Chosen is the practice as it stands now.
func (p Practice) Chosen() ChosenPractice {
	return ChosenPractice{Code: p.Code, Name: p.Name, Address: p.Address, Postcode: p.Postcode, Phone: p.Phone}
}

// IsZero tells whether no practice is meant.
func (p ChosenPractice) IsZero() bool { return p.Code == "" }

// Lines returns name, address, postcode and telephone, one a line, without
// empty ones.
func (p ChosenPractice) Lines() []string {
	var out []string
	for i, line := range append(append([]string{p.Name}, p.Address...), p.Postcode) {
		if i == 1 && line == p.Name { // some rows repeat the name as the first line of the address
			continue
		}
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	if p.Phone != "" {
		out = append(out, "Telephone "+p.Phone)
	}
	if p.Code != "" {
		out = append(out, "Practice code "+string(p.Code))
	}
	return out
}

func (p ChosenPractice) check() error {
	if _, err := ParsePracticeCode(string(p.Code)); err != nil {
		return err
	}
	if len(p.Address) > 8 {
		return Invalid("The practice's address has too many lines.", "Keep to eight.")
	}
	for _, line := range append([]string{p.Name, p.Postcode, p.Phone}, p.Address...) {
		if err := checkLine("The practice", line, 120); err != nil {
			return err
		}
	}
	return nil
}
