package model

import (
	"slices"
	"strings"
)

// exemptFromSafeCustody are the substances of schedule 3 that need no locked
// cabinet (Misuse of Drugs (Safe Custody) Regulations 1973, schedule 1, as
// amended). Whatever is in schedule 3 and not here is kept locked.
var exemptFromSafeCustody = []string{
	"tramadol", "zydol", "gabapentin", "neurontin", "pregabalin", "lyrica", "alzain",
	"midazolam", "buccolam", "phenobarbital", "pentazocine", "meprobamate",
}

// SafeCustody tells whether a medicine is kept in the controlled drugs cabinet:
// schedule 2, and schedule 3 where it is not exempt.
func (p Prescribed) SafeCustody() bool {
	switch p.CD() {
	case Schedule2:
		return true
	case Schedule3:
		name := strings.ToLower(p.Name)
		return !slices.ContainsFunc(exemptFromSafeCustody, func(exempt string) bool { return strings.Contains(name, exempt) })
	}
	return false
}

// CustodyWords says where a controlled drug is kept; "" for other medicines.
func (p Prescribed) CustodyWords() string {
	switch cd := p.CD(); {
	case p.SafeCustody():
		return "Safe custody: yes"
	case cd != ScheduleNone:
		return "Safe custody: no"
	}
	return ""
}
