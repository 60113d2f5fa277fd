package serve

import (
	"bytes"
	"strconv"
)

// worthScrolling is how many bytes a change has that may be a list which moved by
// a line: less is not worth looking closer.
const worthScrolling = 200

// mostScrolled is by how many lines a list moves between two frames while
// somebody holds a key.
const mostScrolled = 3

// repaint is what makes one frame out of another. A list that has moved is moved
// on the terminal, or its whole height would go down the line for each key at its
// edge.
func repaint(was, is []string) []byte {
	best := changes(was, is)
	if len(best) < worthScrolling {
		return best
	}
	first, last := differing(was, is)
	for by := -mostScrolled; by <= mostScrolled; by++ {
		if by == 0 || last-first < 2*max(by, -by) {
			continue
		}
		var b bytes.Buffer
		scroll(&b, first, last, by)
		b.Write(changes(scrolled(was, first, last, by), is))
		if b.Len() < len(best) {
			best = b.Bytes()
		}
	}
	return best
}

// changes paints every line that is another one.
func changes(was, is []string) []byte {
	var b bytes.Buffer
	for row := range max(len(is), len(was)) {
		if old, now := at(was, row), at(is, row); old != now {
			change(&b, row, old, now)
		}
	}
	return b.Bytes()
}

// differing is the first and the last row that are not the same.
func differing(was, is []string) (first, last int) {
	last = max(len(was), len(is)) - 1
	for first < last && at(was, first) == at(is, first) {
		first++
	}
	for last > first && at(was, last) == at(is, last) {
		last--
	}
	return first, last
}

// scroll moves the rows from first to last up by so many lines, or down where it
// is less than none: with a margin, and lines taken out or put in at its top,
// which every terminal since the VT102 knows. Scrolling itself the console of
// Linux does not.
func scroll(b *bytes.Buffer, first, last, by int) {
	b.WriteString("\x1b[" + strconv.Itoa(first+1) + ";" + strconv.Itoa(last+1) + "r")
	move(b, first, 0)
	if by > 0 {
		b.WriteString("\x1b[" + strconv.Itoa(by) + "M")
	} else {
		b.WriteString("\x1b[" + strconv.Itoa(-by) + "L")
	}
	b.WriteString("\x1b[r")
}

// scrolled is what then stands on the terminal.
func scrolled(was []string, first, last, by int) []string {
	now := make([]string, max(len(was), last+1))
	copy(now, was)
	for row := first; row <= last; row++ {
		now[row] = ""
		if from := row + by; from >= first && from <= last {
			now[row] = at(was, from)
		}
	}
	return now
}
