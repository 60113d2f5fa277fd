package letter

import (
	"strings"

	"github.com/throughgate/throughgate/model"
)

// cellPad is the room on either side of a cell's text, in millimetres.
const cellPad = 1.2

// table writes rows under their columns. A row is never cut by the end of a
// page, and the columns' names stand on every page again: half a line of a
// medicine is a wrong dose.
func (p *paper) table(t *model.Table) {
	p.doc.SetY(p.doc.GetY() + 0.8)
	p.font("", tableSize)
	widths := p.columnWidths(t)
	if len(t.Rows) > 0 { // the names never stand alone at the end of a page
		p.room(2*tableStep + 1.6 + p.rowHeight(t.Rows[0], widths))
	}
	p.row(t.Columns, widths, "B")
	for _, row := range t.Rows {
		p.font("", tableSize)
		if p.doc.GetY()+p.rowHeight(row, widths) > bodyBottom {
			p.doc.AddPage()
			p.doc.SetXY(margin, bodyTop)
			p.row(t.Columns, widths, "B")
		}
		p.row(row, widths, "")
	}
	p.doc.SetY(p.doc.GetY() + 1)
}

func (p *paper) rowHeight(cells []string, widths []float64) float64 {
	most := 1
	for i, cell := range cells[:min(len(cells), len(widths))] {
		most = max(most, len(p.wrap(cell, widths[i]-2*cellPad)))
	}
	return float64(most)*tableStep + 1.6
}

func (p *paper) row(cells []string, widths []float64, style string) {
	p.font(style, tableSize)
	height := p.rowHeight(cells, widths)
	y, x := p.doc.GetY(), margin
	p.doc.SetLineWidth(0.15)
	for i, width := range widths {
		if style == "B" {
			p.doc.SetFillColor(232, 232, 232)
			p.doc.Rect(x, y, width, height, "FD")
		} else {
			p.doc.Rect(x, y, width, height, "D")
		}
		if i < len(cells) {
			for n, line := range p.wrap(cells[i], width-2*cellPad) {
				p.write(x+cellPad, y+0.5+float64(n)*tableStep, line)
			}
		}
		x += width
	}
	p.doc.SetXY(margin, y+height)
}

// columnWidths gives each column its longest word, and shares the rest by how
// much text there is, so that "Days" stays narrow and the dose gets room.
func (p *paper) columnWidths(t *model.Table) []float64 {
	least, wants := make([]float64, len(t.Columns)), make([]float64, len(t.Columns))
	for i, name := range t.Columns {
		p.font("B", tableSize)
		least[i] = p.longestWord(name) + 2*cellPad
		p.font("", tableSize)
		wants[i] = 1
		for _, row := range t.Rows {
			if i < len(row) {
				least[i] = max(least[i], min(p.longestWord(row[i])+2*cellPad, bodyWidth/4))
				wants[i] = max(wants[i], min(p.doc.GetStringWidth(p.clean(row[i])), bodyWidth/2))
			}
		}
	}
	return share(least, wants)
}

func (p *paper) longestWord(s string) float64 {
	widest := 0.0
	for _, word := range strings.Fields(p.clean(s)) {
		widest = max(widest, p.doc.GetStringWidth(word))
	}
	return widest
}

// share gives everybody the least, scaled down when even that is too much, and
// what is left over in proportion to what is wanted beyond it.
func share(least, wants []float64) []float64 {
	sum, more := 0.0, 0.0
	for i := range least {
		sum += least[i]
		more += max(0, wants[i]-least[i])
	}
	out := make([]float64, len(least))
	for i := range out {
		switch left := bodyWidth - sum; {
		case left <= 0:
			out[i] = least[i] * bodyWidth / sum
		case more == 0:
			out[i] = least[i] + left/float64(len(least))
		default:
			out[i] = least[i] + left*max(0, wants[i]-least[i])/more
		}
	}
	return out
}

// wrap breaks text into lines of a width in the present font, at spaces where
// there are any.
func (p *paper) wrap(text string, width float64) []string {
	return wrapWords(p.clean(text), func(s string) bool { return p.doc.GetStringWidth(s) <= width })
}
