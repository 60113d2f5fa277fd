//go:build e2e && unix

package e2e_test

// The walk through the gate, as the officers at reception do it.

// isKeptIn holds that the gate lets nobody go while a line is in the way, and
// says which.
func (t *terminal) isKeptIn(lines ...string) {
	t.Helper()
	t.to("r", "Release now")
	t.shows(append(lines, "in the way")...)
	t.press("r")
	t.shows("Still to do: ")
	t.shows("Release now")
}

// checksIdentity is the first officer's look at who stands there.
func (t *terminal) checksIdentity() {
	t.Helper()
	t.line("Identity ")
	t.to(enter, "Identity at the gate")
	t.ticks("I compared the person's face with the photograph")
	t.field("Which two identifiers did you check?")
	t.ticks("Date of birth, as the person says it")
	t.ticks("Prison number on the identity card")
	t.submit("I have checked who this is")
	t.shows("Identity checked. A second officer confirms it.")
}

// confirmsIdentity is the second officer's own.
func (t *terminal) confirmsIdentity(number string) {
	t.Helper()
	t.opens(number)
	t.to("r", "Release now")
	t.line("Second officer")
	t.keys(enter)
	t.shows("You are the second officer", number)
	t.types("CONFIRM")
	t.shows("You have confirmed who this is.")
}

// givesBag matches a bag by the number that is typed from it.
func (t *terminal) givesBag(number string) {
	t.Helper()
	t.line("Bags of medicines")
	t.to(enter, "A bag at the gate")
	t.write("Number on the bag", number)
	t.answer("The person", "Took it and signed")
	t.submit("Keep")
	t.shows("1 handed over")
}

// givesProperty gives back what the person came with.
func (t *terminal) givesProperty(listed string) {
	t.Helper()
	t.line("Property and own medicines")
	t.to(enter, "Property")
	t.answer("Property", "Given back")
	t.write("What", listed)
	t.answer("Medicines they kept", "The person kept none")
	t.submit("Record it")
	t.shows("Property is recorded.")
}

// signsReceipt is the person's own signature, and what became of their copy.
func (t *terminal) signsReceipt() {
	t.Helper()
	t.line("The person's signature")
	t.to(enter, "The person's signature")
	t.answer("Their copy of the letter", "Given, with the leaflet on the medicines")
	t.answer("The receipt", "The person signed")
	t.submit("Record it")
	t.shows("The receipt is recorded.")
}

// leaves records that the person goes out of the gate.
func (t *terminal) leaves() {
	t.Helper()
	t.shows("Everything is done: record the release")
	t.to("r", "Out of the gate")
	t.submit("Record the release")
	t.shows("Type LEAVES")
	t.types("LEAVES")
	t.shows("The release is recorded.")
}

// after opens what is left to do for somebody of whom this desk knows by now that
// they have left.
func (t *terminal) after(number string) {
	t.Helper()
	t.opens(number)
	t.shows("never done")
	t.to("f", "After release")
}

// checksAfter records how somebody is whom healthcare called after the release.
func (t *terminal) checksAfter(number string) {
	t.Helper()
	t.after(number)
	t.line("Day 1 ")
	t.to(enter, "Day 1 after release")
	t.answer("What did you find?", "Contact made, nothing further yet")
	t.submit("Record it")
	t.shows("The check of day 1 is recorded.")
}

// overrides lets the person leave though a line is open.
func (t *terminal) overrides(line, why, instead string) {
	t.Helper()
	t.to("r", "Release now")
	t.line(line)
	t.to("x", "Leave without: "+line)
	t.answer("Why does it not keep the person in?", why)
	t.write("What will be done instead?", instead)
	t.submit("Override it")
	t.shows(line + " is overridden")
}

// cannotOverride holds that who may not is told who may.
func (t *terminal) cannotOverride(line string) {
	t.Helper()
	t.line(line)
	t.press("x")
	t.shows("may not override " + line)
}
