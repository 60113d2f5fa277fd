package store

import (
	"cmp"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// searchText is what a query is matched against: each word of the person's name
// and numbers with a space before it, so that " smi" finds where a word begins.
func searchText(r *model.Row) string { return " " + r.SearchText() }

// hint is a set of how the words of a text begin, kept in 128 bits: where one
// begins with what is typed its bit is there, and where the bit is there one
// probably does. Looking at hints first leaves a few people of each hundred to
// be looked at in full.
type hint [2]uint64

// hintLetters is how many bytes of a word's beginning tell it from others.
const hintLetters = 3

// add notes one beginning, of hintLetters bytes at most.
func (h *hint) add(beginning string) {
	sum := uint32(2166136261) // FNV-1a
	for i := range len(beginning) {
		sum = (sum ^ uint32(beginning[i])) * 16777619
	}
	sum ^= sum >> 15
	h[sum>>6&1] |= 1 << (sum & 63)
}

func (h *hint) holds(other hint) bool { return h[0]&other[0] == other[0] && h[1]&other[1] == other[1] }

// hintOf notes of every word how it begins, in one, two and three bytes, for as
// much may be typed of it.
func hintOf(text string) hint {
	var h hint
	for word := range strings.FieldsSeq(text) {
		for n := 1; n <= min(hintLetters, len(word)); n++ {
			h.add(word[:n])
		}
	}
	return h
}

// query is what was typed, in the forms in which it may match.
type query struct {
	words     []string // each with a space before it; all must be found
	hint      hint     // of words
	whole     string   // the same without any space, for a number typed in groups
	wholeHint hint
}

// newQuery reads what was typed. Groups of digits that follow one another are
// one number: "943 476 5919". A whole number typed in groups, "A 1234 BC", is
// tried as one word too.
func newQuery(typed string) query {
	var q query
	digits := false
	for _, word := range strings.Fields(model.Fold(typed)) {
		isDigits := strings.Trim(word, "0123456789") == ""
		if isDigits && digits {
			q.words[len(q.words)-1] += word
		} else {
			q.words = append(q.words, " "+word)
		}
		digits = isDigits
	}
	if len(q.words) > 1 && strings.ContainsAny(typed, "0123456789") {
		for _, word := range q.words {
			q.whole += word[1:]
		}
		q.whole = " " + q.whole
	}
	for _, word := range q.words {
		q.hint.add(word[1:min(1+hintLetters, len(word))])
	}
	if q.whole != "" {
		q.wholeHint.add(q.whole[1:min(1+hintLetters, len(q.whole))])
	}
	// The longest word is the rarest, and most people fail on it.
	slices.SortStableFunc(q.words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return q
}

// mayMatch says no to most people at the cost of two comparisons.
func (q *query) mayMatch(h *hint) bool {
	return h.holds(q.hint) || q.whole != "" && h.holds(q.wholeHint)
}

func (q *query) matches(text string) bool {
	for _, word := range q.words {
		if !strings.Contains(text, word) {
			return q.whole != "" && strings.Contains(text, q.whole)
		}
	}
	return true
}

// find returns the first people, by name, whose text matches. It goes through
// everybody: at 100,000 that is a few milliseconds and needs no index to keep.
// The caller holds settling.
func (b *board) find(q query, limit int) []model.Row {
	var found []int
	worse := func(i, j int) int {
		return cmp.Or(cmp.Compare(b.rows[i].Name, b.rows[j].Name), slices.Compare(b.rows[i].ID[:], b.rows[j].ID[:]))
	}
	for i := range b.hints {
		if !q.mayMatch(&b.hints[i]) || !q.matches(b.texts[i]) {
			continue
		}
		if len(found) == limit {
			if worse(i, found[limit-1]) > 0 {
				continue
			}
			found = found[:limit-1]
		}
		place, _ := slices.BinarySearchFunc(found, i, worse)
		found = slices.Insert(found, place, i)
	}
	out := make([]model.Row, len(found))
	for n, i := range found {
		out[n] = b.rows[i]
	}
	return out
}

// Find returns at most limit people whose name or number has words that begin
// with every word typed, in any order, without regard to accents or case, and
// for numbers to spaces. They come in order of name. Nothing typed finds
// nobody.
func (ss *Session) Find(typed string, limit int) []model.Row {
	q := newQuery(typed)
	b := ss.store.boardNow()
	if len(q.words) == 0 || limit <= 0 || b == nil || !ss.isOpen() {
		return nil
	}
	if model.SearchesKin(ss.family, typed) {
		ss.noteSearch()
	}
	b.settling.Lock()
	defer b.settling.Unlock()
	b.settle()
	return b.find(q, limit)
}
