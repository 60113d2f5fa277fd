package paint

// worthScrolling is how many bytes a change has that may be a list which moved by
// a line: less is not worth looking closer.
const worthScrolling = 200

// mostScrolled is by how many lines a list moves between two frames while
// somebody holds a key.
const mostScrolled = 3

// scrolling moves the rows from first to last up by so many lines, or down where
// it is less than none.
type scrolling struct{ first, last, by int }

var still scrolling

// differing is the first and the last row that are not the same.
func differing(was, is []string) [2]int {
	first, last := 0, max(len(was), len(is))-1
	for first < last && at(was, first) == at(is, first) {
		first++
	}
	for last > first && at(was, last) == at(is, last) {
		last--
	}
	return [2]int{first, last}
}

// moved is the rows between which most lines stand so many higher, or lower where
// it is less than none: what stands below a list is not moved with it. There are
// none where no line stands so.
func moved(was, is []string, by int) (region [2]int, any bool) {
	most, run := 0, 0
	for row := range is {
		from := row + by
		if from < 0 || from >= len(was) || is[row] == at(was, row) || is[row] != was[from] {
			run = 0
			continue
		}
		if run++; run > most {
			most = run
			region = [2]int{min(row, from) - run + 1, max(row, from)}
		}
	}
	return region, most > 0
}

// scroll does it with a margin, and lines taken out or put in at its top.
// Scrolling itself the console of Linux does not.
func (p *pen) scroll(way scrolling) {
	p.write("\x1b[")
	p.number(way.first + 1)
	p.write(";")
	p.number(way.last + 1)
	p.write("r")
	p.row = -1
	p.move(way.first, 0)
	if way.by > 0 {
		p.sequence(way.by, 'M')
	} else {
		p.sequence(-way.by, 'L')
	}
	p.write("\x1b[r")
	p.row = -1 // with the margins the cursor goes home, on most terminals
}

// scrolled is what then stands on the terminal.
func scrolled(was []string, way scrolling) []string {
	now := make([]string, max(len(was), way.last+1))
	copy(now, was)
	for row := way.first; row <= way.last; row++ {
		now[row] = ""
		if from := row + way.by; from >= way.first && from <= way.last {
			now[row] = at(was, from)
		}
	}
	return now
}
