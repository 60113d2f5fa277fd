package sheet

import "fmt"

// header stands on every page: the marking, and who the document is about.
func (p *page) header() {
	if p.doc.Watermark != "" {
		p.watermark()
	}
	p.font("B", 8.5)
	p.frame(margin, 9, p.doc.Marking)
	p.frameRight(9, p.doc.Second)
	for i, line := range p.doc.Banner[:min(2, len(p.doc.Banner))] {
		y := 15 + 5*float64(i)
		p.font("", 9)
		right := p.fit(line.Right, 75)
		p.frameRight(y, right)
		left := bodyWidth - p.pdf.GetStringWidth(right) - 4
		if i == 0 {
			p.font("B", 10)
		}
		p.frame(margin, y, p.fit(line.Left, left))
	}
	p.pdf.SetLineWidth(0.4)
	p.pdf.Line(margin, 26.5, pageWidth-margin, 26.5)
	p.pdf.SetXY(margin, bodyTop)
}

func (p *page) footer() {
	p.pdf.SetLineWidth(0.2)
	p.pdf.Line(margin, pageHeight-16, pageWidth-margin, pageHeight-16)
	p.font("B", 8)
	words := p.doc.FootWords
	if words == "" {
		words = p.doc.Marking
	}
	middle := (pageWidth - p.pdf.GetStringWidth(p.clean(words))) / 2
	p.frame(middle, pageHeight-15, words)
	// Not aligned to the right by its width: the number of pages is filled in later.
	p.font("", 8)
	p.frame(pageWidth-margin-24, pageHeight-15, fmt.Sprintf("Page %d of {pages}", p.pdf.PageNo()))
	for i, line := range p.doc.Foot[:min(2, len(p.doc.Foot))] {
		width := middle - margin - 2
		if i > 0 {
			width = bodyWidth
		}
		p.frame(margin, pageHeight-15+4*float64(i), p.fit(line, width))
	}
}

// frame writes a line whose height does not grow with the text.
func (p *page) frame(x, y float64, s string) {
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(0, lineStep, p.clean(s), "", 0, "L", false, 0, "")
}

func (p *page) frameRight(y float64, s string) {
	p.frame(pageWidth-margin-p.pdf.GetStringWidth(p.clean(s)), y, s)
}

// watermark says its words across the page, light enough to read through.
func (p *page) watermark() {
	const grey = 225
	p.pdf.SetTextColor(grey, grey, grey)
	p.font("B", 54)
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(52, pageWidth/2, pageHeight/2)
	words := p.clean(p.doc.Watermark)
	p.pdf.Text((pageWidth-p.pdf.GetStringWidth(words))/2, pageHeight/2+8, words)
	p.pdf.TransformEnd()
	p.pdf.SetTextColor(0, 0, 0)
}

func (p *page) title() {
	p.body("B", 14)
	for _, line := range p.wrap(p.doc.Title, bodyWidth) {
		p.put(margin, p.pdf.GetY(), line)
		p.down(6.5 * p.scale)
	}
	if p.doc.About != "" {
		p.body("", textSize)
		p.paragraph(p.doc.About, 0, 0)
		p.down(1)
	}
}

// down moves on without writing.
func (p *page) down(by float64) { p.pdf.SetY(p.pdf.GetY() + by) }
