package model

import (
	"strconv"
	"strings"
)

// allergies says one of exactly four things.
func (a *assembly) allergies() Section {
	al := a.health.Allergies
	s := Section{Source: fromHealth}
	if al.State != AllergiesKnown {
		s.Lines = []string{al.State.Words()}
	}
	for _, one := range al.List {
		s.Lines = append(s.Lines, one.String())
	}
	if !al.By.IsZero() {
		s.Source = fromHealth + ": " + a.by(al.By)
	}
	s.Missing = al.State == AllergiesNotRecorded
	return s
}

var medicineColumns = []string{"Medicine", "Dose", "For", "Quantity handed", "Days covered", "Next supply"}

func (a *assembly) medicines() Section {
	s := Section{Source: fromHealth}
	current := a.health.CurrentMedicines()
	if len(current) == 0 {
		if a.health.NoMedicinesStated() {
			s.Lines = []string{"No medicines, stated by " + a.by(a.health.NoMedicines)}
		}
		return s
	}
	s.Lines = []string{"Not reconciled: the list may be wrong or incomplete"}
	if a.health.IsReconciled() {
		s.Lines = []string{"Reconciled by " + a.by(a.health.Reconciled.By)}
	}
	s.Table = &Table{Columns: medicineColumns}
	for _, m := range current {
		s.Table.Rows = append(s.Table.Rows, a.medicineRow(m))
	}
	return s
}

func (a *assembly) medicineRow(m Medicine) []string {
	what, how, why := m.What(), m.How(), orNotRecorded(m.Indication)
	if cd := m.CD(); cd != ScheduleNone {
		what += " (" + strings.ToLower(cd.Words()[:1]) + cd.Words()[1:] + ")"
	}
	if !m.Start.IsZero() {
		how += "; since " + m.Start.String()
	}
	if !m.LastGiven.IsZero() {
		how += "; last given " + m.LastGiven.String()
	}
	if !m.NextDue.IsZero() {
		how += "; next dose due " + m.NextDue.String()
	}
	if m.Reason != "" {
		why += "; changed: " + m.Reason
	}
	return append([]string{what, how, why}, a.supplyCells(m)...)
}

// supplyCells gives quantity, days and day of the next supply: a person who is
// handed medicines, sent a prescription and keeps a rest can be counted three
// times over unless each is said.
func (a *assembly) supplyCells(m Medicine) []string {
	if !a.health.Decided(m) {
		return []string{"Not decided", NotRecorded, NotRecorded}
	}
	d := a.health.Supplies[m.ID].SupplyDecision
	if d.Route == SupplyNone {
		return []string{"None: " + d.Reason, "None", NotRecorded}
	}
	amount := d.Amount(m.CD())
	if d.Route != SupplyTTO {
		amount = "None handed; " + d.Route.Words() + ": " + amount
	}
	for _, more := range []string{d.Instalment, d.Reason} {
		if more != "" {
			amount += "; " + more
		}
	}
	return []string{amount, strconv.Itoa(d.Days), SupplyEnds(d, a.leaves()).String()}
}

func (a *assembly) stopped() Section {
	stopped := a.health.StoppedMedicines()
	if len(stopped) == 0 {
		return Section{}
	}
	table := &Table{Columns: []string{"Medicine", "Stopped on", "Why"}}
	for _, m := range stopped {
		table.Rows = append(table.Rows, []string{orNotRecorded(m.What()), m.Stopped.Day.String(), orNotRecorded(m.Stopped.Reason)})
	}
	return Section{Table: table, Source: fromHealth}
}

func (a *assembly) problems() Section {
	return Section{Lines: append(append([]string(nil), a.health.Problems...), a.lines()...), Source: fromHealth}
}

// consentsInLetter are those a practice needs to know of, in this order.
var consentsInLetter = []ConsentType{
	ConsentShareGP, ConsentRegisterGP, ConsentSCR, ConsentContactAfter, ConsentReconnect, ConsentDrugService, ConsentPharmacy,
}

func (a *assembly) consent() Section {
	s := Section{Source: fromHealth}
	for _, t := range consentsInLetter {
		c := a.health.Consents[t]
		always := t == ConsentShareGP || t == ConsentRegisterGP
		if c.Decision == ConsentNotRecorded && !always {
			continue
		}
		facts, _ := ConsentFactsOf(t)
		line := facts.Name + ": " + c.Words()
		if c.Scope != "" {
			line += " (" + c.Scope + ")"
		}
		s.Lines = append(s.Lines, line)
	}
	return s
}

func (a *assembly) author() Section {
	who := a.signer()
	return Section{Lines: []string{who.Name + " (" + who.Role + "), " + who.At.String()}, Source: fromRecord}
}

func (a *assembly) senior() Section {
	if lines := a.lines(); len(lines) > 0 {
		return Section{Lines: lines, Source: fromClinician}
	}
	if a.facts.Author.Role == RolePrescriber {
		return a.author()
	}
	return Section{}
}

// distribution says who gets the letter. A refusal keeps it from the practice;
// where nothing was asked it says so, for sharing for direct care does not wait
// for a form.
func (a *assembly) distribution() Section {
	s := Section{Lines: []string{"The person"}, Source: fromHealth}
	share, reg := a.health.Consents[ConsentShareGP], a.health.Registration
	switch {
	case share.Declined():
		s.Lines = append(s.Lines, "Not sent to a practice: the person declined")
	case reg.Practice.IsZero():
		s.Lines = append(s.Lines, "No practice to send it to yet")
	case a.record.Shared.Restricted:
		s.Lines = append(s.Lines, "The person's practice")
	default:
		s.Lines = append(s.Lines, reg.Practice.Name+" ("+string(reg.Practice.Code)+")")
	}
	return s
}
