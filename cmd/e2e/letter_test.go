//go:build e2e && unix

package e2e_test

// words are what only a clinician can write into a letter.
type words struct{ summary, plan, advice string }

// writesLetter writes them, and whom the practice can ask.
func (t *terminal) writesLetter(w words) {
	t.Helper()
	t.to("l", "Discharge letter")
	t.to("w", "Write the letter")
	t.write("Clinical summary", w.summary)
	t.write("Plan and requested actions", w.plan)
	t.write("Information and advice", w.advice)
	t.write("Contact for further", "Healthcare, HMP Millbrook, 01632 960222, every day until 20:00")
	t.submit("Keep")
	t.shows("The letter's text is kept.")
}

// signs reads the letter once more and signs it with a typed word.
func (t *terminal) signs() {
	t.Helper()
	t.shows("Ready to sign")
	t.press("s")
	t.shows("sign this letter")
	t.press("s")
	t.shows("Sign the letter")
	t.types("sign")
	t.shows("is signed and says what the record says")
}

// sendsLetter records that the letter is on its way to the practice.
func (t *terminal) sendsLetter() {
	t.Helper()
	t.to("d", "Letter 1 to the practice")
	t.answer("What happened?", "It was sent")
	t.answer("How?", "Secure e-mail")
	t.submit("Keep")
	t.shows("The step is kept.")
}
