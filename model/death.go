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
// the status was wrong.
func (s *SharedPart) followLegal(before, now string, day Day) {
	switch {
	case now == legalDead:
		s.died(day)
	case before == legalDead:
		s.Deceased = 0
	}
}
