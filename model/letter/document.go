package letter

import (
	"fmt"
	"io"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/sheet"
)

// PDF writes the letter as a PDF of A4 pages, in black on white. The same
// letter gives the same bytes. An error is that of w, or of KindInvalid when
// the letter is not the one that was signed.
func PDF(w io.Writer, l model.Letter, o Options) error {
	if err := o.check(l); err != nil {
		return err
	}
	return sheet.PDF(w, document(l, o))
}

// Text returns the letter as plain text, no line wider than 80 columns. Tables
// become lists, since six columns do not fit. An error is of KindInvalid when
// the letter is not the one that was signed.
func Text(l model.Letter, o Options) (string, error) {
	if err := o.check(l); err != nil {
		return "", err
	}
	return sheet.Text(document(l, o)), nil
}

func document(l model.Letter, o Options) sheet.Document {
	d := sheet.Document{
		Title: title(l), About: about(l), Kind: kindWords(l),
		Marking: marking, Second: confidential,
		Banner: []sheet.Ends{
			{Left: l.Person.Name, Right: "Born " + l.Person.Born},
			{Left: "NHS number " + l.Person.NHSLine(), Right: "Prison number " + l.Person.Prison},
		},
		Foot: []string{fmt.Sprintf("%s, letter %d", orNotRecorded(l.Prison.Name), l.Number)},
		At:   l.Author.At.Time(),
	}
	if o.Signed == nil {
		d.FootWords, d.Watermark = draftWords, draftWords
	}
	for _, n := range l.Notices() {
		d.Blocks = append(d.Blocks, sheet.Box{Head: n.Head, Lines: []string{n.Text}})
	}
	for _, s := range l.Sections {
		d.Blocks = append(d.Blocks, section(s)...)
	}
	d.Blocks = append(d.Blocks, seal(l, o))
	return d
}

func section(s model.Section) []sheet.Block {
	out := []sheet.Block{sheet.Heading{Text: s.Heading, Aside: s.Source}}
	for _, line := range s.Lines {
		out = append(out, sheet.Paragraph{Text: line, Bold: s.Missing})
	}
	if s.Table != nil {
		out = append(out, sheet.Table{Columns: s.Table.Columns, Rows: s.Table.Rows, Listed: true})
	}
	return out
}

// seal is the box at the end: who, in what role, when, and the hash by which
// this copy can be compared with the record.
func seal(l model.Letter, o Options) sheet.Box {
	if o.Signed == nil {
		box := sheet.Box{Head: draftWords, Lines: []string{
			"Prepared by " + l.Author.Name + ", " + l.Author.Role + ", " + l.Author.At.String(),
			"Nothing in it may be relied on until a clinician has signed it.",
		}}
		if missing := l.MissingToSign(); len(missing) > 0 {
			box.Lines = append(box.Lines, "Still to be written: "+strings.Join(missing, ", "))
		}
		return box
	}
	return sheet.Box{
		Head: "Signed electronically",
		Lines: []string{
			l.Author.Name + ", " + l.Author.Role + ", " + l.Prison.Name,
			o.Signed.By.Instant().String() + fmt.Sprintf(", letter %d", l.Number),
		},
		Small: []string{
			"SHA-256 " + o.Signed.Hash.String(),
			"The signature is kept with the record; a copy whose hash is another one is not this letter.",
		},
	}
}
