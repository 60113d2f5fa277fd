package model

import "fmt"

// RetentionDays is how long a workstation holds somebody who has left its prison,
// unless the site says otherwise: half a year, in which most who come back have
// come back, and letters, practices and complaints ask after the record. The
// service holds it for as long as the Records Management Code of Practice says;
// this is about the copy on a desk.
const RetentionDays = 183

// Kept is why somebody who has left stays on a workstation for now.
type Kept string

// The reasons, each of which is somebody's work.
const (
	KeptConflict   Kept = "conflict"   // values that nobody has chosen between
	KeptRefused    Kept = "refused"    // an entry that the hub refused
	KeptUnsent     Kept = "unsent"     // an entry that the hub does not have
	KeptQuarantine Kept = "quarantine" // an entry that could not be believed
	KeptDraft      Kept = "draft"      // something half written
	KeptChecklist  Kept = "checklist"  // a line of the checklist that is due and not settled
	KeptOverride   Kept = "override"   // broken glass that nobody has reviewed
	KeptFetching   Kept = "fetching"   // the record is on its way back from the hub
)

// Words says what is to be done.
func (k Kept) Words() string {
	switch k {
	case KeptConflict:
		return "with a conflict to settle"
	case KeptRefused:
		return "with an entry the hub refused"
	case KeptUnsent:
		return "with an entry that is not sent yet"
	case KeptQuarantine:
		return "with an entry that could not be believed"
	case KeptDraft:
		return "with something half written"
	case KeptChecklist:
		return "with a checklist line that is due"
	case KeptOverride:
		return "with an override to review"
	case KeptFetching:
		return "whose record is being fetched"
	}
	return string(k)
}

// Retained is what a run of the retention rule came to.
type Retained struct {
	Days    int          `json:"days"`
	DryRun  bool         `json:"dryRun"`
	Here    int          `json:"here"`    // people with a record when it began
	People  int          `json:"people"`  // removed, or to be removed
	Entries int          `json:"entries"` // of them
	Kept    map[Kept]int `json:"kept"`    // who would have been removed and was not, by the first reason
}

// Retention is the last run of the retention rule at a workstation; the zero value
// is none.
type Retention struct {
	At      Instant `json:"at"`
	Days    int     `json:"days"`
	People  int     `json:"people"`
	Entries int     `json:"entries"`
}

// Words says what it removed.
func (r Retention) Words() string {
	switch {
	case r.At.IsZero():
		return "Nobody has been removed by the retention rule yet."
	case r.People == 0:
		return fmt.Sprintf("Retention on %s: nobody here had left more than %d days ago with nothing left to do.", r.At, r.Days)
	case r.People == 1:
		return fmt.Sprintf("Retention on %s: one person who had left more than %d days ago was removed from here, with %d entries. The hub has them.", r.At, r.Days, r.Entries)
	}
	return fmt.Sprintf("Retention on %s: %d people who had left more than %d days ago were removed from here, with %d entries. The hub has them.", r.At, r.People, r.Days, r.Entries)
}

// LeftAt says when somebody left a site: zero for who is there, is expected
// there, or is out of it for a while. It is the latest of what says so, for
// holding somebody too long does less harm than the other way.
func LeftAt(s *SharedPart, site SiteCode) Instant {
	elsewhere := s.Stay.Site != "" && s.Stay.Site != site
	out := s.Stay.Out == string(MovementRelease) || s.Stay.Out == string(MovementTransfer)
	if !elsewhere && !out && s.Deceased.IsZero() {
		return 0
	}
	var left Instant
	if !s.Deceased.IsZero() {
		left = max(left, (s.Deceased + 1).Start())
	}
	for _, m := range s.Movements {
		left = max(left, m.At)
	}
	for _, head := range s.Slots[(*StaySet)(nil).Slot()] {
		for _, at := range head.Stamps {
			left = max(left, InstantOf(at.Time()))
		}
	}
	return left
}

// keepsRecord is the lines that must be settled before a record may go from a
// desk. The others are follow-ups that a release may well leave undone for ever,
// and a record must not stay for them.
var keepsRecord = wordSet("release-date nhs-number consent gp medicines letter identity handover")

// OpenChecklist tells whether such a line of the checklist of somebody who was released
// is due on a day and not settled. Of who went elsewhere or died nothing is due
// here.
func OpenChecklist(s *SharedPart, today Day) bool {
	if s.Stay.Out != string(MovementRelease) || !s.Deceased.IsZero() || s.Release.Day.IsZero() {
		return false // without a release date nothing was ever due before it
	}
	// By the table's own days: all of these are due by the release in it, so a prison
	// that sets a later day takes no record away before the work is done.
	for _, m := range Timeline(nil).Readiness(s) {
		if keepsRecord[string(m.Item.ID)] && !m.Due.IsZero() && m.Due <= today {
			return true
		}
	}
	return false
}
