package part

import (
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// ThemeName is what --theme takes.
type ThemeName string

// The themes. All use the terminal's own 16 colours, so a desk's display settings keep working.
const (
	Dark     ThemeName = "dark"
	Light    ThemeName = "light"
	Contrast ThemeName = "contrast"
	Mono     ThemeName = "mono"
)

// ThemeNames lists every theme, the default first.
func ThemeNames() []ThemeName { return []ThemeName{Dark, Light, Contrast, Mono} }

// ParseTheme reads a theme's name; empty is the default. The error says which names there are.
func ParseTheme(name string) (ThemeName, error) {
	if name == "" {
		return Dark, nil
	}
	for _, known := range ThemeNames() {
		if strings.EqualFold(name, string(known)) {
			return known, nil
		}
	}
	return "", fmt.Errorf("no theme is called %q: choose dark, light, contrast or mono", Clean(name))
}

// PickTheme is the theme a terminal can show: mono where colour is unwanted (NO_COLOR set to
// anything, see no-color.org) or where TERM names a terminal without it, otherwise the wanted one.
func PickTheme(wanted ThemeName, term, noColor string) ThemeName {
	if noColor != "" || term == "dumb" || strings.HasPrefix(term, "vt1") || strings.HasPrefix(term, "vt2") {
		return Mono
	}
	return wanted
}

// Theme is every style, made once. A style is named for what it says, never for its colour, and
// no style is the only sign of anything: the words say it too.
type Theme struct {
	Name ThemeName

	Text     Style // ordinary words
	Title    Style // the name of a screen, box or column
	Heading  Style // the line above a group of rows
	Muted    Style // what may be overlooked
	Selected Style // the button under the cursor, or what names its row; the mark ">" says it too
	Danger   Style
	Warn     Style
	Good     Style

	Field        Style // a field to type in
	FieldFocused Style // the field that keys go to
	Cursor       Style // the place in it where the next letter lands

	Key          Style // a key's name in the footer and in help
	Rule         Style // lines and boxes
	Header       Style
	HeaderAlert  Style // what the header wants seen: offline, conflicts
	Banner       Style // the two lines that say whose record this is
	BannerName   Style // whose it is
	BannerStrong Style // an allergy, a risk
}

// NewTheme makes a theme's styles with the renderer of one terminal: never the global one, which
// over SSH would ask the server's terminal instead of the visitor's. A renderer that shows no
// colours gets the mono theme. That one does not use the renderer at all, since lipgloss leaves
// out bold, reverse and underline along with colour, and the selected row would vanish.
func NewTheme(r *lipgloss.Renderer, name ThemeName) *Theme {
	if r.ColorProfile() == termenv.Ascii {
		name = Mono
	}
	switch name {
	case Light:
		return light(r)
	case Contrast:
		return contrast(r)
	case Mono:
		return mono()
	}
	return dark(r)
}

// ThemeFor is the wanted theme as a terminal can show it, from TERM and NO_COLOR alone. It asks no
// terminal anything, so it serves a desk and an SSH session alike: every theme keeps to 16 colours,
// and what more a terminal could show does not matter.
func ThemeFor(wanted ThemeName, term, noColor string) *Theme {
	return NewTheme(plainRenderer(), PickTheme(wanted, term, noColor))
}

// Unpainted is the theme of plain mode: it paints nothing, so that what a screen says is words and
// nothing else.
func Unpainted() *Theme { return &Theme{Name: "unpainted"} }

// plainRenderer shows 16 colours. Its profile is said outright, or lipgloss would look for one in
// the environment of this process.
func plainRenderer() *lipgloss.Renderer {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	return r
}

// painter shortens the tables below.
type painter struct{ r *lipgloss.Renderer }

func (p painter) fg(colour string) lipgloss.Style {
	return p.r.NewStyle().Foreground(lipgloss.Color(colour))
}

func (p painter) on(fg, bg string) lipgloss.Style {
	return p.fg(fg).Background(lipgloss.Color(bg))
}

func (p painter) bold() lipgloss.Style      { return p.r.NewStyle().Bold(true) }
func (p painter) underline() lipgloss.Style { return p.r.NewStyle().Underline(true) }
func (p painter) reverse() lipgloss.Style   { return p.r.NewStyle().Reverse(true) }

// dark takes no blue for a ground: many palettes have a light one, and white words on it are
// hard to read. Black on bright cyan and bright yellow can be read on all.
func dark(r *lipgloss.Renderer) *Theme {
	p := painter{r}
	return &Theme{
		Name:  Dark,
		Title: StyleOf(p.bold()), Heading: StyleOf(p.fg("14").Bold(true)), Muted: StyleOf(p.fg("7")),
		Selected: StyleOf(p.reverse().Bold(true)),
		Danger:   StyleOf(p.fg("9").Bold(true)), Warn: StyleOf(p.fg("11")), Good: StyleOf(p.fg("10")),
		Field: StyleOf(p.underline()), FieldFocused: StyleOf(p.on("0", "14")), Cursor: StyleOf(p.reverse()),
		Key: StyleOf(p.fg("14").Bold(true)), Rule: StyleOf(p.fg("7")),
		Header: StyleOf(p.bold()), HeaderAlert: StyleOf(p.fg("11").Bold(true)),
		Banner: StyleOf(p.on("0", "14")), BannerStrong: StyleOf(p.on("0", "11").Underline(true)),
	}
}

// light keeps to the colours that can be read on white by everybody's palette: yellow, green and
// grey cannot, so a warning is magenta. No dark word is bold: the Windows console and PuTTY show
// bold as the brighter colour, and bright red, blue or grey on white is hard to read.
func light(r *lipgloss.Renderer) *Theme {
	p := painter{r}
	return &Theme{
		Name:  Light,
		Title: StyleOf(p.fg("4")), Heading: StyleOf(p.fg("4").Underline(true)),
		Selected: StyleOf(p.reverse()),
		Danger:   StyleOf(p.fg("1").Underline(true)), Warn: StyleOf(p.fg("5")),
		Field: StyleOf(p.underline()), FieldFocused: StyleOf(p.on("0", "7")), Cursor: StyleOf(p.reverse()),
		Key: StyleOf(p.fg("4")), Rule: StyleOf(p.fg("8")),
		HeaderAlert: StyleOf(p.fg("1").Underline(true)),
		Banner:      StyleOf(p.on("15", "0")), BannerName: StyleOf(p.bold()), BannerStrong: StyleOf(p.on("0", "11").Underline(true)),
	}
}

// contrast brings its own background along: white words on a terminal that is white already would
// be gone. It keeps to black, white and yellow: white on red is under 7 to 1, and so is bold
// black where bold is shown as grey.
func contrast(r *lipgloss.Renderer) *Theme {
	p := painter{r}
	words := p.on("15", "0")
	return &Theme{
		Name: Contrast,
		Text: StyleOf(words), Title: StyleOf(words.Bold(true)),
		Heading: StyleOf(words.Bold(true).Underline(true)), Muted: StyleOf(words),
		Selected: StyleOf(p.on("0", "15")),
		Danger:   StyleOf(p.on("0", "11").Underline(true)), Warn: StyleOf(p.on("0", "11")),
		Good:  StyleOf(words.Bold(true)),
		Field: StyleOf(words.Underline(true)), FieldFocused: StyleOf(p.on("0", "11")),
		Cursor: StyleOf(words.Underline(true)),
		Key:    StyleOf(p.on("11", "0").Bold(true)), Rule: StyleOf(words),
		Header: StyleOf(words.Bold(true)), HeaderAlert: StyleOf(p.on("0", "11")),
		Banner: StyleOf(p.on("0", "15")), BannerStrong: StyleOf(p.on("0", "11").Underline(true)),
	}
}

// mono says everything with bold, underline and reverse. Its renderer claims 16 colours so that
// lipgloss emits those attributes; no style here has a colour.
func mono() *Theme {
	p := painter{plainRenderer()}
	return &Theme{
		Name:  Mono,
		Title: StyleOf(p.bold()), Heading: StyleOf(p.bold()),
		Selected: StyleOf(p.reverse().Bold(true)),
		Danger:   StyleOf(p.bold().Underline(true)), Warn: StyleOf(p.bold()),
		Field: StyleOf(p.underline()), FieldFocused: StyleOf(p.bold().Underline(true)), Cursor: StyleOf(p.reverse()),
		Key:    StyleOf(p.bold()),
		Header: StyleOf(p.bold()), HeaderAlert: StyleOf(p.reverse()),
		Banner: StyleOf(p.reverse()), BannerName: StyleOf(p.bold()), BannerStrong: StyleOf(p.bold().Underline(true)),
	}
}
