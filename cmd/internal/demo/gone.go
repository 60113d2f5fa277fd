package demo

import (
	"math/rand/v2"
	"time"

	"github.com/throughgate/throughgate/model"
)

// goneWeeks is how far back people have left, so that the measures have weeks to
// compare.
const goneWeeks = 11

// goneDays is who of a crowd has left already, and how many days ago; false is
// nobody. Every sixth has: a prison that releases five or so people a week.
func goneDays(rnd *rand.Rand) (int, bool) {
	return 1 + rnd.IntN(7*goneWeeks), chance(rnd, 16)
}

// gone is somebody who left so many days ago: their story was told in the past,
// and ends at the gate. The longer ago, the less was done: the prison learns.
func gone(rnd *rand.Rand, s sketch, daysAgo int) sketch {
	s.leaves, s.time, s.basis, s.reason, s.legal = 0, "09:30", model.BasisConfirmed, "CR", "SENTENCED"
	s.out, s.atGate = model.MovementRelease, true
	s.consent, s.gp, s.letter, s.medicines = "", "", letterNone, nil
	crowdCare(rnd, &s)
	if chance(rnd, 90-daysAgo/2) {
		s.supply, s.letter = suppliesPacked, letterSigned
	}
	if s.gp != "" && chance(rnd, 70) {
		s.gp = model.RegAccepted
	}
	if s.letter == letterSigned && s.gp == model.RegAccepted && chance(rnd, 80) {
		s.letter = letterSent
	}
	if daysAgo%6 == 0 { // let go at court
		s.reason, s.legal, s.time, s.atGate = "NG", "REMAND", "", false
	}
	return s
}

// ago moves the whole story into the past.
func (s *story) ago(days int) {
	s.now = s.now.Add(-time.Duration(days) * 24 * time.Hour)
	s.today = model.DayOf(s.now)
}
