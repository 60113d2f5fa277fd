package model

import (
	"strconv"
	"strings"
)

var medicineColumns = []string{"Medicine", "Dose", "For", "In this stay", "Handed over", "Prescription", "Days left", "Next supply"}

func (a *assembly) medicines() Section {
	s := Section{Source: a.source(fromHealth, a.health.Reconciled.By)}
	current := a.health.CurrentMedicines()
	if len(current) == 0 {
		if a.health.NoMedicinesStated() {
			s.Lines = []string{a.health.NoneWords(a.by)}
		}
		return s
	}
	s.Lines = append(a.reconciledWords(), a.daysTwice()...)
	s.Table = &Table{Columns: medicineColumns}
	for _, m := range current {
		s.Table.Rows = append(s.Table.Rows, a.medicineRow(m))
	}
	return s
}

// reconciledWords says who compared the list with its sources. A list that
// changed since is given as well as it stood then: after a release without notice
// that is the one somebody vouched for.
func (a *assembly) reconciledWords() []string {
	done := a.health.Reconciled
	switch {
	case a.health.IsReconciled():
		return []string{"Reconciled by " + a.by(done.By)}
	case done.By.IsZero():
		return []string{"Not reconciled: the list may be wrong or incomplete"}
	}
	lines := []string{"Changed since it was last reconciled: the list may be wrong or incomplete", "As last reconciled by " + a.by(done.By) + ":"}
	for _, was := range a.health.listAt(done.By.At) {
		lines = append(lines, "  "+was.What()+", "+was.How())
	}
	return lines
}

func (a *assembly) medicineRow(m Medicine) []string {
	what, how := m.What(), m.How()
	if cd := m.CD(); cd != ScheduleNone {
		what += " (" + strings.ToLower(cd.Words()[:1]) + cd.Words()[1:] + ")"
	}
	if !m.LastGiven.IsZero() {
		how += "; last given " + m.LastGiven.String()
	}
	if !m.NextDue.IsZero() {
		how += "; next dose due " + m.NextDue.String()
	}
	how += a.depotWords(m)
	return append([]string{what, how, orNotRecorded(m.Indication), a.stayWords(m)}, a.supplyCells(m)...)
}

// StayChange says what became of a medicine during the stay.
type StayChange string

// The answers; none where it was as when the person came.
const (
	StayUnchanged StayChange = ""
	StayNew       StayChange = "new"
	StayChanged   StayChange = "changed"
)

func (a *assembly) stayChange(m Medicine) StayChange {
	received := a.received()
	_, later := m.before(received)
	switch {
	case !m.Start.IsZero() && !received.IsZero() && m.Start >= received:
		return StayNew
	case len(later) > 0:
		return StayChanged
	}
	return StayUnchanged
}

// stayWords says whether a medicine is new, changed or as it was when the person
// came, and why.
func (a *assembly) stayWords(m Medicine) string {
	received := a.received()
	first, later := m.before(received)
	var words []string
	switch {
	case a.stayChange(m) == StayNew:
		words = append(words, "NEW in prison, since "+m.Start.String())
	case len(later) == 0 && m.Start.IsZero():
		words = append(words, "Unchanged; start not recorded")
	case len(later) == 0:
		words = append(words, "Continued unchanged, since "+m.Start.String())
	}
	if len(later) > 0 {
		words = append(words, "CHANGED: was "+first.treatmentWords(m.Prescribed))
	}
	for _, v := range later {
		change := "on " + DayOf(v.By.At.Time()).String()
		if v.Prescribed.treatment() != m.Prescribed.treatment() {
			change += " to " + v.treatmentWords(m.Prescribed)
		}
		words = append(words, change+": "+orNotRecorded(v.Reason))
	}
	for _, v := range append([]MedicineVersion{first}, later...) {
		if !v.Stopped.Day.IsZero() && v.Stopped.Day >= received {
			words = append(words, "stopped on "+v.Stopped.Day.String()+" ("+orNotRecorded(v.Stopped.Reason)+"), then started again")
		}
	}
	return strings.Join(words, "; ")
}

// treatmentWords says a treatment against another: the dose alone where the
// product is the same.
func (p Prescribed) treatmentWords(than Prescribed) string {
	if p.What() == than.What() {
		return p.How()
	}
	return p.What() + ", " + p.How()
}

