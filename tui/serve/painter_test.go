package serve

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/hinshun/vt10x"
	"pgregory.net/rapid"
)

// line makes a line as the screens paint it.
var lines = rapid.Custom(func(t *rapid.T) string {
	styles := []string{"", "", "\x1b[1m", "\x1b[7;1m", "\x1b[96;1m", "\x1b[97;44m"}
	var b strings.Builder
	for left := 20; left > 0; {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab  ŷŵ…─'-")), 0, left, -1).Draw(t, "text")
		if rapid.IntRange(0, 30).Draw(t, "wide") == 0 && left > 8 {
			text = "日本e\u0301"
			left -= 3
		}
		left -= max(1, len([]rune(text)))
		style := rapid.SampledFrom(styles).Draw(t, "style")
		if style != "" {
			text = style + text + "\x1b[0m"
		}
		b.WriteString(text)
	}
	return b.String()
})

// TestAPaintedChangeIsWhatAWholeFrameWouldBe holds the painter's differences
// against painting everything anew, on a terminal.
func TestAPaintedChangeIsWhatAWholeFrameWouldBe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		frames := rapid.SliceOfN(rapid.SliceOfN(lines, 1, 6), 1, 6).Draw(t, "frames")
		for n := 1; n < len(frames); n++ { // some of which are the one before, moved
			if by := rapid.IntRange(-3, 3).Draw(t, "moved"); by != 0 && len(frames[n]) == len(frames[n-1]) {
				frames[n] = scrolled(frames[n-1], 0, len(frames[n])-1, by)
				frames[n][rapid.IntRange(0, len(frames[n])-1).Draw(t, "other")] = lines.Draw(t, "line")
			}
		}
		var out bytes.Buffer
		p := newPainter(&out, framesHere)
		p.resize(size{24, 6})
		for n, frame := range frames {
			p.show(strings.Join(frame, "\n"))
			if err := p.draw(); err != nil {
				t.Fatal(err)
			}
			want := "\x1b[2J"
			for row, line := range frame {
				want += fmt.Sprintf("\x1b[%dH%s", row+1, line)
			}
			if got, want := screenOf(out.String()), screenOf(want); got != want {
				t.Fatalf("frame %d:\n%s\nwanted:\n%s", n, got, want)
			}
		}
	})
}

// screenOf is every cell of a terminal with its colours.
func screenOf(sent string) string {
	term := vt10x.New(vt10x.WithSize(24, 6))
	term.Write([]byte(sent))
	var b strings.Builder
	for y := range 6 {
		for x := range 24 {
			g := term.Cell(x, y)
			if g.Char == 0 {
				g.Char = ' '
			}
			fmt.Fprintf(&b, "%c%x.%x.%x ", g.Char, g.Mode, g.FG, g.BG)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestAFrameThatIsTheSameSendsNothing(t *testing.T) {
	var out bytes.Buffer
	p := newPainter(&out, framesOnLine)
	p.resize(size{80, 24})
	p.show("a\nb")
	p.draw()
	<-p.wake
	out.Reset()
	p.show("a\nb")
	p.draw()
	if out.Len() > 0 || len(p.wake) > 0 {
		t.Errorf("it sends %q", out.String())
	}
}

// A list that moves by a line because the cursor is at its edge costs what the
// new line and the cursor do.
func TestAListThatMovesCostsALine(t *testing.T) {
	frame := func(from, cursor int) string {
		rows := []string{"throughgate  HMP Leeds  Releases", "ONLINE", strings.Repeat("─", 80)}
		for i := from; i < from+20; i++ {
			row := fmt.Sprintf("  A%04dAB NGUYỄN-O'BRIEN %d, Llŷr   09:30 Conditional  \x1b[91mGP NO\x1b[m     \x1b[93mMeds pack\x1b[m  Letter draft", 1000+37*i, i)
			if i == cursor {
				row = "\x1b[7m> " + ansi.Strip(row[2:]) + "\x1b[m"
			}
			rows = append(rows, row)
		}
		return strings.Join(append(rows, "Enter open   ? help"), "\n")
	}
	var out bytes.Buffer
	p := newPainter(&out, framesOnLine)
	p.resize(size{80, 24})
	p.show(frame(0, 19))
	_ = p.draw()
	const budget = 300 - 52 // what an SSH packet adds
	for step, next := range []string{frame(1, 20), frame(2, 21), frame(2, 20), frame(1, 1), frame(0, 0), frame(3, 3)} {
		out.Reset()
		p.show(next)
		_ = p.draw()
		if n := out.Len(); n > budget && step < 3 || n > 2*budget {
			t.Errorf("step %d sends %d bytes: %q", step, n, out.String())
		}
	}
}
