package model

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	longestRow  = 16 << 10 // bytes; the longest row of a real file has 400
	mostBadRows = 1000     // listed; a file with more is not the file it is thought to be
)

// csvReader reads a CSV file line by line. Reference files have no line breaks
// inside fields, so a damaged line spoils itself and not what follows.
type csvReader struct {
	in      *bufio.Reader
	row     int
	bad     []RowError
	dropped int
}

// newCSVReader looks at the beginning of a file and refuses what is no UTF-8
// CSV. An error is of KindInvalid, or KindOutside when it cannot be read.
func newCSVReader(r io.Reader) (*csvReader, error) {
	in := bufio.NewReaderSize(r, longestRow)
	head, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	if err := checkCSVStart(head); err != nil {
		return nil, err
	}
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		_, _ = in.Discard(3) // just peeked
	}
	return &csvReader{in: in}, nil
}

func checkCSVStart(head []byte) error {
	const hint = `Save it as "CSV UTF-8" and import that file.`
	begins := func(magic string) bool { return bytes.HasPrefix(head, []byte(magic)) }
	switch {
	case len(bytes.TrimSpace(head)) == 0:
		return Invalid("The file is empty.", "Download it again.")
	case begins("\xff\xfe"), begins("\xfe\xff"), bytes.IndexByte(head, 0) >= 0 && !begins("PK"):
		return Invalid("The file is UTF-16 or binary, not UTF-8 text.", hint)
	case begins("PK\x03\x04"):
		return Invalid("The file is a spreadsheet or a zip archive, not a CSV file.", "Unpack it, or save it as CSV UTF-8.")
	case begins("\x1f\x8b"):
		return Invalid("The file is compressed.", "Unpack it first.")
	case begins("<"), begins("%PDF"), begins("{"), begins("["):
		return Invalid("The file is not a CSV file.", "A download that failed often holds a web page instead.")
	}
	return nil
}

func unreadable(err error) error {
	return &Error{Kind: KindOutside, Msg: "The file could not be read to its end.", Hint: "Nothing was imported.", Err: err}
}

// next returns the fields of the next row that can be split, cleaned of control
// characters, and io.EOF after the last one.
func (r *csvReader) next() ([]string, error) {
	for {
		line, err := r.line()
		if err != nil {
			return nil, err
		}
		switch {
		case line == "":
		case !utf8.ValidString(line):
			r.reject(`It has letters that are not UTF-8. Save the file as "CSV UTF-8".`)
		default:
			fields, ok := splitRow(line)
			if ok {
				return fields, nil
			}
			r.reject("A quotation mark is not closed, or stands inside a word.")
		}
	}
}

// line returns the next line without its end; one that is too long is noted as
// bad and returned empty.
func (r *csvReader) line() (string, error) {
	part, err := r.in.ReadSlice('\n')
	if len(part) == 0 && errors.Is(err, io.EOF) {
		return "", io.EOF
	}
	r.row++
	if errors.Is(err, bufio.ErrBufferFull) {
		r.reject("It is too long to be a row of this file.")
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = r.in.ReadSlice('\n')
		}
		part = nil
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return "", unreadable(err)
	}
	return string(bytes.TrimRight(part, "\r\n")), nil
}

// reject notes the current row as one that cannot be used.
func (r *csvReader) reject(reason string) {
	if len(r.bad) == mostBadRows {
		r.dropped++
		return
	}
	r.bad = append(r.bad, RowError{Row: r.row, Reason: reason})
}

// rejected returns the bad rows, the last of which tells of those not listed.
func (r *csvReader) rejected() []RowError {
	if r.dropped == 0 {
		return r.bad
	}
	return append(r.bad, RowError{Row: r.row, Reason: fmt.Sprintf("Up to here, %d more rows could not be used.", r.dropped), More: r.dropped})
}

// splitRow splits a line at commas that stand outside quotation marks; inside
// them a doubled mark stands for one (RFC 4180).
func splitRow(line string) (fields []string, ok bool) {
	for {
		field, rest, more, ok := splitField(line)
		if !ok {
			return nil, false
		}
		fields = append(fields, CleanText(field))
		if !more {
			return fields, true
		}
		line = rest
	}
}

func splitField(line string) (field, rest string, more, ok bool) {
	if !strings.HasPrefix(line, `"`) {
		field, rest, more = strings.Cut(line, ",")
		return field, rest, more, true
	}
	from := 1
	for {
		end := strings.IndexByte(line[from:], '"')
		if end < 0 {
			return "", "", false, false
		}
		end += from
		after := line[end+1:]
		switch {
		case strings.HasPrefix(after, `"`):
			from = end + 2
		case after == "":
			return unquote(line[1:end]), "", false, true
		case after[0] == ',':
			return unquote(line[1:end]), after[1:], true, true
		default:
			return "", "", false, false
		}
	}
}

func unquote(s string) string { return strings.ReplaceAll(s, `""`, `"`) }

// header finds columns by their names.
type header map[string]int

// readHeader reads the first row and refuses a file that lacks a column. An
// error is of KindInvalid.
func (r *csvReader) readHeader(what string, wanted ...string) (header, error) {
	names, err := r.next()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	columns := make(header, len(names))
	for i, name := range names {
		columns[strings.ToLower(name)] = i
	}
	for _, name := range wanted {
		if _, ok := columns[name]; !ok {
			return nil, Invalid("This is not a file of "+what+": it has no column "+name+".", "The first row must name the columns.")
		}
	}
	return columns, nil
}

// get returns the field of a column, "" when the file or the row lacks it.
func (h header) get(fields []string, column string) string {
	i, ok := h[column]
	if !ok || i >= len(fields) {
		return ""
	}
	return fields[i]
}

// readRows reads every row, rejecting those that cannot be used and those whose
// key an earlier one has. A first row that isHeader knows is passed over; nil
// knows none. again is the reason a repeated key is rejected for.
func readRows[T any, K comparable](rows *csvReader, isHeader func([]string) bool, read func([]string) (T, K, string), again string) ([]T, error) {
	var all []T
	seen := make(map[K]bool)
	for {
		fields, err := rows.next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if rows.row == 1 && isHeader != nil && isHeader(fields) {
			continue
		}
		row, key, reason := read(fields)
		if reason == "" && seen[key] {
			reason = again
		}
		if reason != "" {
			rows.reject(reason)
			continue
		}
		seen[key] = true
		all = append(all, row)
	}
}
