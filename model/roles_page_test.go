package model_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

// rolesPage is the page of who may read and do what, made from the rights.
const rolesPage = "../docs/roles.md"

// rightsInWords names what each kind of change is to somebody at a desk, in the
// order of the page. A kind without a line here fails the test.
var rightsInWords = []struct{ group, kind, words string }{
	{"Who the person is", "person.named", "record the name"},
	{"", "person.born", "record date of birth and sex"},
	{"", "person.numbered", "record a prison, NHS, PNC or CRO number"},
	{"", "person.restricted", "withhold address and practice"},
	{"Where they are, and when they leave", "stay.set", "record the stay"},
	{"", "stay.location", "record the cell"},
	{"", "movement.recorded", "record a movement"},
	{"", "release.set", "set the release date"},
	{"", "gate.identity", "check who somebody is at the gate"},
	{"", "gate.confirmed", "confirm it as the second officer"},
	{"", "gate.property", "give property back"},
	{"", "gate.signed", "record the person's receipt"},
	{"", "gate.override", "let somebody leave though a line is open: custody's lines for managers, healthcare's for nurses and prescribers"},
	{"", "after.checked", "record a check after release"},
	{"", "rescue.started", "record a release without notice"},
	{"", "rescue.step", "work a step of the rescue list, their own"},
	{"What everybody must know", "alert.set", "mirror an alert"},
	{"", "hold.set", "tell everybody of a hold against release, as the alerts have it"},
	{"", "instruction.given", "tell everybody what must be done"},
	{"Custody", "custody.noted", "write a custody note"},
	{"Health", "consent.set", "record an answer on consent"},
	{"", "contact.set", "record address and telephone after release"},
	{"", "gp.prison", "record care by the prison's own GP service"},
	{"", "gp.deducted", "record that care by it has ended"},
	{"", "gp.keep", "record whether the person keeps their practice outside"},
	{"", "gms1.set", "fill the registration form"},
	{"", "gp.step", "record a step of the GP registration"},
	{"", "gp.chased", "record that the practice was asked for its answer"},
	{"", "allergies.set", "record allergies"},
	{"", "problems.set", "record problems"},
	{"", "medicine.set", "record a medicine"},
	{"", "medicine.stopped", "stop a medicine"},
	{"", "medicines.none", "state that there are no medicines"},
	{"", "medicines.compared", "compare the medicines with their sources"},
	{"", "medicines.reconciled", "sign the medicines as reconciled"},
	{"", "possession.set", "decide what the person may keep"},
	{"", "medicine.counted", "count what the person keeps"},
	{"", "supply.set", "decide a supply"},
	{"", "supply.further", "decide a further supply"},
	{"", "supply.packed", "record what was packed or sent"},
	{"", "medicines.frozen", "freeze the medicines list of a release without notice"},
	{"", "triage.set", "triage the medicines that cannot wait"},
	{"", "supply.witnessed", "give the second signature on a bag"},
	{"", "ost.set", "plan opioid substitution after release"},
	{"", "depot.set", "name who gives a long-acting injection"},
	{"", "naloxone.set", "record the offer of naloxone"},
	{"", "appointment.set", "record an appointment, or what became of it"},
	{"", "result.set", "record a test or referral, or what it came to"},
	{"", "prevention.set", "record a vaccine, a test for viruses or a review"},
	{"", "letter.draft", "write the discharge letter"},
	{"", "letter.ready", "mark the discharge letter as ready to sign"},
	{"", "letter.risk", "share risk without the person's agreement, for a reason"},
	{"", "letter.seen", "say whether the person was seen at discharge"},
	{"", "letter.signed", "sign the discharge letter"},
	{"", "letter.results", "sign a letter on late results"},
	{"", "letter.sent", "record that a letter was sent"},
	{"", "letter.delivered", "record that a letter has arrived"},
	{"", "letter.acknowledged", "record that the practice has filed a letter"},
	{"", "letter.failed", "record that a letter did not arrive"},
	{"", "letter.copied", "record what became of the person's copy"},
	{"", "health.noted", "write a health note"},
	{"Bags of medicines", "bag.packed", "show that a bag is packed"},
	{"", "bag.checked", "show that a bag is checked"},
	{"", "bag.given", "hand a bag over, or record its refusal"},
	{"", "bag.witnessed", "witness the hand-over of a bag that takes two signatures"},
	{"", "bag.alone", "let such a bag go out on one signature, with the reason"},
	{"", "bag.returned", "take a bag back to pharmacy"},
	{"Overrides", "glass.broken", "break the glass"},
	{"", "glass.reviewed", "review somebody else's override"},
}

