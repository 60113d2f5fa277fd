package part_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

// theme is a theme as a colour terminal gets it.
func theme(name part.ThemeName) *part.Theme {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	return part.NewTheme(r, name)
}

// keyTypes are the keys that are not letters, by the name bubbletea gives them.
var keyTypes = map[string]tea.KeyType{
	"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
	"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown, "home": tea.KeyHome, "end": tea.KeyEnd,
	"enter": tea.KeyEnter, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "esc": tea.KeyEsc,
	"backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "ctrl+u": tea.KeyCtrlU,
	"ctrl+d": tea.KeyCtrlD, "ctrl+w": tea.KeyCtrlW, "ctrl+k": tea.KeyCtrlK,
}

// key is the message of one key press, by its name.
func key(name string) tea.KeyMsg {
	if kind, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: kind}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

func paste(text string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}
}

// keyed is what every part that takes keys is to its screen.
type keyed interface{ Update(tea.Msg) tea.Cmd }

// press sends keys and runs every command they cause to its end.
func press(w keyed, keys ...string) {
	for _, name := range keys {
		settle(w, w.Update(key(name)))
	}
}

func settle(w keyed, cmd tea.Cmd) {
	for cmd != nil {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, each := range batch {
				settle(w, each)
			}
			return
		}
		cmd = w.Update(msg)
	}
}

// write types a text letter by letter.
func write(w keyed, text string) {
	for _, r := range text {
		press(w, string(r))
	}
}

// sizes are the two every screen is designed for.
var sizes = []struct{ width, height int }{{80, 24}, {120, 40}}

// requireGolden compares the view at both sizes with what stands in testdata. Run with -update
// after looking at the difference.
func requireGolden(t *testing.T, view func(width, height int) string) {
	t.Helper()
	for _, size := range sizes {
		t.Run(fmt.Sprintf("%dx%d", size.width, size.height), func(t *testing.T) {
			out := view(size.width, size.height)
			requireFrame(t, out, size.width, size.height)
			golden.RequireEqualEscape(t, []byte(ansi.Strip(out)+"\n"), true)
		})
	}
}

// requireFrame holds the promise of the package: nothing outside the frame, no control byte but
// line feeds and colour.
func requireFrame(t interface {
	Helper()
	Fatalf(string, ...any)
}, out string, width, height int) {
	t.Helper()
	lines := strings.Split(out, "\n")
	if len(lines) > height {
		t.Fatalf("%d lines in a height of %d:\n%s", len(lines), height, out)
	}
	for _, line := range lines {
		if w := ansi.StringWidth(line); w > width {
			t.Fatalf("a line of %d columns in a width of %d: %q", w, width, line)
		}
		if bad, found := controlIn(line); found {
			t.Fatalf("control byte %q in %q", bad, line)
		}
	}
}

// controlIn finds a control character that is not part of an SGR sequence.
func controlIn(line string) (rune, bool) {
	for line != "" {
		if rest, ok := strings.CutPrefix(line, "\x1b["); ok {
			end := strings.TrimLeft(rest, "0123456789;")
			if !strings.HasPrefix(end, "m") {
				return 0x1b, true
			}
			line = end[1:]
			continue
		}
		r := []rune(line[:min(len(line), 4)])[0]
		if r < 0x20 || r >= 0x7f && r <= 0x9f {
			return r, true
		}
		line = line[len(string(r)):]
	}
	return 0, false
}

// nasty draws texts that have broken frames: wide and combining letters, joiners, escapes, tabs,
// direction overrides, and names as people have them.
func nasty() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{
			"Siân", "Llŷr", "O'Brien", "Nguyễn", "NOVÁKOVÁ", "王小明", "กิตติ", "स्त्री", "محمد", "김", "ｱﾊﾟ",
			"e\u0301\u0301\u0301", "\u0301", "\x1b[31mred", "\x1b]0;title\x07", "\x9b2J", "\u202eevil\u202c",
			"\t", "\n", "\r\n", "\x00", "👨‍👩‍👧", "🇬🇧", "☺️", "\u0600", "\u200d", "\ufeff", "\xff\xfe", " ", "a,b",
		}),
		rapid.String(),
		rapid.StringN(0, 60, -1),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), "")
	})
}
