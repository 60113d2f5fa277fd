package part_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

func boardHelp(name part.ThemeName) *part.Help {
	return part.NewHelp(theme(name), "Releases: what you can do", []part.HelpSection{
		{Title: "This list", Entries: []part.HelpEntry{
			{Key: "Enter", Text: "Open the person"}, {Key: "/", Text: "Filter the list"},
			{Key: "l", Text: "Sign the letter", Disabled: "only a clinician signs a discharge letter, and you are signed in as reception"},
		}},
		{Title: "Everywhere", Entries: []part.HelpEntry{{Key: "Ctrl+K", Text: "Find anything"}, {Key: "F1 ?", Text: "This help"}}},
	})
}

func TestHelpView(t *testing.T) {
	help := boardHelp(part.Dark)
	press(help, "down", "down")
	requireGolden(t, help.View)
}

func TestHelpNarrowsDown(t *testing.T) {
	help := boardHelp(part.Dark)
	write(help, "LETTER sign")
	view := ansi.Strip(help.View(80, 24))
	if !strings.Contains(view, "Sign the letter") || strings.Contains(view, "Find anything") || strings.Contains(view, "Everywhere") {
		t.Errorf("got\n%s", view)
	}
	if !strings.Contains(view, "1 of 5") || !strings.Contains(view, "letter, and you are signed in as") {
		t.Errorf("the count or the reason is missing:\n%s", view)
	}
	write(help, "zzz")
	if view := ansi.Strip(help.View(80, 24)); !strings.Contains(view, "Nothing here is called that.") {
		t.Errorf("got\n%s", view)
	}
}

func TestHelpCloses(t *testing.T) {
	help, closed := boardHelp(part.Dark), 0
	help.OnClose = func() tea.Cmd { closed++; return nil }
	press(help, "q", "esc")
	if closed != 1 {
		t.Errorf("closed %d times", closed)
	}
}

func findAnything(query string) part.Found {
	var found part.Found
	for _, o := range []part.Option{
		{Value: "open:A1234BC", Label: "SMITH, John", Hint: "A1234BC", Kind: "Person"},
		{Value: "releases", Label: "Releases", Kind: "Screen"},
		{Value: "sign", Label: "Sign the letter", Kind: "Action", Disabled: "only a clinician signs"},
	} {
		if part.Matches(query, o.Label+" "+o.Hint) {
			found.Options = append(found.Options, o)
		}
	}
	found.Total = len(found.Options)
	return found
}

func TestPaletteView(t *testing.T) {
	palette := part.NewPalette(theme(part.Dark), findAnything, nil)
	settle(palette, palette.Open(""))
	press(palette, "down")
	requireGolden(t, palette.View)
}

func TestPaletteChooses(t *testing.T) {
	for _, c := range []struct{ typed, want string }{
		{"john", "open:A1234BC"}, {"rel", "releases"}, {"sign", ""}, {"nobody", ""},
	} {
		t.Run(c.typed, func(t *testing.T) {
			got := ""
			palette := part.NewPalette(theme(part.Dark), findAnything, func(o part.Option) tea.Cmd { got = o.Value; return nil })
			settle(palette, palette.Open(""))
			write(palette, c.typed)
			press(palette, "enter")
			if got != c.want {
				t.Errorf("chose %q, want %q", got, c.want)
			}
		})
	}
}

func TestPaletteCloses(t *testing.T) {
	palette, closed := part.NewPalette(theme(part.Dark), findAnything, nil), 0
	palette.OnClose = func() tea.Cmd { closed++; return nil }
	press(palette, "esc", "ctrl+k")
	if closed != 2 {
		t.Errorf("closed %d times", closed)
	}
}

func erase(name part.ThemeName) *part.Confirm {
	return part.NewConfirm(theme(name), "Erase this workstation",
		"Everything kept here is erased, with 7 changes that have not been sent. It cannot be brought back.", "ERASE")
}

func TestConfirmView(t *testing.T) {
	confirm := erase(part.Dark)
	write(confirm, "eras")
	press(confirm, "enter")
	requireGolden(t, confirm.View)
}

func TestConfirmNeedsTheWord(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*part.Confirm)
		want string
	}{
		{"Enter alone", func(c *part.Confirm) { press(c, "enter") }, ""},
		{"another word", func(c *part.Confirm) { write(c, "yes"); press(c, "enter") }, ""},
		{"a paste", func(c *part.Confirm) { c.Update(paste("ERASE")); press(c, "enter") }, ""},
		{"a burst", func(c *part.Confirm) { press(c, "ERASE", "enter") }, ""},
		{"the word", func(c *part.Confirm) { write(c, "erase"); press(c, "enter") }, "yes"},
		{"the word, then Esc", func(c *part.Confirm) { write(c, "ERASE"); press(c, "esc") }, "no"},
	} {
		t.Run(c.name, func(t *testing.T) {
			confirm, got := erase(part.Dark), ""
			confirm.OnYes = func() tea.Cmd { got = "yes"; return nil }
			confirm.OnNo = func() tea.Cmd { got = "no"; return nil }
			c.do(confirm)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOverlaysStayInFrame(t *testing.T) {
	keys := append([]string{"pgup", "pgdown"}, editing...)
	rapid.Check(t, func(t *rapid.T) {
		th := theme(rapid.SampledFrom(part.ThemeNames()).Draw(t, "theme"))
		text := func(label string) string { return nasty().Draw(t, label) }
		option := part.Option{Value: "a", Label: text("label"), Hint: text("hint"), Kind: text("kind"), Disabled: text("disabled")}
		found := part.Found{Options: []part.Option{option, option, option}, Total: 9, Problem: text("problem")}
		for _, overlay := range []interface {
			keyed
			View(width, height int) string
		}{
			part.NewHelp(th, text("title"), []part.HelpSection{{Title: text("section"), Entries: []part.HelpEntry{
				{Key: text("key"), Text: text("what"), Disabled: text("why")}, {Key: "a", Text: text("other")},
			}}}),
			part.NewPalette(th, func(string) part.Found { return found }, nil),
			part.NewPicker(th, func(string) part.Found { return found }),
			part.NewConfirm(th, text("title"), text("text"), text("word")),
		} {
			for range 4 {
				press(overlay, rapid.SampledFrom(keys).Draw(t, "key"))
				settle(overlay, overlay.Update(paste(text("paste"))))
				width, height := rapid.IntRange(10, 130).Draw(t, "width"), rapid.IntRange(5, 40).Draw(t, "height")
				requireFrame(t, overlay.View(width, height), width, height)
			}
		}
	})
}
