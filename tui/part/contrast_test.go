package part_test

import (
	"maps"
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
	"PuTTY": {0x000000, 0xBB0000, 0x00BB00, 0xBBBB00, 0x0000BB, 0xBB00BB, 0x00BBBB, 0xBBBBBB,
		0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF},
	"Tango": {0x000000, 0xCC0000, 0x4E9A06, 0xC4A000, 0x3465A4, 0x75507B, 0x06989A, 0xD3D7CF,
		0x555753, 0xEF2929, 0x8AE234, 0xFCE94F, 0x729FCF, 0xAD7FA8, 0x34E2E2, 0xEEEEEC},
}

// pastels are palettes for dark terminals that many choose. Their blue is light.
var pastels = map[string][16]int{
	"Dracula": {0x21222C, 0xFF5555, 0x50FA7B, 0xF1FA8C, 0xBD93F9, 0xFF79C6, 0x8BE9FD, 0xF8F8F2,
		0x6272A4, 0xFF6E6E, 0x69FF94, 0xFFFFA5, 0xD6ACFF, 0xFF92DF, 0xA4FFFF, 0xFFFFFF},
	"Nord": {0x3B4252, 0xBF616A, 0xA3BE8C, 0xEBCB8B, 0x81A1C1, 0xB48EAD, 0x88C0D0, 0xE5E9F0,
		0x4C566A, 0xBF616A, 0xA3BE8C, 0xEBCB8B, 0x81A1C1, 0xB48EAD, 0x8FBCBB, 0xECEFF4},
}

// palettesOf are the palettes that a theme is for. Red words on Nord have 2.4 to
// 1 whatever a program does, so of the pastels the grounds are held alone.
func palettesOf(theme part.ThemeName, w worn) map[string][16]int {
	if all := maps.Clone(palettes); theme == part.Dark && w.bg != ground[theme][1] {
		maps.Copy(all, pastels)
		return all
	}
	return palettes
}

// ground is what a terminal shows where a theme sets nothing: foreground and
// background. Of mono it is the darker one.
var ground = map[part.ThemeName][2]int{part.Dark: {7, 0}, part.Light: {0, 15}, part.Contrast: {15, 0}, part.Mono: {7, 0}}

// worn is what a style wears.
type worn struct {
	fg, bg int
	marked bool // bold, underlined or reversed
}

// wornBy reads it from the bytes. With bright, bold words of the first eight
// colours are shown in the brighter eight, as the Windows console, PuTTY and the
// Linux console do, before they are reversed.
func wornBy(t *testing.T, theme part.ThemeName, style part.Style, bright bool) worn {
	t.Helper()
	w, bold, reversed := worn{fg: ground[theme][0], bg: ground[theme][1]}, false, false
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
			reversed, w.marked = true, true
		case n == 1 || n == 4:
			bold, w.marked = bold || n == 1, true
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
	if bold && bright && w.fg < 8 {
		w.fg += 8
	}
	if reversed {
		w.fg, w.bg = w.bg, w.fg
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
// 1.4.3), 7 to 1 in the contrast theme (1.4.6), and 3 to 1 for lines (1.4.11), on
// the palettes that desks have, whether they show bold as thick or as bright.
func TestEveryWordCanBeRead(t *testing.T) {
	for _, theme := range part.ThemeNames() {
		th := part.ThemeFor(theme, "xterm", "")
		for what, style := range styles(th) {
			if what == "BannerStrong" || what == "BannerName" { // they are laid over the banner, never elsewhere
				style = style.Over(th.Banner)
			}
			least := 4.5
			switch {
			case theme == part.Contrast:
				least = 7
			case what == "Rule":
				least = 3
			}
			for _, bright := range []bool{false, true} {
				w := wornBy(t, theme, style, bright)
				for palette, colours := range palettesOf(theme, w) {
					if got := contrast(colours[w.fg], colours[w.bg]); got < least {
						t.Errorf("%s, %s, %s: %.1f to 1 for %d on %d", theme, what, palette, got, w.fg, w.bg)
					}
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
			w := wornBy(t, theme, style, false)
			for palette, colours := range palettes {
				if slices.Contains(standsOut, what) && !w.marked && contrast(colours[w.bg], colours[ground[theme][1]]) < 3 {
					t.Errorf("%s, %s, %s: only its hue says it", theme, what, palette)
				}
			}
		}
	}
}
