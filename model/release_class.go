package model

// ReleaseClass groups the ways of leaving by how much notice the desk gets and
// who takes over the person's care, which is what its checklist hangs on.
type ReleaseClass string

// The classes. The grouping is this program's own; a safety officer must
// confirm it.
const (
	ReleasePlanned      ReleaseClass = "planned"        // weeks of notice: the full timeline
	ReleaseShortNotice  ReleaseClass = "short-notice"   // hours to days: a compressed timeline
	ReleaseNoNotice     ReleaseClass = "no-notice"      // at court or by error: the rescue list
	ReleaseOutOfCountry ReleaseClass = "out-of-country" // medicines and letter to the person, no UK GP
	ReleaseToHospital   ReleaseClass = "hospital"       // provider hands over to provider
	ReleaseNotCare      ReleaseClass = "not-care"       // death, escape, merge: stop tasks, keep the record
	ReleaseTemporary    ReleaseClass = "temporary"      // doses for the absence, and a check on return
	ReleaseUnclassed    ReleaseClass = ""               // no reason yet, or one not known here
)

// Words returns the class as screens show it.
func (c ReleaseClass) Words() string {
	switch c {
	case ReleasePlanned:
		return "Planned"
	case ReleaseShortNotice:
		return "Short notice"
	case ReleaseNoNotice:
		return "No notice"
	case ReleaseOutOfCountry:
		return "Leaving the country"
	case ReleaseToHospital:
		return "To hospital"
	case ReleaseNotCare:
		return "Not a release into care"
	case ReleaseTemporary:
		return "Temporary"
	}
	return "Not classed"
}

// NeedsGP tells whether a community GP takes over. An unclassed release does:
// leaving the GP out is the mistake that cannot be mended afterwards.
func (c ReleaseClass) NeedsGP() bool {
	switch c {
	case ReleasePlanned, ReleaseShortNotice, ReleaseNoNotice, ReleaseUnclassed:
		return true
	}
	return false
}

// NeedsMedicines tells whether the person leaves with, or is sent, a supply.
func (c ReleaseClass) NeedsMedicines() bool { return c != ReleaseNotCare && c != ReleaseToHospital }

// ReleaseClassOf returns the class of a release or temporary absence reason,
// as it usually is, and ReleaseUnclassed when the code is not known.
func ReleaseClassOf(code string) ReleaseClass {
	if r, ok := findRelease(code); ok {
		return r.Class
	}
	if _, ok := FindMovementReason(MovementTemporary, code); ok {
		return ReleaseTemporary
	}
	return ReleaseUnclassed
}

// ReleaseClassesOf returns every class a reason can turn out to be, the usual
// one first: bail comes from a courtroom or from a judge in chambers.
func ReleaseClassesOf(code string) []ReleaseClass {
	class := ReleaseClassOf(code)
	if class == ReleaseUnclassed {
		return nil
	}
	if r, ok := findRelease(code); ok && r.Or != "" {
		return []ReleaseClass{class, r.Or}
	}
	return []ReleaseClass{class}
}

// ReleaseAccepted tells whether prison-api takes the reason for a release
// (RequestToReleasePrisoner).
func ReleaseAccepted(code string) bool {
	r, ok := findRelease(code)
	return ok && r.Accepted
}

// ReleaseReasonShort returns a reason in at most 12 characters, for a column of
// the board; "Reason" and the code when it is not known.
func ReleaseReasonShort(code string) string {
	if r, ok := findRelease(code); ok {
		return r.Short
	}
	if ReleaseClassOf(code) == ReleaseTemporary {
		return "Temporary"
	}
	return "Reason " + code
}

func findRelease(code string) (ReleaseReason, bool) {
	for _, r := range releaseReasons {
		if r.Code == code {
			return r, true
		}
	}
	return ReleaseReason{}, false
}
