package part_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"github.com/throughgate/throughgate/tui/part"
)

func frame(th *part.Theme, width int) string {
	return strings.Join([]string{
		part.Header(th, width,
			part.Sides{
				Left:  []part.Fragment{{Text: "throughgate"}, {Text: "HMP Leeds", Rank: 2}, {Text: "Releases", Rank: 1}},
				Right: []part.Fragment{{Text: "KHAN, A"}, {Text: "Reception", Rank: 3}, {Text: "09:42", Rank: 4}},
			},
			part.Sides{
				Left:  []part.Fragment{{Text: "OFFLINE 2h 14m", Style: th.HeaderAlert}, {Text: "7 to send", Rank: 1}, {Text: "last sync 07:28", Rank: 3}},
				Right: []part.Fragment{{Text: "2 conflicts", Style: th.HeaderAlert}, {Text: "1 risk", Style: th.HeaderAlert}},
			}),
		part.Rule(th, width),
		part.Banner(th, width,
			part.Sides{Left: []part.Fragment{
				{Text: "SMITH, John"}, {Text: "Born 14-Aug-1980 (46y)", Rank: 1}, {Text: "Male", Rank: 4}, {Text: "A1234BC"}, {Text: "A-2-014", Rank: 5},
			}},
			part.Sides{
				Left:  []part.Fragment{{Text: "Known as Jack", Rank: 5}, {Text: "NHS No. 943 476 5919", Rank: 2}},
				Right: []part.Fragment{{Text: "Penicillin: anaphylaxis", Style: th.BannerStrong}, {Text: "! ACCT open", Style: th.BannerStrong}},
			}),
		part.Footer(th, width, []part.Hint{
			{"Enter", "open"}, {"/", "filter"}, {"Tab", "receptions"}, {"g", "go to date"}, {"?", "help"},
		}),
	}, "\n")
}

func TestFrameView(t *testing.T) {
	requireGolden(t, func(width, height int) string { return frame(theme(part.Dark), width) })
}

func TestFrameNarrow(t *testing.T) {
	for width := 10; width < 130; width++ {
		requireFrame(t, frame(theme(part.Mono), width), width, 6)
	}
	for _, want := range []string{"SMITH, John", "A1234BC", "Penicillin: anaphylaxis", "! ACCT open", "OFFLINE 2h 14m", "? help", "…"} {
		if got := ansi.Strip(frame(theme(part.Dark), 50)); !strings.Contains(got, want) {
			t.Errorf("at 50 columns %q is missing from:\n%s", want, got)
		}
	}
}

func TestFrameStaysInFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		th := theme(rapid.SampledFrom(part.ThemeNames()).Draw(t, "theme"))
		fragments := func(label string) []part.Fragment {
			return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) part.Fragment {
				return part.Fragment{Text: nasty().Draw(t, "text"), Style: th.Danger, Rank: rapid.IntRange(0, 3).Draw(t, "rank")}
			}), 0, 5).Draw(t, label)
		}
		sides := part.Sides{Left: fragments("left"), Right: fragments("right")}
		width := rapid.IntRange(10, 130).Draw(t, "width")
		requireFrame(t, part.Banner(th, width, sides, sides), width, 2)
		requireFrame(t, part.Header(th, width, sides, sides), width, 2)
		requireFrame(t, part.SidesLine(width, sides).Paint(), width, 1)
		requireFrame(t, part.Footer(th, width, []part.Hint{{nasty().Draw(t, "key"), nasty().Draw(t, "what")}, {"?", "help"}}), width, 1)
		requireFrame(t, strings.Join(part.Notices(width, nasty().Draw(t, "notice"), th.Danger, 3), "\n"), width, 3)
	})
}

func TestTooSmall(t *testing.T) {
	if _, small := part.TooSmall(80, 24, 80, 24); small {
		t.Error("80x24 is big enough")
	}
	if text, small := part.TooSmall(76, 20, 80, 24); !small || text != "Window too small: 76x20, need 80x24" {
		t.Errorf("got %q", text)
	}
	for width := 1; width < 40; width++ {
		text, _ := part.TooSmall(width, 3, 80, 24)
		requireFrame(t, text, width, 3)
	}
}

func TestBeside(t *testing.T) {
	got := ansi.Strip(part.Beside(theme(part.Dark), "a\nGŵyl", 6, "one\ntwo\nthree", 3))
	if want := "a      │ one\nGŵyl   │ two\n       │ three"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
