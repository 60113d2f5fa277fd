package part_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/tui/part"
)

// palettes are what terminals show the 16 colours as, unless somebody set them
// otherwise.
var palettes = map[string][16]int{
	"Windows console since 2017": {0x0C0C0C, 0xC50F1F, 0x13A10E, 0xC19C00, 0x0037DA, 0x881798, 0x3A96DD, 0xCCCCCC,
		0x767676, 0xE74856, 0x16C60C, 0xF9F1A5, 0x3B78FF, 0xB4009E, 0x61D6D6, 0xF2F2F2},
	"Windows console before": {0x000000, 0x800000, 0x008000, 0x808000, 0x000080, 0x800080, 0x008080, 0xC0C0C0,
		0x808080, 0xFF0000, 0x00FF00, 0xFFFF00, 0x0000FF, 0xFF00FF, 0x00FFFF, 0xFFFFFF},
	"xterm": {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
		0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF},
	"VGA": {0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
		0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF},
}

// ground is what a terminal shows where a theme sets nothing: foreground and
// background.
var ground = map[part.ThemeName][2]int{part.Dark: {7, 0}, part.Light: {0, 15}, part.Contrast: {15, 0}, part.Mono: {7, 0}}

// worn is what a style wears.
type worn struct {
	fg, bg int
	marked bool // bold, underlined or reversed
}

func wornBy(t *testing.T, theme part.ThemeName, style part.Style) worn {
	t.Helper()
	w := worn{fg: ground[theme][0], bg: ground[theme][1]}
	open, _, _ := strings.Cut(style.Render("x"), "x")
	open = strings.TrimSuffix(strings.TrimPrefix(open, "\x1b["), "m")
	if open == "" {
		return w
	}
	for _, code := range strings.Split(strings.ReplaceAll(open, "m\x1b[", ";"), ";") {
		n, err := strconv.Atoi(code)
		if err != nil {
			t.Fatalf("%q: %v", open, err)
		}
		switch {
		case n == 7:
			w.fg, w.bg, w.marked = w.bg, w.fg, true
		case n == 1 || n == 4:
			w.marked = true
		case n >= 30 && n < 38:
			w.fg = n - 30
		case n >= 40 && n < 48:
			w.bg = n - 40
		case n >= 90 && n < 98:
			w.fg = n - 90 + 8
		case n >= 100 && n < 108:
			w.bg = n - 100 + 8
		}
	}
	return w
}

// contrast is the ratio of two colours' relative luminance (WCAG 2.2,
// definitions of relative luminance and contrast ratio).
func contrast(a, b int) float64 {
	lighter, darker := luminance(a), luminance(b)
	if lighter < darker {
		lighter, darker = darker, lighter
	}
	return (lighter + 0.05) / (darker + 0.05)
}

func luminance(colour int) float64 {
	channel := func(shift int) float64 {
		c := float64(colour>>shift&0xFF) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(16) + 0.7152*channel(8) + 0.0722*channel(0)
}

// TestEveryWordCanBeRead holds WCAG 2.2's 4.5 to 1 for text (success criterion
// 1.4.3), and 3 to 1 for lines (1.4.11), on the palettes that desks have.
func TestEveryWordCanBeRead(t *testing.T) {
	for _, theme := range part.ThemeNames() {
		th := part.ThemeFor(theme, "xterm", "")
		for what, style := range styles(th) {
			if what == "BannerStrong" { // it is laid over the banner, never elsewhere
				style = style.Over(th.Banner)
			}
			w, least := wornBy(t, theme, style), 4.5
			if what == "Rule" {
				least = 3
			}
			for palette, colours := range palettes {
				if got := contrast(colours[w.fg], colours[w.bg]); got < least {
					t.Errorf("%s, %s, %s: %.1f to 1 for %d on %d", theme, what, palette, got, w.fg, w.bg)
				}
			}
		}
	}
}

// TestNoHueIsNeeded: whoever sees no hues, or has a terminal without them, still
// sees what stands out in contrast and mono, by a mark or by a ground of another
// brightness.
func TestNoHueIsNeeded(t *testing.T) {
	standsOut := []string{"Title", "Heading", "Selected", "Danger", "Warn", "FieldFocused", "Cursor", "Key", "HeaderAlert", "Banner", "BannerStrong"}
	for _, theme := range []part.ThemeName{part.Contrast, part.Mono} {
		for what, style := range styles(part.ThemeFor(theme, "xterm", "")) {
			w := wornBy(t, theme, style)
			for palette, colours := range palettes {
				if slices.Contains(standsOut, what) && !w.marked && contrast(colours[w.bg], colours[ground[theme][1]]) < 3 {
					t.Errorf("%s, %s, %s: only its hue says it", theme, what, palette)
				}
			}
		}
	}
}
