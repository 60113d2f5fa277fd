package sheet

import (
	_ "embed"
	"encoding/binary"
	"strings"
	"unicode"
)

// The fonts are built in, because a locked-down workstation has none to rely
// on. DejaVu has every letter of every European script.
var (
	//go:embed fonts/DejaVuSans.ttf
	regularFont []byte
	//go:embed fonts/DejaVuSans-Bold.ttf
	boldFont []byte
)

// unprintable stands for a letter that the fonts do not have.
const unprintable = '□'

// glyphs tells which characters both fonts can draw.
type glyphs struct{ regular, bold []segment }

// segment is a run of characters in a font's character map.
type segment struct{ first, last uint16 }

func loadGlyphs() glyphs {
	return glyphs{readSegments(regularFont), readSegments(boldFont)}
}

// printable replaces what cannot be drawn as it is meant: letters the fonts
// lack, and scripts that run from right to left, which the PDF library would
// print backwards. lost says that it had to.
func (g glyphs) printable(s string) (out string, lost bool) {
	if isASCII(s) {
		return s, false
	}
	out = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\u202f':
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		case g.has(r):
			return r
		}
		lost = true
		return unprintable
	}, s)
	return out, lost
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func (g glyphs) has(r rune) bool {
	if r > 0xfffe || unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko) {
		return false
	}
	return inSegments(g.regular, uint16(r)) && inSegments(g.bold, uint16(r))
}

func inSegments(all []segment, c uint16) bool {
	for _, s := range all {
		if c <= s.last {
			return c >= s.first
		}
	}
	return false
}

// readSegments reads the character map of a TrueType font: the format 4 table
// of the Windows Unicode encoding, whose segments are in ascending order. The
// fonts are built in and tested, so their offsets are not doubted.
func readSegments(font []byte) []segment {
	u16, u32 := binary.BigEndian.Uint16, binary.BigEndian.Uint32
	for i := range int(u16(font[4:])) {
		record := font[12+16*i:]
		if string(record[:4]) != "cmap" {
			continue
		}
		cmap := font[u32(record[8:]):]
		for j := range int(u16(cmap[2:])) {
			table := cmap[u32(cmap[4+8*j+4:]):]
			if u16(cmap[4+8*j:]) == 3 && u16(cmap[4+8*j+2:]) == 1 && u16(table) == 4 {
				return segmentsOf(table)
			}
		}
	}
	return nil
}

func segmentsOf(table []byte) []segment {
	u16 := binary.BigEndian.Uint16
	n := int(u16(table[6:])) / 2
	out := make([]segment, n)
	for i := range out {
		out[i] = segment{first: u16(table[14+2*n+2+2*i:]), last: u16(table[14+2*i:])}
	}
	return out
}
