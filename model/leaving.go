package model

import "maps"

// Gone is when the person went out of the gate for good, and whether they did.
func (s *SharedPart) Gone() (Instant, bool) {
	if !s.Release.Left.IsZero() {
		return s.Release.Left, true
	}
	n := len(s.Movements)
	if s.Stay.Out != string(MovementRelease) || n == 0 {
		return 0, false
	}
	return s.Movements[n-1].At, true
}

// released tells whether the release is recorded that a movement says once more:
// two desks that both record it mean one leaving.
func (s *SharedPart) released(m Movement) bool {
	n := len(s.Movements)
	return m.Type == MovementRelease && s.Stay.Out == string(MovementRelease) && n > 0 &&
		s.Movements[n-1].Type == MovementRelease && s.Movements[n-1].Reason == m.Reason
}

// comeBack ends what belongs to a release, once the person is in prison again:
// what was done at the last gate does not count at the next.
func (s *SharedPart) comeBack(at Instant) {
	s.Items = maps.Clone(s.Items) // a copy of the record may hold the same map
	for i := range checklist {
		if checklist[i].Stage != BeforeGate {
			delete(s.Items, checklist[i].ID)
		}
	}
	if s.Rescue.Running() {
		s.Rescue.Back = at
	}
}
