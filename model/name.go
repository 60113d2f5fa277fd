package model

import (
	"slices"
	"strings"
)

// PersonName is what a person is called, in any script. A person with a single
// name has it as Family, where the NHS puts it too. The parts are as they are
// written, never folded or shortened; Official decides about capitals.
type PersonName struct {
	Family string   `json:"family,omitempty"`
	Given  []string `json:"given,omitempty"`
}

// The longest a name may be: GP systems keep 35 characters of a part, but
// people have longer ones, and cutting belongs to whoever sends, not to us.
const (
	MaxNamePart   = 80 // characters, not bytes
	MaxGivenNames = 20
)

// ParsePersonName cleans a family name and given names, each of which may hold
// several words. One of them is enough; a lone given name becomes the family
// name. An error is of KindInvalid.
func ParsePersonName(family string, given ...string) (PersonName, error) {
	name := PersonName{Family: CleanText(family)}
	for _, g := range given {
		name.Given = append(name.Given, strings.Fields(CleanText(g))...)
	}
	if name.Family == "" && len(name.Given) > 0 {
		name.Family, name.Given = strings.Join(name.Given, " "), nil
	}
	if err := name.Check(); err != nil {
		return PersonName{}, err
	}
	return name, nil
}

// Check refuses a name that is empty, has no letter in it, is too long, or was
// not cleaned. An error is of KindInvalid.
func (n PersonName) Check() error {
	if n.IsZero() {
		return Invalid("Enter a name.", "A single name is enough; put it in family name.")
	}
	if len(n.Given) > MaxGivenNames {
		return Invalid("There are too many given names.", "Leave out the last ones; 20 can be kept.")
	}
	letters := false
	for _, part := range append([]string{n.Family}, n.Given...) {
		switch {
		case part != CleanText(part):
			return Invalid("The name has characters that cannot be shown.", "Type it again without them.")
		case strings.ContainsRune(part, '\ufffd'):
			return Invalid("Some letters of the name could not be read.", "The source is not UTF-8 text; type the name instead.")
		case len([]rune(part)) > MaxNamePart:
			return Invalid("A name may have 80 characters at most.", "Shorten it, and put the whole name in a note.")
		}
		letters = letters || hasLetter(part)
	}
	if !letters {
		return Invalid("A name needs a letter.", "Write what the person is called, or the name they were booked under.")
	}
	return nil
}

// NameFromCustody reads the name fields of a custody record, where absent parts
// come as blanks and everything in capitals: "JOHN ", " ", "O'BRIEN" becomes
// John O'Brien. An error is of KindInvalid.
func NameFromCustody(first, middle, last string) (PersonName, error) {
	return ParsePersonName(TitleCaseName(last), TitleCaseName(first), TitleCaseName(middle))
}

// IsZero tells whether there is no name at all.
func (n PersonName) IsZero() bool { return n.Family == "" && len(n.Given) == 0 }

// Equal tells whether two names are written the same, letter by letter.
func (n PersonName) Equal(other PersonName) bool {
	return n.Family == other.Family && slices.Equal(n.Given, other.Given)
}

// Official returns "SMITH, John", the form of the NHS common user interface:
// the family name in capitals, then the first given name. It is "Not recorded"
// when there is no name.
func (n PersonName) Official() string {
	if len(n.Given) > 1 {
		n.Given = n.Given[:1]
	}
	return n.OfficialFull()
}

// OfficialFull returns "SMITH, John William", with every given name.
func (n PersonName) OfficialFull() string {
	family := UpperName(n.Family)
	given := strings.Join(n.Given, " ")
	switch {
	case n.IsZero():
		return "Not recorded"
	case given == "":
		return family
	case family == "":
		return given
	}
	return family + ", " + given
}

// Natural returns "John Smith", for a letter's text.
func (n PersonName) Natural() string {
	first := ""
	if len(n.Given) > 0 {
		first = n.Given[0]
	}
	return strings.TrimSpace(first + " " + n.Family)
}

// SortKey orders people by family name, then given names, without regard to
// case and accents.
func (n PersonName) SortKey() string {
	return Fold(n.Family) + "\x00" + Fold(strings.Join(n.Given, " "))
}

// Folded returns all parts for searching, family name first.
func (n PersonName) Folded() string {
	return strings.TrimSpace(Fold(n.Family) + " " + Fold(strings.Join(n.Given, " ")))
}
