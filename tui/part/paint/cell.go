package paint

import (
	"strings"
	"unicode/utf8"
)

// cell is one column of a line: a letter in its colours.
type cell struct {
	letter rune
	ink    ink
}

// ink stands for the sequences since the last reset; for none it is zero.
type ink int32

// blank is what stands where nothing was painted.
var blank = cell{letter: ' '}

// cells is a line taken apart. Blanks at its end that have no colour are left out.
type cells []cell

// at is one column of a line. Behind its end a line is blank.
func (c cells) at(column int) cell {
	if column < len(c) {
		return c[column]
	}
	return blank
}

// inks are the colours of a frame.
type inks struct {
	all   []string
	known map[string]ink
}

func newInks() *inks { return &inks{all: []string{""}, known: map[string]ink{"": 0}} }

func (s *inks) of(sequences string) ink {
	found, before := s.known[sequences]
	if !before {
		found = ink(len(s.all))
		s.known[sequences] = found
		s.all = append(s.all, sequences)
	}
	return found
}

// cellsOf takes a painted line apart. Known is false where a letter may be drawn
// in more or fewer columns than one, on some terminal or other: then only the
// whole line can be painted.
func (s *inks) cellsOf(line string) (found cells, known bool) {
	found = make(cells, 0, len(line))
	style, wet := "", ink(0)
	for len(line) > 0 {
		if end := strings.IndexByte(line, 'm'); strings.HasPrefix(line, "\x1b[") && end > 0 {
			if style += line[:end+1]; isReset(line[:end+1]) {
				style = ""
			}
			wet, line = s.of(style), line[end+1:]
			continue
		}
		letter, n := utf8.DecodeRuneInString(line)
		if !oneColumn(letter) {
			return nil, false
		}
		found = append(found, cell{letter, wet})
		line = line[n:]
	}
	for len(found) > 0 && found[len(found)-1] == blank {
		found = found[:len(found)-1]
	}
	return found, true
}

func isReset(sequence string) bool { return sequence == "\x1b[0m" || sequence == "\x1b[m" }

// oneColumn tells the letters that every terminal draws in one column: Latin
// ones, the punctuation of the screens, and lines.
func oneColumn(r rune) bool {
	return r >= ' ' && r <= '~' || r >= 0xa0 && r <= 0x24f && r != 0xad || r >= 0x1e00 && r <= 0x1eff || r == '…' || r >= '‐' && r <= '‟' || r >= '─' && r <= '╿'
}
