package model

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// MaxCustodyRow is the most bytes one person of a custody file may take. Real
// ones take 3,000.
const MaxCustodyRow = 1 << 20

// CustodyReader reads a custody file, as hmpps-prisoner-search answers: one
// person, an array of them, or a page with them under "content". It holds one
// person at a time, so the length of a file does not matter.
type CustodyReader struct {
	in    *bufio.Reader
	meter *meter
	dec   *json.Decoder
	today Day
	rows  int
	seen  map[PrisonNumber]int // the row of each person
	shape custodyShape
	total int
	err   error // why nothing more comes
}

type custodyShape uint8

const (
	shapeUnknown custodyShape = iota
	shapeArray
	shapePage
	shapePerson
)

// NewCustodyReader reads from r. Today is the day by which dates of birth and of
// reception are judged.
func NewCustodyReader(r io.Reader, today Day) *CustodyReader {
	m := &meter{from: r, left: MaxCustodyRow}
	in := bufio.NewReader(m)
	return &CustodyReader{in: in, meter: m, dec: json.NewDecoder(in), today: today, seen: make(map[PrisonNumber]int)}
}

// Rows returns how many rows were read so far, good and bad.
func (c *CustodyReader) Rows() int { return c.rows }

// Total returns how many people the file says there are in all, 0 when it does
// not say. More than Rows, after the last row, means that the file is one page
// of several.
func (c *CustodyReader) Total() int { return c.total }

// Next returns the next person. The error is io.EOF after the last one, a
// *RowError when this row is not to be taken and the next one may be, and an
// *Error when nothing more can be read.
func (c *CustodyReader) Next() (CustodyRow, error) {
	if c.err != nil {
		return CustodyRow{}, c.err
	}
	raw, err := c.raw()
	if err != nil {
		c.err = err
		return CustodyRow{}, err
	}
	c.meter.left = MaxCustodyRow
	c.rows++
	row, err := readCustodyRow(c.rows, raw, c.today)
	if err != nil {
		return CustodyRow{}, err
	}
	if first := c.seen[row.Number]; first != 0 {
		return CustodyRow{}, &RowError{Row: c.rows, Reason: "This person is in the file already; the first row was taken."}
	}
	c.seen[row.Number] = c.rows
	return row, nil
}

// raw returns the bytes of the next row.
func (c *CustodyReader) raw() (json.RawMessage, error) {
	if c.shape == shapeUnknown {
		raw, err := c.open()
		if raw != nil || err != nil {
			return raw, err
		}
	}
	if c.shape == shapePerson || !c.dec.More() {
		return nil, c.close()
	}
	return c.value()
}

// open finds out what the file is. It returns the person when the file is one.
func (c *CustodyReader) open() (json.RawMessage, error) {
	if err := c.sniff(); err != nil {
		return nil, err
	}
	token, err := c.dec.Token()
	if err != nil {
		return nil, c.broken(err)
	}
	switch token {
	case json.Delim('['):
		c.shape = shapeArray
		return nil, nil
	case json.Delim('{'):
		return c.openObject()
	}
	return nil, Invalid("This file holds no people.", custodyHint)
}

const custodyHint = "It should be JSON of a prisoner search: one person, an array, or a page with \"content\"."

// sniff tells files that are something else by their first bytes, since what
// JSON has to say about them helps nobody.
func (c *CustodyReader) sniff() error {
	head, err := c.in.Peek(4)
	if err != nil && !errors.Is(err, io.EOF) {
		return c.broken(err)
	}
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = c.in.Discard(3) // peeked just now
	}
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) || bytes.IndexByte(head, 0) >= 0 {
		return Invalid("This file is not UTF-8 text, but probably UTF-16.", "Save it again as UTF-8, or ask for it as the search gives it.")
	}
	for {
		b, err := c.in.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return Invalid("This file is empty.", custodyHint)
		case err != nil:
			return c.broken(err)
		case bytes.IndexByte([]byte(" \t\r\n"), b) >= 0:
			continue
		case b == '<':
			return Invalid("This is a web page, not people.", "Sign in where the file comes from, and fetch it again.")
		case b != '{' && b != '[':
			return Invalid("This file is not JSON of a prisoner search.", custodyHint)
		}
		return c.in.UnreadByte()
	}
}

