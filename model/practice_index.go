package model

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// PracticeIndex finds practices as somebody types: by the beginnings of words
// of name, address and town, by postcode and by code, in any order, without
// regard to case and accents. It is built once and never changes, so any number
// of screens may search it at a time.
type PracticeIndex struct {
	practices []Practice // those that can be chosen first, then by name
	byCode    []int32    // positions in practices, in the order of the codes
	words     []string   // every word, sorted
	starts    []uint32   // where each word's places begin; one more than words
	places    []uint32   // position in practices << placeBits | where in the row
	outcodes  map[string]Outcode
	points    []point // the middle of each practice's outcode
}

type point struct{ latitude, longitude float32 }

// Where in a row a word stands. A higher place is the better answer.
const (
	inAddress = iota
	inName
	beginsName
	inPostcode
	inCode
	placeBits = 3
)

// NewPracticeIndex builds an index of practices. With outcodes it can also say
// how far away each practice is; without them every distance is unknown.
func NewPracticeIndex(practices []Practice, outcodes []Outcode) *PracticeIndex {
	x := &PracticeIndex{practices: sortedPractices(practices), outcodes: make(map[string]Outcode, len(outcodes))}
	for _, o := range outcodes {
		x.outcodes[o.Code] = o
	}
	words := make(map[string][]uint32)
	x.byCode = make([]int32, len(x.practices))
	x.points = make([]point, len(x.practices))
	for i := range x.practices {
		p := &x.practices[i]
		x.byCode[i] = int32(i)
		x.points[i] = x.pointOf(p.Postcode)
		wordsOfPractice(p, func(word string, place uint32) {
			words[word] = addPlace(words[word], uint32(i)<<placeBits|place)
		})
	}
	slices.SortFunc(x.byCode, func(a, b int32) int {
		return strings.Compare(string(x.practices[a].Code), string(x.practices[b].Code))
	})
	x.words, x.starts, x.places = settledWords(words)
	return x
}

// sortedPractices copies the practices in the order in which equal answers are
// shown.
func sortedPractices(practices []Practice) []Practice {
	type keyed struct {
		key string
		Practice
	}
	all := make([]keyed, len(practices))
	for i, p := range practices {
		all[i] = keyed{Fold(p.Name), p}
	}
	slices.SortFunc(all, func(a, b keyed) int {
		if a.Active() != b.Active() {
			if a.Active() {
				return -1
			}
			return 1
		}
		return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(string(a.Code), string(b.Code)))
	})
	sorted := make([]Practice, len(all))
	for i := range all {
		sorted[i] = all[i].Practice
	}
	return sorted
}

// addPlace adds a place of a practice, and keeps only the best of each.
func addPlace(places []uint32, place uint32) []uint32 {
	last := len(places) - 1
	if last >= 0 && places[last]>>placeBits == place>>placeBits {
		places[last] = max(places[last], place)
		return places
	}
	return append(places, place)
}

// settledWords lays words out sorted: in one string, and their places in one
// slice, with where each word's begin.
func settledWords(words map[string][]uint32) (sorted []string, starts, places []uint32) {
	all, bytes, count := make([]string, 0, len(words)), 0, 0
	for word, places := range words {
		all = append(all, word)
		bytes += len(word)
		count += len(places)
	}
	slices.Sort(all)
	var b strings.Builder
	b.Grow(bytes)
	for _, word := range all {
		b.WriteString(word)
	}
	text, from := b.String(), 0
	sorted = make([]string, len(all))
	starts = make([]uint32, 0, len(all)+1)
	places = make([]uint32, 0, count)
	for i, word := range all {
		sorted[i] = text[from : from+len(word)]
		from += len(word)
		starts = append(starts, uint32(len(places)))
		places = append(places, words[word]...)
	}
	return sorted, append(starts, uint32(len(places))), places
}

// pointOf returns the middle of a postcode's area, NaN when it is not known.
func (x *PracticeIndex) pointOf(postcode string) point {
	if o, ok := x.outcodes[OutcodeOf(postcode)]; ok {
		return point{float32(o.Latitude), float32(o.Longitude)}
	}
	return point{float32(math.NaN()), float32(math.NaN())}
}

// Len returns the number of practices, those that cannot be chosen included.
func (x *PracticeIndex) Len() int { return len(x.practices) }

// Find returns the practice of a code.
func (x *PracticeIndex) Find(code ODSCode) (Practice, bool) {
	i, found := slices.BinarySearchFunc(x.byCode, code, func(at int32, code ODSCode) int {
		return strings.Compare(string(x.practices[at].Code), string(code))
	})
	if !found {
		return Practice{}, false
	}
	return x.practices[x.byCode[i]], true
}
