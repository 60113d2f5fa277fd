package model

import (
	"fmt"
	"math"
	"strings"
)

// Trouble is what a workstation found amiss with itself, or with what the hub
// gave it: a code in an entry that the workstation makes. One of EvidenceWhat is
// such a code too.
type Trouble string

// What a workstation may find. The words on the wire never change their meaning.
const (
	TroubleFile          Trouble = "file"            // an entry in its file cannot be read
	TroubleFileRefused   Trouble = "file-refused"    // its file was not opened
	TroubleAltered       Trouble = "altered"         // an entry in its file is not as it came from the hub
	TroubleSummary       Trouble = "summary"         // what is kept of a record beside the log was damaged, and made again from it
	TroubleSummaryLost   Trouble = "summary-lost"    // it was damaged, and the log has nothing to make it from
	TroubleAsideSealed   Trouble = "aside-sealed"    // entries of the hub that do not open
	TroubleAsideUnsigned Trouble = "aside-signature" // entries of the hub that no key of their author signed
	TroubleAsideFuture   Trouble = "aside-future"    // entries of the hub from the future
	TroubleAsidePlace    Trouble = "aside-place"     // entries of the hub in the place of others
	TroubleAsideRoom     Trouble = "aside-room"      // entries of the hub for which their record has no room
	TroublePutBack       Trouble = "put-back"        // the hub's log was put back, and the hub says so
	TroubleOtherSite     Trouble = "other-site"      // the hub sent another prison's staff
	TroubleKeys          Trouble = "keys"            // keys came for somebody who is signed in that the hub did not make for them
	TroubleClockHub      Trouble = "clock-hub"       // its clock is far from the hub's
	TroubleClockBehind   Trouble = "clock-behind"    // its clock is days behind the newest entry
	TroubleClockRight    Trouble = "clock-right"     // its clock was wrong, and is right again
	TroubleUnproven      Trouble = "verify"          // somebody verified the log, and something is missing or altered
)

// troubleWords say it of one, and of what was put aside why. What is counted has
// its number behind it.
var troubleWords = map[Trouble]string{
	TroubleFile:          "The store's file is damaged: an entry cannot be read",
	TroubleFileRefused:   "The store's file was damaged and was not opened",
	TroubleAltered:       "An entry in the store's file is not as it came from the hub",
	TroubleSummary:       "A damaged summary of a record was made again from the log",
	TroubleSummaryLost:   "A summary of a record is damaged, and its entries are gone",
	TroubleAsideSealed:   "cannot be opened",
	TroubleAsideUnsigned: "not signed by whom named",
	TroubleAsideFuture:   "from the future",
	TroubleAsidePlace:    "in the place of another",
	TroubleAsideRoom:     "no room in its record",
	TroublePutBack:       "The hub's log was put back to an older state, as the hub says",
	TroubleOtherSite:     "The hub sent the staff of another prison, which were not taken",
	TroubleKeys:          "Was signed out: keys came that the hub did not make for them",
	TroubleClockHub:      "Minutes between this computer's clock and the hub's",
	TroubleClockBehind:   "Days by which this computer's clock is behind the newest entry",
	TroubleClockRight:    "This computer's clock, which was wrong, is right again",
	TroubleUnproven:      "Findings when the log was verified",
}

// Troubles lists them.
func Troubles() []Trouble {
	return []Trouble{TroubleFile, TroubleFileRefused, TroubleAltered, TroubleSummary, TroubleSummaryLost, TroubleAsideSealed, TroubleAsideUnsigned, TroubleAsideFuture, TroubleAsidePlace,
		TroubleAsideRoom, TroublePutBack, TroubleOtherSite, TroubleKeys, TroubleClockHub, TroubleClockBehind, TroubleClockRight, TroubleUnproven}
}

// words says what was found: of how many, and at which entry of the hub's log; of a
// file that was not opened, at which instant first.
func (t Trouble) words(many, place uint64) string {
	if words, known := evidenceWords[EvidenceWhat(t)]; known {
		return fmt.Sprintf("%s, at entry %d", strings.TrimSuffix(words, "."), place)
	}
	words, known := troubleWords[t]
	switch {
	case !known:
		return AccessFound.Words() + ": " + string(t)
	case t == TroubleFileRefused && place > 0:
		return words + ", first on " + Instant(min(place, math.MaxInt64)).String()
	case t == TroubleSummary && many > 1:
		return fmt.Sprintf("%d damaged summaries of records were made again from the log", many)
	case t.isAside() && many == 1:
		return "1 entry from the hub put aside: " + words
	case t.isAside():
		return fmt.Sprintf("%d entries from the hub put aside: %s", many, words)
	case t.isClock() || t == TroubleUnproven:
		return fmt.Sprintf("%s: %d", words, many)
	}
	return words
}

// isAside tells whether it is of entries that came and were not believed.
func (t Trouble) isAside() bool {
	switch t {
	case TroubleAsideSealed, TroubleAsideUnsigned, TroubleAsideFuture, TroubleAsidePlace, TroubleAsideRoom:
		return true
	}
	return false
}

// isClock tells whether it is by how much a clock is wrong.
func (t Trouble) isClock() bool { return t == TroubleClockHub || t == TroubleClockBehind }

// alarm is what a manager is to ask about, "" for nothing: a log that was put
// back by somebody who said so is none.
func (t Trouble) alarm() AlarmKind {
	switch t {
	case TroublePutBack, TroubleAsideRoom:
		return ""
	case TroubleKeys:
		return AlarmKeys
	case TroubleClockHub, TroubleClockBehind, TroubleClockRight:
		return AlarmClock
	case TroubleFile, TroubleFileRefused, TroubleAltered, TroubleSummary, TroubleSummaryLost, TroubleUnproven:
		return AlarmDamage
	}
	return AlarmDoubt // of the hub's word, and what a newer program finds
}

// foundAlarms makes one of all that a workstation found of one sort, about one
// person, on one day. That a clock was wrong bears the wrong time, so that it is
// right again is an alarm as well.
func foundAlarms(entries []Access, _ AlarmFacts) []Alarm {
	var out []Alarm
	found := func(a *Access) (string, bool) {
		return perDay(a, a.Reason+a.Device.String()), a.foundAlarm() != ""
	}
	for _, run := range byKey(entries, found) {
		a, total := span(run[0].foundAlarm(), run), run[0]
		total.Many = max(total.Many, 1)
		for _, more := range run[1:] {
			if t := Trouble(more.Reason); !t.isClock() && t != TroubleUnproven {
				total.Many += max(more.Many, 1)
			}
		}
		a.Person, a.Device = run[0].Person, run[0].Device
		a.Says = total.Words() + "."
		if !Trouble(total.Reason).isClock() {
			a.Many = int(min(total.Many, 1<<31))
		}
		out = append(out, a)
	}
	return out
}

// foundAlarm is the alarm that an entry of what was found is of, "" of others.
func (a *Access) foundAlarm() AlarmKind {
	switch {
	case a.What == AccessFound:
		return Trouble(a.Reason).alarm()
	case a.What == AccessClock:
		return AlarmClock
	case a.What == AccessSignInFailed && a.Reason == RefusedKeys:
		return AlarmKeys
	}
	return ""
}
