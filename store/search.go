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

// query is what was typed, in the forms in which it may match.
type query struct {
	words []string // each with a space before it; all must be found
	whole string   // the same without any space, for a number typed in groups
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
	// The longest word is the rarest, and most people fail on it.
	slices.SortStableFunc(q.words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return q
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
func (b *board) find(q query, limit int) []model.Row {
	var found []int
	worse := func(i, j int) int {
		return cmp.Or(cmp.Compare(b.rows[i].Name, b.rows[j].Name), slices.Compare(b.rows[i].ID[:], b.rows[j].ID[:]))
	}
	for i, text := range b.texts {
		if !q.matches(text) {
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
	if len(q.words) == 0 || limit <= 0 || !ss.isOpen() {
		return nil
	}
	ss.store.settledRows()
	ss.store.mu.RLock()
	defer ss.store.mu.RUnlock()
	if ss.store.board == nil {
		return nil
	}
	return ss.store.board.find(q, limit)
}
