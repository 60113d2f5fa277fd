package model

import "strings"

// Way is how somebody leaves, as far as their checklist hangs on it: the class of
// the release, with death and escape told apart. It is a letter of ItemFacts.Ways.
type Way rune

// The ways. An unclassed release has every line that a planned one has: a line
// too many is asked about, one too few is not.
const (
	WayPlanned      Way = 'P'
	WayShortNotice  Way = 'S'
	WayNoNotice     Way = 'N'
	WayUnclassed    Way = 'U'
	WayOutOfCountry Way = 'O'
	WayHospital     Way = 'H'
	WayTemporary    Way = 'T'
	WayDied         Way = 'D'
	WayEscaped      Way = 'E'
	WayNone         Way = '-' // the record was merged, or the person only visits: nothing is to be done
)

// Ways lists them all.
func Ways() []Way {
	return []Way{WayPlanned, WayShortNotice, WayNoNotice, WayUnclassed, WayOutOfCountry, WayHospital, WayTemporary, WayDied, WayEscaped, WayNone}
}

// Words returns the way as screens show it.
func (w Way) Words() string {
	switch w {
	case WayDied:
		return "Died"
	case WayEscaped:
		return "Escaped or absconded"
	}
	for class, way := range wayOfClass {
		if way == w {
			return class.Words()
		}
	}
	return ReleaseNotCare.Words()
}

var wayOfClass = map[ReleaseClass]Way{
	ReleasePlanned: WayPlanned, ReleaseShortNotice: WayShortNotice, ReleaseNoNotice: WayNoNotice, ReleaseUnclassed: WayUnclassed,
	ReleaseOutOfCountry: WayOutOfCountry, ReleaseToHospital: WayHospital, ReleaseTemporary: WayTemporary,
}

// wayOfReason is the way a release reason stands for.
func wayOfReason(code string, class ReleaseClass) Way {
	switch code {
	case reasonDied:
		return WayDied
	case "ESCP", "UAL", "UAL_ECL":
		return WayEscaped
	}
	if way, known := wayOfClass[class]; known {
		return way
	}
	return WayNone
}

// WayOf is the way a release reason stands for.
func WayOf(reason string) Way { return wayOfReason(reason, ReleaseClassOf(reason)) }

// Way tells how the person leaves or has left. What happened at the gate says
// more than what was planned. Somebody out for a day keeps the checklist of the
// release they have a date for; without one, the absence is what they leave on.
func (s *SharedPart) Way() Way {
	if !s.Deceased.IsZero() {
		return WayDied
	}
	if s.Rescue.Running() && s.Stay.Out == string(MovementRelease) {
		return WayNoNotice // whatever the reason usually stands for
	}
	if n := len(s.Movements); n > 0 && s.Stay.Out == string(MovementRelease) && s.Movements[n-1].Type == MovementRelease {
		reason := s.Movements[n-1].Reason
		if class := ReleaseClassOf(reason); class != ReleaseUnclassed && reason != s.Release.Reason {
			return WayOf(reason)
		}
	}
	if s.Stay.Out == string(MovementTemporary) && s.Release.Day.IsZero() {
		return WayTemporary
	}
	return wayOfReason(s.Release.Reason, s.Release.Class)
}

// Applies tells whether a line is for this person: it hangs on how they leave, on
// the nation of the prison, and, for lines that only some need, on what the shared
// record says of them or on somebody having begun the line.
func (f *ItemFacts) Applies(s *SharedPart) bool { return f.appliesTo(s, s.Way()) }

func (f *ItemFacts) appliesTo(s *SharedPart, way Way) bool {
	if f.Asked != nil && f.ID == ItemReleaseDate && f.Asked(s) {
		return way != WayDied && way != WayNone // a hold is asked about whichever way somebody leaves
	}
	switch {
	case !strings.ContainsRune(f.Ways, rune(way)), f.Only != "" && f.Only != NationOf(s.Stay.Site):
		return false
	case way == WayNoNotice && f.Blocks && f.Stage == AtGate && s.Stay.Out != "":
		return false // released at court: nobody passes this gate
	case f.Asked == nil || f.ID == ItemReleaseDate:
		return true
	}
	return f.Asked(s) || s.begun(f.ID)
}

// begun tells whether somebody, or the health record, has said anything of a line.
func (s *SharedPart) begun(id ItemID) bool {
	item, set := s.Items[id]
	return set && (item.State != NotStarted || item.Detail != "")
}

// WhyNot says in words why a line is not for this person, "" when it is.
func (f *ItemFacts) WhyNot(s *SharedPart) string {
	way := s.Way()
	switch {
	case f.appliesTo(s, way):
		return ""
	case way == WayNone:
		return "This is not a release into care."
	case !strings.ContainsRune(f.Ways, rune(way)), way == WayNoNotice && f.Stage == AtGate:
		return "Not for this way of leaving: " + strings.ToLower(way.Words()) + "."
	case f.Only != "" && f.Only != NationOf(s.Stay.Site):
		return "Only in " + string(f.Only) + "."
	}
	return "No alert asks for it. Set its state when it is needed."
}

func (s *SharedPart) alerted(codes ...string) bool {
	for _, code := range codes {
		if s.Alerts[code].Active {
			return true
		}
	}
	return false
}

// acctLive tells whether an ACCT is open or closed so lately that it is still
// followed up: 21 of 137 deaths within 14 days of release that the Prisons and
// Probation Ombudsman investigated were self-inflicted.
func (s *SharedPart) acctLive() bool { return s.alerted("HA", "HA1") }

// needsCare tells whether a shared alert asks for social care or equipment. The
// alerts of social care itself are custody's, and begin the line instead.
func (s *SharedPart) needsCare() bool { return s.alerted("PEEP", "MFL") }

// needsHelpToTalk tells whether an alert says that words may not reach the person.
// In Wales everybody is asked: Welsh is to be offered without being asked for.
func (s *SharedPart) needsHelpToTalk() bool {
	return NationOf(s.Stay.Site) == Wales || s.alerted("VLES", "HID", "MHT", "MSI", "MSP")
}
