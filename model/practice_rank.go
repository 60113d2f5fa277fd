package model

import "math"

// practiceRank orders answers: tier, then distance, then score, then name.
type practiceRank struct {
	tier  uint8
	km    float32
	score uint16
	at    int32
}

// The tiers, the best first.
const (
	tierExact  = iota // by its code
	tierActive        // can be chosen
	tierBehind        // can be chosen, and refused somebody of late
	tierClosed        // cannot be chosen
)

func (p point) unknown() bool { return p.latitude != p.latitude } // NaN differs from itself

// rankOf ranks one answer. Without a place to be near to, all distances are the
// same and the score decides.
func rankOf(active bool, score uint16, at int32, near, here point) practiceRank {
	r := practiceRank{tier: tierClosed, km: math.MaxFloat32, score: score, at: at}
	if active {
		r.tier = tierActive
	}
	if score >= exactCode {
		r.tier = tierExact
	}
	if !near.unknown() && !here.unknown() {
		r.km = float32(haversineKm(float64(near.latitude), float64(near.longitude), float64(here.latitude), float64(here.longitude)))
	}
	return r
}

func (r practiceRank) before(other practiceRank) bool {
	switch {
	case r.tier != other.tier:
		return r.tier < other.tier
	case r.km != other.km:
		return r.km < other.km
	case r.score != other.score:
		return r.score > other.score
	}
	return r.at < other.at
}