// openObject reads the fields of an object up to "content", or all of them when
// it is a person.
func (c *CustodyReader) openObject() (json.RawMessage, error) {
	fields := make(map[string]json.RawMessage)
	for c.dec.More() {
		name, err := c.name()
		if err != nil {
			return nil, err
		}
		if name == "content" {
			return nil, c.openContent()
		}
		if fields[name], err = c.value(); err != nil {
			return nil, err
		}
		c.noteTotal(name, fields[name])
	}
	if _, err := c.dec.Token(); err != nil {
		return nil, c.broken(err)
	}
	person, err := json.Marshal(fields)
	if err != nil {
		return nil, c.broken(err)
	}
	c.shape = shapePerson
	return person, nil
}

func (c *CustodyReader) openContent() error {
	token, err := c.dec.Token()
	if err != nil {
		return c.broken(err)
	}
	if token != json.Delim('[') {
		return Invalid("The \"content\" of this page is not a list of people.", custodyHint)
	}
	c.shape = shapePage
	return nil
}

func (c *CustodyReader) name() (string, error) {
	token, err := c.dec.Token()
	if err != nil {
		return "", c.broken(err)
	}
	name, _ := token.(string) // a name in an object is always text
	return name, nil
}

func (c *CustodyReader) noteTotal(name string, raw json.RawMessage) {
	if name == "totalElements" {
		_ = json.Unmarshal(raw, &c.total) // a total that is no number is not known
	}
}

// close reads what follows the last row and says io.EOF when that is the end.
func (c *CustodyReader) close() error {
	if c.shape != shapePerson {
		if _, err := c.dec.Token(); err != nil { // the list's end
			return c.broken(err)
		}
	}
	if c.shape == shapePage {
		if err := c.closePage(); err != nil {
			return err
		}
	}
	if _, err := c.dec.Token(); !errors.Is(err, io.EOF) {
		return Invalid("Something follows the end of the people.", "It was not read; look whether two files were joined.")
	}
	return io.EOF
}

// closePage reads the fields of a page that follow its content.
func (c *CustodyReader) closePage() error {
	for c.dec.More() {
		name, err := c.name()
		if err != nil {
			return err
		}
		raw, err := c.value()
		if err != nil {
			return err
		}
		c.noteTotal(name, raw)
	}
	if _, err := c.dec.Token(); err != nil {
		return c.broken(err)
	}
	return nil
}

func (c *CustodyReader) value() (json.RawMessage, error) {
	var raw json.RawMessage
	if err := c.dec.Decode(&raw); err != nil {
		return nil, c.broken(err)
	}
	return raw, nil
}

// broken says in a sentence why reading stopped.
func (c *CustodyReader) broken(err error) error {
	var syntax *json.SyntaxError
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF // io.EOF alone says that all is read
	}
	hint := "The rows before it were read. Fetch the file again."
	if c.rows == 0 {
		hint = "Fetch the file again."
	}
	e := &Error{Kind: KindInvalid, Hint: hint, Err: err}
	switch {
	case errors.Is(err, errRowTooLarge):
		e.Msg = "A row of this file is larger than a person can be."
	case errors.Is(err, io.ErrUnexpectedEOF):
		e.Msg = "This file ends in the middle: it was cut short."
	case errors.As(err, &syntax):
		e.Msg = "This file is damaged: it is not JSON all through."
	default:
		e.Kind, e.Msg = KindOutside, "This file could not be read to its end."
	}
	return e
}

var errRowTooLarge = errors.New("row too large")

// meter stops a reader that takes too much for one row, so that a file without
// an end cannot fill the memory. Who uses it fills it up after each row.
type meter struct {
	from io.Reader
	left int
}

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errRowTooLarge
	}
	n, err := m.from.Read(p[:min(len(p), m.left)])
	m.left -= n
	return n, err
}
