//go:build e2e && unix

package e2e_test

// walksPlanned is a sentence served and a release that everybody knew of.
func (w *team) walksPlanned(front, health *terminal) {
	front.confirmsDate()
	health.registers()
	health.takes(w.nurse)
	health.opens(planned)
	health.recordsAllergy("Penicillin", "anaphylaxis", "Severe")
	health.listsMedicines("GP summary, prison chart and the person",
		dose{name: "Sertraline 50mg tablets", each: "1 tablet", often: "once a day", why: "depression"},
		dose{name: "Amlodipine 5mg tablets", each: "1 tablet", often: "once a day", why: "high blood pressure"})

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
		number: planned, name: "NGUYỄN-O'BRIEN, Llŷr", medicines: 2,
		letter: []string{
			"943 476 5919", "Penicillin: anaphylaxis (severe)", "Sertraline 50mg tablets", "Amlodipine 5mg tablets", "The Millbrook Surgery",
			"Well on sertraline.", "review mood and blood pressure", "BOATENG, Grace",
		},
		easy:  []string{"Sertraline", "Amlodipine"},
		never: []string{"curfew", "not seen at discharge"},
	}
}

// confirmsDate is what offender management does for a planned release.
func (t *terminal) confirmsDate() {
	t.Helper()
	t.opens(planned)
	t.to("d", "Release date")
	t.answer("What does the date rest", "Confirmed")
	t.write("Release date", "today")
	t.write("Time", "09:30")
	t.pick("Reason", "conditional", "Conditional release  CR")
	t.write("Where to", "Millbrook")
	t.submit("Set the release date")
	t.shows("The release date is set.")
}

// registers is what the administrator of healthcare does: the number traced,
// consent asked, and a practice that takes the person.
func (t *terminal) registers() {
	t.Helper()
	t.opens(planned)
	t.to("u", "NHS number")
	t.write("NHS number", "943 476 5919")
	t.answer("How far is it traced?", "Number present and verified")
	t.submit("Continue")
	t.shows("The NHS number is recorded.")
	t.consents("Register with a GP outside", "Send the letter to the GP", "Contact after release")

	t.to("g", "GP registration")
	t.to("c", "Where the person will live")
	t.answer("Where will they live?", "An address of their own")
	t.write("Address", "7 Mill Lane")
	t.write("Telephone", "01632 960111")
	t.submit("Keep")
	t.shows("Where the person will live is kept.")
	t.line("Choose a practice")
	t.to(enter, "Choose a practice")
	t.shows("Type to search.")
	t.keys("surgery")
	t.shows("Surgery  ")
	t.press(enter)
	t.shows("Chosen.")
	t.submit("Keep")
	t.shows("Choosing a practice")
	t.line("The form was sent to the practice")
	t.to(enter, "The form was sent to the practice")
	t.answer("How was it sent?", "Secure e-mail")
	t.submit("Keep")
	t.shows("Sent to the practice")
	t.line("The practice accepted")
	t.to(enter, "The practice accepted")
	t.answer("How did they say so?", "Telephone")
	t.write("Who at the practice?", "Mrs Lal, reception")
	t.submit("Keep")
	t.shows("Accepted by the practice")
	t.to(escape, "Release checklist")
}

// consents asks the person, each question for itself.
func (t *terminal) consents(questions ...string) {
	t.Helper()
	t.to("o", "Consent")
	for _, question := range questions {
		t.line(question)
		t.press(enter)
		t.shows("The person's answer")
		t.choose("Given")
		t.answer("How?", "Signed")
		t.submit("Keep this answer")
		t.shows("Each question has its own answer")
	}
	t.to(escape, "Release checklist")
}

func (t *terminal) recordsAllergy(substance, reaction, severity string) {
	t.Helper()
	t.to("y", "Allergies")
	t.to("a", "Add an allergy")
	t.write("What to?", substance)
	t.write("What happened?", reaction)
	t.answer("Severity", severity)
	t.submit("Add")
	t.shows(substance + ": " + reaction)
	t.to(escape, "Release checklist")
}
