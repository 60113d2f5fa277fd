package letter

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/throughgate/throughgate/model"
)

// columns is how wide a line of the text copy may be on a screen.
const columns = 80

// Text returns the letter as plain text, no line wider than 80 columns, for
// screens, pipes and e-mail. Tables become lists, since six columns do not fit.
// An error is of KindInvalid when the letter is not the one that was signed.
func Text(l model.Letter, o Options) (string, error) {
	if err := o.check(l); err != nil {
		return "", err
	}
	t := &sheet{}
	t.ends(marking, confidential)
	if o.Signed == nil {
		t.line(draftWords, "")
	}
	t.line("", "")
	t.line(title(l), "")
	t.line(strings.Repeat("=", min(columns, width(clean(title(l))))), "")
	about := fmt.Sprintf("Letter %d, %s", l.Number, l.Author.At)
	if l.Supersedes > 0 {
		about += fmt.Sprintf(". It replaces letter %d.", l.Supersedes)
	}
	t.line(about, "")
	t.line(l.Person.Name+"  Born "+l.Person.Born+"  NHS "+l.Person.NHS+"  "+l.Person.Prison, "")
	for _, s := range l.Sections {
		t.section(s)
	}
	t.signature(l, o)
	return t.out.String(), nil
}

// sheet collects wrapped lines.
type sheet struct{ out strings.Builder }

// line writes text under an indent; what does not fit goes on, set in by two
// more.
func (t *sheet) line(text, indent string) {
	for i, part := range wrapWords(clean(text), func(s string) bool { return width(s)+width(indent)+2 <= columns }) {
		if i == 1 {
			indent += "  "
		}
		t.out.WriteString(strings.TrimRight(indent+part, " ") + "\n")
	}
}

// ends writes two words at both ends of a line.
func (t *sheet) ends(left, right string) {
	gap := max(1, columns-width(left)-width(right))
	t.out.WriteString(left + strings.Repeat(" ", gap) + right + "\n")
}

func (t *sheet) section(s model.Section) {
	t.out.WriteByte('\n')
	t.line(strings.ToUpper(s.Heading), "")
	t.line(strings.Repeat("-", min(columns, width(s.Heading))), "")
	for _, line := range s.Lines {
		t.line(line, "")
	}
	if s.Table != nil {
		for i, row := range s.Table.Rows {
			t.row(i+1, s.Table.Columns, row)
		}
	}
}

// row writes a row as its first cell, numbered, and the others by their names.
func (t *sheet) row(n int, names, cells []string) {
	for i, cell := range cells {
		switch {
		case i == 0:
			t.line(fmt.Sprintf("%d. %s", n, cell), "")
		case i < len(names):
			t.line(names[i]+": "+cell, "   ")
		}
	}
}

func (t *sheet) signature(l model.Letter, o Options) {
	t.out.WriteString("\n" + strings.Repeat("-", columns) + "\n")
	if o.Signed == nil {
		t.line(draftWords, "")
		t.line("Prepared by "+l.Author.Name+", "+l.Author.Role+", "+l.Author.At.String(), "")
		if missing := l.MissingToSign(); len(missing) > 0 {
			t.line("Still to be written: "+strings.Join(missing, ", "), "")
		}
	} else {
		t.line("Signed electronically by "+l.Author.Name+", "+l.Author.Role+", "+l.Prison.Name, "")
		t.line(o.Signed.By.Instant().String(), "")
		t.line("SHA-256 "+o.Signed.Hash.String(), "")
	}
	t.ends(marking, confidential)
}

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
// East Asia, none for marks that sit on the letter before them.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case isWide(r):
			n += 2
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
