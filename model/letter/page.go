package letter

import (
	"fmt"
	"strings"

	"github.com/throughgate/throughgate/model"
)

func (p *paper) title() {
	l := p.letter
	p.font("B", 14)
	for _, line := range p.wrap(title(l), bodyWidth) {
		p.write(margin, p.doc.GetY(), line)
		p.doc.SetY(p.doc.GetY() + 6.5)
	}
	p.font("", textSize)
	about := fmt.Sprintf("Letter %d, %s", l.Number, l.Author.At)
	if l.Supersedes > 0 {
		about += fmt.Sprintf(". It replaces letter %d.", l.Supersedes)
	}
	p.write(margin, p.doc.GetY(), about)
	p.doc.SetY(p.doc.GetY() + lineStep + 1)
}

// section writes a heading with what stands under it. The heading keeps at least
// two lines, or a row, by it.
func (p *paper) section(s model.Section) {
	p.room(9 + 2*lineStep)
	y := p.doc.GetY() + 2
	p.font("B", 10.5)
	p.write(margin, y, s.Heading)
	p.font("", smallSize)
	if s.Source != "" {
		p.writeRight(y, p.fit(s.Source, bodyWidth/2))
	}
	p.doc.SetLineWidth(0.15)
	p.doc.Line(margin, y+5.2, pageWidth-margin, y+5.2)
	p.doc.SetXY(margin, y+6.2)
	style := ""
	if s.Missing {
		style = "B"
	}
	p.font(style, textSize)
	for _, line := range s.Lines {
		p.paragraph(line)
	}
	if s.Table != nil {
		p.table(s.Table)
	}
}

func (p *paper) paragraph(text string) {
	for i, line := range p.wrap(text, bodyWidth-3) {
		p.room(lineStep)
		indent := 0.0
		if i > 0 {
			indent = 3 // a line that goes on is set in, so that the next one is seen to begin
		}
		p.write(margin+indent, p.doc.GetY(), line)
		p.doc.SetY(p.doc.GetY() + lineStep)
	}
}

// signature is the box at the end: who, in what role, when, and the hash by
// which this copy can be compared with the record.
func (p *paper) signature() {
	const height = 27.0
	p.room(height + 6)
	y := p.doc.GetY() + 4
	p.doc.SetLineWidth(0.4)
	p.doc.Rect(margin, y, bodyWidth, height, "D")
	x := margin + 3
	p.font("B", 10.5)
	if p.signed == nil {
		p.write(x, y+2, draftWords)
		p.font("", textSize)
		p.write(x, y+8, "Prepared by "+p.letter.Author.Name+", "+p.letter.Author.Role+", "+p.letter.Author.At.String())
		p.write(x, y+13, "Nothing in it may be relied on until a clinician has signed it.")
		if missing := p.letter.MissingToSign(); len(missing) > 0 {
			p.write(x, y+18, p.fit("Still to be written: "+strings.Join(missing, ", "), bodyWidth-6))
		}
		p.doc.SetY(y + height)
		return
	}
	p.write(x, y+2, "Signed electronically")
	p.font("", textSize)
	p.write(x, y+8, p.fit(p.letter.Author.Name+", "+p.letter.Author.Role+", "+p.letter.Prison.Name, bodyWidth-6))
	p.write(x, y+13, p.signed.By.Instant().String()+", letter "+fmt.Sprint(p.letter.Number))
	p.font("", smallSize)
	p.write(x, y+18, "SHA-256 "+p.signed.Hash.String())
	p.write(x, y+22, "The signature is kept with the record; a copy whose hash is another one is not this letter.")
	p.doc.SetY(y + height)
}

func (p *paper) note(text string) {
	p.room(2 * lineStep)
	p.font("", smallSize)
	p.write(margin, p.doc.GetY()+2, text)
}
