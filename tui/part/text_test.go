package part_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "SMITH, John", "SMITH, John"},
		{"letters stay", "Siân Llŷr O’Brien Nguyễn 王小明 محمد", "Siân Llŷr O’Brien Nguyễn 王小明 محمد"},
		{"composed", "Sia\u0302n", "Siân"},
		{"colour", "\x1b[31mred\x1b[0m", "red"},
		{"title sequence", "a\x1b]0;owned\x07b", "ab"},
		{"eight-bit sequence", "a\u009b2Jb", "a2Jb"},
		{"controls", "a\x00b\x07c\x7fd", "abcd"},
		{"lines and tabs", "a\nb\tc\r\nd", "a b c  d"},
		{"direction override", "a\u202eb\u2066c", "abc"},
		{"broken UTF-8", "a\xffb", "ab"},
		{"joiner inside a word", "क्\u200dष", "क्\u200dष"},
		{"joiner between pictures", "👨\u200d👩", "👨👩"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := part.Clean(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestCleanLinesKeepsLines(t *testing.T) {
	if got := part.CleanLines("a\r\nb\rc\nd\x1b[2J"); got != "a\nb\nc\nd" {
		t.Errorf("got %q", got)
	}
}

func TestCleanHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := nasty().Draw(t, "in")
		got := part.Clean(in)
		if bad, found := controlIn(got); found || strings.ContainsAny(got, "\u202e\u2066") {
			t.Fatalf("%q left in %q", bad, got)
		}
		if again := part.Clean(got); again != got {
			t.Fatalf("cleaning twice differs: %q, %q", got, again)
		}
		if !norm.NFC.IsNormalString(got) {
			t.Fatalf("not composed: %q", got)
		}
	})
}

func TestCutAndPadKeepWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, width := part.Clean(nasty().Draw(t, "text")), rapid.IntRange(0, 40).Draw(t, "width")
		cut := part.Cut(text, width)
		if w := ansi.StringWidth(cut); w > width {
			t.Fatalf("%q is %d wide, not %d", cut, w, width)
		}
		if width > 0 && ansi.StringWidth(text) <= width && cut != text {
			t.Fatalf("%q was cut to %q though it fitted", text, cut)
		}
		for _, line := range part.Wrap(text, max(1, width)) {
			if w := part.Width(line); w > max(1, width) {
				t.Fatalf("%q is wrapped to %d, not %d", line, w, width)
			}
		}
	})
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"SMITH", 5, "SMITH"}, {"SMITH", 4, "SMI…"}, {"SMITH", 1, "…"}, {"SMITH", 0, ""},
		{"王小明", 6, "王小明"}, {"王小明", 5, "王小…"}, {"王小明", 4, "王…"}, {"Llŷr", 3, "Ll…"},
	} {
		if got := part.Cut(c.in, c.width); got != c.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}
