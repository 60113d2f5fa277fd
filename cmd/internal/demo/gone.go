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

// How many days ago somebody who was recalled left, and came back.
const (
	recalledLeft = 9
	recalledBack = 2
)

// back is a recall to prison: what was arranged for the release that failed
// counts no more.
func (s *story) back(past int) {
	if !s.recalled {
		return
	}
	s.ago(recalledBack - past)
	s.tell(officer, 3, func(p *pen) []model.Change {
		return []model.Change{
			&model.MovementRecorded{Movement: model.Movement{Type: model.MovementAdmission, Reason: "L", At: model.InstantOf(p.now)}},
			&model.StaySet{Site: Site, LegalStatus: "RECALL", Status: "ACTIVE IN", Received: p.today},
		}
	})
	s.tell(omu, 1, just(&model.ReleaseSet{Day: s.today + 14, Basis: model.BasisConfirmed, Reason: "PD"}))
}

// ago moves the whole story into the past.
func (s *story) ago(days int) {
	s.now = s.now.Add(-time.Duration(days) * 24 * time.Hour)
	s.today = model.DayOf(s.now)
}