// supplyCells gives what is handed over, what is prescribed, the days it lasts and
// the day of the next supply: a person who is handed medicines, sent a
// prescription and keeps a rest can be counted three times over unless each is
// said.
func (a *assembly) supplyCells(m Medicine) []string {
	h := a.health
	if !h.Decided(m) {
		return []string{"Not decided", "Not decided", NotRecorded, NotRecorded}
	}
	var handed, prescribed, days []string
	for _, line := range h.SupplyLines(m) {
		d := line.Supply.SupplyDecision
		if d.Route == SupplyTTO {
			words := a.supplyWords(m, d)
			if gone := a.gone(line); gone != nil {
				words += "; " + gone.Words()
			}
			handed = append(handed, words)
		} else {
			prescribed = append(prescribed, d.Route.Words()+": "+a.supplyWords(m, d))
		}
		days = append(days, strconv.Itoa(d.Days))
	}
	if first := h.Supplies[m.ID]; len(days) == 0 {
		handed = []string{"Nothing: " + first.Reason}
	}
	if kept := a.kept(m); kept != nil {
		handed, days = append(handed, kept.Words()), append(days, strconv.Itoa(kept.Days)+" kept")
	}
	return []string{orWord(handed, "Nothing"), orWord(prescribed, "None"), orWord(days, "None"), a.nextWords(m)}
}

func orWord(parts []string, none string) string {
	if len(parts) == 0 {
		return none
	}
	return strings.Join(parts, "; and ")
}

// supplyWords is one supply with all that was decided on it.
func (a *assembly) supplyWords(m Medicine, d SupplyDecision) string {
	words := []string{d.Amount(m.CD())}
	if d.Begins > a.leaves() {
		words = append(words, "from "+d.Begins.String())
	}
	for _, more := range []string{d.Instalment, d.Reason} {
		if more != "" {
			words = append(words, more)
		}
	}
	if d.Overlap != "" {
		words = append(words, "covers days that are covered already: "+d.Overlap)
	}
	return strings.Join(words, "; ")
}

// nextWords is the first day without the medicine, counting every supply, and
// the days between two of them.
func (a *assembly) nextWords(m Medicine) string {
	words := a.health.NextSupply(m, a.leaves()).String()
	if from, to, any := a.health.Gap(m, a.leaves()); any {
		words += "; has none from " + from.String() + " to " + to.String()
	}
	return words
}

// LetterKept is what the person has of a medicine already and takes along.
type LetterKept struct {
	Quantity Quantity `json:"quantity,omitempty"`
	Unit     string   `json:"unit,omitempty"`
	Days     int      `json:"days,omitempty"` // left when the person leaves
}

// Words returns "keeps 20 tablets, 10 days left".
func (k LetterKept) Words() string {
	days := strconv.Itoa(k.Days) + " days left"
	if k.Days == 1 {
		days = "1 day left"
	}
	return "keeps " + k.Quantity.String() + " " + k.Unit + ", " + days
}

// kept is what was counted in the person's keeping and lasts beyond the day of
// leaving; nil when that is nothing.
func (a *assembly) kept(m Medicine) *LetterKept {
	counted, leaves := a.health.Counted[m.ID], a.leaves()
	if leaves.IsZero() || counted.Quantity == 0 || counted.Left(leaves) == 0 {
		return nil
	}
	return &LetterKept{Quantity: counted.Quantity, Unit: counted.Unit, Days: counted.Left(leaves)}
}

// stopped lists what ended in this stay. What ended in an earlier one was told
// then.
func (a *assembly) stopped() Section {
	table := &Table{Columns: []string{"Medicine", "Dose", "Stopped on", "Why"}}
	for _, m := range a.health.StoppedMedicines() {
		if a.endedBefore(m) {
			continue
		}
		table.Rows = append(table.Rows, []string{orNotRecorded(m.What()), m.How(), m.Stopped.Day.String(), orNotRecorded(m.Stopped.Reason)})
	}
	if len(table.Rows) == 0 {
		return Section{}
	}
	return Section{Table: table, Source: fromHealth}
}

// endedBefore tells whether a medicine had ended when this stay began.
func (a *assembly) endedBefore(m Medicine) bool {
	return !m.Current() && m.Stopped.Day < a.received()
}
