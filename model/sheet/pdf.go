package sheet

import (
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"
)

// Sizes of the page in millimetres (A4 portrait), and of letters in points.
const (
	pageWidth  = 210.0
	pageHeight = 297.0
	margin     = 15.0
	bodyTop    = 31.0
	bodyBottom = pageHeight - 20.0
	bodyWidth  = pageWidth - 2*margin

	textSize  = 9.5
	tableSize = 8.0
	smallSize = 7.0
	lineStep  = 4.6 // from line to line of text
	tableStep = 3.8

	// The smallest that OneSheet makes text is two thirds of 9.5 points, a little
	// over six, which is read at arm's length.
	leastScale = 2.0 / 3
	scaleStep  = 0.05
)

// lostNote stands at the end where the fonts lack a letter.
const lostNote = "□ stands for a letter that this print cannot show. The copy as text has it."

// PDF writes the document as a PDF of A4 pages, in black on white. The same
// document gives the same bytes. An error is that of w.
func PDF(w io.Writer, d Document) error {
	scale := d.Scale
	if scale == 0 {
		scale = 1
	}
	p := lay(d, scale)
	for d.OneSheet && p.pdf.PageCount() > 1 && scale > leastScale {
		scale = max(leastScale, scale-scaleStep)
		p = lay(d, scale)
	}
	if err := p.pdf.Output(w); err != nil {
		return fmt.Errorf("write %s: %w", d.Kind, err)
	}
	return nil
}

func lay(d Document, scale float64) *page {
	p := newPage(d, scale)
	p.pdf.AddPage()
	p.title()
	for i, b := range d.Blocks {
		if _, heading := b.(Heading); heading && i+1 < len(d.Blocks) {
			p.room(9*p.scale + min(p.first(d.Blocks[i+1]), bodyBottom-bodyTop-9*p.scale))
		}
		b.draw(p)
	}
	if p.lost {
		p.note(lostNote)
	}
	return p
}

// page is a document on its way to the paper.
type page struct {
	pdf    *fpdf.Fpdf
	doc    Document
	glyphs glyphs
	scale  float64
	lost   bool // something had to be replaced by a box
}

func newPage(d Document, scale float64) *page {
	pdf := fpdf.New("P", "mm", "A4", "")
	p := &page{pdf: pdf, doc: d, glyphs: loadGlyphs(), scale: scale}
	pdf.SetCatalogSort(true) // else the order of objects changes from run to run
	pdf.SetCreationDate(d.At)
	pdf.SetModificationDate(d.At)
	pdf.SetProducer("throughgate", false)
	pdf.SetTitle(d.Kind, false)
	lang := d.Lang
	if lang == "" {
		lang = "en-GB"
	}
	pdf.SetLang(lang)
	pdf.AddUTF8FontFromBytes("sans", "", regularFont)
	pdf.AddUTF8FontFromBytes("sans", "B", boldFont)
	pdf.SetMargins(margin, bodyTop, margin)
	pdf.SetAutoPageBreak(false, 0) // room is asked for, so that a heading is never left behind
	pdf.SetCellMargin(0)
	pdf.AliasNbPages("{pages}")
	pdf.SetHeaderFunc(p.header)
	pdf.SetFooterFunc(p.footer)
	return p
}

// put writes one line at a place, cleaned of what cannot be printed.
func (p *page) put(x, y float64, s string) {
	p.pdf.SetXY(x, y)
	p.pdf.CellFormat(0, lineStep*p.scale, p.clean(s), "", 0, "L", false, 0, "")
}

// putRight ends a line at the right margin.
func (p *page) putRight(y float64, s string) {
	s = p.clean(s)
	p.put(pageWidth-margin-p.pdf.GetStringWidth(s), y, s)
}

func (p *page) clean(s string) string {
	out, lost := p.glyphs.printable(s)
	p.lost = p.lost || lost
	return out
}

// font sets the letters of the frame of a page, body those of its text.
func (p *page) font(style string, size float64) { p.pdf.SetFont("sans", style, size) }
func (p *page) body(style string, size float64) { p.font(style, size*p.scale) }

// step is the way from line to line of the text.
func (p *page) step() float64 { return lineStep * p.scale }

// room begins a new page when less than height is left.
func (p *page) room(height float64) {
	if p.pdf.GetY()+height > bodyBottom {
		p.turn()
	}
}

func (p *page) turn() {
	p.pdf.AddPage()
	p.pdf.SetXY(margin, bodyTop)
}

// fit shortens what would run into its neighbour, visibly. What is shortened
// stands whole elsewhere.
func (p *page) fit(s string, width float64) string {
	s = p.clean(s)
	if p.pdf.GetStringWidth(s) <= width {
		return s
	}
	letters := []rune(s)
	for len(letters) > 0 && p.pdf.GetStringWidth(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

// wrap breaks text into lines of a width in the present font, at spaces where
// there are any.
func (p *page) wrap(text string, width float64) []string {
	const rounding = 0.01 // a column made for a word must hold it
	return wrapWords(p.clean(text), func(s string) bool { return p.pdf.GetStringWidth(s) <= width+rounding })
}
