package model

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"
)

// AlarmKind says what a manager should look at.
type AlarmKind string

// The kinds of alarm. None of them proves anything: each is a reason to ask.
const (
	AlarmMany       AlarmKind = "many-records"        // many people's records opened in little time
	AlarmVolume     AlarmKind = "unusual-volume"      // many in one day, for this person
	AlarmKin        AlarmKind = "own-name"            // looks at their own family name
	AlarmGlassHours AlarmKind = "glass-out-of-hours"  // glass broken at night or on a closed day
	AlarmReview     AlarmKind = "glass-not-reviewed"  // glass broken and nobody has looked why
	AlarmPassphrase AlarmKind = "wrong-passphrases"   // somebody may be guessing
	AlarmDisabled   AlarmKind = "disabled-sign-in"    // somebody who may not, tries
	AlarmGap        AlarmKind = "log-broken"          // a workstation's access log lacks entries
	AlarmStopped    AlarmKind = "workstation-stopped" // a workstation was copied, or put back
	AlarmRefused    AlarmKind = "entries-refused"     // a workstation sends what no honest program sends
	AlarmDamage     AlarmKind = "store-damaged"       // a workstation's file was damaged, or its log does not verify
	AlarmDoubt      AlarmKind = "hub-doubted"         // what the hub gave a workstation does not fit
	AlarmKeys       AlarmKind = "keys-refused"        // keys that the hub did not make for whom they are
	AlarmClock      AlarmKind = "clock-wrong"         // a workstation's clock was wrong
)

// alarmRank is the order of the kinds where nothing else decides, the gravest
// first.
var alarmRank = []AlarmKind{AlarmGap, AlarmDoubt, AlarmDamage, AlarmStopped, AlarmRefused, AlarmKeys, AlarmGlassHours, AlarmReview, AlarmDisabled, AlarmPassphrase, AlarmMany, AlarmVolume, AlarmKin, AlarmClock}

// AlarmKinds lists them.
func AlarmKinds() []AlarmKind { return slices.Clone(alarmRank) }

var alarmWords = map[AlarmKind]string{
	AlarmMany: "Many records", AlarmVolume: "Unusual volume", AlarmKin: "Own family name", AlarmGlassHours: "Glass out of hours",
	AlarmReview: "Glass not reviewed", AlarmPassphrase: "Wrong passphrases", AlarmDisabled: "Disabled staff", AlarmGap: "Log broken",
	AlarmStopped: "Desk stopped", AlarmRefused: "Entries refused", AlarmDamage: "Store damaged", AlarmDoubt: "Hub's log doubted",
	AlarmKeys: "Keys refused", AlarmClock: "Clock wrong",
}

// Words returns the kind as a list shows it.
func (k AlarmKind) Words() string {
	if words, known := alarmWords[k]; known {
		return words
	}
	return string(k)
}

// Alarm is one reason to ask somebody.
type Alarm struct {
	Kind  AlarmKind `json:"kind"`
	Staff StaffID   `json:"staff,omitempty"` // "" where it is about nobody known
	// Claimed tells that nothing proves that it was them.
	Claimed bool     `json:"claimed,omitempty"`
	Person  PersonID `json:"person,omitzero"` // whose record, where it is about one
	Device  DeviceID `json:"device,omitzero"` // which workstation, where it is about one
	From    Instant  `json:"from"`
	To      Instant  `json:"to"` // of its last entry
	Many    int      `json:"many"`
	Says    string   `json:"says"` // a sentence, without anybody's name
}

// AlarmRules are the thresholds that hold from a day on.
type AlarmRules struct {
	From Day
	// Many records are this many different people within ManyWithin.
	Many       int
	ManyWithin time.Duration
	// A day is unusual when it has more than UsualTimes the median of the same
	// person's other days, and VolumeFrom at least. Who has fewer than UsualDays
	// of them is held to VolumeNew.
	UsualTimes, UsualDays, VolumeFrom, VolumeNew int
	// Wrong passphrases for one staff id within WrongWithin.
	Wrong       int
	WrongWithin time.Duration
	// Hours of a working day in which breaking the glass is no alarm, where the
	// site has not decided its own.
	Hours Hours
}

