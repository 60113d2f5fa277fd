//go:build e2e && unix

package e2e_test

// walksPlanned is a sentence served and a release that everybody knew of.
func (w *team) walksPlanned(front, health *terminal) {
	front.opens(planned)
	front.setsDate(leaving{on: "today", at: "09:30", letters: "conditional", reason: "Conditional release  CR", to: "Millbrook"})
	health.opens(planned)
	health.traces("943 476 5919")
	health.consents("Register with a GP outside", "Send the letter to the GP", "Contact after release")
	health.livesAt("An address of their own", "7 Mill Lane", "01632 960111")
	health.choosesPractice(near())
	health.sendsForm()
	health.practiceAccepts("Mrs Lal, reception")
	health.takes(w.nurse)
	health.opens(planned)
	health.recordsAllergy("Penicillin", "anaphylaxis", "Severe")
	health.listsMedicines("GP summary, prison chart and the person",
		dose{name: "Sertraline 50mg tablets", each: "1 tablet", often: "once a day", why: "depression"},
		dose{name: "Amlodipine 5mg tablets", code: "319283006", each: "1 tablet", often: "once a day", why: "high blood pressure"})

	front.takes(w.officer)
	front.opens(planned)
	front.isKeptIn("Medicines reconciled", "Supply decided", "Medicines to take out", "Discharge letter")

	health.takes(w.prescriber)
	health.opens(planned)
	health.reconciles()
	health.line("Amlodipine")
	health.keys(enter)
	health.decides("Amlodipine 5mg tablets", supply{route: "Electronic prescription (EPS)", days: "28"})
	health.decides("Sertraline 50mg tablets", supply{route: "Handed over (TTO)", days: "28"})
	health.takes(w.pharmacy)
	health.opens(planned)
	health.to("e", "Medicines")
	health.packs("TG-1001", "Sertraline 50mg tablets")
	health.packs("EPS 9F1C02", "Amlodipine 5mg tablets")
	health.takes(w.nurse)
	health.opens(planned)
	health.writesLetter(words{
		summary: "Well on sertraline. Blood pressure settled on amlodipine.",
		plan:    "GP: review mood and blood pressure | within 14 days",
		advice:  "Go on with both tablets every day.",
	})
	health.signs()
	health.sendsLetter()

	front.shows("Next: identity") // what healthcare did has come to the gate by itself
	front.checksIdentity()
	front.takes(w.second)
	front.confirmsIdentity(planned)
	front.takes(w.officer)
	front.shows("Release now", "Confirmed")
	front.givesBag("TG-1001")
	front.givesProperty("Property card 7781")
	front.signsReceipt()
	front.leaves()
	health.checksAfter(planned)
}

// afterPlanned is what must have come of it.
func afterPlanned() released {
	return released{
		number: planned, name: "NGUYỄN-O'BRIEN, Llŷr", medicines: 2, code: "319283006", consents: 3,
		letter: []string{
			"943 476 5919", "Penicillin: anaphylaxis (severe)", "Sertraline 50mg tablets", "Amlodipine 5mg tablets", near().name,
			"Well on sertraline.", "review mood and blood pressure", "BOATENG, Grace",
		},
		easy:  []string{"Sertraline", "Amlodipine"},
		never: []string{"curfew", "not seen at discharge"},
	}
}
