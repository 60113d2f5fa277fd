package doctor

import (
	"fmt"
	"os"
	"runtime"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/term"

	"github.com/throughgate/throughgate/tui/part"
)

// The smallest window that the screens are made for, as package tui has it.
const minWidth, minHeight = 80, 24

// Terminal is where the screens would be shown.
type Terminal struct {
	In, Out *os.File
	Getenv  func(string) string
	System  string // runtime.GOOS
}

// HereIs is the terminal of this process, nil when it has none.
func HereIs(in, out any) *Terminal {
	from, isIn := in.(*os.File)
	to, isOut := out.(*os.File)
	if !isIn || !isOut || !term.IsTerminal(int(from.Fd())) || !term.IsTerminal(int(to.Fd())) {
		return nil
	}
	return &Terminal{In: from, Out: to, Getenv: os.Getenv, System: runtime.GOOS}
}

func (t *Terminal) look() []Line {
	if t == nil {
		return []Line{ok("terminal", "Not looked at: there is none here.")}
	}
	return []Line{t.kind(), t.window(), t.colours(), t.letters(), t.widths()}
}

func (t *Terminal) kind() Line {
	const check = "terminal"
	name := t.Getenv("TERM")
	if t.System == "windows" {
		return ok(check, "Windows' own, or one like it.")
	}
	if name == "" || name == "dumb" {
		return fail(check, "TERM does not name one that can show screens.", "Use another terminal, or throughgate --plain.")
	}
	return ok(check, "TERM is %s.", part.Clean(name))
}

func (t *Terminal) window() Line {
	const check = "window"
	width, height, err := term.GetSize(int(t.Out.Fd()))
	switch {
	case err != nil || width == 0 || height == 0:
		return warn(check, "It does not say its size.", "Make it at least 80 columns by 24 lines.")
	case width < minWidth || height < minHeight:
		return fail(check, fmt.Sprintf("It is %dx%d; the screens need %dx%d.", width, height, minWidth, minHeight), "Make the window larger, or its letters smaller.")
	}
	return ok(check, "It is %dx%d.", width, height)
}

func (t *Terminal) colours() Line {
	const check = "colours"
	switch {
	case t.Getenv("NO_COLOR") != "":
		return ok(check, "None, since NO_COLOR is set; bold, underline and reverse say the same.")
	case t.System != "windows" && part.PickTheme(part.Dark, t.Getenv("TERM"), "") == part.Mono:
		return ok(check, "None, by its TERM; bold, underline and reverse say the same.")
	}
	return ok(check, "Sixteen, as this terminal is set to show them.")
}

// letters looks whether names come out as they are written. Windows' console
// takes Unicode whatever its settings.
func (t *Terminal) letters() Line {
	const check = "letters"
	if t.System == "windows" {
		return ok(check, "Unicode.")
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} { // locale(7): the first that is set decides
		value := t.Getenv(name)
		if value == "" {
			continue
		}
		if folded := strings.ReplaceAll(strings.ToLower(value), "-", ""); strings.Contains(folded, "utf8") {
			return ok(check, "Unicode, by %s.", name)
		}
		return warn(check, fmt.Sprintf("%s is %s, which has not all letters of people's names.", name, part.Clean(value)), "Set it to en_GB.UTF-8 or another that ends in UTF-8.")
	}
	return warn(check, "No locale is set: some letters of people's names may come out wrong.", "Set LANG to en_GB.UTF-8 or another that ends in UTF-8.")
}

// sample has a letter that is made of two characters, one that is twice as wide
// as others, and one with an accent.
const sample = "y\u0302 漢 é"

// widths compares how far the terminal's cursor moves with how far the screens
// think that it does: where they differ, columns do not line up.
func (t *Terminal) widths() Line {
	const check = "widths"
	moved, told := measure(t.In, t.Out, sample)
	want := ansi.StringWidth(sample)
	switch {
	case !told:
		return ok(check, "The terminal did not say.")
	case moved != want:
		return warn(check, fmt.Sprintf("A test of %d columns took %d: columns may not line up where names have such letters.", want, moved), "Choose another font or terminal, or throughgate --plain.")
	}
	return ok(check, "Letters take the room that they should.")
}
