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
		if got := words(model.AccessRefused, string(s)); !strings.HasPrefix(got, "2 entries refused: ") || strings.HasSuffix(got, ": "+string(s)) {
			t.Errorf("%s: %q", s, got)
		}
	}
	for _, e := range model.StaffEvents() {
		if got := words(model.AccessStaff, string(e)); strings.EqualFold(got, string(e)) || got == "" {
			t.Errorf("%s: %q", e, got)
		}
	}
	for _, trouble := range model.Troubles() {
		if got := words(model.AccessFound, string(trouble)); strings.HasSuffix(got, ": "+string(trouble)) || got == model.AccessFound.Words() {
			t.Errorf("%s: %q", trouble, got)
		}
	}
	if got := words(model.AccessFound, string(model.HeadShorter)); got != "The hub's log is shorter than what it gave this desk before, at entry 0" {
		t.Errorf("%q", got)
	}
	for what, want := range map[model.AccessWhat]string{
		model.AccessFound: "Found at a workstation: sold", model.AccessDevice: "What became of a workstation: sold", model.AccessRefused: "2 entries refused: sold",
		model.AccessStaff: "Sold",
	} {
		if got := words(what, "sold"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestWhoseAccessWasChangedIsSaid by the name that a screen has for them, and by
// their staff id where there is none; and who asks for somebody's entries gets
// those about them.
func TestWhoseAccessWasChangedIsSaid(t *testing.T) {
	a := model.Access{What: model.AccessStaff, Role: model.RoleHub, Reason: string(model.StaffRole), Whom: "a.khan", As: model.RoleNurse}
	if got := a.Words(); got != "a.khan: given another role, "+model.RoleNurse.Words() {
		t.Errorf("%q", got)
	}
	if got := a.WordsOf("KHAN, A"); !strings.HasPrefix(got, "KHAN, A: given") {
		t.Errorf("%q", got)
	}
	for id, want := range map[model.StaffID]bool{"a.khan": true, "b.jones": false} {
		if f := (model.AccessFilter{Staff: id}); f.Fits(&a) != want {
			t.Errorf("asked for %s it is given: %v", id, !want)
		}
	}
}

// TestAClaimedNameIsSaidToBeClaimed in an entry and in its alarm: the hub did not
// believe what named them.
func TestAClaimedNameIsSaidToBeClaimed(t *testing.T) {
	for who, want := range map[model.StaffID]bool{"a.khan": true, "": false} {
		a := model.Access{What: model.AccessRefused, At: 1, Staff: who, Role: model.RoleHub, Reason: string(model.SuspectSignature), Many: 2}
		alarms := model.Alarms([]model.Access{a}, model.AlarmFacts{})
		if len(alarms) != 1 {
			t.Fatal(alarms)
		}
		for _, words := range []string{a.Words(), alarms[0].Says} {
			if strings.Contains(words, "the name is claimed, not proven") != want {
				t.Errorf("%q: %q", who, words)
			}
		}
		if a.Claimed() != want || alarms[0].Claimed != want {
			t.Errorf("%q: %v, %v", who, a.Claimed(), alarms[0].Claimed)
		}
	}
}
