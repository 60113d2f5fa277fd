package sheet

// first is how much of a block has to stand by the heading above it.
func (p *page) first(b Block) float64 {
	switch b := b.(type) {
	case Table:
		return p.firstRow(b)
	case Part:
		return b.height(p)
	case Signature:
		return p.step() + 11
	}
	return 2 * p.step()
}

// draw writes a heading, which keeps at least two lines, or a row, by it. An
// aside that does not fit beside it stands below its rule.
func (h Heading) draw(p *page) {
	p.room(9*p.scale + 2*p.step())
	y := p.pdf.GetY() + 2
	p.body("B", 10.5)
	left := bodyWidth - p.pdf.GetStringWidth(p.clean(h.Text)) - 4
	p.body("", smallSize)
	width, below := bodyWidth, h.Aside
	if beside := p.pdf.GetStringWidth(p.clean(h.Aside)); h.Aside != "" && beside <= left {
		width, below = bodyWidth-beside-4, ""
		p.putRight(y, h.Aside)
	}
	p.body("B", 10.5)
	for i, line := range p.wrap(h.Text, width) {
		if i > 0 {
			y += 5 * p.scale
		}
		p.put(margin, y, line)
	}
	y += 5.2 * p.scale
	p.pdf.SetLineWidth(0.15)
	p.pdf.Line(margin, y, pageWidth-margin, y)
	p.pdf.SetXY(margin, y+1)
	if below != "" {
		p.body("", smallSize)
		p.paragraph(below, 0, 0)
	}
}

// draw writes a part whole on one page where one holds it.
func (b Part) draw(p *page) {
	p.room(min(b.height(p), bodyBottom-bodyTop))
	if b.Name != "" {
		Paragraph{Text: b.Name, Bold: true}.draw(p)
	}
	Bullets(b.Lines).draw(p)
	p.down(p.step() / 3)
}

func (b Part) height(p *page) float64 {
	lines := 0
	if b.Name != "" {
		p.body("B", textSize)
		lines += len(p.wrap(b.Name, bodyWidth-3))
	}
	p.body("", textSize)
	for _, line := range b.Lines {
		lines += len(p.wrap(line, bodyWidth-5*p.scale))
	}
	return (float64(lines) + 1.0/3) * p.step()
}

func (t Paragraph) draw(p *page) {
	p.body(bold(t.Bold), textSize)
	// A line that goes on is set in, so that the next one is seen to begin.
	p.paragraph(t.Text, 0, 3)
}

func bold(is bool) string {
	if is {
		return "B"
	}
	return ""
}

// paragraph writes text whose first line is set in by one measure and whose
// others are by another.
func (p *page) paragraph(text string, first, others float64) {
	for i, line := range p.wrap(text, bodyWidth-max(first, others)) {
		p.room(p.step())
		indent := first
		if i > 0 {
			indent = others
		}
		p.put(margin+indent, p.pdf.GetY(), line)
		p.down(p.step())
	}
}

func (b Bullets) draw(p *page) {
	p.body("", textSize)
	for _, line := range b {
		p.marked("•", line)
	}
}

func (c Checks) draw(p *page) {
	p.body("", textSize)
	for _, check := range c {
		p.marked(check.box(), check.Text)
	}
}

// marked writes text beside a mark, whole on one page where one holds it.
func (p *page) marked(mark, text string) {
	indent := 5 * p.scale
	lines := p.wrap(text, bodyWidth-indent)
	if height := float64(len(lines)) * p.step(); height < bodyBottom-bodyTop {
		p.room(height)
	}
	for i, line := range lines {
		p.room(p.step())
		if i == 0 {
			p.put(margin, p.pdf.GetY(), mark)
		}
		p.put(margin+indent, p.pdf.GetY(), line)
		p.down(p.step())
	}
}

// draw writes names in bold and their values beside them.
func (all Pairs) draw(p *page) {
	p.body("B", textSize)
	beside := 0.0
	for _, one := range all {
		beside = max(beside, p.pdf.GetStringWidth(p.clean(one.Name)))
	}
	beside = min(beside, bodyWidth/3) + 3
	for _, one := range all {
		p.body("B", textSize)
		name := p.fit(one.Name, beside-2)
		p.body("", textSize)
		lines := p.wrap(one.Value, bodyWidth-beside)
		for i, line := range lines {
			p.room(p.step())
			if i == 0 {
				p.body("B", textSize)
				p.put(margin, p.pdf.GetY(), name)
				p.body("", textSize)
			}
			p.put(margin+beside, p.pdf.GetY(), line)
			p.down(p.step())
		}
	}
}

// draw leaves room for a hand to write in.
func (s Signature) draw(p *page) {
	parts := s.parts()
	height := p.step() + 11
	p.room(height)
	p.body("B", textSize)
	p.put(margin, p.pdf.GetY()+1, p.fit(s.Who, bodyWidth))
	y := p.pdf.GetY() + p.step() + 6
	p.pdf.SetLineWidth(0.2)
	width := bodyWidth / float64(max(1, len(parts)))
	p.body("", smallSize)
	for i, part := range parts {
		x := margin + width*float64(i)
		p.pdf.Line(x, y, x+width-4, y)
		p.put(x, y+0.3, p.fit(part, width-4))
	}
	p.pdf.SetXY(margin, y+4.5*p.scale)
}

// draw frames the statement; it is never cut by the end of a page.
func (b Box) draw(p *page) {
	p.body("", textSize)
	lines := p.wrapAll(b.Lines)
	p.body("", smallSize)
	small := p.wrapAll(b.Small)
	height := (9 + 5*float64(len(lines)) + 4*float64(len(small))) * p.scale
	p.room(height + 6)
	y := p.pdf.GetY() + 4
	p.pdf.SetLineWidth(0.4)
	p.pdf.Rect(margin, y, bodyWidth, height, "D")
	x, y := margin+3, y+2
	p.body("B", 10.5)
	p.put(x, y, p.fit(b.Head, bodyWidth-6))
	y += 6 * p.scale
	p.body("", textSize)
	for _, line := range lines {
		p.put(x, y, line)
		y += 5 * p.scale
	}
	p.body("", smallSize)
	for _, line := range small {
		p.put(x, y, line)
		y += 4 * p.scale
	}
	p.pdf.SetY(y + 1)
}

func (p *page) wrapAll(texts []string) []string {
	var out []string
	for _, t := range texts {
		out = append(out, p.wrap(t, bodyWidth-6)...)
	}
	return out
}

func (p *page) note(text string) {
	p.room(2 * p.step())
	p.body("", smallSize)
	p.down(2)
	p.paragraph(text, 0, 0)
}
