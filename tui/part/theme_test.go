package part_test

import (
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"github.com/throughgate/throughgate/tui/part"
)

// styles are the styles of a theme by name.
func styles(th *part.Theme) map[string]part.Style {
	all := map[string]part.Style{}
	v := reflect.ValueOf(*th)
	for i := range v.NumField() {
		if s, ok := v.Field(i).Interface().(part.Style); ok {
			all[v.Type().Field(i).Name] = s
		}
	}
	return all
}

// TestThemesUseTheTerminalsSixteenColours: a desk's own display settings must keep working, so no
// theme names a colour beyond those, whatever the terminal could show.
func TestThemesUseTheTerminalsSixteenColours(t *testing.T) {
	allowed := regexp.MustCompile(`^(\x1b\[((0|1|4|7|3[0-7]|4[0-7]|9[0-7]|10[0-7])(;|m))+)?x(\x1b\[0m)?$`)
	for _, profile := range []termenv.Profile{termenv.ANSI, termenv.ANSI256, termenv.TrueColor} {
		for _, name := range part.ThemeNames() {
			r := lipgloss.NewRenderer(io.Discard)
			r.SetColorProfile(profile)
			th := part.NewTheme(r, name)
			for what, style := range styles(th) {
				if got := style.Render("x"); !allowed.MatchString(got) {
					t.Errorf("%s %s renders %q", name, what, got)
				}
			}
		}
	}
}

// TestMonoKeepsAttributes: lipgloss drops bold and reverse with colour, ours must not.
func TestMonoKeepsAttributes(t *testing.T) {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.Ascii)
	th := part.NewTheme(r, part.Dark)
	if th.Name != part.Mono {
		t.Fatalf("a terminal without colour got the theme %q", th.Name)
	}
	for what, want := range map[string]string{"Selected": "7", "Title": "1", "Danger": "4", "Banner": "7", "Cursor": "7"} {
		if got := styles(th)[what].Render("x"); !strings.Contains(got, want) {
			t.Errorf("%s renders %q, without attribute %s", what, got, want)
		}
	}
	colour := regexp.MustCompile(`[\[;](3|4|9|10)[0-7][;m]`)
	for what, style := range styles(th) {
		if got := style.Render("x"); colour.MatchString(got) {
			t.Errorf("%s renders a colour: %q", what, got)
		}
	}
}

func TestPickTheme(t *testing.T) {
	for _, c := range []struct {
		term, noColor string
		want          part.ThemeName
	}{
		{"xterm-256color", "", part.Light}, {"xterm", "1", part.Mono}, {"dumb", "", part.Mono}, {"vt100", "", part.Mono}, {"", "", part.Light},
	} {
		if got := part.ThemeFor(part.Light, c.term, c.noColor).Name; got != c.want {
			t.Errorf("TERM=%q NO_COLOR=%q: %s, want %s", c.term, c.noColor, got, c.want)
		}
	}
}

func TestParseTheme(t *testing.T) {
	if got, err := part.ParseTheme("Contrast"); err != nil || got != part.Contrast {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := part.ParseTheme(""); err != nil || got != part.Dark {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := part.ParseTheme("pink\x1b[2J"); err == nil || strings.Contains(err.Error(), "\x1b") {
		t.Errorf("got %v", err)
	}
}
