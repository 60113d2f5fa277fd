//go:build e2e && unix

package e2e_test

import "strings"

// What is done before a release on screens of their own: the date, the number, the
// person's answers, the practice.

// leaving is a release date as offender management sets it.
type leaving struct{ on, at, letters, reason, to string }

// setsDate confirms a date with its reason.
func (t *terminal) setsDate(l leaving) {
	t.Helper()
	t.to("d", "Release date")
	t.answer("What does the date rest", "Confirmed")
	t.write("Release date", l.on)
	t.write("Time", l.at)
	t.pick("Reason", l.letters, l.reason)
	t.write("Where to", l.to)
	t.submit("Set the release date")
	t.shows("The release date is set.")
}

// movesDate gives another day and leaves the rest. It returns the line that says
// so, which comes to every desk.
func (t *terminal) movesDate(on string) string {
	t.Helper()
	before := releaseLine(t.text())
	t.to("d", "Release date")
	t.write("Release date", on)
	t.submit("Set the release date")
	now := releaseLine(t.until("moved the date", func(screen string) bool {
		line := releaseLine(screen)
		return line != "" && line != before
	}))
	t.shows("The release date is set.")
	return now
}

// releaseLine is the line of a person's page that says when they leave.
func releaseLine(screen string) string {
	for line := range strings.Lines(screen) {
		if strings.HasPrefix(line, "Release  ") {
			return strings.TrimSpace(line)
		}
	}
	return ""
}

// traces records the NHS number as the national record has it.
func (t *terminal) traces(number string) {
	t.Helper()
	t.to("u", "NHS number")
	t.write("NHS number", number)
	t.answer("How far is it traced?", "Number present and verified")
	t.submit("Continue")
	t.shows("The NHS number is recorded.")
}

// consents asks the person, each question for itself.
func (t *terminal) consents(questions ...string) {
	t.Helper()
	t.to("o", "Consent")
	for _, question := range questions {
		t.line(question)
		t.to(enter, question)
		t.answer("The person's answer", "Given")
		t.answer("How?", "Signed")
		t.submit("Keep this answer")
		t.to("", "Consent")
	}
	t.to(escape, "Release checklist")
}

// livesAt records where the person will live and how they can be reached.
func (t *terminal) livesAt(living, address, phone string) {
	t.Helper()
	t.to("g", "GP registration")
	t.to("c", "Where the person will live")
	t.answer("Where will they live?", living)
	t.write("Address", address)
	t.write("Telephone", phone)
	t.submit("Keep")
	t.shows("Where the person will live is kept.")
	t.to(escape, "Release checklist")
}

// choosesPractice finds a practice by its code.
func (t *terminal) choosesPractice(p practice) {
	t.Helper()
	t.to("g", "GP registration")
	t.line("Choose a practice")
	t.to(enter, "Choose a practice")
	t.shows("Type to search.")
	t.keys(p.code)
	t.shows("["+p.code, p.name+"  ")
	t.press(enter)
	t.shows("Chosen.")
	t.submit("Keep")
	t.shows("Choosing a practice")
}

// sendsForm and practiceAccepts go on from there.
func (t *terminal) sendsForm() {
	t.Helper()
	t.line("The form was sent to the practice")
	t.to(enter, "The form was sent to the practice")
	t.answer("How was it sent?", "Secure e-mail")
	t.submit("Keep")
	t.shows("Sent to the practice")
}

func (t *terminal) practiceAccepts(who string) {
	t.Helper()
	t.line("The practice accepted")
	t.to(enter, "The practice accepted")
	t.answer("How did they say so?", "Telephone")
	t.write("Who at the practice?", who)
	t.submit("Keep")
	t.shows("Accepted by the practice")
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

// knowsNoAllergy records that the person was asked and has none.
func (t *terminal) knowsNoAllergy() {
	t.Helper()
	t.to("y", "Allergies")
	t.keys("n")
	t.shows("What is the answer?")
	t.answer("What is the answer?", "None known")
	t.submit("Keep")
	t.shows("The answer on allergies is kept.")
	t.to(escape, "Release checklist")
}
