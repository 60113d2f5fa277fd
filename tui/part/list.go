package part

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Rows is what a list shows. The list asks only for the rows in sight, by index.
type Rows struct {
	Len int
	// ID names row i for as long as it lives, wherever it moves to. A row whose ID is "" is a
	// heading or a blank: the cursor passes over it. Ids should differ; of two equal ones the
	// nearer is meant.
	ID func(i int) string
	// Line is row i laid out over width display columns.
	Line func(i, width int) Line
	// Find, if set, looks for the row of an id, the nearest to the index where
	// there are several. Long lists have a quicker way than asking row by row.
	Find func(id string, near int) (int, bool)
	// Words, if set, is row i for who listens instead of looking, fact by fact; else it is what the
	// cells of Line say in full.
	Words func(i int) []string
}

// Whole is a width at which nothing is cut or left out, for who listens: a screen's words are then
// one paragraph each.
const Whole = 1 << 16

// List is a list of any length with one selected row. Only the rows in sight are asked for and
// painted, so a key costs the same with five rows and with 100,000.
//
// What happens to the rows never moves the cursor: it stays on its row, by id, at the same height
// on the screen. When that row goes away nothing is selected, until a key moves the cursor from
// where it stood: a key pressed just then must not act on whoever moved up into the place.
type List struct {
	Empty string // said when there are no rows

	theme  *Theme
	rows   Rows
	cursor int    // the selected row, or where it stood
	id     string // the selected row's id; "" before anything was selected
	lost   bool   // the row went away
	put    bool   // the cursor was put where it is: it did not merely begin there
	sought string // the row to be on as soon as rows come; "" is the first
	top    int    // the first row in sight
	height int    // rows in sight at the last View
}

// assumedHeight is a page before the first View.
const assumedHeight = 10

// NewList makes an empty list.
func NewList(theme *Theme) *List { return &List{theme: theme, height: assumedHeight} }

// Reset shows rows that answer another question than before (another filter, another screen),
// with the first of them selected.
func (l *List) Reset(rows Rows) {
	l.rows, l.top, l.put = rows, 0, false
	l.moveTo(0, 1)
	l.toSought()
}

// SetRows shows the same rows after a change, and keeps the selection on its row.
func (l *List) SetRows(rows Rows) {
	l.rows = rows
	if l.id == "" {
		l.put = false
		l.moveTo(0, 1)
		l.toSought()
		return
	}
	at, found := l.find(l.id)
	if !found {
		l.lost = true
		l.cursor = max(0, min(l.cursor, rows.Len-1))
		return
	}
	l.top = max(0, l.top+at-l.cursor)
	l.cursor, l.lost = at, false
}

// find looks for an id from the cursor outwards, since rows mostly move a little.
func (l *List) find(id string) (int, bool) {
	if l.rows.Find != nil {
		return l.rows.Find(id, l.cursor)
	}
	for d := 0; d <= l.cursor || l.cursor+d < l.rows.Len; d++ {
		if i := l.cursor + d; i < l.rows.Len && l.rows.ID(i) == id {
			return i, true
		}
		if i := l.cursor - d; i >= 0 && i < l.rows.Len && l.rows.ID(i) == id {
			return i, true
		}
	}
	return 0, false
}

// Selected is the id of the selected row; false when nothing is selected.
func (l *List) Selected() (id string, ok bool) {
	if l.lost || l.id == "" || l.rows.Len == 0 {
		return "", false
	}
	return l.id, true
}

// Index is the index of the selected row, or -1.
func (l *List) Index() int {
	if _, ok := l.Selected(); !ok {
		return -1
	}
	return l.cursor
}

// Len is the number of rows, headings included.
func (l *List) Len() int { return l.rows.Len }

// Select moves the cursor to the row with this id, and says whether there is one.
func (l *List) Select(id string) bool {
	at, found := l.find(id)
	if found && id != "" {
		l.moveTo(at, 1)
		l.put = true
	}
	return found && id != ""
}

// Seek is Select for a list whose rows are still to be read: the cursor is on the row as soon as
// they come, if it is one of them.
func (l *List) Seek(id string) {
	if !l.Select(id) {
		l.sought = id
	}
}

func (l *List) toSought() {
	if id := l.sought; id != "" {
		l.sought = ""
		l.Select(id)
	}
}

// Put tells whether the cursor was put where it is, by a key or by Select, and did not merely
// begin there.
func (l *List) Put() bool { return l.put }

// Kept is the row to Seek when the list is shown another time; "" where the cursor would be there
// by itself.
func (l *List) Kept() string {
	if l.sought != "" {
		return l.sought
	}
	id, _ := l.Selected()
	if !l.put && l.first() == l.cursor {
		return ""
	}
	return id
}

