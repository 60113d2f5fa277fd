package auditlist

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/throughgate/throughgate/model"
)

// Lines writes the list as people read it: tabs part the columns.
func (l List) Lines(w io.Writer) {
	if len(l.Entries) == 0 {
		fmt.Fprintln(w, "Nothing that fits is written down.")
		return
	}
	for _, e := range l.Entries {
		where := e.Number
		if where == "" {
			where = e.Person
		}
		cells := []string{model.InstantOf(e.At).String(), string(e.Site), string(e.Staff), roleWords(e.Role), where, e.Words}
		if e.Site == "" {
			cells = append(cells[:1], cells[2:]...)
		}
		for i := range cells {
			cells[i] = cell(cells[i])
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
}

func roleWords(r model.Role) string {
	if r == "" {
		return ""
	}
	return r.Words()
}

// cell keeps a value in its column.
func cell(s string) string {
	if s == "" {
		return "-"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// columns are the heads of the CSV, in the order of row. They are part of the
// command line's contract: new ones go to the end.
var columns = []string{
	"at", "site", "device", "seq", "staff", "staff name", "role", "via", "what", "words", "person", "prison number",
	"parts", "own family name", "many", "reason", "kind", "stamp", "whom", "whom name", "as", "claimed",
}

// CSV writes the list for a spreadsheet. A cell that a spreadsheet would take for
// a formula gets an apostrophe before it (OWASP, "CSV Injection"): a name on the
// roster may begin with anything.
func (l List) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	for _, e := range l.Entries {
		row := e.cells()
		for i := range row {
			row[i] = Inert(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (e *Row) cells() []string {
	kin, many, stamp, claimed := "", "", "", ""
	if e.Kin {
		kin = "yes"
	}
	if e.Many > 0 {
		many = strconv.FormatUint(e.Many, 10)
	}
	if e.Stamp != nil {
		stamp = e.Stamp.String()
	}
	if e.Claimed {
		claimed = "yes"
	}
	return []string{
		e.At.Format("2006-01-02T15:04:05.000Z"), string(e.Site), e.Device, strconv.FormatUint(e.Seq, 10), string(e.Staff), e.StaffName,
		string(e.Role), e.Via, e.What, e.Words, e.Person, e.Number, strings.Join(e.Parts, " "), kin, many, e.Reason, e.Kind, stamp,
		string(e.Whom), e.WhomName, string(e.As), claimed,
	}
}

// Inert is a cell that no spreadsheet runs, on one line.
func Inert(s string) string {
	if s == "" {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
	// Some strip blanks before they look, and take full-width signs for signs.
	if first := []rune(strings.TrimLeftFunc(s, unicode.IsSpace)); len(first) > 0 && strings.ContainsRune("=+-@\uff1d\uff0b\uff0d\uff20", first[0]) {
		return "'" + s
	}
	return s
}
