package model

import "strings"

// LetterAction is one thing to do: who, what, and by when.
type LetterAction struct{ Who, What, When string }

// NotSaid stands where an action has no name or no day.
const NotSaid = "Not said"

// forPractice is how the letter calls who gets it.
const forPractice = "GP practice"

// ActionHelp says how actions are written.
const ActionHelp = "Who: what | by when. One a line. Such as: GP: check blood pressure | within 2 weeks. Begin with GP for the practice."

// ParseAction reads a line such as "GP: review mood | within four weeks". What
// is not there reads NotSaid, so that a letter shows the gap.
func ParseAction(line string) LetterAction {
	a := LetterAction{Who: NotSaid, When: NotSaid}
	what, when, cut := strings.Cut(line, "|")
	if cut && strings.TrimSpace(when) != "" {
		a.When = strings.TrimSpace(when)
	}
	const longest = 60 // a colon further on belongs to the sentence
	who, rest, named := strings.Cut(what, ":")
	switch {
	case named && len(who) <= longest && strings.TrimSpace(who) != "" && !endsInDigit(who):
		a.Who, what = strings.TrimSpace(who), rest
	case strings.HasPrefix(strings.ToUpper(what), "GP "):
		a.Who, what = "GP", what[len("GP "):]
	}
	if a.ForPractice() {
		a.Who = forPractice
	}
	a.What = orNotRecorded(strings.TrimSpace(what))
	return a
}

// endsInDigit tells that a colon stands in a time, as in 14:00.
func endsInDigit(s string) bool { return s[len(s)-1] >= '0' && s[len(s)-1] <= '9' }

// ForPractice tells whether the practice is to do it.
func (a LetterAction) ForPractice() bool {
	switch strings.ToUpper(a.Who) {
	case "GP", "PRACTICE", "THE GP", "GP PRACTICE", "SURGERY":
		return true
	}
	return false
}

// Complete tells whether somebody is named, and a time.
func (a LetterAction) Complete() bool { return a.Who != NotSaid && a.When != NotSaid }

// ParseActions reads lines of actions, in their order.
func ParseActions(text string) []LetterAction {
	var out []LetterAction
	for _, line := range strings.Split(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			out = append(out, ParseAction(line))
		}
	}
	return out
}

var actionColumns = []string{"Who", "What", "By when"}

// plan puts the practice's actions first, beginning with the one that cannot
// wait: the day on which the first medicine runs out. What is outstanding is to
// be done as well, and is easily overlooked under a heading of its own.
func (a *assembly) plan() Section {
	written := ParseActions(a.health.Draft[HeadingPlan].Text)
	s := a.written()
	s.Lines = nil
	if len(written) == 0 {
		s.Lines, s.Missing = []string{NotRecorded}, true
	}
	var forGP, others []LetterAction
	if day := a.firstNextSupply(); !day.IsZero() {
		forGP = append(forGP, LetterAction{forPractice, "Continue the medicines below: the first supply ends and the next is due", SupplyBy(day)})
	}
	others = append(others, a.forDrugService()...)
	for _, one := range append(append(written, a.outstanding()...), a.toArrange()...) {
		if one.ForPractice() {
			forGP = append(forGP, one)
		} else {
			others = append(others, one)
		}
	}
	for _, one := range append(forGP, others...) {
		if s.Table == nil {
			s.Table = &Table{Columns: actionColumns}
		}
		s.Table.Rows = append(s.Table.Rows, []string{one.Who, one.What, one.When})
	}
	return s
}

// outstanding is what is still to come, as actions of this prison's team where
// nobody else is named.
func (a *assembly) outstanding() []LetterAction {
	all := ParseActions(a.health.Draft[headingOutstanding].Text)
	for i := range all {
		if all[i].Who == NotSaid {
			all[i].Who = prisonTeam
		}
		all[i].What = "Outstanding: " + all[i].What
	}
	known, _ := a.awaited()
	for i := range known {
		known[i].What = "Outstanding: " + known[i].What
	}
	return append(known, all...)
}

// forDrugService asks the service that takes over opioid substitution to go on with
// it. A practice is not asked for what a service prescribes: the person could have
// it from both.
func (a *assembly) forDrugService() []LetterAction {
	var out []LetterAction
	for _, m := range a.health.CurrentMedicines() {
		if !a.byDrugService(m) || !a.health.Decided(m) {
			continue
		}
		if day := a.health.NextSupply(m, a.leaves()); !day.IsZero() {
			out = append(out, LetterAction{a.health.OST.Service, "Continue " + m.What() + ": the supply ends and the next is due", SupplyBy(day)})
		}
	}
	return out
}

func (a *assembly) byDrugService(m Medicine) bool {
	return a.health.OST.Service != "" && IsOpioidSubstitute(m.Name)
}

// firstNextSupply is the day on which the practice's first medicine runs out.
func (a *assembly) firstNextSupply() Day {
	var first Day
	for _, m := range a.health.CurrentMedicines() {
		if !a.health.Decided(m) || a.byDrugService(m) {
			continue
		}
		day := a.health.NextSupply(m, a.leaves())
		if !day.IsZero() && (first.IsZero() || day < first) {
			first = day
		}
	}
	return first
}
