package model

// ranked is an answer of a search that knows whether it stands before another.
type ranked[T any] interface{ before(other T) bool }

// best keeps the first few of the answers offered, in order, so that a search of
// everything sorts only what is shown.
type best[T ranked[T]] struct {
	limit int
	all   []T
}

func (b *best[T]) offer(one T) {
	n := len(b.all)
	if n == b.limit {
		if !one.before(b.all[n-1]) {
			return
		}
		n--
	} else {
		b.all = append(b.all, one)
	}
	for n > 0 && one.before(b.all[n-1]) {
		b.all[n] = b.all[n-1]
		n--
	}
	b.all[n] = one
}
