package sheet

import "time"

// Document is what is to be printed. Everything in it is drawn black on white,
// in the order given, so that a reader that speaks reads it in that order too.
type Document struct {
	Title string // the heading of the first page
	About string // the line below it
	// Kind is the document's name in its properties, which end up in lists of
	// files: it must not name a person.
	Kind    string
	Marking string // the protective marking, at the head and foot of every page
	Second  string // beside the marking at the head
	// Banner stands below the marking on every page, so that a single sheet is
	// never somebody else's. At most two lines.
	Banner []Ends
	// Foot stands at the left of every page's foot. At most two lines.
	Foot      []string
	FootWords string // instead of the marking at the foot
	Watermark string // across every page
	Lang      string // of the words, "en-GB" when empty
	At        time.Time
	// Scale enlarges the text below the heading; zero is one. Large print for a
	// person who reads with difficulty is 1.7, about 16 points.
	Scale float64
	// OneSheet makes the text smaller, down to two thirds, until everything
	// stands on one page. What still does not fit takes a second one: nothing is
	// ever left out.
	OneSheet bool
	Blocks   []Block
}

// Ends are words at both ends of a line.
type Ends struct{ Left, Right string }

// Block is a piece of a document: a Heading, Paragraph, Part, Bullets, Pairs, Checks,
// Table, Signature or Box.
type Block interface {
	draw(*page)
	write(*text)
}

// Heading begins a section. Aside stands small at the right of it, or below it
// where there is no room; such as where a section comes from.
type Heading struct{ Text, Aside string }

// Paragraph is running text. Bold is for what must not be overlooked.
type Paragraph struct {
	Text string
	Bold bool
}

// Part is one thing with its name and short lines about it, kept together on a
// page: a medicine and how it is taken.
type Part struct {
	Name  string
	Lines []string
}

// Bullets are short lines, each with its mark.
type Bullets []string

// Pairs are names with their values, one below the other.
type Pairs []Pair

// Pair is one name and its value.
type Pair struct{ Name, Value string }

// Checks are lines with a box to tick before each.
type Checks []Check

// Check is one line with its box. What the box says is said in words as well:
// a tick is lost when a page is read aloud.
type Check struct {
	Done bool
	Text string
}

// The boxes, for the cells of a table too. In plain text they are [ ] and [x].
const (
	Unticked = "☐"
	Ticked   = "☒"
)

func (c Check) box() string {
	if c.Done {
		return Ticked
	}
	return Unticked
}

// Table is rows under columns.
type Table struct {
	Columns []string
	Rows    [][]string
	// Listed makes each row a numbered list of its own in plain text, for cells
	// with more words than a column of a screen holds.
	Listed bool
}

// Signature is room for somebody to sign by hand: who, and what for.
type Signature struct {
	Who string // "Received by the person"
	// Parts are what is to be filled in; Name, Signature, Date and time when nil.
	Parts []string
}

var signatureParts = []string{"Name", "Signature", "Date and time"}

func (s Signature) parts() []string {
	if s.Parts == nil {
		return signatureParts
	}
	return s.Parts
}

// Box is a framed statement at the end of a document.
type Box struct {
	Head  string
	Lines []string
	Small []string // such as a hash, by which a copy can be compared
}
