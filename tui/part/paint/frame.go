package paint

// Repaint is what makes one frame out of another on a terminal of so many columns,
// whose colours are its own. It leaves them so. A list that has moved is moved on
// the terminal, or its whole height would go down the line for each key at its
// edge.
func Repaint(was, is []string, columns int) []byte {
	lines := lines{inks: newInks(), columns: columns, known: make(map[string]*cells)}
	best := lines.repaint(was, is, still)
	if len(best) < worthScrolling {
		return best
	}
	for by := -mostScrolled; by <= mostScrolled; by++ {
		inside, any := moved(was, is, by)
		if !any {
			continue
		}
		for _, region := range [][2]int{differing(was, is), inside} {
			try := scrolling{region[0], region[1], by}
			if try.last-try.first < 2*max(by, -by) {
				continue
			}
			if sent := lines.repaint(was, is, try); len(sent) < len(best) {
				best = sent
			}
		}
	}
	return best
}

// lines are those that were taken apart, nil where they could not be.
type lines struct {
	inks    *inks
	columns int
	known   map[string]*cells
	looked  int // how many columns were compared
}

func (l *lines) cells(line string) *cells {
	found, before := l.known[line]
	if !before {
		if taken, ok := l.inks.cellsOf(line); ok && len(taken) <= l.columns {
			found = &taken
		}
		l.known[line] = found
	}
	return found
}

// repaint scrolls and then paints every line that is another one.
func (l *lines) repaint(was, is []string, way scrolling) []byte {
	p := pen{inks: l.inks, columns: l.columns, row: -1, looked: &l.looked}
	if way != still {
		p.scroll(way)
		was = scrolled(was, way)
	}
	for row := range max(len(is), len(was)) {
		old, now := at(was, row), at(is, row)
		if old == now {
			continue
		}
		before, after := l.cells(old), l.cells(now)
		if before == nil || after == nil {
			p.whole(row, now)
			continue
		}
		p.change(row, *before, *after)
	}
	p.lift()
	return p.out
}

func at(lines []string, row int) string {
	if row < len(lines) {
		return lines[row]
	}
	return ""
}
