package sheet

import "strings"

// cellPad is the room on either side of a cell's text, rowPad that above and
// below its lines, in millimetres.
const (
	cellPad = 1.2
	rowPad  = 1.6
)

// draw writes rows under their columns. A row is never cut by the end of a
// page, and the columns' names stand on every page again: half a line of a
// medicine is a wrong dose. Only a row that is longer than a page goes on.
func (t Table) draw(p *page) {
	p.down(0.8)
	widths := p.columnWidths(t)
	names := p.cells(t.Columns, widths, "B")
	for i, row := range t.Rows {
		lines := p.cells(row, widths, "")
		need := p.rowHeight(lines)
		if i == 0 { // the names never stand alone at the end of a page
			p.room(p.rowHeight(names) + min(need, p.pageRoom(names)))
			p.row(names, widths, "B")
		}
		for _, piece := range p.pieces(lines, names) {
			if p.pdf.GetY()+p.rowHeight(piece) > bodyBottom {
				p.turn()
				p.row(names, widths, "B")
			}
			p.row(piece, widths, "")
		}
	}
	if len(t.Rows) == 0 {
		p.room(p.rowHeight(names))
		p.row(names, widths, "B")
	}
	p.down(1)
}

// firstRow is the height of the columns' names with the first row.
func (p *page) firstRow(t Table) float64 {
	widths := p.columnWidths(t)
	height := 0.8 + p.rowHeight(p.cells(t.Columns, widths, "B"))
	if len(t.Rows) > 0 {
		height += p.rowHeight(p.cells(t.Rows[0], widths, ""))
	}
	return height
}

// cells breaks a row's texts into the lines of their columns. A row with too
// few cells has empty ones.
func (p *page) cells(row []string, widths []float64, style string) [][]string {
	p.body(style, tableSize)
	out := make([][]string, len(widths))
	for i := range out {
		if i < len(row) {
			out[i] = p.wrap(row[i], widths[i]-2*cellPad)
		}
	}
	return out
}

func mostLines(cells [][]string) int {
	most := 1
	for _, lines := range cells {
		most = max(most, len(lines))
	}
	return most
}

func (p *page) rowHeight(cells [][]string) float64 {
	return float64(mostLines(cells))*tableStep*p.scale + rowPad
}

// pageRoom is the height that rows have on a page under the columns' names.
func (p *page) pageRoom(names [][]string) float64 {
	return bodyBottom - bodyTop - p.rowHeight(names)
}

// pieces cuts a row that is longer than a page into rows that are not.
func (p *page) pieces(cells, names [][]string) [][][]string {
	if p.rowHeight(cells) <= p.pageRoom(names) {
		return [][][]string{cells}
	}
	most := max(1, int((p.pageRoom(names)-rowPad)/(tableStep*p.scale)))
	var out [][][]string
	for from := 0; from < mostLines(cells); from += most {
		piece := make([][]string, len(cells))
		for i, lines := range cells {
			piece[i] = lines[min(from, len(lines)):min(from+most, len(lines))]
		}
		out = append(out, piece)
	}
	return out
}

func (p *page) row(cells [][]string, widths []float64, style string) {
	p.body(style, tableSize)
	height := p.rowHeight(cells)
	y, x := p.pdf.GetY(), margin
	p.pdf.SetLineWidth(0.15)
	for i, width := range widths {
		if style == "B" {
			p.pdf.SetFillColor(232, 232, 232)
			p.pdf.Rect(x, y, width, height, "FD")
		} else {
			p.pdf.Rect(x, y, width, height, "D")
		}
		for n, line := range cells[i] {
			p.put(x+cellPad, y+(0.5+float64(n)*tableStep)*p.scale, line)
		}
		x += width
	}
	p.pdf.SetXY(margin, y+height)
}

// columnWidths gives each column its longest word, and shares the rest by how
// much text there is, so that "Days" stays narrow and the dose gets room.
func (p *page) columnWidths(t Table) []float64 {
	least, wants := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	for i, name := range t.Columns {
		p.body("B", tableSize)
		least[i] = p.longestWord(name) + 2*cellPad
		wants[i] = p.pdf.GetStringWidth(p.clean(name)) + 2*cellPad
		p.body("", tableSize)
		for _, row := range t.Rows {
			if i < len(row) {
				least[i] = max(least[i], min(p.longestWord(row[i])+2*cellPad, bodyWidth/4))
				wants[i] = max(wants[i], min(p.pdf.GetStringWidth(p.clean(row[i]))+2*cellPad, bodyWidth/4)) // one long cell does not starve the others
			}
		}
	}
	return share(bodyWidth, least, wants)
}

func (p *page) longestWord(s string) float64 {
	widest := 0.0
	for _, word := range strings.Fields(p.clean(s)) {
		widest = max(widest, p.pdf.GetStringWidth(word))
	}
	return widest
}

// share gives everybody what they want where there is room for it, and what is
// left over in proportion. Where there is not, everybody gets the least, scaled
// down when even that is too much, and of the rest in proportion to what is wanted
// beyond it.
func share(all float64, least, wants []float64) []float64 {
	sum, wanted := 0.0, 0.0
	for i := range least {
		least[i] = max(least[i], all/100) // a column of nothing is there too
		wants[i] = max(wants[i], least[i])
		sum += least[i]
		wanted += wants[i]
	}
	out := make([]float64, len(least))
	for i := range out {
		switch {
		case sum >= all:
			out[i] = least[i] * all / sum
		case wanted <= all:
			out[i] = wants[i] * all / wanted
		default:
			out[i] = least[i] + (all-sum)*(wants[i]-least[i])/(wanted-sum)
		}
	}
	return out
}
