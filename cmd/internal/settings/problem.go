package settings

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/throughgate/throughgate/model"
)

// Problem is one thing that is wrong in a file.
type Problem struct {
	File   string `json:"file"`
	Line   int    `json:"line"`   // from 1; 0 when it is about no line
	Column int    `json:"column"` // from 1, in characters
	Text   string `json:"text"`   // of the line
	Msg    string `json:"message"`
	Hint   string `json:"hint,omitempty"`
}

// Problems are everything that is wrong, in the order of the lines.
type Problems []Problem

// Error makes Problems an error for the caller who wants no list.
func (p Problems) Error() string { return p.asError().Error() }

// asError is the first problem as a sentence, and how to see the others.
func (p Problems) asError() *model.Error {
	first := p[0]
	hint := "Mend it; throughgate config check looks at all of the file."
	if len(p) > 1 {
		hint = fmt.Sprintf("Mend it and %d more; throughgate config check lists all.", len(p)-1)
	}
	return &model.Error{Kind: model.KindInvalid, Msg: fmt.Sprintf("%s: %s", first.place(), first.Msg), Hint: hint, Err: p}
}

func (p Problem) place() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s, line %d", p.File, p.Line)
}

// Print writes the problems for people: where, what, the line itself and a mark
// under the place.
func (p Problems) Print(w io.Writer) {
	for i, each := range p {
		if i > 0 {
			fmt.Fprintln(w)
		}
		each.print(w)
	}
}

func (p Problem) print(w io.Writer) {
	if p.Line == 0 {
		fmt.Fprintf(w, "%s: %s\n", p.File, p.Msg)
	} else {
		fmt.Fprintf(w, "%s:%d:%d: %s\n", p.File, p.Line, p.Column, p.Msg)
		margin := fmt.Sprintf("%5d | ", p.Line)
		fmt.Fprintf(w, "%s%s\n", margin, p.Text)
		if p.Column <= maxQuoted {
			fmt.Fprintf(w, "%s| %s^\n", strings.Repeat(" ", len(margin)-2), strings.Repeat(" ", p.Column-1))
		}
	}
	if p.Hint != "" {
		fmt.Fprintf(w, "        %s\n", p.Hint)
	}
}

// maxQuoted bounds what is quoted of a line, in characters: a file may be one
// long line.
const maxQuoted = 100

// quote is a line fit to be shown: what moves a cursor is a blank, so that the
// mark below stays in its column.
func quote(line string) string {
	runes := []rune(line)
	if len(runes) > maxQuoted {
		runes = append(runes[:maxQuoted:maxQuoted], []rune("...")...)
	}
	for i, r := range runes {
		if !unicode.IsPrint(r) {
			runes[i] = ' '
		}
	}
	return strings.TrimRight(string(runes), " ")
}
