package sheet

import (
	"fmt"
	"strings"
	"unicode"
)

// columns is how wide a line of the text copy may be on a screen.
const columns = 80

// Text returns the document as plain text, no line wider than 80 columns, for
// screens, pipes and e-mail.
func Text(d Document) string {
	t := &text{}
	t.ends(d.Marking, d.Second)
	if d.Watermark != "" {
		t.line(d.Watermark, "")
	}
	t.line("", "")
	t.underlined(d.Title, "=")
	if d.About != "" {
		t.line(d.About, "")
	}
	for _, line := range d.Banner {
		t.ends(line.Left, line.Right)
	}
	for _, b := range d.Blocks {
		b.write(t)
	}
	t.out.WriteByte('\n')
	for _, line := range d.Foot {
		t.line(line, "")
	}
	t.ends(d.Marking, d.Second)
	return boxes.Replace(t.out.String())
}

// text collects wrapped lines.
type text struct{ out strings.Builder }

// line writes words under an indent; what does not fit goes on, set in by two
// more.
func (t *text) line(words, indent string) { t.hung(words, indent, indent+"  ") }

// hung writes words whose first line has one indent and whose others another.
func (t *text) hung(words, first, others string) {
	room := columns - max(width(first), width(others))
	for i, part := range wrapWords(clean(words), func(s string) bool { return width(s) <= room }) {
		indent := first
		if i > 0 {
			indent = others
		}
		t.out.WriteString(strings.TrimRight(indent+part, " ") + "\n")
	}
}

// ends writes words at both ends of a line, or on two where they do not fit.
func (t *text) ends(left, right string) {
	left, right = clean(left), clean(right)
	gap := columns - width(left) - width(right)
	switch {
	case right == "":
		t.line(left, "")
	case gap >= 2:
		t.out.WriteString(left + strings.Repeat(" ", gap) + right + "\n")
	default:
		t.line(left, "")
		t.line(right, "")
	}
}

func (t *text) underlined(words, with string) {
	t.line(words, "")
	t.line(strings.Repeat(with, min(columns-2, width(clean(words)))), "")
}

func (h Heading) write(t *text) {
	t.out.WriteByte('\n')
	t.underlined(strings.ToUpper(h.Text), "-")
	if h.Aside != "" {
		t.line("("+h.Aside+")", "")
	}
}

func (b Part) write(t *text) {
	if b.Name != "" {
		t.line(b.Name, "")
	}
	for _, line := range b.Lines {
		t.hung(line, "  ", "    ")
	}
	t.out.WriteByte('\n')
}

func (p Paragraph) write(t *text) { t.line(p.Text, "") }

func (b Bullets) write(t *text) {
	for _, line := range b {
		t.hung(line, "* ", "  ")
	}
}

func (c Checks) write(t *text) {
	for _, check := range c {
		t.hung(check.Text, check.box()+" ", "    ")
	}
}

func (all Pairs) write(t *text) {
	for _, one := range all {
		t.line(one.Name+": "+one.Value, "")
	}
}

func (s Signature) write(t *text) {
	t.out.WriteByte('\n')
	t.line(s.Who, "")
	for _, part := range s.parts() {
		t.line(part+": "+strings.Repeat("_", max(8, columns-8-width(clean(part)))), "  ")
	}
}

func (b Box) write(t *text) {
	t.out.WriteString("\n" + strings.Repeat("-", columns) + "\n")
	for _, line := range append(append([]string{b.Head}, b.Lines...), b.Small...) {
		t.line(line, "")
	}
}

func (t Table) write(out *text) {
	if t.Listed {
		for i, row := range t.Rows {
			out.listed(i+1, t.Columns, row)
		}
		return
	}
	out.table(t)
}

// listed writes a row as its first cell, numbered, and the others by their names,
// but for those that are empty.
func (t *text) listed(n int, names, cells []string) {
	for i, cell := range cells {
		switch {
		case i == 0:
			t.line(fmt.Sprintf("%d. %s", n, cell), "")
		case i < len(names) && cell != "":
			t.line(names[i]+": "+cell, "   ")
		}
	}
}

// table writes columns side by side, with a line between a row of several lines
// and the next one.
func (t *text) table(table Table) {
	widths := table.textWidths()
	rows := append([][]string{table.Columns}, table.Rows...)
	for i, row := range rows {
		t.row(row, widths)
		if i == 0 {
			var rules []string
			for _, w := range widths {
				rules = append(rules, strings.Repeat("-", w))
			}
			t.row(rules, widths)
		}
	}
}

func (t *text) row(cells []string, widths []int) {
	wrapped := make([][]string, len(widths))
	most := 1
	for i, w := range widths {
		if i < len(cells) {
			wrapped[i] = wrapWords(clean(cells[i]), func(s string) bool { return width(s) <= w })
		}
		most = max(most, len(wrapped[i]))
	}
	for n := range most {
		var line strings.Builder
		for i, lines := range wrapped {
			cell := ""
			if n < len(lines) {
				cell = lines[n]
			}
			line.WriteString(cell + strings.Repeat(" ", max(0, widths[i]-width(cell))) + "  ")
		}
		t.out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// textWidths shares the screen between the columns as columnWidths does the
// paper.
func (t Table) textWidths() []int {
	least, wants := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	for i := range t.Columns {
		for n, row := range append([][]string{t.Columns}, t.Rows...) {
			if i >= len(row) {
				continue
			}
			cell := clean(row[i])
			for _, word := range strings.Fields(cell) {
				longest := width(word)
				if n > 0 {
					longest = min(longest, columns/4)
				}
				least[i] = max(least[i], float64(longest))
			}
			wants[i] = max(wants[i], float64(width(cell)))
		}
	}
	out := make([]int, len(t.Columns))
	for i, w := range share(float64(columns-2*len(t.Columns)), least, wants) {
		// A table of narrow columns is not stretched over the screen.
		out[i] = max(1, min(int(w), int(max(least[i], wants[i]))))
	}
	return out
}

// boxes are the boxes to tick as every terminal has them. They are put in last:
// the space in one must not end a line.
var boxes = strings.NewReplacer(Unticked, "[ ]", Ticked, "[x]")

// clean drops what could move a terminal's cursor or turn the direction of
// writing, and makes one line of several.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, s)
}

// width is how many columns a terminal gives to s: two for the wide letters of
// East Asia, three for a box to tick, none for marks that sit on the letter before
// them.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case isWide(r):
			n += 2
		case strings.ContainsRune(Unticked+Ticked, r):
			n += 3
		default:
			n++
		}
	}
	return n
}

// isWide holds the blocks that Unicode's East Asian Width gives as wide or full,
// and emoji.
func isWide(r rune) bool {
	return r >= 0x1100 && (r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf && r != 0x303f || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0xffe0 && r <= 0xffe6 ||
		r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd)
}
