package model

import "strings"

// Sex is a person's sex as the custody record codes it (NOMIS domain SEX).
type Sex string

// The codes of NOMIS.
const (
	SexMale         Sex = "M"
	SexFemale       Sex = "F"
	SexNotKnown     Sex = "NK"
	SexNotSpecified Sex = "NS"
	SexRefused      Sex = "REF"
)

var sexWords = []struct {
	sex   Sex
	words string
	nomis string // how NOMIS and its search answer describe it
}{
	{SexMale, "Male", "MALE"},
	{SexFemale, "Female", "FEMALE"},
	{SexNotKnown, "Not known", "NOT KNOWN / NOT RECORDED"},
	{SexNotSpecified, "Not specified", "NOT SPECIFIED (INDETERMINATE)"},
	{SexRefused, "Declined to say", "REFUSED"},
}

// Sexes lists the codes in the order a form offers them.
func Sexes() []Sex {
	all := make([]Sex, len(sexWords))
	for i, row := range sexWords {
		all[i] = row.sex
	}
	return all
}

// ParseSex reads a code (M), its words (Male), or what custody and escort
// records say (MALE, "Not Known / Not Recorded"). The escort record's TRANS is
// no sex code and is refused with a sentence saying so. An error is of
// KindInvalid.
func ParseSex(s string) (Sex, error) {
	const hint = "Choose male, female, not known, not specified or declined."
	typed := strings.ToUpper(strings.Join(strings.Fields(s), " "))
	for _, row := range sexWords {
		if typed == string(row.sex) || typed == strings.ToUpper(row.words) || typed == row.nomis {
			return row.sex, nil
		}
	}
	switch typed {
	case "":
		return "", Invalid("Choose a sex.", hint)
	case "TRANS", "TRANSGENDER":
		return "", Invalid("The escort record gives a gender, not a sex code.", "Ask the person, then choose.")
	}
	return "", Invalid("This is not a sex code.", hint)
}

// Valid tells whether this is one of the codes.
func (s Sex) Valid() bool {
	for _, row := range sexWords {
		if row.sex == s {
			return true
		}
	}
	return false
}

// Words returns the sex in words; "Not recorded" when there is none.
func (s Sex) Words() string {
	for _, row := range sexWords {
		if row.sex == s {
			return row.words
		}
	}
	return "Not recorded"
}
