//go:build e2e && unix

package e2e_test

import "testing"

// TestThreeReleases is the desk's work as a script: two desks and a hub are set up,
// and three whole releases are walked at the terminals by those whose work it is:
// a planned one, a curfew at two days' notice, and one at court with a controlled
// drug and no GP. Then everything that can be handed to somebody is made and held
// against what was done.
func TestThreeReleases(t *testing.T) {
	w := newTeam(t)
	front, health := w.reception.open(w.offender), w.healthcare.open(w.clerk)
	front.shows("ONLINE")
	health.shows("ONLINE")
	w.walksPlanned(front, health)
	w.walksCurfew(front, health)
	w.walksCourt(front, health)
	for _, desk := range []*terminal{front, health} {
		desk.hides("to send")
		desk.leave()
	}
	w.reception.do("sync", "--once")
	w.healthcare.do("sync", "--once")

	all := []released{afterPlanned(), afterCurfew(), afterCourt()}
	for _, r := range all {
		t.Run(r.number, func(t *testing.T) { w.checkOutputs(t, r) })
	}
	w.checkLists(t, len(all))
}
