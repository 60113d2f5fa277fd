package model

import "strings"

// substances is the plan for opioid substitution and naloxone, with what a
// clinician adds. Without a plan it says what the medicines list says.
func (a *assembly) substances() Section {
	s := Section{Source: a.source(fromHealth, a.health.Reconciled.By)}
	switch plan := a.health.OST; {
	case plan.By.IsZero():
		s.Lines = a.substitutes()
	default:
		s.Lines, s.Source = plan.letterLines(), a.source(fromHealth, plan.By)
	}
	if kit := a.health.Naloxone; !kit.By.IsZero() {
		s.Lines = append(s.Lines, kit.letterLine())
	}
	if len(s.Lines) == 0 {
		return a.written()
	}
	return a.added(s)
}

func (a *assembly) substitutes() []string {
	var out []string
	for _, m := range a.health.CurrentMedicines() {
		if !IsOpioidSubstitute(m.Name) {
			continue
		}
		line := "Opioid substitution: " + m.What() + ", " + m.How()
		if !m.LastGiven.IsZero() {
			line += "; last dose " + m.LastGiven.String()
		}
		out = append(out, line)
	}
	return out
}

// letterLines say who goes on with the treatment, from when, and what was seen
// taken last: without it the next prescriber has to begin at the lowest dose.
func (c *OSTSet) letterLines() []string {
	out := []string{"Opioid substitution: " + joinNew(", ", c.Drug, c.Dose, c.Supervised)}
	if !c.LastDay.IsZero() {
		out = append(out, "Last dose seen taken: "+joinNew(", ", strings.TrimSpace(c.LastDay.String()+" "+c.LastTime), c.LastAmount, c.LastBy))
	}
	if c.OnRelease {
		out = append(out, "A dose is seen taken on the day of release")
	}
	if c.Service != "" {
		out = append(out, "Goes on with: "+joinNew(", ", c.Service, c.Place, c.Phone))
	}
	if !c.Appointment.IsZero() {
		out = append(out, "First appointment there: "+strings.TrimSpace(c.Appointment.Long()+" "+c.At))
	}
	if !c.ScriptTo.IsZero() {
		out = append(out, "The prescription covers "+c.ScriptFrom.String()+" to "+c.ScriptTo.String())
	}
	if c.Opens != PharmacyNotAsked {
		out = append(out, "The pharmacy opens: "+c.Opens.Words())
	}
	return out
}

func (c *NaloxoneSet) letterLine() string {
	line := "Take-home naloxone: " + strings.ToLower(c.Answer.Words())
	if c.Trained {
		line += ", and the person was shown how to use it"
	}
	for _, more := range []string{c.Kit, c.Reason} {
		if more != "" {
			line += "; " + more
		}
	}
	return line
}

// depotWords is who gives the next dose of a long-acting injection.
func (a *assembly) depotWords(m Medicine) string {
	plan, any := a.health.Depots[m.ID]
	if !any || plan.Who == "" {
		return ""
	}
	words := "; next dose given by " + joinNew(", ", plan.Who, plan.Phone)
	if !plan.Day.IsZero() {
		words += " on " + plan.Day.String()
	}
	return words
}

// careHash names the plans that a letter tells. A letter that was made on others
// must be written again.
func (h *HealthPart) careHash() Hash {
	type depot struct {
		ID  MedicineID
		Who string
		At  string
		Day Day
	}
	var depots []depot
	for _, m := range h.CurrentMedicines() {
		if plan, any := h.Depots[m.ID]; any {
			depots = append(depots, depot{m.ID, plan.Who, plan.Phone, plan.Day})
		}
	}
	results, prevention := h.resultsToTell()
	var waiting []AppointmentSet
	for _, a := range h.AppointmentList() {
		if a.State.waits() {
			waiting = append(waiting, a.AppointmentSet)
		}
	}
	return hashJSON(struct {
		OST      OSTSet
		Naloxone NaloxoneSet
		Depots   []depot
		// Those that wait; absent where there are none, as in letters before them.
		Appointments []AppointmentSet `json:",omitempty"`
		Results      []careResult     `json:",omitempty"`
		Prevention   []PreventionSet  `json:",omitempty"`
	}{h.OST.OSTSet, h.Naloxone.NaloxoneSet, depots, waiting, results, prevention})
}
