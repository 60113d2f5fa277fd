package serve

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// cell is one column of a line: a letter in its colours.
type cell struct {
	letter rune
	style  string // the sequences since the last reset
}

// cellsOf takes a painted line apart. Known is false where a letter may be drawn
// in more or fewer columns than one, on some terminal or other: then only the
// whole line can be painted. Blanks at the end that have no colour are left out.
func cellsOf(line string) (cells []cell, known bool) {
	cells = make([]cell, 0, len(line))
	style := ""
	for len(line) > 0 {
		if end := strings.IndexByte(line, 'm'); strings.HasPrefix(line, "\x1b[") && end > 0 {
			if style += line[:end+1]; isReset(line[:end+1]) {
				style = ""
			}
			line = line[end+1:]
			continue
		}
		letter, n := utf8.DecodeRuneInString(line)
		if !oneColumn(letter) {
			return nil, false
		}
		cells = append(cells, cell{letter, style})
		line = line[n:]
	}
	for len(cells) > 0 && cells[len(cells)-1] == (cell{' ', ""}) {
		cells = cells[:len(cells)-1]
	}
	return cells, true
}

func isReset(sequence string) bool { return sequence == "\x1b[0m" || sequence == "\x1b[m" }

// oneColumn tells the letters that every terminal draws in one column: Latin
// ones, the punctuation of the screens, and lines.
func oneColumn(r rune) bool {
	return r >= ' ' && r <= '~' || r >= 0xa1 && r <= 0x24f && r != 0xad || r >= 0x1e00 && r <= 0x1eff || r == '…' || r >= '‐' && r <= '‟' || r >= '─' && r <= '╿'
}

// enough is how many equal columns are worth going on behind: a sequence that
// moves the cursor is as long.
const enough = 8

// change writes what makes one line out of another.
func change(b *bytes.Buffer, row int, was, is string) {
	old, known := cellsOf(was)
	now, also := cellsOf(is)
	if !known || !also {
		move(b, row, 0)
		b.WriteString("\x1b[2K")
		b.WriteString(is)
		return
	}
	p := pen{b: b}
	for at := 0; at < len(now); {
		if same(old, now, at, 1) {
			at++
			continue
		}
		move(b, row, at)
		for at < len(now) && !same(old, now, at, min(enough, len(now)-at)) {
			p.put(now[at])
			at++
		}
		p.lift()
	}
	if len(now) < len(old) {
		move(b, row, len(now))
		b.WriteString("\x1b[K")
	}
}

// same tells whether n columns from one on are as they were. Behind its end a
// line is blank.
func same(old, now []cell, at, n int) bool {
	for i := at; i < at+n; i++ {
		was := cell{' ', ""}
		if i < len(old) {
			was = old[i]
		}
		if was != now[i] {
			return false
		}
	}
	return true
}

// move puts the cursor on a line and a column, counted from 0.
func move(b *bytes.Buffer, row, column int) {
	b.WriteString("\x1b[")
	b.WriteString(strconv.Itoa(row + 1))
	if column > 0 {
		b.WriteByte(';')
		b.WriteString(strconv.Itoa(column + 1))
	}
	b.WriteByte('H')
}

// pen writes letters, and their colours where those change.
type pen struct {
	b     *bytes.Buffer
	style string
}

func (p *pen) put(c cell) {
	if c.style != p.style {
		p.lift()
		p.b.WriteString(c.style)
		p.style = c.style
	}
	p.b.WriteRune(c.letter)
}

func (p *pen) lift() {
	if p.style != "" {
		p.b.WriteString("\x1b[m")
		p.style = ""
	}
}
