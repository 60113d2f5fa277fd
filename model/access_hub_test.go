package model_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// TestWhatTheHubSaysHasWords in a list, of what it knows and of what a newer hub
// says.
func TestWhatTheHubSaysHasWords(t *testing.T) {
	words := func(what model.AccessWhat, reason string) string {
		a := model.Access{What: what, Reason: reason, Many: 2}
		return a.Words()
	}
	for _, e := range model.DeviceEvents() {
		got := words(model.AccessDevice, string(e))
		if strings.Contains(got, string(e)+":") || got == model.AccessDevice.Words() || e.IsStop() != strings.Contains(got, "was stopped") {
			t.Errorf("%s: %q", e, got)
		}
	}
	for _, s := range model.Suspicions() {
		if got := words(model.AccessRefused, string(s)); !strings.HasPrefix(got, "2 entries of this workstation were refused: ") || strings.HasSuffix(got, ": "+string(s)) {
			t.Errorf("%s: %q", s, got)
		}
	}
	for what, want := range map[model.AccessWhat]string{
		model.AccessDevice: "What became of a workstation: sold", model.AccessRefused: "2 entries of this workstation were refused: sold",
	} {
		if got := words(what, "sold"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