// alarmRules are our own judgement, for nobody publishes any; a site's manager
// is to be asked about them. A change is a new line, so that what was judged by
// the old ones can be judged so again.
var alarmRules = []AlarmRules{{
	From: NewDay(2026, time.November, 1),
	// A prison's van brings some 15 people, and to book one in takes minutes. Two
	// records a minute, for ten minutes, nobody reads for a reason.
	Many: 20, ManyWithin: 10 * time.Minute,
	// A clinic or a reception has 15 to 30 people a day. Three times what is usual
	// for the same person is more than a busy day; below 40 it may be one. Five
	// days are a week's work, before which nothing is usual.
	UsualTimes: 3, UsualDays: 5, VolumeFrom: 40, VolumeNew: 120,
	// The third may be the caps lock. The workstation slows the fourth down, so
	// five within an hour are somebody who goes on.
	Wrong: 5, WrongWithin: time.Hour,
	// Outside the core day of a prison's healthcare few colleagues see it.
	Hours: Hours{From: 7 * 60, To: 19 * 60},
}}

// AlarmRulesOf returns the rules of a day.
func AlarmRulesOf(d Day) AlarmRules {
	now := alarmRules[0]
	for _, rules := range alarmRules {
		if d >= rules.From {
			now = rules
		}
	}
	return now
}

// inHours tells whether a moment is within the hours of a working day in England
// and Wales.
func inHours(hours Hours, at Instant) bool { return IsWorkingDay(DayOf(at.Time())) && hours.Has(at) }

// AlarmFacts is what alarms need to know besides the entries.
type AlarmFacts struct {
	Roster func(StaffID) (Staff, bool)
	Rows   []Row // everybody, for overrides that wait to be reviewed
	Hours  Hours // of this site's working day; zero for those of the rules
}

// hours are those of a moment's working day.
func (f *AlarmFacts) hours(at Instant) Hours {
	if f.Hours != (Hours{}) {
		return f.Hours
	}
	return AlarmRulesOf(DayOf(at.Time())).Hours
}

// Alarms says what a manager should look at in a period's entries, newest first.
// It does not matter in which order the entries come, nor whether some come
// twice. That somebody read the audit is no alarm.
func Alarms(entries []Access, facts AlarmFacts) []Alarm {
	sorted := sortedAccess(entries)
	var out []Alarm
	for _, find := range []func([]Access, AlarmFacts) []Alarm{
		manyAlarms, volumeAlarms, kinAlarms, glassAlarms, passphraseAlarms, disabledAlarms, gapAlarms, stopAlarms, refusedAlarms, foundAlarms, reviewAlarms,
	} {
		out = append(out, find(sorted, facts)...)
	}
	slices.SortStableFunc(out, func(a, b Alarm) int {
		return cmp.Or(
			cmp.Compare(b.To, a.To), cmp.Compare(slices.Index(alarmRank, a.Kind), slices.Index(alarmRank, b.Kind)),
			cmp.Compare(a.Staff, b.Staff), bytes.Compare(a.Person[:], b.Person[:]), bytes.Compare(a.Device[:], b.Device[:]),
			cmp.Compare(a.From, b.From), cmp.Compare(a.Many, b.Many),
		)
	})
	return out
}

// sortedAccess puts entries in the order of time, each once.
func sortedAccess(entries []Access) []Access {
	sorted := slices.SortedFunc(slices.Values(entries), compareAccess)
	return slices.CompactFunc(sorted, func(a, b Access) bool { return compareAccess(a, b) == 0 })
}

func compareAccess(a, b Access) int {
	return cmp.Or(
		cmp.Compare(a.At, b.At), bytes.Compare(a.Device[:], b.Device[:]), cmp.Compare(a.Seq, b.Seq), bytes.Compare(a.Prev[:], b.Prev[:]),
		cmp.Compare(a.What, b.What), cmp.Compare(a.Staff, b.Staff), bytes.Compare(a.Person[:], b.Person[:]),
		cmp.Compare(a.Many, b.Many), cmp.Compare(a.From, b.From), bytes.Compare(a.Of[:], b.Of[:]),
		cmp.Compare(a.Reason, b.Reason), compareBool(a.Kin, b.Kin), cmp.Compare(a.Whom, b.Whom), cmp.Compare(a.As, b.As),
	)
}

// opened tells whether somebody opened a person's record by their own choice.
func opened(a *Access) bool {
	return a.What.IsLook() && !unchosen(a) && !a.Person.IsZero()
}

// unchosen tells whether a look came with a list of conflicts or of overrides,
// which shows many people at once, and the one to whoever signs in.
func unchosen(a *Access) bool { return a.What == AccessConflict || a.What == AccessOverride }

// peopleWords counts people.
func peopleWords(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}
