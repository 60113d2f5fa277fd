package letter

import (
	"fmt"
	"io"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// largePrint makes text 16 points, and headings larger (NHS England, Accessible
// Information Standard: large print).
const largePrint = 1.7

const (
	private   = "PRIVATE"
	easyDraft = "DRAFT, NOT SIGNED"
)

// EasyPDF writes the easy-read copy as a PDF in large print. An error is that of
// w, or of KindInvalid when there is none of such a letter.
func EasyPDF(w io.Writer, l model.Letter, e Easy) error {
	d, err := easyDocument(l, e)
	if err != nil {
		return err
	}
	return sheet.PDF(w, d)
}

// EasyText returns the easy-read copy as plain text of 80 columns. An error is of
// KindInvalid when there is none of such a letter.
func EasyText(l model.Letter, e Easy) (string, error) {
	d, err := easyDocument(l, e)
	if err != nil {
		return "", err
	}
	return sheet.Text(d), nil
}

func easyDocument(l model.Letter, e Easy) (sheet.Document, error) {
	if err := e.check(l); err != nil {
		return sheet.Document{}, err
	}
	blocks, err := easyBlocks(l)
	if err != nil {
		return sheet.Document{}, err
	}
	d := sheet.Document{
		Title: easyTitle.words(e.Welsh), About: l.Person.Name, Kind: "Easy-read copy of a discharge letter",
		Marking: private, Second: "About your health",
		Banner: []sheet.Ends{{Left: l.Person.Name, Right: "Born " + l.Person.Born}, {Left: "NHS number " + l.Person.NHS}},
		Foot:   []string{fmt.Sprintf("Letter %d", l.Number)},
		At:     l.Author.At.Time(), Scale: largePrint,
	}
	if e.Signed == nil {
		d.FootWords, d.Watermark = easyDraft, easyDraft
		d.Blocks = append(d.Blocks, sheet.Paragraph{Text: "This is a draft. It may still change. Do not use it yet.", Bold: true})
	}
	for _, b := range blocks {
		d.Blocks = append(d.Blocks, sheet.Heading{Text: b.heading.words(e.Welsh)})
		for _, p := range b.parts {
			d.Blocks = append(d.Blocks, p)
		}
	}
	d.Blocks = append(d.Blocks, sheet.Paragraph{Text: "From your letter " + fmt.Sprint(l.Number) + " of " + signedDay(l) + "."},
		sheet.Paragraph{Text: "You can ask us for the whole letter."})
	return d, nil
}

// words is the heading; the Welsh one first where it was chosen.
func (h easyHeading) words(welsh bool) string {
	if welsh {
		return h.welsh + " / " + h.english
	}
	return h.english
}
