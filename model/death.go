package model

// A death is known from prison IT (legal status DEAD of HMPPS prisoner search),
// from a release with the reason DEC, or from a check after the release. All of
// them stop the checklist, the supplies and the letter in the same way, and each
// can be put right by the entry that says otherwise: they may be another's.

// legalDead is HMPPS's legal status of who has died.
const legalDead = "DEAD"

// reasonDied is the NOMIS reason of a release by death.
const reasonDied = "DEC"

func (s *SharedPart) died(day Day) {
	if s.Deceased.IsZero() {
		s.Deceased = day
	}
}

// followLegal takes a death from prison IT's legal status, or takes it back when
// the status was wrong. A death that was recorded at the gate stays: an older list
// does not know of it.
func (s *SharedPart) followLegal(before, now string, day Day) {
	switch {
	case now == legalDead:
		s.died(day)
	case before == legalDead && !s.leftByDeath():
		s.Deceased = 0
	}
}

func (s *SharedPart) leftByDeath() bool {
	n := len(s.Movements)
	return n > 0 && s.Movements[n-1].Type == MovementRelease && s.Movements[n-1].Reason == reasonDied
}
