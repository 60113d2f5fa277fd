package model

import "strings"

// ODSCode is the code of an organisation in the NHS Organisation Data Service:
// three to ten capital letters and digits. A GP practice in England has a
// letter and five digits, in Wales W and five digits.
type ODSCode string

// ParseODSCode reads the code of any organisation. An error is of KindInvalid.
func ParseODSCode(s string) (ODSCode, error) {
	typed := compact(s)
	if typed == "" {
		return "", Invalid("Enter an ODS code.", "It has 3 to 10 letters and digits.")
	}
	if len(typed) < 3 || len(typed) > 10 || !alphanumeric(typed) {
		return "", Invalid("This is not an ODS code.", "It has 3 to 10 letters and digits.")
	}
	return ODSCode(typed), nil
}

// ParsePracticeCode reads the code of a GP practice in England or Wales. An
// error is of KindInvalid.
func ParsePracticeCode(s string) (ODSCode, error) {
	code := ODSCode(compact(s))
	switch {
	case code == "":
		return "", Invalid("Enter a practice code.", practiceCodeHint)
	case code.IsPlaceholder():
		return "", Invalid("This code means that no practice is known.", "Choose the practice itself.")
	case !code.IsPractice():
		return "", Invalid("This is not a practice code.", practiceCodeHint)
	}
	return code, nil
}

const practiceCodeHint = "It has a letter and five digits, like A81001, or W00119 in Wales."

// IsPractice tells whether the code has the shape of a GP practice's in England
// or Wales. It does not tell that the practice exists, is open, or serves a
// place rather than a clinic: the practice's own row says so.
func (c ODSCode) IsPractice() bool { return fits(string(c), "A99999") }

// IsWelsh tells whether a practice code is of Wales, where prescribing and
// registration rules differ.
func (c ODSCode) IsWelsh() bool { return c.IsPractice() && strings.HasPrefix(string(c), "W") }

// IsPlaceholder tells whether the code is one of those the NHS Data Dictionary
// keeps for "no registered practice" (V81997), "not applicable" (V81998) and
// "not known" (V81999): no letter can go there.
func (c ODSCode) IsPlaceholder() bool {
	return c == "V81997" || c == "V81998" || c == "V81999"
}