const rolesPageHead = `# Roles

What each role may read and do, made from the program's own table of rights by
` + "`make golden`" + `. The same table is asked by the screen, by the workstation's store
and by the hub; where a role may not do something, the screen says why.

## What each role may read

A role holds the keys of the compartments marked yes and no others. "By breaking
the glass" is a key held apart: it opens one person's record for 15 minutes, for
a recorded reason, in sight of both sides, and somebody else reviews it
([for managers and auditors](guide/manager.md)).

`

const rolesPageFoot = `
Whoever may set a line may record that it was checked again.

Settling a conflict needs the right to the value that is kept. Alerts of security,
and those not to be shared with the person, are in the custody compartment: who
may not read that may not set them.
`

// TestRolesPageIsWhatTheRightsSay compares docs/roles.md with the rights. Run
// with -update after changing them.
func TestRolesPageIsWhatTheRightsSay(t *testing.T) {
	var page strings.Builder
	page.WriteString(rolesPageHead)
	writeReading(&page)
	writeDoing(t, &page)
	page.WriteString(rolesPageFoot)
	if *update {
		if err := os.WriteFile(rolesPage, []byte(page.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(rolesPage)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(kept), "\r\n", "\n") != page.String() {
		t.Errorf("%s is not what the rights say now; run make golden", rolesPage)
	}
}

func writeReading(page *strings.Builder) {
	page.WriteString("| role | shared | custody | health |\n|---|---|---|---|\n")
	for _, role := range model.Roles() {
		fmt.Fprintf(page, "| %s |", role.Words())
		for _, c := range model.Compartments() {
			word := ""
			switch {
			case role.MayRead(c):
				word = "yes"
			case role.MayBreak(c):
				word = "by breaking the glass"
			}
			fmt.Fprintf(page, " %s |", word)
		}
		page.WriteString("\n")
	}
}

func writeDoing(t *testing.T, page *strings.Builder) {
	t.Helper()
	named := map[string]bool{"item.set": true, "item.checked": true, "conflict.settled": true} // by line, and by the kept value
	for _, right := range rightsInWords {
		if right.group != "" {
			writeGroup(page, right.group)
		}
		named[right.kind] = true
		writeRight(page, right.words, sampleOf(t, right.kind))
	}
	writeGroup(page, "Lines of the release checklist, set by hand")
	for _, facts := range model.Checklist() {
		writeRight(page, facts.Name, &model.ItemSet{Item: facts.ID})
	}
	for _, kind := range model.Kinds() {
		if !named[kind] {
			t.Errorf("%s has no words on the page", kind)
		}
	}
}

func writeGroup(page *strings.Builder, name string) {
	fmt.Fprintf(page, "\n## %s\n\n| |", name)
	for _, role := range model.Roles() {
		fmt.Fprintf(page, " %s |", role.Words())
	}
	page.WriteString("\n|---|" + strings.Repeat("---|", len(model.Roles())) + "\n")
}

func writeRight(page *strings.Builder, words string, c model.Change) {
	fmt.Fprintf(page, "| %s |", words)
	for _, role := range model.Roles() {
		word := ""
		if model.Allow(model.Actor{Staff: "a.khan", Role: role, Site: "LEI"}, c, &model.Record{}) == nil {
			word = "yes"
		}
		fmt.Fprintf(page, " %s |", word)
	}
	page.WriteString("\n")
}
