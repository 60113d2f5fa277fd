package model

import (
	"math"
	"slices"
	"strings"
)

// PracticeQuery is what somebody looks for.
type PracticeQuery struct {
	Text       string // words and beginnings of words, postcode or code
	Near       string // a postcode or outcode to order by distance from; "" orders by fit
	Limit      int    // how many answers at most; 20 when 0, and never more than 500
	ActiveOnly bool   // only practices that can be chosen
	// Behind puts a practice after the others that can be chosen; nil puts none.
	Behind func(ODSCode) bool
}

// PracticeHit is one answer.
type PracticeHit struct {
	Practice
	Km float64 // from Near, between the middles of the outcodes; -1 when not known
}

const (
	usualHits       = 20
	mostHits        = 500
	mostSearchWords = 8
)

// Search returns the best answers and how many there are in all. Practices that
// can be chosen come before those that cannot, whose WhyNot says why; an exact
// code comes before everything. With no text it returns the nearest practices,
// and none without Near either.
func (x *PracticeIndex) Search(q PracticeQuery) (hits []PracticeHit, total int) {
	words := strings.Fields(Fold(q.Text))
	words = words[:min(len(words), mostSearchWords)]
	near := x.pointOf(q.Near)
	if len(words) == 0 && near.unknown() {
		return nil, 0
	}
	s := newPracticeScores(len(x.practices))
	x.match(s, words)
	if joined := strings.Join(words, ""); len(words) > 1 && looksLikeCode(joined) {
		whole := newPracticeScores(len(x.practices))
		x.match(whole, []string{joined})
		s.join(whole)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = usualHits
	}
	best := best[practiceRank]{limit: min(limit, mostHits)}
	for i := range x.practices {
		p := &x.practices[i]
		if !s.has(i) || (q.ActiveOnly && !p.Active()) {
			continue
		}
		total++
		rank := rankOf(p.Active(), s.score[i], int32(i), near, x.points[i])
		if q.Behind != nil && rank.tier == tierActive && q.Behind(p.Code) {
			rank.tier = tierBehind
		}
		best.offer(rank)
	}
	return x.hits(best.all), total
}

// Knows tells whether distances from a postcode or outcode are known.
func (x *PracticeIndex) Knows(place string) bool { return !x.pointOf(place).unknown() }

func (x *PracticeIndex) hits(ranks []practiceRank) []PracticeHit {
	hits := make([]PracticeHit, len(ranks))
	for i, r := range ranks {
		hits[i] = PracticeHit{Practice: x.practices[r.at], Km: -1}
		if r.km < math.MaxFloat32 {
			hits[i].Km = float64(r.km)
		}
	}
	return hits
}

// looksLikeCode tells whether words typed apart may be one postcode or code:
// "a 81001", "ts1 81hu".
func looksLikeCode(s string) bool {
	return len(s) <= 8 && s[0] >= 'a' && s[0] <= 'z' && strings.ContainsAny(s, "0123456789")
}

// practiceScores says of each practice how many of the words so far it has, one
// after the other, and how well.
type practiceScores struct {
	words int
	seen  []uint8
	score []uint16
	base  []uint16 // score before the word being matched
}

func newPracticeScores(n int) *practiceScores {
	return &practiceScores{seen: make([]uint8, n), score: make([]uint16, n), base: make([]uint16, n)}
}

func (s *practiceScores) has(i int) bool { return int(s.seen[i]) == s.words }

// join lets in what another search of the same text found.
func (s *practiceScores) join(other *practiceScores) {
	for i := range s.seen {
		if other.has(i) {
			s.seen[i] = uint8(s.words)
			s.score[i] = max(s.score[i], other.score[i])
		}
	}
}

// match keeps the practices that have, for every word, a word beginning so.
func (x *PracticeIndex) match(s *practiceScores, words []string) {
	for _, word := range words {
		numbered := strings.ContainsAny(word, "0123456789")
		from, _ := slices.BinarySearch(x.words, word)
		for at := from; at < len(x.words) && strings.HasPrefix(x.words[at], word); at++ {
			whole := len(x.words[at]) == len(word)
			for _, place := range x.places[x.starts[at]:x.starts[at+1]] {
				s.take(int(place>>placeBits), scoreOf(place&(1<<placeBits-1), whole, numbered))
			}
		}
		s.words++
	}
}

// exactCode is more than eight words elsewhere can add up to.
const exactCode = 1000

// scoreOf rates one word found. Letters alone are no postcode or code: "st" is
// a street or a saint before it is Stoke-on-Trent's ST5.
func scoreOf(place uint32, whole, numbered bool) uint16 {
	if place == inCode && whole {
		return exactCode
	}
	if place >= inPostcode && !numbered {
		place = inAddress
	}
	score := uint16(place+1) * 2
	if whole {
		score++
	}
	return score
}

// take counts a word of a practice that has all the words before it; of several
// that begin the same, the best counts.
func (s *practiceScores) take(i int, score uint16) {
	switch int(s.seen[i]) {
	case s.words:
		s.seen[i]++
		s.base[i] = s.score[i]
		s.score[i] += score
	case s.words + 1:
		s.score[i] = max(s.score[i], s.base[i]+score)
	}
}
