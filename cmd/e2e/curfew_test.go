//go:build e2e && unix

package e2e_test

// walksCurfew is a home detention curfew that is approved two days before it
// begins: what has no time any more is let go at the gate by who may, with a
// reason, and followed up.
func (w *team) walksCurfew(front, health *terminal) {
	front.takes(w.offender)
	front.opens(curfew)
	front.setsDate(leaving{on: "+2d", at: "10:00", letters: "curfew", reason: "Home detention curfew  HR", to: "Ashford Bridge"})
	front.shows("due now") // no line is late that nobody could have done
	front.hides("overdue")

	health.takes(w.clerk)
	health.opens(curfew)
	health.traces("401 023 2137")
	health.consents("Register with a GP outside", "Send the letter to the GP")
	health.choosesPractice(far())
	health.sendsForm()
	health.takes(w.nurse)
	health.opens(curfew)
	health.knowsNoAllergy()
	health.statesNoMedicines()
	health.takes(w.prescriber)
	health.opens(curfew)
	health.confirmsNoMedicines()

	front.takes(w.officer)
	front.opens(curfew)
	front.isKeptIn("GP registration", "Discharge letter", "NOT DUE YET:")
	front.cannotOverride("GP registration")
	front.takes(w.offender)
	front.opens(curfew)
	moved := front.movesDate("today") // the tag is on sooner
	health.opens(curfew)
	health.shows(moved)
	health.writesLetter(words{
		summary: "Fit and well. Two cells shared without trouble.",
		plan:    "GP: register the person, the form came with this letter | on receipt",
		advice:  "Call the practice on the first working day.",
	})
	health.signs()
	health.takes(w.nurse)
	health.opens(curfew)
	health.overrides("GP registration", "It is arranged with somebody outside", "The clerk calls the practice on the next working day.")

	front.takes(w.officer)
	front.shows("Next: identity")
	front.checksIdentity()
	front.takes(w.second)
	front.confirmsIdentity(curfew)
	front.takes(w.officer)
	front.shows("Release now", "Confirmed")
	front.givesProperty("Property card 7790")
	front.signsReceipt()
	front.leaves()

	health.after(curfew)
	health.line("GP registration")
	health.shows("short notice", "Overridden at the gate by BOATENG, Grace")
	health.to(escape, "Release checklist")
}

// afterCurfew is what must have come of it.
func afterCurfew() released {
	return released{
		number: curfew, name: "OKAFOR, Daniel", consents: 2,
		letter: []string{"401 023 2137", "None known", "No medicines", far().name, "Notice: Short notice", "register the person", "OSEI, Daniel"},
		easy:   []string{far().name},
		never:  []string{"curfew", "not seen at discharge"},
	}
}
