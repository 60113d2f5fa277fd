package letter

import (
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"
	"github.com/throughgate/throughgate/model"
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
)

// PDF writes the letter as a PDF of A4 pages, in black on white. The same
// letter gives the same bytes. An error is that of w, or of KindInvalid when
// the letter is not the one that was signed.
func PDF(w io.Writer, l model.Letter, o Options) error {
	if err := o.check(l); err != nil {
		return err
	}
	p := newPaper(l, o)
	p.doc.AddPage()
	p.title()
	for _, s := range l.Sections {
		p.section(s)
	}
	p.signature()
	if p.lost {
		p.note("□ stands for a letter that this print cannot show. The copy as text has it.")
	}
	if err := p.doc.Output(w); err != nil {
		return fmt.Errorf("write letter: %w", err)
	}
	return nil
}

// paper is a letter on its way to the page.
type paper struct {
	doc    *fpdf.Fpdf
	letter model.Letter
	signed *model.SignedLetter
	glyphs glyphs
	lost   bool // something had to be replaced by a box
}

func newPaper(l model.Letter, o Options) *paper {
	doc := fpdf.New("P", "mm", "A4", "")
	p := &paper{doc: doc, letter: l, signed: o.Signed, glyphs: loadGlyphs()}
	doc.SetCatalogSort(true) // else the order of objects changes from run to run
	doc.SetCreationDate(l.Author.At.Time())
	doc.SetModificationDate(l.Author.At.Time())
	doc.SetProducer("throughgate", false)
	doc.SetTitle("Discharge letter", false) // not the person's name: titles end in lists of files
	doc.SetLang("en-GB")
	doc.AddUTF8FontFromBytes("sans", "", regularFont)
	doc.AddUTF8FontFromBytes("sans", "B", boldFont)
	doc.SetMargins(margin, bodyTop, margin)
	doc.SetAutoPageBreak(false, 0) // room is asked for, so that a heading is never left behind
	doc.SetCellMargin(0)
	doc.AliasNbPages("{pages}")
	doc.SetHeaderFunc(p.header)
	doc.SetFooterFunc(p.footer)
	return p
}

// write puts one line at a place, cleaned of what cannot be printed.
func (p *paper) write(x, y float64, s string) {
	p.doc.SetXY(x, y)
	p.doc.CellFormat(0, lineStep, p.clean(s), "", 0, "L", false, 0, "")
}

// writeRight ends a line at the right margin.
func (p *paper) writeRight(y float64, s string) {
	s = p.clean(s)
	p.write(pageWidth-margin-p.doc.GetStringWidth(s), y, s)
}

func (p *paper) clean(s string) string {
	out, lost := p.glyphs.printable(s)
	p.lost = p.lost || lost
	return out
}

func (p *paper) font(style string, size float64) { p.doc.SetFont("sans", style, size) }

// room begins a new page when less than height is left.
func (p *paper) room(height float64) {
	if p.doc.GetY()+height > bodyBottom {
		p.doc.AddPage()
		p.doc.SetXY(margin, bodyTop)
	}
}

// header stands on every page: the marking, and who the letter is about, so
// that a single sheet is never somebody else's.
func (p *paper) header() {
	if p.signed == nil {
		p.watermark()
	}
	p.font("B", 8.5)
	p.write(margin, 9, marking)
	p.writeRight(9, confidential)
	person := p.letter.Person
	p.font("B", 10)
	name := p.fit(person.Name, 95)
	p.write(margin, 15, name)
	p.font("", 9)
	p.writeRight(15, "Born "+person.Born)
	p.write(margin, 20, "NHS number "+person.NHSLine())
	p.writeRight(20, "Prison number "+person.Prison)
	p.doc.SetLineWidth(0.4)
	p.doc.Line(margin, 26.5, pageWidth-margin, 26.5)
	p.doc.SetXY(margin, bodyTop)
}

// fit shortens a name that would run into its neighbour, visibly. The whole
// name stands in the first section.
func (p *paper) fit(s string, width float64) string {
	s = p.clean(s)
	if p.doc.GetStringWidth(s) <= width {
		return s
	}
	letters := []rune(s)
	for len(letters) > 0 && p.doc.GetStringWidth(string(letters)+"…") > width {
		letters = letters[:len(letters)-1]
	}
	return string(letters) + "…"
}

func (p *paper) footer() {
	p.doc.SetLineWidth(0.2)
	p.doc.Line(margin, pageHeight-16, pageWidth-margin, pageHeight-16)
	p.font("", 8)
	p.write(margin, pageHeight-15, fmt.Sprintf("%s, letter %d", orNotRecorded(p.letter.Prison.Name), p.letter.Number))
	// Not aligned to the right by its width: the number of pages is filled in later.
	p.write(pageWidth-margin-24, pageHeight-15, fmt.Sprintf("Page %d of {pages}", p.doc.PageNo()))
	p.font("B", 8)
	words := marking
	if p.signed == nil {
		words = draftWords
	}
	p.write((pageWidth-p.doc.GetStringWidth(words))/2, pageHeight-15, words)
}

// watermark says DRAFT across the page, light enough to read through.
func (p *paper) watermark() {
	const grey = 225
	p.doc.SetTextColor(grey, grey, grey)
	p.font("B", 54)
	p.doc.TransformBegin()
	p.doc.TransformRotate(52, pageWidth/2, pageHeight/2)
	width := p.doc.GetStringWidth(draftWords)
	p.doc.Text((pageWidth-width)/2, pageHeight/2+8, draftWords)
	p.doc.TransformEnd()
	p.doc.SetTextColor(0, 0, 0)
}
