package tui_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/tui"
)

// TestATimeThatComesTwiceHasBeen holds the night when the clocks go back: 01:40 is
// no time to come when they have shown it once.
func TestATimeThatComesTwiceHasBeen(t *testing.T) {
	at := func(text string) time.Time {
		out, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for _, c := range []struct{ now, typed, want string }{
		{"2026-10-25T00:41:00Z", "01:40", "2026-10-25T00:40:00Z"},           // still summer time
		{"2026-10-25T01:10:00Z", "01:40", "2026-10-25T00:40:00Z"},           // between the two
		{"2026-10-25T01:41:00Z", "01:40", "2026-10-25T01:40:00Z"},           // both have been
		{"2026-10-25T09:00:00Z", "00:40", "2026-10-24T23:40:00Z"},           // comes once
		{"2026-10-26T09:00:00Z", "01:40 yesterday", "2026-10-25T01:40:00Z"}, // both have been
		{"2026-06-15T09:00:00Z", "08:15", "2026-06-15T07:15:00Z"},
	} {
		if got, err := tui.LatelyAt(at(c.now), c.typed); err != nil || !got.Equal(at(c.want)) {
			t.Errorf("at %s %q is taken for %s, want %s, %v", c.now, c.typed, got.UTC(), c.want, err)
		}
	}
	if got, err := tui.LatelyAt(at("2026-10-25T00:30:00Z"), "01:40"); err == nil {
		t.Errorf("a time that is still to come twice is taken for %s", got)
	}
}
