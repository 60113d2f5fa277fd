package model

import (
	"slices"
	"strings"
)

// nameLinks are words within family names that two families may share without
// being kin.
var nameLinks = []string{
	"abu", "ben", "bin", "bint", "das", "del", "della", "den", "der", "dos", "ibn", "san", "saint", "santa", "ter", "the", "van", "von",
}

// shortestKin is how many letters a part of a double name must have to count by
// itself: "Lee-O" is not kin to every "O".
const shortestKin = 3

// FamilyWords returns the words of a family name that tell kin, folded: of
// "Begum-Khan" both, of "van der Berg" the last, of "Ng" the only one. They are
// the same however the name is spelt.
func FamilyWords(family string) []string {
	all := strings.Fields(Fold(family))
	var out []string
	for _, word := range all {
		if len(word) >= shortestKin && !slices.Contains(nameLinks, word) {
			out = append(out, word)
		}
	}
	if len(out) == 0 {
		return all
	}
	return out
}

// StaffFamily returns the family name in a roster's "KHAN, A", or the last word
// of a name that is written otherwise.
func StaffFamily(name string) string {
	if family, _, found := strings.Cut(name, ","); found {
		return family
	}
	words := strings.Fields(name)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

// IsKin tells whether one of a person's names is of one of the family names
// (FamilyWords).
func IsKin(family []string, names ...PersonName) bool {
	return len(family) > 0 && slices.ContainsFunc(names, func(n PersonName) bool { return sharesWord(family, n.Family) })
}

func sharesWord(family []string, other string) bool {
	for _, word := range FamilyWords(other) {
		if slices.Contains(family, word) {
			return true
		}
	}
	return false
}

// SearchesKin tells whether a search names one of the family names in full.
func SearchesKin(family []string, typed string) bool {
	if len(family) == 0 {
		return false
	}
	for word := range strings.FieldsSeq(Fold(typed)) {
		if slices.Contains(family, word) {
			return true
		}
	}
	return false
}
