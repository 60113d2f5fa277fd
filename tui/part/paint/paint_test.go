package paint_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/hinshun/vt10x"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part/paint"
)

// screen is a terminal of a test.
type screen struct {
	vt10x.Terminal
	columns, rows int
}

func newScreen(columns, rows int) *screen {
	return &screen{vt10x.New(vt10x.WithSize(columns, rows)), columns, rows}
}

// shows is every cell of it with its colours, and the pen's own, which the next
// frame begins with.
func (s *screen) shows() string {
	var b strings.Builder
	for y := range s.rows {
		for x := range s.columns {
			g := s.Cell(x, y)
			if g.Char == 0 {
				g.Char = ' '
			}
			fmt.Fprintf(&b, "%c%x.%x.%x ", g.Char, g.Mode, g.FG, g.BG)
		}
		b.WriteByte('\n')
	}
	pen := s.Cursor().Attr
	fmt.Fprintf(&b, "%x.%x.%x", pen.Mode, pen.FG, pen.BG)
	return b.String()
}

// anew paints a frame as a whole.
func (s *screen) anew(frame []string) string {
	var b strings.Builder
	b.WriteString("\x1b[m\x1b[2J")
	for row, line := range frame {
		fmt.Fprintf(&b, "\x1b[%dH%s", row+1, line)
	}
	fmt.Fprint(s, b.String())
	return s.shows()
}

// styles are what the themes paint with, and more than they do.
var styles = []string{"", "", "", "\x1b[1m", "\x1b[7;1m", "\x1b[96;1m", "\x1b[97;44m", "\x1b[4m", "\x1b[30;106m\x1b[4m"}

// texts are made of words, as those of screens are, so that some of one line stand
// in the next one too; and of what is drawn in two columns, or in none.
var texts = rapid.Custom(func(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(1, 3).Draw(t, "words") {
		b.WriteString(rapid.SampledFrom([]string{
			" ", "  ", "                ", "For: Nurse, ", "Not started ", "Llŷr", "NGUYỄN-O'BRIEN ", "a", "bb", "…", "─│", "due in 1d",
		}).Draw(t, "word"))
	}
	if rapid.IntRange(0, 20).Draw(t, "wide") == 0 {
		b.WriteString(rapid.SampledFrom([]string{"日本", "e\u0301", "ﬁ", "\U0001f1ec\U0001f1e7", "\u200d"}).Draw(t, "other"))
	}
	return b.String()
})

// line is one as the screens paint it, up to the full width.
func line(columns int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var b strings.Builder
		for left := rapid.IntRange(0, columns).Draw(t, "width"); left > 0; {
			text := cut(texts.Draw(t, "text"), left)
			left -= max(1, letters(text))
			if style := rapid.SampledFrom(styles).Draw(t, "style"); style != "" && text != "" {
				text = style + text + "\x1b[0m"
			}
			b.WriteString(text)
		}
		return b.String()
	})
}

// edited is a line with a part of it taken out, or put in, or with other colours.
func edited(t *rapid.T, was string, columns int) string {
	end := ansi.StringWidth(was)
	from := rapid.IntRange(0, end).Draw(t, "from")
	to := rapid.IntRange(from, end).Draw(t, "to")
	put := line(columns).Draw(t, "put")
	return unworn.ReplaceAllString(cut(ansi.Cut(was, 0, from)+put+ansi.Cut(was, to, end), columns), "\x1b[0m")
}

// unworn is the colours of no letter, up to the reset that ends them: cutting leaves
// them where the letters are gone, and a line that is edited over and over would be
// of little else.
var unworn = regexp.MustCompile(`(\x1b\[[0-9;]*m)*\x1b\[0m`)

// cut keeps a line so short that it has room on a terminal which draws every
// letter in one column, as the one of these tests does.
func cut(s string, columns int) string {
	for width := columns; ; width-- {
		if short := ansi.Truncate(s, width, ""); letters(short) <= columns {
			return short
		}
	}
}

func letters(s string) int { return utf8.RuneCountInString(ansi.Strip(s)) }

// next is the frame after another: some lines moved, some edited, some new.
func next(t *rapid.T, was []string, columns, rows int) []string {
	now := slices.Clone(was)
	for len(now) < rows && rapid.Bool().Draw(t, "longer") {
		now = append(now, line(columns).Draw(t, "line"))
	}
	if by := rapid.IntRange(-4, 4).Draw(t, "moved"); by != 0 {
		first := rapid.IntRange(0, len(now)-1).Draw(t, "first")
		last := rapid.IntRange(first, len(now)-1).Draw(t, "last")
		for row := first; row <= last; row++ {
			if from := row + by; from >= first && from <= last {
				now[row] = was[min(from, len(was)-1)]
			}
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "others") {
		row := rapid.IntRange(0, len(now)-1).Draw(t, "row")
		if now[row] = edited(t, now[row], columns); rapid.IntRange(0, 3).Draw(t, "new") == 0 {
			now[row] = line(columns).Draw(t, "line")
		}
	}
	return now[:rapid.IntRange(1, len(now)).Draw(t, "rows")]
}

// TestARepaintedFrameIsWhatAWholeOneWouldBe holds the differences against painting
// everything anew, on two terminals, through windows of several sizes.
func TestARepaintedFrameIsWhatAWholeOneWouldBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 2).Draw(t, "windows") {
			columns, rows := rapid.IntRange(20, 60).Draw(t, "columns"), rapid.IntRange(1, 12).Draw(t, "rows")
			whole, bits := newScreen(columns, rows), newScreen(columns, rows)
			var was []string
			is := rapid.SliceOfN(line(columns), 1, rows).Draw(t, "frame")
			for n := range rapid.IntRange(1, 30).Draw(t, "frames") {
				sent := paint.Repaint(was, is, columns)
				bits.Write(sent)
				if got, want := bits.shows(), whole.anew(is); got != want {
					t.Fatalf("frame %d, by %q:\n%s\nwanted:\n%s", n, sent, got, want)
				}
				was, is = is, next(t, is, columns, rows)
			}
		}
	})
}

// A list that moves by a line because the cursor is at its edge costs what the
// new line and the cursor do.
func TestAListThatMovesCostsALine(t *testing.T) {
	frame := func(from, cursor int) []string {
		rows := []string{"throughgate  HMP Leeds  Releases", "ONLINE", strings.Repeat("─", 80)}
		for i := from; i < from+20; i++ {
			row := fmt.Sprintf("  A%04dAB NGUYỄN-O'BRIEN %d, Llŷr   09:30 Conditional  \x1b[91mGP NO\x1b[m     \x1b[93mMeds pack\x1b[m  Letter draft", 1000+37*i, i)
			if i == cursor {
				row = "\x1b[7m> " + ansi.Strip(row[2:]) + "\x1b[m"
			}
			rows = append(rows, row)
		}
		return append(rows, "Enter open   ? help")
	}
	const budget = 300 - 52 // what an SSH packet adds
	was := frame(0, 19)
	for step, is := range [][]string{frame(1, 20), frame(2, 21), frame(2, 20), frame(1, 1), frame(0, 0), frame(3, 3)} {
		sent := paint.Repaint(was, is, 80)
		if n := len(sent); n > budget && step < 3 || n > 2*budget {
			t.Errorf("step %d sends %d bytes: %q", step, n, sent)
		}
		was = is
	}
}
