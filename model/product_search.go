package model

import (
	"cmp"
	"slices"
	"strings"
)

// ProductHit is one answer.
type ProductHit struct {
	Product
	Near bool // found only by allowing for slips of the finger
}

// Search returns the best answers, at most limit of them, and how many there are
// in all. Names that begin as typed come first, then generics before brands. What
// is typed without an answer is searched again for words that are nearly so. A
// whole code finds its product.
func (x *ProductIndex) Search(text string, limit int) (hits []ProductHit, total int) {
	words := queryWords(text)
	if len(words) == 0 || limit <= 0 {
		return nil, 0
	}
	if len(words) == 1 && len(words[0]) >= 6 {
		if p, found := x.Find(words[0]); found {
			return []ProductHit{{Product: p}}, 1
		}
	}
	limit = min(limit, mostHits)
	best, total := x.find(words, limit, false)
	near := false
	if total == 0 {
		best, total = x.find(words, limit, true)
		near = true
	}
	for _, r := range best {
		hits = append(hits, ProductHit{x.product(r.at), near})
	}
	return hits, total
}

// found is the places of the words that one typed word may stand for.
type found struct {
	typed    int // which word of the query
	from, to []int
	size     int
	whole    string
}

func (x *ProductIndex) find(words []string, limit int, near bool) ([]productRank, int) {
	all := make([]found, len(words))
	for i, word := range words {
		all[i] = x.wordsLike(i, word, near)
		if all[i].size == 0 {
			return nil, 0
		}
	}
	slices.SortFunc(all, func(a, b found) int { return cmp.Compare(a.size, b.size) }) // the rarest leaves the least to compare
	s := newPracticeScores(x.Len())
	for _, f := range all {
		x.score(s, f)
		s.words++
	}
	top := best[productRank]{limit: limit}
	total := 0
	for at, seen := range s.seen {
		if int(seen) == s.words {
			total++
			top.offer(x.rank(uint32(at), s.score[at], s.words))
		}
	}
	return top.all, total
}

// wordsLike finds the words that begin as typed; with near, also those that
// nearly do.
func (x *ProductIndex) wordsLike(typed int, word string, near bool) found {
	f := found{typed: typed, whole: word}
	from, _ := slices.BinarySearch(x.words, word)
	to := from
	for to < len(x.words) && strings.HasPrefix(x.words[to], word) {
		to++
	}
	f.add(x, from, to)
	slips := slipsAllowed(word)
	if !near || slips == 0 {
		return f
	}
	first := word[:1]
	for at, _ := slices.BinarySearch(x.words, first); at < len(x.words) && strings.HasPrefix(x.words[at], first); at++ {
		if nearlyBegins(x.words[at], word, slips) && (at < from || at >= to) {
			f.add(x, at, at+1)
		}
	}
	return f
}

func (f *found) add(x *ProductIndex, from, to int) {
	if from == to {
		return
	}
	f.from, f.to = append(f.from, from), append(f.to, to)
	f.size += int(x.starts[to] - x.starts[from])
}

// inOrder is added for a word that stands where it was typed; eight of them are
// the most, and all else a word is worth stays below one.
const inOrder = 1 << 8

func (x *ProductIndex) score(s *practiceScores, f found) {
	for i, from := range f.from {
		for at := from; at < f.to[i]; at++ {
			worth := uint16(1)
			if wholeWord(x.words[at], f.whole) {
				worth += 4
			}
			for _, place := range x.places[x.starts[at]:x.starts[at+1]] {
				score := worth
				switch slot := int(place & lateSlot); {
				case slot == f.typed:
					score += inOrder
				case slot == 0:
					score += 2
				}
				s.take(int(place>>slotBits), score)
			}
		}
	}
}

// wholeWord tells whether a word is what was typed and not only begins so: the
// number of "50mg" is whole in "50", and not in "5".
func wholeWord(word, typed string) bool {
	if len(word) <= len(typed) {
		return word == typed
	}
	next := word[len(typed)]
	return isNumber(typed) && strings.HasPrefix(word, typed) && !isDigit(next) && next != '.'
}

// productRank orders answers: those that begin as typed, then generics, then the
// better fit, then by name.
type productRank struct {
	late bool // the name does not begin as typed
	kind uint8
	fit  uint16
	at   uint32
}

func (x *ProductIndex) rank(at uint32, score uint16, words int) productRank {
	return productRank{late: int(score/inOrder) < words, kind: x.facts[at] & typeMask, fit: score % inOrder, at: at}
}

func (r productRank) before(other productRank) bool {
	switch {
	case r.late != other.late:
		return other.late
	case r.kind != other.kind:
		return r.kind < other.kind
	case r.fit != other.fit:
		return r.fit > other.fit
	}
	return r.at < other.at
}
