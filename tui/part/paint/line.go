package paint

// worthErasing is how many blanks take more than the sequences that erase them
// and go on behind.
const worthErasing = 12

// fewBytes is what a line may take before it is looked at more closely.
const fewBytes = 16

// change makes one line out of another: letter by letter, or with some of them
// taken out or made room for first, whichever is shorter.
func (p *pen) change(row int, old, now cells) {
	best := p.again()
	best.inPlace(row, old, now)
	if len(best.out) > fewBytes {
		first, last := span(old, now)
		if by := p.likelyShift(old, now, first, last); by != 0 {
			try := p.again()
			try.shift(row, old, first, last, by)
			try.inPlace(row, shifted(old, first, last, by), now)
			if len(try.out) < len(best.out) {
				best = try
			}
		}
	}
	p.follow(best)
}

// span is the columns from the first to behind the last that are not the same.
func span(old, now cells) (first, last int) {
	last = max(len(old), len(now))
	for first < last && old.at(first) == now.at(first) {
		first++
	}
	for last > first && old.at(last-1) == now.at(last-1) {
		last--
	}
	return first, last
}

// farthest is how many columns letters are moved at most within a line: some words,
// or two keys of a footer. Looking farther takes longer than it saves.
const farthest = 40

// mostLooked is how many columns are compared for one frame: enough for every line
// of the usual window, however it is scrolled. In a large one whoever changes
// everything with each key gets some bytes more, and leaves the processor to others.
const mostLooked = 1 << 21

// likelyShift is by how many columns most of a span stands further right, or left
// where it is less than none. It is none where most stands where it was, and where
// the frame has been looked at enough.
func (p *pen) likelyShift(old, now cells, first, last int) (by int) {
	reach := min(farthest, last-first-1)
	if *p.looked += (last - first) * (2*reach + 1); *p.looked > mostLooked {
		return 0
	}
	most := alike(old, now, first, last, 0) + fewBytes/2
	for try := -reach; try <= reach; try++ {
		if n := alike(old, now, first, last, try); n > most {
			by, most = try, n
		}
	}
	return by
}

// alike is how many columns of a span are as they were, so many columns before.
// Blanks do not count: they are erased at once.
func alike(old, now cells, first, last, by int) (n int) {
	for at := max(first, first+by); at < min(last, last+by, len(now), len(old)+by); at++ {
		if now[at] == old[at-by] && now[at] != blank {
			n++
		}
	}
	return n
}

// shift moves what stands in a span to the right by so many columns, or to the
// left where it is less than none. What is moved out of the span is gone, and what
// stands behind it stays.
func (p *pen) shift(row int, old cells, first, last, by int) {
	out, in := last-by, first // the columns where some are taken out, and where as many are put in
	if by < 0 {
		out, in = first, last+by
	}
	p.lift()
	if by < 0 || out < len(old) {
		p.move(row, out)
		p.sequence(max(by, -by), 'P')
	}
	if by > 0 || last < len(old) {
		p.move(row, in)
		p.sequence(max(by, -by), '@')
	}
}

// shifted is what then stands there.
func shifted(old cells, first, last, by int) cells {
	now := make(cells, max(len(old), last))
	copy(now, old)
	for at := first; at < last; at++ {
		now[at] = blank
		if from := at - by; from >= first && from < last {
			now[at] = old.at(from)
		}
	}
	return now
}

// inPlace writes the letters that are others.
func (p *pen) inPlace(row int, old, now cells) {
	for at := 0; at < len(now); at++ {
		if old.at(at) == now[at] {
			continue
		}
		if n := blanks(old, now, at); n >= worthErasing {
			p.lift()
			p.move(row, at)
			p.sequence(n, 'X')
			at += n - 1
			continue
		}
		p.reach(row, at, now)
		p.put(now[at])
	}
	if len(now) < len(old) {
		p.lift()
		p.move(row, len(now))
		p.write("\x1b[K")
	}
}

// blanks is how many there are from a column on, to the last that is new.
func blanks(old, now cells, from int) (n int) {
	for at := from; at < len(now) && now[at] == blank; at++ {
		if old.at(at) != blank {
			n = at - from + 1
		}
	}
	return n
}

// reach brings the pen to a column: over letters that stand there already, where
// writing them again is shorter than going around.
func (p *pen) reach(row, column int, now cells) {
	if p.row == row && p.column < column && column-p.column <= worthErasing {
		over, around := *p, *p // both behind what is written already: only their lengths count
		for _, c := range now[p.column:column] {
			over.put(c)
		}
		over.wear(now[column].ink)
		overBytes := len(over.out)
		around.move(row, column)
		around.wear(now[column].ink)
		if overBytes <= len(around.out) {
			for _, c := range now[p.column:column] {
				p.put(c)
			}
			return
		}
	}
	p.move(row, column)
}
