//go:build e2e && unix

package e2e_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// kills is how often a desk is killed, and seed by which chance.
const (
	kills = 12
	seed  = 20261123
)

// TestAKilledDeskKeepsWhatItSaidWasKept ticks a line on and off at a desk that is
// offline, and kills the program at any moment. Every tick is one entry to send,
// so counting them tells whether one is lost: all that the screen showed are
// there afterwards, and at most the one whose answer nobody saw besides.
func TestAKilledDeskKeepsWhatItSaidWasKept(t *testing.T) {
	w := newWorld(t)
	gate := w.desk("gate")
	officer := gate.hire("a.khan", "reception", "KHAN, Aisha")
	files := custodyFiles(t)
	number := firstOf(t, files[0])
	gate.as(officer, "import", "custody", files[0])
	gate.do("sync", "--once")
	gate.cable.pull()

	rnd := rand.New(rand.NewPCG(seed, 0))
	kept, done := 0, false
	for n := range kills {
		screen := gate.open(officer)
		if n == 0 {
			screen.find(number)
		}
		screen.shows("Release checklist", "Not ready") // they come back to where they were
		screen.line("Accommodation known")
		for range rnd.IntN(4) {
			done = screen.tick(done)
			kept++
		}
		screen.keys(" ")
		moment := time.NewTimer(time.Duration(rnd.IntN(12_000)) * time.Microsecond)
		<-moment.C
		if ticked(screen.text()) != done {
			done = !done
			kept++
		}
		screen.kill()

		found := gate.toSend()
		if found != kept && found != kept+1 {
			t.Fatalf("kill %d: %d entries are there, %d were shown as kept", n, found, kept)
		}
		if found > kept {
			kept, done = found, !done
		}
		if gate.isTicked(officer, number) != done {
			t.Fatalf("kill %d: the line is not as it was shown", n)
		}
	}
	gate.cable.plug()
	gate.do("sync", "--once")
	if left := gate.toSend(); left != 0 {
		t.Errorf("%d entries were not sent", left)
	}
}

// toSend counts the entries that the hub does not have yet.
func (d *desk) toSend() int {
	d.Helper()
	var status struct{ Pending int }
	d.decode(d.do("status", "--json"), &status)
	return status.Pending
}

// tick presses the space bar and waits for the line to say the other state.
func (t *terminal) tick(was bool) bool {
	t.Helper()
	t.keys(" ")
	t.until("ticked the line", func(screen string) bool { return ticked(screen) == !was })
	return !was
}

// ticked tells whether the screen shows the line as done.
func ticked(screen string) bool {
	for line := range strings.Lines(screen) {
		if strings.Contains(line, "Accommodation known ") {
			return strings.Contains(line, "Done")
		}
	}
	return false
}

func (d *desk) isTicked(s someone, number string) bool {
	d.Helper()
	var shown struct {
		Checklist []struct{ Item, State string }
	}
	d.decode(d.as(s, "show", number, "--json"), &shown)
	for _, line := range shown.Checklist {
		if line.Item == "Accommodation known" {
			return line.State == "done"
		}
	}
	d.Fatal("the line is not on the checklist")
	return false
}
