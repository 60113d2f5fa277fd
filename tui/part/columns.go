package part

import "strings"

// Cell is one piece of text in its style. The text is cleaned when it is laid out.
type Cell struct {
	Text  string
	Style Style

	before, after int    // blanks around the text, which stay unpainted
	whole         string // the text before it was cut to its column; "" where it was not laid out
}

// Line is the cells of one line, laid out to their final width.
type Line []Cell

// TextLine is a line of one cell.
func TextLine(text string, style Style, width int) Line {
	return Line{place(Cell{Text: text, Style: style}, width, false)}
}

// Plain is the line without any style.
func (l Line) Plain() string { return l.join(func(c Cell) string { return c.Text }) }

// Paint is the line with each cell in its style.
func (l Line) Paint() string { return l.join(func(c Cell) string { return c.Style.Render(c.Text) }) }

// Words are the texts of the cells in full, whatever the line has room for; empty ones are left
// out. They are for plain mode, which has no columns.
func (l Line) Words() []string {
	words := make([]string, 0, len(l))
	for _, c := range l {
		text := c.whole
		if text == "" {
			text = c.Text
		}
		if text = strings.TrimSpace(text); text != "" {
			words = append(words, text)
		}
	}
	return words
}

// split takes a line apart before the first cell whose text begins at that display column or
// behind it. The first cell is never behind.
func (l Line) split(column int) (before, behind Line) {
	begins := 0
	for i, c := range l {
		begins += c.before
		if i > 0 && begins >= column {
			return l[:i], l[i:]
		}
		begins += Width(c.Text) + c.after
	}
	return l, nil
}

func (l Line) join(text func(Cell) string) string {
	var b strings.Builder
	b.Grow(160)
	for _, c := range l {
		b.WriteString(spaces(c.before))
		b.WriteString(text(c))
		b.WriteString(spaces(c.after))
	}
	return b.String()
}

// Column is one column of a table. Width is in display columns; a column with Flex instead shares
// what the fixed ones leave, in proportion, and is never narrower than Width. A column with From
// is left out when the whole line has fewer display columns than that.
type Column struct {
	Title string
	Width int
	Flex  int
	From  int
	Right bool // aligned right, for numbers
}

// Columns lays out cells. One gap of Gap blanks stands between two columns.
type Columns struct {
	Gap int

	all    []Column
	width  int   // the width that the sizes are for
	sizes  []int // by column; -1 for one left out
	inited bool
}

// NewColumns makes a layout with a gap of one.
func NewColumns(columns ...Column) *Columns {
	return &Columns{Gap: 1, all: columns}
}

// Line lays the cells out over width display columns, one cell a column. Cells that are missing
// are blank, cells too many are left out, and a text too wide for its column ends in an ellipsis.
func (c *Columns) Line(width int, cells ...Cell) Line {
	c.resize(width)
	line := make(Line, 0, len(c.all))
	left := width
	for i, column := range c.all {
		if c.sizes[i] < 0 || left <= 0 {
			continue
		}
		cell := Cell{}
		if i < len(cells) {
			cell = cells[i]
		}
		cell = place(cell, min(c.sizes[i], left), column.Right)
		left -= c.sizes[i]
		if gap := min(c.Gap, left); gap > 0 {
			cell.after += gap
			left -= gap
		}
		line = append(line, cell)
	}
	return line
}

// Titles is the line of column titles.
func (c *Columns) Titles(width int, style Style) Line {
	cells := make([]Cell, len(c.all))
	for i, column := range c.all {
		cells[i] = Cell{Text: column.Title, Style: style}
	}
	return c.Line(width, cells...)
}

// Names are the titles of the columns that have one.
func (c *Columns) Names() []string {
	var names []string
	for _, column := range c.all {
		if column.Title != "" {
			names = append(names, column.Title)
		}
	}
	return names
}

// place cuts a cell to width and fills it with blanks.
func place(cell Cell, width int, right bool) Cell {
	cell.whole = Clean(cell.Text)
	cell.Text = Cut(cell.whole, width)
	blank := max(0, width-Width(cell.Text))
	cell.before, cell.after = 0, blank
	if right {
		cell.before, cell.after = blank, 0
	}
	return cell
}

func (c *Columns) resize(width int) {
	if c.inited && c.width == width {
		return
	}
	c.inited, c.width = true, width
	c.sizes = make([]int, len(c.all))
	rest, flex := width, 0
	for i, column := range c.all {
		if width < column.From {
			c.sizes[i] = -1
			continue
		}
		c.sizes[i] = column.Width
		rest -= column.Width + c.Gap
		flex += column.Flex
	}
	c.share(rest+c.Gap, flex)
}

// share gives the blanks left over to the flexible columns; what rounding leaves goes to the
// first, so that the last column always ends at the edge.
func (c *Columns) share(rest, flex int) {
	if rest <= 0 || flex == 0 {
		return
	}
	given, first := 0, -1
	for i, column := range c.all {
		if c.sizes[i] < 0 || column.Flex == 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		part := rest * column.Flex / flex
		c.sizes[i] += part
		given += part
	}
	c.sizes[first] += rest - given
}
