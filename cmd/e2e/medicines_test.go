//go:build e2e && unix

package e2e_test

import "strings"

// dose is a medicine as it is taken. One with a code is found in the list by it;
// another is taken as it is typed.
type dose struct{ name, code, each, often, why string }

// supply is how one is supplied at release.
type supply struct{ route, days, instalments, reason string }

// listsMedicines adds medicines one after the other and says what the list was
// compared with.
func (t *terminal) listsMedicines(with string, all ...dose) {
	t.Helper()
	t.to("e", "Medicines")
	t.shows("nobody has stated")
	t.to("a", "Add a medicine")
	for i, m := range all {
		then := "Another"
		if i == len(all)-1 {
			then = "Back"
		}
		t.adds(m, then)
	}
	t.shows("Around the release", "NOT RECONCILED")
	t.to("r", "Compare the medicines")
	t.write("Compared with", with)
	t.submit("It is right")
	t.shows("Compared. A prescriber signs it.")
	t.to(escape, "Release checklist")
}

func (t *terminal) adds(m dose, then string) {
	t.Helper()
	if m.code != "" {
		t.pick("Medicine", m.code, m.name)
	} else {
		t.pick("Medicine", m.name, m.name)
	}
	t.write("Dose", m.each)
	t.write("How often", m.often)
	t.write("Route", "oral")
	t.write("For", m.why)
	t.answer("In possession?", "Supervised")
	t.answer("And then?", then)
	t.submit("Add")
	t.shows("Added.")
}

// reconciles reads the list to its end and signs it as a prescriber.
func (t *terminal) reconciles() {
	t.Helper()
	t.to("e", "Medicines")
	t.to("r", "Sign the medicines list")
	t.keys(end)
	t.shows("End of the list. Enter signs it")
	t.keys(enter)
	t.shows("Reconciled: the list is compared and right.")
}

// decides how the medicine named is supplied, or the next one of those that are
// undecided, whose form comes by itself.
func (t *terminal) decides(medicine string, s supply) {
	t.Helper()
	t.shows("  "+medicine, "Days covered", "Offered first")
	t.answer("Supply", s.route)
	t.write("Days covered", s.days)
	if s.instalments != "" {
		t.write("Instalments", s.instalments)
	}
	if s.reason != "" {
		t.write("Reason", s.reason)
	}
	if strings.Contains(t.text(), "[ Keep, then the next ]") {
		t.submit("Keep, then the next")
	} else {
		t.submit("Keep")
	}
	t.shows(medicine + ": supply decided.")
}

// packs puts medicines into one bag, or sends their prescription.
func (t *terminal) packs(number string, medicines ...string) {
	t.Helper()
	t.to("p", "Packed or sent")
	t.write("Bag or prescription", number)
	t.field("What is in it?")
	for _, m := range medicines {
		t.ticks(m)
	}
	t.submit("Keep")
	t.shows("Kept as packed or sent.")
}

// statesNoMedicines says so with what it is known from; a prescriber confirms it.
func (t *terminal) statesNoMedicines() {
	t.Helper()
	t.to("e", "Medicines")
	t.to("n", "No medicines")
	t.ticks("Prison chart")
	t.ticks("What the person says")
	t.field("In words")
	t.ticks("They take nothing")
	t.submit("State it")
	t.shows("Stated: no medicines.")
	t.to(escape, "Release checklist")
}

func (t *terminal) confirmsNoMedicines() {
	t.Helper()
	t.to("e", "Medicines")
	t.to("r", "Sign the medicines list")
	t.shows("You confirm that the person takes none", "Enter signs it")
	t.keys(enter)
	t.shows("Confirmed: no medicines.")
}
