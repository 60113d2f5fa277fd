package model

import "strings"

// SiteCode is a prison's agency id in NOMIS: three capital letters, such as
// LEI. Two establishments may share one GP practice code, so a practice code
// never stands for a site.
type SiteCode string

// The two agency ids that are no place: outside, and on the way.
const (
	SiteOutside   SiteCode = "OUT"
	SiteInTransit SiteCode = "TRN"
)

// ParseSiteCode reads a prison's agency id, or OUT or TRN. An error is of
// KindInvalid.
func ParseSiteCode(s string) (SiteCode, error) {
	typed := compact(s)
	if typed == "" {
		return "", Invalid("Enter a prison code.", "It has three letters, like LEI for Leeds.")
	}
	if !fits(typed, "AAA") {
		return "", Invalid("This is not a prison code.", "It has three letters, like LEI for Leeds.")
	}
	return SiteCode(typed), nil
}

// Valid tells whether the code has the shape of an agency id.
func (c SiteCode) Valid() bool { return fits(string(c), "AAA") }

// IsPseudo tells whether the code is OUT or TRN, which hold nobody's desk.
func (c SiteCode) IsPseudo() bool { return c == SiteOutside || c == SiteInTransit }

// LooksLikePrison tells whether the code ends in I, as those of the prisons of
// England and Wales do. A code that does not may be a court's or a police
// station's, and deserves a question.
func (c SiteCode) LooksLikePrison() bool {
	return c.Valid() && !c.IsPseudo() && strings.HasSuffix(string(c), "I")
}
