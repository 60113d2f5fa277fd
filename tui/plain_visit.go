package tui

import (
	"fmt"

	"github.com/throughgate/throughgate/tui/part"
)

// pageLines is how many lines of a list, or paragraphs of a text, are said at a
// time.
const pageLines = 20

// visit is what was said of one screen: its numbers mean those lines for as long
// as they are not said anew, wherever they have moved to since.
type visit struct {
	title  string
	head   []string
	filter string // of plain mode's own
	rows   []saidRow
	last   int    // the number of the last line that has one
	from   int    // the index in the list at which it was begun
	at     string // the line the screen wanted it begun at
	whole  bool   // said to its end
	read   int    // paragraphs of a text
}

// saidRow is a line of a list as it was said; its number is 0 for a heading.
type saidRow struct {
	number    int
	id, words string
}

// row finds a line by its number.
func (v *visit) row(number int) (saidRow, bool) {
	for _, r := range v.rows {
		if r.number == number && number > 0 {
			return r, true
		}
	}
	return saidRow{}, false
}

// page adds the next lines of a list to what was said, and returns them.
func (v *visit) page(list *part.List, from int) []saidRow {
	begin, room := len(v.rows), pageLines
	i := from
	for ; i < list.Len() && room > 0; i++ {
		id, words := list.Row(i)
		row := saidRow{id: id, words: facts(words)}
		switch {
		case row.words == "" || id != "" && !part.Matches(v.filter, row.words):
			continue
		case id != "":
			v.last++
			row.number, room = v.last, room-1
		}
		v.rows = append(v.rows, row)
	}
	v.whole = i >= list.Len()
	return v.rows[begin:]
}

// next is the index after the last line that was said, wherever it is now; the
// end, where that line has gone.
func (v *visit) next(list *part.List) int {
	if at, found := v.where(list, len(v.rows)-1, -1); found {
		return at + 1
	}
	return list.Len()
}

// where is the index of the first line from row i on, in a direction, that is no
// heading.
func (v *visit) where(list *part.List, i, direction int) (int, bool) {
	for ; i >= 0 && i < len(v.rows); i += direction {
		if v.rows[i].id != "" {
			return list.Where(v.rows[i].id)
		}
	}
	return 0, false
}

// begin is where a list is said from: its top, or the line a screen names, with
// the headings above it.
func begin(list *part.List, from string) int {
	at, found := list.Where(from)
	if from == "" || !found {
		return 0
	}
	for at > 0 && list.ID(at-1) == "" {
		at--
	}
	return at
}

// sayRows says lines, and how many are left.
func (p *Plain) sayRows(v *visit, list *part.List, rows []saidRow) {
	for _, r := range rows {
		if r.number == 0 {
			p.say(stopped(r.words))
			continue
		}
		p.say(fmt.Sprintf("%d. %s", r.number, r.words))
	}
	if left := v.left(list); left > 0 {
		p.say(plural(left, "more line: type more.", "more lines: type more."))
	}
}

// left counts the lines that were not said yet.
func (v *visit) left(list *part.List) int {
	if v.whole {
		return 0
	}
	n := 0
	for i := v.next(list); i < list.Len(); i++ {
		if list.ID(i) == "" {
			continue
		}
		if v.filter == "" {
			n++
		} else if _, words := list.Row(i); part.Matches(v.filter, facts(words)) {
			n++
		}
	}
	return n
}

// changes compares what was said of a list with how it is now. When only the
// words of lines have changed, those lines are returned; same is false when
// lines have come, gone or moved, and the list must be said anew.
func (v *visit) changes(list *part.List) (changed []saidRow, same bool) {
	now := visit{filter: v.filter}
	for from := v.from; len(now.rows) < len(v.rows) || len(v.rows) == 0; {
		if now.page(list, from); now.whole {
			break
		}
		from = now.next(list)
	}
	if len(now.rows) < len(v.rows) || v.whole && (!now.whole || len(now.rows) > len(v.rows)) {
		return nil, false
	}
	for i, was := range v.rows {
		is := now.rows[i]
		if is.id != was.id {
			return nil, false
		}
		if is.words != was.words {
			v.rows[i] = is
			changed = append(changed, is)
		}
	}
	return changed, true
}
