//go:build e2e && unix

package e2e_test

import (
	"time"

	"github.com/throughgate/throughgate/model"
)

// walksCourt is somebody on remand whom a court lets go: on methadone, known to no
// practice, and not seen by anybody here again.
func (w *team) walksCourt(front, health *terminal) {
	health.takes(w.nurse)
	health.opens(atCourt)
	health.knowsNoAllergy()
	health.listsMedicines("Prison chart and the drug service",
		dose{name: "Methadone 1mg/ml oral solution", each: "40 mg", often: "once a day", why: "opioid dependence"},
		dose{name: "Levetiracetam 500mg tablets", each: "1 tablet", often: "twice a day", why: "epilepsy"})
	health.takes(w.prescriber)
	health.opens(atCourt)
	health.reconciles()
	health.line("Levetiracetam")
	health.keys(enter)
	health.decides("Levetiracetam 500mg tablets", supply{route: "Electronic prescription (EPS)", days: "28"})
	health.decides("Methadone 1mg/ml oral solution", supply{route: "Instalment prescription (FP10MDA)", days: "14", instalments: "40 ml daily, doses of closed days collected the day before"})
	health.plansSubstitution()

	front.takes(w.officer)
	front.opens(atCourt)
	front.hearsOfRelease()
	health.shows("1 rescue") // it rings at every desk
	health.takes(w.nurse)
	health.opens(atCourt)
	health.to("t", "Rescue list")
	health.shows("Known since", "By telephone from the court")
	health.freezesAndTriages()
	health.takes(w.pharmacy)
	health.opens(atCourt)
	health.to("e", "Medicines")
	health.packs("FP10MDA 55210", "Methadone 1mg/ml oral solution")
	health.packs("EPS 77A1B2", "Levetiracetam 500mg tablets")
	health.takes(w.nurse)
	health.opens(atCourt)
	health.writesLetter(words{
		summary: "Steady on methadone 40 mg, seen taken on the morning of court. No fit for two years.",
		plan:    "GP: register the person | at once",
		advice:  "The drug service expects you.",
	})
	health.shows("NOT SEEN AT DISCHARGE")
	health.signs()
	health.opens(atCourt)
	health.to("t", "Rescue list")
	health.worksStep("Drug service told")
	health.printsCourtPack()
	front.shows("Rescue list", "Drug service told", "BOATENG, Grace")

	health.after(atCourt)
	health.shows("no notice", "GP registration")
	health.to(escape, "Release checklist")
}

// afterCourt is what must have come of it.
func afterCourt() released {
	return released{
		number: atCourt, name: "MURRAY, Sean", medicines: 2,
		letter: []string{
			"NOT SEEN AT DISCHARGE", "Left on ", "Methadone 1mg/ml oral solution", "Instalment prescription (FP10MDA): 560 (five hundred and sixty) ml", "Levetiracetam 500mg tablets",
			"None known", "Millbrook drug service", "register the person",
		},
		easy: []string{"Methadone", "Levetiracetam", "Ask your drug service "},
	}
}

// hearsOfRelease records what the court said on the telephone. The rescue list
// starts with it.
func (t *terminal) hearsOfRelease() {
	t.Helper()
	t.to("t", "Released at court")
	t.pick("Why were they let go?", "not guilty", "Found not guilty  NG")
	t.write("Court, or where", "Millbrook Crown Court")
	t.write("Let go at", timeToday(time.Now()))
	t.answer("How did you hear?", "By telephone from the court")
	t.write("Who said so?", "Clerk of court 3, 01632 960333")
	t.submit("Record the release")
	t.shows("Type LEAVES")
	t.types("LEAVES")
	t.to("", "Rescue list")
	t.shows("Known since", "Medicines list frozen", "Critical medicines triaged")
}

// timeToday is a time of today that is not to come, also for a program that reads
// it a moment later: just before midnight it is the day's first minute.
func timeToday(now time.Time) string {
	if now = now.In(model.London); now.Hour() == 23 && now.Minute() >= 58 {
		return "00:00"
	}
	return now.Format("15:04")
}

// plansSubstitution says who goes on with the methadone, and when.
func (t *terminal) plansSubstitution() {
	t.Helper()
	t.line("Opioid substitution")
	t.to(enter, "Opioid substitution")
	t.write("Last dose seen", "today")
	t.write("at ", "08:10")
	t.write("amount", "40 mg")
	t.write("seen by", "BOATENG, Grace")
	t.answer("Dose on release day", "Yes")
	t.write("Next service", "Millbrook drug service")
	t.write("Telephone", "01632 960444")
	t.submit("Keep")
	t.shows("Opioid substitution: kept.")
}

// freezesAndTriages keeps the list as it stood, and answers for what cannot wait.
func (t *terminal) freezesAndTriages() {
	t.Helper()
	t.line("Medicines list frozen")
	t.to(enter, "Triage")
	t.press("f")
	t.shows("List frozen by BOATENG, Grace")
	for _, a := range []struct{ medicine, outcome, note string }{
		{"Levetiracetam", "Prescribed to a pharmacy they can reach", "Station pharmacy, Ms Roy"},
		{"Methadone", "The community service gives it", "Millbrook drug service, Mr Hale"},
	} {
		t.line(a.medicine)
		t.keys(enter)
		t.shows("What is done about it?")
		t.answer("What is done about it?", a.outcome)
		t.write("Note", a.note)
		t.submit("Record it")
		t.shows("List frozen by", a.outcome)
	}
	t.shows("Every answer is given.")
	t.to(escape, "Rescue list")
}

// worksStep marks a step of the rescue list as done.
func (t *terminal) worksStep(step string) {
	t.Helper()
	t.line(step)
	t.keys(" ")
	t.shows("Done: " + step)
}

// printsCourtPack writes the pack from the screen.
func (t *terminal) printsCourtPack() {
	t.Helper()
	t.to("o", "Court pack")
	t.press("x")
	t.shows("Written to ", ".pdf")
	t.to(escape, "Rescue list")
}
