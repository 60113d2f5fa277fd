package tui_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/part"
)

// names are what people are called, and what has broken frames.
func names() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"Llŷr", "Nguyễn-O'Brien", "O’Brien", "王小明", "김", "กิตติ", "स्त्री", "محمد", "Ștefan", "e\u0301\u0301",
			strings.Repeat("Wolfeschlegelsteinhausen", 3), strings.Repeat("漢", 80), strings.Repeat("é", 80),
			"\x1b[31mred", "a\tb", "\u202eevil", "\x9b2Jx", "👨‍👩‍👧", "x\u200dy",
		}),
		rapid.StringN(1, 80, -1),
	)
}

// Whatever anybody is called and however large the window is, the frame holds,
// and a page about somebody says who it is: name, date of birth and number.
func TestTheFrameHoldsForAnyNameAndSize(t *testing.T) {
	inBubble(t, scene{signedIn: "a.khan", theme: part.Dark}, func(d *driver) {
		rapid.Check(inTheBubble{d.t.(*testing.T)}, func(rt *rapid.T) {
			name, err := model.ParsePersonName(names().Draw(rt, "family"), names().Draw(rt, "given"))
			if err != nil {
				rt.Skip("not a name")
			}
			d.t = rt
			d.desk.farAway("a.khan", smith, &model.PersonNamed{Name: name}, &model.LocationSet{Cell: "A-2-014"},
				&model.ReleaseSet{Day: model.DayOf(d.desk.now()), Time: "09:30", Basis: model.BasisConfirmed, Destination: name.Official()})
			d.resize(rapid.IntRange(80, 250).Draw(rt, "width"), rapid.IntRange(24, 90).Draw(rt, "height"))
			banners := 0
			for _, keys := range walk {
				for _, key := range keys {
					d.play("a.khan", key)
				}
				if strings.Contains(d.view(), "HMP Leeds  Release checklist") {
					d.requireBanner(name)
					banners++
				}
			}
			if banners < 2 {
				rt.Fatalf("the walk came past %d pages of the person", banners)
			}
		})
	})
}

// walk goes past every screen that shows a person, and ends where it began.
var walk = [][]string{
	{}, {"/", "a", "1", "esc"}, {"tab"}, {"tab", "ctrl+k", "a", "1", "2", "3", "4", "b", "c"}, {"enter"}, {"a"}, {"esc", "h"}, {"esc", "m"},
	{"esc", "d"}, {"esc", "n"}, {"esc", "?"}, {"esc", "ctrl+l"}, {"SIGN IN"}, {"esc", "c"}, {"enter"}, {"esc", "esc"},
}

// requireBanner holds the rule of the NHS common user interface: whoever acts on
// a person sees who it is.
func (d *driver) requireBanner(name model.PersonName) {
	d.t.Helper()
	banner := strings.Split(d.view(), "\n")[3]
	shown := part.Clean(name.Official())
	begins := string([]rune(shown)[:min(2, len([]rune(shown)))])
	for _, want := range []string{begins, "Born 14-Aug-1980", "A1234BC"} {
		if !strings.Contains(banner, want) {
			d.t.Fatalf("the banner does not say %q: %q", want, banner)
		}
	}
}

// inTheBubble hides the deadline of a test, which must not be asked for in a
// bubble.
type inTheBubble struct{ testing.TB }

// Any keys in any order, with news in between, never break the frame or the
// program.
func TestNoKeysBreakTheFrame(t *testing.T) {
	keys := []string{
		"NEWS", "SIGN IN", "PASTE", "up", "down", "pgup", "pgdown", "home", "end", "enter", "enter", "tab", "shift+tab", "esc", "backspace", "delete",
		" ", "/", "?", "f1", "f5", "ctrl+d", "ctrl+k", "ctrl+l", "ctrl+u", "ctrl+w", "ctrl+x",
		"a", "c", "d", "g", "h", "i", "j", "k", "l", "m", "n", "p", "s", "u", "x", "1", "9", "é",
	}
	for _, staff := range []model.StaffID{"a.khan", "b.jones", "e.wu"} {
		t.Run(string(staff), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rapid.Check(inTheBubble{t}, func(rt *rapid.T) {
					script := rapid.SliceOfN(rapid.SampledFrom(keys), 1, 60).Draw(rt, "keys")
					onDesk(t, rt, scene{signedIn: staff}, func(d *driver) {
						for _, name := range script {
							d.play(staff, name)
							d.view()
						}
					})
				})
			})
		})
	}
}

func (d *driver) play(staff model.StaffID, name string) {
	switch name {
	case "NEWS":
		disagree(d.desk)
		d.settle()
	case "PASTE":
		d.paste("pasted\x1b[2J\r\n")
	case "SIGN IN":
		if strings.Contains(d.view(), "is signed in here") {
			d.write("open " + string(staff))
			d.press("enter")
		}
	default:
		d.press(name)
	}
}
