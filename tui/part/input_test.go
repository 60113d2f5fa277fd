package part_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

func TestTextInputEdits(t *testing.T) {
	for _, c := range []struct {
		name, typed string
		keys        []string
		want        string
	}{
		{"letters", "Siân", nil, "Siân"},
		{"a space", "Mary", []string{" ", "A"}, "Mary A"},
		{"backspace takes a letter with its marks", "Nguyễn", []string{"backspace", "backspace", "backspace"}, "Ngu"},
		{"a mark joins the letter before it", "Sia", []string{"\u0302", "n"}, "Siân"},
		{"insert in the middle", "Jhn", []string{"left", "left", "o"}, "John"},
		{"home and delete", "xJohn", []string{"home", "delete"}, "John"},
		{"a word away", "John Smith ", []string{"ctrl+w"}, "John "},
		{"all before the cursor", "John Smith", []string{"left", "ctrl+u"}, "h"},
		{"a burst of letters is typed", "", []string{"John"}, "John"},
		{"wide letters", "王小明", []string{"left", "backspace"}, "王明"},
		{"escape leaves nothing", "a", []string{"\x1b[2J"}, "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := part.NewTextInput(theme(part.Dark))
			write(in, c.typed)
			press(in, c.keys...)
			if got := in.Value(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTextInputPaste(t *testing.T) {
	in := part.NewTextInput(theme(part.Dark))
	in.Update(paste("A1234BC\x1b[31m\r\n"))
	if got := in.Value(); got != "A1234BC" {
		t.Errorf("got %q", got)
	}
	in.Update(paste("two\nlines"))
	if got := in.Value(); got != "A1234BCtwo lines" {
		t.Errorf("got %q", got)
	}
}

func TestWhatIsTypedOver(t *testing.T) {
	for keys, want := range map[string]string{"x": "x", "backspace x": "a.khax", "left x": "a.khaxn", "end x y": "a.khanxy"} {
		in := part.NewTextInput(theme(part.Dark))
		in.SetValue("a.khan")
		in.TypeOver()
		for _, k := range strings.Fields(keys) {
			press(in, k)
		}
		if got := in.Value(); got != want {
			t.Errorf("%s: got %q, want %q", keys, got, want)
		}
	}
}

// TestHugePasteIsCapped: ten megabytes pasted by accident must neither hang nor be kept.
func TestHugePasteIsCapped(t *testing.T) {
	huge := paste(strings.Repeat("ŷ\x1b[31m王", 1_000_000))
	for name, w := range map[string]interface {
		keyed
		Value() string
		Full() bool
		View(int, int) string
	}{"input": part.NewTextInput(theme(part.Dark)), "area": part.NewTextArea(theme(part.Dark))} {
		w.Update(huge)
		requireFrame(t, w.View(80, 10), 80, 10)
		if n := len([]rune(w.Value())); n > 20_000 || n < 1000 || !w.Full() {
			t.Errorf("%s: kept %d letters, full is %v", name, n, w.Full())
		}
	}
}

func TestSecretInputShowsStars(t *testing.T) {
	in := part.NewTextInput(theme(part.Dark))
	in.Secret = true
	write(in, "Llŷr 1")
	if got := strings.TrimSpace(ansi.Strip(in.View(20, 1))); got != "******" {
		t.Errorf("got %q", got)
	}
	if in.Value() != "Llŷr 1" {
		t.Errorf("kept %q", in.Value())
	}
}

func TestTextInputScrollsToItsCursor(t *testing.T) {
	in := part.NewTextInput(theme(part.Dark))
	in.Focus()
	write(in, "abcdefghijklmnop")
	if got := ansi.Strip(in.View(6, 1)); got != "lmnop " {
		t.Errorf("at the end: %q", got)
	}
	press(in, "home")
	if got := ansi.Strip(in.View(6, 1)); got != "abcdef" {
		t.Errorf("at home: %q", got)
	}
}

func TestTextAreaMovesByPaintedLines(t *testing.T) {
	area := part.NewTextArea(theme(part.Dark))
	area.Focus()
	write(area, "one two three four")
	area.View(10, 4) // "one two |three |four"
	press(area, "up", "X")
	if got := area.Value(); got != "one two threXe four" {
		t.Errorf("got %q", got)
	}
	area.SetValue("first\nsecond")
	press(area, "up", "end", "!", "enter", "new")
	if got := area.Value(); got != "first!\nnew\nsecond" {
		t.Errorf("got %q", got)
	}
}

func TestTextAreaWrapsAtWords(t *testing.T) {
	area := part.NewTextArea(theme(part.Dark))
	area.SetValue("Takes methadone each morning, supervised")
	var lines []string
	for _, line := range strings.Split(ansi.Strip(area.View(16, 4)), "\n") {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	want := "Takes methadone|each morning,|supervised|"
	if got := strings.Join(lines, "|"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

var editing = []string{"left", "right", "up", "down", "home", "end", "backspace", "delete", "enter", "ctrl+w", "ctrl+u", "a", " ", "\u0301", "王"}

func TestTextWidgetsStayInFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, area := part.NewTextInput(theme(part.Dark)), part.NewTextArea(theme(part.Mono))
		in.Focus()
		area.Focus()
		width, height := rapid.IntRange(1, 60).Draw(t, "width"), rapid.IntRange(1, 8).Draw(t, "height")
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			var msg tea.Msg = key(rapid.SampledFrom(editing).Draw(t, "key"))
			if rapid.Bool().Draw(t, "paste") {
				msg = paste(nasty().Draw(t, "text"))
			}
			in.Update(msg)
			area.Update(msg)
			requireFrame(t, in.View(width, height), width, 1)
			requireFrame(t, area.View(width, height), width, height)
			if again := part.Clean(in.Value()); again != in.Value() {
				t.Fatalf("kept %q, which is not clean", in.Value())
			}
		}
	})
}

// BenchmarkTextAreaKeyAndView is one letter typed at the end of a long note, and the paint after it.
func BenchmarkTextAreaKeyAndView(b *testing.B) {
	area := part.NewTextArea(theme(part.Dark))
	area.SetValue(strings.Repeat("Takes methadone each morning, llŷn. ", 110))
	letter, back := key("ŷ"), key("backspace")
	for b.Loop() {
		area.Update(letter)
		area.View(76, 4)
		area.Update(back)
		area.View(76, 4)
	}
}

// BenchmarkHugePaste is ten megabytes pasted into a note.
func BenchmarkHugePaste(b *testing.B) {
	huge := paste(strings.Repeat("ŷ\x1b[31m王", 1_000_000))
	for b.Loop() {
		area := part.NewTextArea(theme(part.Dark))
		area.Update(huge)
		area.View(76, 4)
	}
}

// A terminal that does not say what a paste is sends its lines as keys. They end with a line feed,
// a carriage return, which is Enter, or both, and never run together.
func TestLinesThatArriveAsKeysDoNotRunTogether(t *testing.T) {
	feed, enter := tea.KeyMsg{Type: tea.KeyCtrlJ}, tea.KeyMsg{Type: tea.KeyEnter}
	for name, ends := range map[string][]tea.Msg{"a line feed": {feed}, "a carriage return": {enter}, "both": {enter, feed}} {
		area := part.NewTextArea(theme(part.Dark))
		for i, line := range []string{"Reviewed today.", "No change.", "See GP."} {
			if i > 0 {
				for _, key := range ends {
					area.Update(key)
				}
			}
			area.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(line)})
		}
		if got := area.Value(); got != "Reviewed today.\nNo change.\nSee GP." {
			t.Errorf("%s: %q", name, got)
		}
	}
	line, secret := part.NewTextInput(theme(part.Dark)), part.NewTextInput(theme(part.Dark))
	secret.Secret = true
	for _, in := range []*part.TextInput{line, secret} {
		in.Update(feed)
		in.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("one")})
		in.Update(feed)
		in.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("two")})
	}
	if line.Value() != "one two" || secret.Value() != "onetwo" {
		t.Errorf("one line: %q, a passphrase: %q", line.Value(), secret.Value())
	}
}
