package paint

import (
	"strconv"
	"unicode/utf8"
)

// pen writes to a terminal whose cursor and colours it knows.
type pen struct {
	out         []byte
	inks        *inks
	columns     int // of the terminal
	row, column int // where the cursor is; row is -1 where that is not known
	wet         ink
	looked      *int // how many columns of the frame were compared
}

// again is the pen with nothing written, to try what something takes.
func (p *pen) again() pen {
	fresh := *p
	fresh.out = nil
	return fresh
}

// follow takes what another pen wrote that began where this one is.
func (p *pen) follow(other pen) {
	other.out = append(p.out, other.out...)
	*p = other
}

func (p *pen) write(s string) { p.out = append(p.out, s...) }

func (p *pen) number(n int) { p.out = strconv.AppendInt(p.out, int64(n), 10) }

// sequence writes a control sequence of one number. Terminals take a missing one
// for 1.
func (p *pen) sequence(n int, final byte) {
	p.write("\x1b[")
	if n != 1 {
		p.number(n)
	}
	p.out = append(p.out, final)
}

// longestStep is more than any way takes that goes on from where the cursor is.
const longestStep = 16

// move puts the cursor on a row and a column, counted from 0, on the shortest way.
func (p *pen) move(row, column int) {
	if p.row == row && p.column == column {
		return
	}
	before := len(p.out)
	p.write("\x1b[")
	p.number(row + 1)
	if column > 0 {
		p.write(";")
		p.number(column + 1)
	}
	p.write("H")
	var room [longestStep]byte
	by := pen{out: room[:0], row: p.row, column: p.column}
	if by.step(row, column); len(by.out) > 0 && len(by.out) < len(p.out)-before {
		p.out = append(p.out[:before], by.out...)
	}
	p.row, p.column = row, column
}

// step goes on from where the cursor is, to the right or to a row close below. It
// writes nothing where that is no way.
func (p *pen) step(row, column int) {
	switch {
	case p.row < 0:
	case row == p.row && column > p.column:
		p.sequence(column-p.column, 'C')
	case row > p.row && row <= p.row+2:
		p.write("\r\n\n"[:1+row-p.row])
		if column > 0 {
			p.sequence(column, 'C')
		}
	}
}

// put writes a letter in its colours.
func (p *pen) put(c cell) {
	p.wear(c.ink)
	p.out = utf8.AppendRune(p.out, c.letter)
	if p.column++; p.column >= p.columns {
		p.row = -1 // terminals differ in where the cursor waits at the edge
	}
}

// wear changes the colours. No sequence takes one attribute away on every
// terminal, so a change begins with a reset.
func (p *pen) wear(now ink) {
	switch sequences := p.inks.all[now]; {
	case now == p.wet:
		return
	case now == 0:
		p.write("\x1b[m")
	case p.wet == 0:
		p.write(sequences)
	default:
		p.write("\x1b[0;")
		p.write(sequences[len("\x1b["):])
	}
	p.wet = now
}

// lift takes the colours away: what is erased or moved in has those of the pen.
func (p *pen) lift() { p.wear(0) }

// whole paints a line from its beginning to its end.
func (p *pen) whole(row int, line string) {
	p.lift()
	p.move(row, 0)
	p.write("\x1b[2K")
	p.write(line)
	p.write("\x1b[m")
	p.row = -1
}