// first is the index of the first row that can be selected.
func (l *List) first() int {
	for i := range l.rows.Len {
		if l.rows.ID(i) != "" {
			return i
		}
	}
	return 0
}

// Row is row i for who listens: its id, "" for a heading, and what it says, fact by fact.
func (l *List) Row(i int) (id string, words []string) {
	if l.rows.Words != nil {
		return l.rows.ID(i), l.rows.Words(i)
	}
	return l.rows.ID(i), l.rows.Line(i, Whole).Words()
}

// ID is the id of row i, "" for a heading.
func (l *List) ID(i int) string { return l.rows.ID(i) }

// Where is the index of the row with this id, and whether there is one.
func (l *List) Where(id string) (int, bool) { return l.find(id) }

// Hidden is how many rows are out of sight above and below.
func (l *List) Hidden() (above, below int) {
	return l.top, max(0, l.rows.Len-l.top-l.height)
}

// Update moves the cursor. It answers the arrow keys, j and k, Page Up and Down, Ctrl+U and
// Ctrl+D for half a page, Home and End.
func (l *List) Update(msg tea.Msg) tea.Cmd {
	page := max(1, l.height-1)
	switch PressedKey(msg) {
	case KeyUp, "k":
		l.walk(l.cursor-1, -1)
	case KeyDown, "j":
		l.walk(l.stepDown(), 1)
	case KeyPageUp:
		l.walk(l.cursor-page, -1)
	case KeyPageDown:
		l.walk(l.cursor+page, 1)
	case KeyHalfUp:
		l.walk(l.cursor-max(1, page/2), -1)
	case KeyHalfDown:
		l.walk(l.cursor+max(1, page/2), 1)
	case KeyHome:
		l.walk(0, 1)
	case KeyEnd:
		l.walk(l.rows.Len-1, -1)
	}
	return nil
}

// walk is moveTo by whoever is at the keys.
func (l *List) walk(i, direction int) {
	l.moveTo(i, direction)
	l.put = true
}

// stepDown is the row below; where the selected row went away, the one that took its place.
func (l *List) stepDown() int {
	if l.lost {
		return l.cursor
	}
	return l.cursor + 1
}

// moveTo puts the cursor on row i, or on the nearest one past it in the direction that can be
// selected, or else on the nearest before it.
func (l *List) moveTo(i, direction int) {
	i = max(0, min(i, l.rows.Len-1))
	for _, d := range [2]int{direction, -direction} {
		for at := i; at >= 0 && at < l.rows.Len; at += d {
			if id := l.rows.ID(at); id != "" {
				l.cursor, l.id, l.lost = at, id, false
				return
			}
		}
	}
	l.cursor, l.id, l.lost = 0, "", false
}

// View paints the rows in sight, at most height of them.
func (l *List) View(width, height int) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	l.height = height
	if l.rows.Len == 0 {
		return fit([]string{l.theme.Muted.Render(Cut(Clean(l.Empty), width))}, width, height)
	}
	l.scroll()
	lines := make([]string, 0, height)
	for i := l.top; i < min(l.top+height, l.rows.Len); i++ {
		lines = append(lines, l.row(i, width))
	}
	return fit(lines, width, height)
}

// scroll keeps the cursor in sight, and the heading above it where there is room for both.
func (l *List) scroll() {
	first := l.cursor
	for first > 0 && l.cursor-first+1 < l.height && l.rows.ID(first-1) == "" {
		first--
	}
	l.top = min(l.top, first)
	l.top = max(l.top, l.cursor-l.height+1)
	l.top = max(0, min(l.top, l.rows.Len-l.height))
}

// The selected row is painted as such where it says which one it is: the cells that begin before
// namesEnd, as a number and the name behind it do, and at least namesWidth, in display columns. The
// cells behind keep their own colours, and a cursor that moves sends fewer bytes down a line.
const (
	namesEnd   = 20
	namesWidth = 30
)

// The text marks in front of rows: a reader without colour sees what is selected.
const (
	markSelected = "> "
	markOther    = "  "
)

func (l *List) row(i, width int) string {
	if l.rows.ID(i) == "" {
		return strings.TrimRight(l.rows.Line(i, width).Paint(), " ")
	}
	line := l.rows.Line(i, max(0, width-len(markOther)))
	if i == l.cursor && !l.lost {
		names, rest := line.split(namesEnd)
		bar, room := markSelected+names.Plain(), width
		if len(rest) > 0 {
			room = Width(bar)
		}
		bar = strings.TrimRight(bar, " ")
		bar += spaces(min(room, namesWidth) - Width(bar))
		return strings.TrimRight(l.theme.Selected.Render(bar)+spaces(room-Width(bar))+rest.Paint(), " ")
	}
	return strings.TrimRight(markOther+line.Paint(), " ")
}
