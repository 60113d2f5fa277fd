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
			s.Lines = []string{"No medicines, stated by " + a.by(a.health.NoMedicines)}
		}
		return s
	}
	s.Lines = a.reconciledWords()
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
	received := a.record.Shared.Stay.Received
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
	received := a.record.Shared.Stay.Received
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
	if !a.health.Decided(m) {
		return []string{"Not decided", "Not decided", NotRecorded, NotRecorded}
	}
	d := a.health.Supplies[m.ID].SupplyDecision
	if d.Route == SupplyNone {
		return []string{"Nothing: " + d.Reason, "None", "None", NotRecorded}
	}
	handed, prescribed := d.Amount(m.CD()), "None"
	for _, more := range []string{d.Instalment, d.Reason} {
		if more != "" {
			handed += "; " + more
		}
	}
	if d.Route != SupplyTTO {
		handed, prescribed = "Nothing", d.Route.Words()+": "+handed
	}
	return []string{handed, prescribed, strconv.Itoa(d.Days), SupplyEnds(d, a.leaves()).String()}
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
	return !m.Current() && m.Stopped.Day < a.record.Shared.Stay.Received
}
