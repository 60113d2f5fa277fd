package fhir

import (
	"strings"
	"time"
	"unicode"

	"github.com/throughgate/throughgate/model"
)

// clean leaves out what neither a FHIR string nor XML may hold, and makes every
// kind of blank a plain one: the pattern of FHIR's string type allows no other.
func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case unicode.IsSpace(c), unicode.Is(unicode.Zs, c):
			return ' '
		case unicode.IsControl(c), c == '\ufeff', c&0xfffe == 0xfffe: // a byte order mark, and no characters
			return -1
		}
		return c
	}, s))
}

// cleaned drops lines with nothing in them.
func cleaned(lines ...string) []string {
	var out []string
	for _, line := range lines {
		if line = clean(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

var markup = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// xhtml is lines and a table as FHIR's narrative, which must not be empty.
func xhtml(lines []string, table *model.Table) narrative {
	var b strings.Builder
	b.WriteString(`<div xmlns="http://www.w3.org/1999/xhtml">`)
	lines = cleaned(lines...)
	if len(lines) == 0 && (table == nil || len(table.Rows) == 0) {
		lines = []string{model.NotRecorded}
	}
	for _, line := range lines {
		b.WriteString("<p>" + markup.Replace(line) + "</p>")
	}
	if table != nil && len(table.Rows) > 0 {
		b.WriteString("<table>")
		cells(&b, "th", table.Columns)
		for _, row := range table.Rows {
			cells(&b, "td", row)
		}
		b.WriteString("</table>")
	}
	b.WriteString("</div>")
	return narrative{"additional", b.String()}
}

func cells(b *strings.Builder, tag string, row []string) {
	if len(row) == 0 {
		return
	}
	b.WriteString("<tr>")
	for _, cell := range row {
		b.WriteString("<" + tag + ">" + markup.Replace(clean(cell)) + "</" + tag + ">")
	}
	b.WriteString("</tr>")
}

// moment is an instant as FHIR writes one, "" when it is not set or its year has
// not four digits.
func moment(i model.Instant) string {
	if i.IsZero() || !fourDigits(i.Time()) {
		return ""
	}
	return i.Time().Format(time.RFC3339)
}

// date is a day as FHIR writes one, "" when it is not set.
func date(d model.Day) string {
	if d.IsZero() || !fourDigits(d.Start().Time()) {
		return ""
	}
	return d.ISO()
}

func fourDigits(t time.Time) bool { return t.Year() >= 1000 && t.Year() <= 9999 }

// between is a period of what is known of it; nil when nothing is. An end before
// the start is left out: somebody who came back still has the day of leaving
// before.
func between(start, end string) *period {
	if start != "" && end != "" && end[:len("2006-01-02")] < start[:len("2006-01-02")] {
		end = ""
	}
	if start == "" && end == "" {
		return nil
	}
	return &period{start, end}
}
