package tui_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hinshun/vt10x"

	"github.com/throughgate/throughgate/tui/part"
	"github.com/throughgate/throughgate/tui/part/paint"
)

// mostOfAMove is how many bytes a move of the cursor may send: 300 as they go down
// a line, less what SSH adds to them (TestSSHAddsLittleToWhatIsPainted).
const mostOfAMove = 300 - 52

// bytesOfAColumn is how many bytes there are for each column that becomes another
// letter or colour, where these are too many for mostOfAMove.
const bytesOfAColumn = 1.6

// fullOfText are the screens on which a move sends more than mostOfAMove in the
// mean: it puts other text there than before, and that is what goes down the line.
var fullOfText = map[string]string{
	"board 120x40":             "all lines of a checklist stand beside it",
	"a manager's board 120x40": "all lines of a checklist stand beside it",
	"everybody 120x40":         "all lines of a checklist stand beside it",
	"measures 80x24":           "the weeks of another measure stand below",
	"measures 120x40":          "the weeks of another measure stand below",
	"gms1 80x24":               "the questions of another part of the form stand below",
	"gms1 120x40":              "the questions of another part of the form stand beside it",
	"rescue 80x24":             "each step is three lines of instructions",
	"rescue 120x40":            "each step is two long lines of instructions",
	"newLetterForm 80x24":      "most fields have four lines, so that every second move scrolls",
}

// wholly are lists that say nothing more of the row under the cursor: there no
// move at all sends more than mostOfAMove, nor one that scrolls.
var wholly = map[string]bool{
	"board 80x24": true, "everybody 80x24": true, "a manager's board 80x24": true,
	"worklist 80x24": true, "worklist 120x40": true, "a nurse's worklist 80x24": true, "a nurse's worklist 120x40": true,
	"history 80x24": true, "history 120x40": true, "entriesPage 80x24": true, "entriesPage 120x40": true,
}

// A move of the cursor sends no more than its bytes, on every screen: in the mean
// of its moves everywhere but where it must put other text, and each of them as
// far as the columns allow that change.
func TestAMoveOfTheCursorSendsLittle(t *testing.T) {
	ways := maps.Clone(screenWays)
	maps.Copy(ways, formWays)
	maps.Copy(ways, richly)
	for name := range behind { // nobody comes to these in a window as plain mode does; they are like those below them
		delete(ways, name)
	}
	full := maps.Clone(fullOfText)
	for name, w := range ways {
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			name := fmt.Sprintf("%s %dx%d", name, size[0], size[1])
			t.Run(name, func(t *testing.T) {
				mean, most := movesOn(t, w, size)
				t.Logf("%d bytes in the mean, %d at most", mean, most)
				if wholly[name] && most > mostOfAMove {
					t.Errorf("a move sends %d bytes, where %d are to be enough", most, mostOfAMove)
				}
				if why := full[name]; (mean > mostOfAMove) != (why != "") {
					t.Errorf("a move sends %d bytes in the mean, where %d are to be enough, and it is full of text: %q", mean, mostOfAMove, why)
				}
				delete(full, name)
			})
		}
	}
	if len(full) > 0 {
		t.Errorf("%v are nowhere", slices.Sorted(maps.Keys(full)))
	}
}

// movesOn goes down a screen and up again, and holds each move to its columns.
func movesOn(t *testing.T, w way, size [2]int) (mean, most int) {
	plainly(t, w.scene, func(k *talk) {
		k.come(w)
		d := startOn(t, k.desk, scene{signedIn: w.scene.signedIn, theme: part.Dark, still: true, size: size})
		defer d.close()
		m := &moves{tester: t, driver: d, shown: vt10x.New(vt10x.WithSize(size[0], size[1]))}
		m.press("") // the first frame
		m.bytes, m.most, m.n = 0, 0, 0
		const longest = 60 // lines, of every list here
		for _, name := range []string{"down", "up"} {
			for n := 0; n < longest && m.press(name); n++ {
			}
		}
		mean, most = m.bytes/max(1, m.n), m.most
	})
	return mean, most
}

// moves counts what keys send to a terminal.
type moves struct {
	tester
	driver         *driver
	shown          vt10x.Terminal
	was            []string
	bytes, most, n int
}

// press is false where a key changes nothing.
func (m *moves) press(name string) bool {
	m.Helper()
	if name != "" {
		m.driver.press(name)
	}
	is := strings.Split(m.driver.app.View(), "\n")
	before := glyphs(m.shown)
	sent := paint.Repaint(m.was, is, m.driver.width)
	_, _ = m.shown.Write(sent)
	if m.was = is; len(sent) == 0 {
		return false
	}
	m.bytes, m.most, m.n = m.bytes+len(sent), max(m.most, len(sent)), m.n+1
	changed := 0
	for i, g := range glyphs(m.shown) {
		if g != before[i] {
			changed++
		}
	}
	if most := max(mostOfAMove, int(bytesOfAColumn*float64(changed))); name != "" && len(sent) > most {
		m.Fatalf("%s changes %d columns and sends %d bytes, more than %d: %q", name, changed, len(sent), most, sent)
	}
	return true
}

// glyphs is every letter of a terminal with its colours.
func glyphs(term vt10x.Terminal) []vt10x.Glyph {
	columns, rows := term.Size()
	all := make([]vt10x.Glyph, 0, columns*rows)
	for y := range rows {
		for x := range columns {
			g := term.Cell(x, y)
			if g.Char == 0 {
				g.Char = ' '
			}
			all = append(all, g)
		}
	}
	return all
}
