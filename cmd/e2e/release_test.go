//go:build e2e && unix

package e2e_test

import (
	"os"
	"strings"
	"testing"
)

// TestAReleaseWorkedAtTwoDesks is one person's release: prepared by a nurse
// whose desk is offline, while an officer at another desk writes the same line,
// brought together, settled, and the same at both ends.
func TestAReleaseWorkedAtTwoDesks(t *testing.T) {
	w := newWorld(t)
	health, gate := w.desk("health"), w.desk("gate")
	nurse := health.hire("g.boateng", "nurse", "BOATENG, Grace")
	officer := gate.hire("a.khan", "reception", "KHAN, Aisha")
	files := custodyFiles(t)
	number := firstOf(t, files[0])
	for _, file := range files {
		gate.as(officer, "import", "custody", file)
	}
	gate.do("sync", "--once")
	health.do("sync", "--once")

	atHealth, atGate := health.open(nurse), gate.open(officer)
	atHealth.shows("ONLINE")
	atGate.shows("ONLINE")
	atHealth.find(number)
	atGate.find(number)

	health.cable.pull()
	atHealth.shows("OFFLINE")
	prepare(atHealth)
	setHandover(atHealth, "Done")
	setHandover(atGate, "In progress")
	atHealth.shows("OFFLINE", "to send")
	health.cable.plug()

	for _, desk := range []*terminal{atHealth, atGate} {
		desk.shows("ONLINE", "1 conflict")
		desk.hides("to send")
	}
	settle(atGate)
	for _, desk := range []*terminal{atHealth, atGate} {
		desk.hides("1 conflict")
		desk.shows("ONLINE")
		desk.hides("to send")
	}
	atHealth.leave()
	atGate.leave()

	gate.do("sync", "--once")
	health.do("sync", "--once")
	for _, who := range []someone{nurse, officer} {
		here, there := health.as(who, "show", number, "--json"), gate.as(who, "show", number, "--json")
		if here != there {
			t.Errorf("%s is shown different records:\n%s\nand\n%s", who.id, here, there)
		}
		if !strings.Contains(here, `"disputed": []`) {
			t.Errorf("a conflict is left for %s", who.id)
		}
	}
	for _, d := range []*desk{health, gate} {
		path := d.path(d.name + ".pdf")
		if said := d.as(nurse, "letter", number, "--out", path); !strings.HasPrefix(said, "Wrote letter 1, signed ") {
			t.Errorf("at %s: %s", d.name, said)
		}
		if pdf, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(pdf), "%PDF-") {
			t.Errorf("at %s: no PDF, %v", d.name, err)
		}
	}
}

// prepare is the nurse's part: consent, practice, medicines, letter.
func prepare(t *terminal) {
	t.Helper()
	t.press("o")
	for _, question := range []string{"Register with a GP outside", "Send the letter to the GP"} {
		t.line(question)
		t.press(enter)
		t.shows("The person's answer")
		t.choose("Given")
		t.field("How?")
		t.choose("Signed")
		t.submit("Keep this answer")
		t.shows("Each question has its own answer")
	}
	t.back("Release checklist")

	t.press("g")
	t.line("The person keeps a practice")
	t.press(enter)
	t.shows("Type to search.")
	t.keys("surgery")
	t.shows("Surgery  ") // a name, before its code
	t.press(enter)
	t.shows("Chosen.")
	t.submit("Keep")
	t.shows("Keeps the practice outside")
	t.back("Release checklist")

	t.press("e")
	t.shows("nobody has stated")
	t.press("n")
	t.shows("You state that this person takes no medicines.")
	t.press(" ")
	t.field("In words")
	t.press(" ")
	t.submit("State it")
	t.shows("Stated: no medicines.", "to be confirmed by a prescriber")
	t.back("Release checklist")

	letter(t)
}

// letter writes what only a person can, signs it and prints it.
func letter(t *terminal) {
	t.Helper()
	t.press("l")
	for _, heading := range []string{"Plan and requested actions", "Clinical summary", "Contact for further"} {
		t.line(heading)
		t.press(enter)
		t.shows("[ Keep ]")
		t.keys("GP: please see within two weeks")
		t.shows("[GP: please see within two weeks")
		t.submit("Keep")
		t.shows("The letter's text is kept.")
	}
	t.signs()
	t.press("x")
	t.shows("Written to ", ".pdf")
	t.back("Release checklist")
}

func setHandover(t *terminal, state string) {
	t.Helper()
	t.line("Hand-over at the gate")
	t.press("n")
	t.shows("[ Continue ]")
	t.choose(state)
	t.submit("Continue")
	t.shows("Hand-over at the gate is set.")
}

// settle keeps the value that is shown first.
func settle(t *terminal) {
	t.Helper()
	t.shows("1 conflict to settle: press c.") // the page has read it too, not the header alone
	t.press("c")
	t.shows("Enter settle", "Hand-over at the gate")
	t.press(enter)
	t.shows("Keep this one")
	t.choose("")
	t.field("How do you know?")
	t.keys("Asked at the gate")
	t.shows("[Asked at the gate")
	t.submit("Keep this one")
	t.shows("Settled")
}
