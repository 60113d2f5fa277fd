package model

import "slices"

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
	s.Source = a.source(fromHealth, al.By)
	s.Missing = al.State == AllergiesNotRecorded
	return s
}

func (a *assembly) problems() Section {
	s := Section{Lines: a.health.Problems, Source: a.source(fromHealth, a.health.ProblemsBy)}
	if len(s.Lines) == 0 && len(a.lines()) > 0 {
		return a.written()
	}
	return a.added(s)
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
	if why := a.health.RiskShared; why.Reason != "" && !a.agreed() {
		s.Lines = append(s.Lines, "What is said of risk is shared without the person's agreement: "+why.Words()+" ("+a.by(why.By)+")")
	}
	s.Source = a.source(fromHealth, a.health.Consents[ConsentShareGP].By)
	return s
}

// agreed tells whether the person's yes to the letter is good today.
func (a *assembly) agreed() bool { return a.health.Consents[ConsentShareGP].Holds(DayOf(a.facts.Now)) }

// risk is what a clinician wrote of risk, where it may be shared. Where it may
// not, the letter does not say that there is something.
func (a *assembly) risk() Section {
	if len(a.lines()) == 0 || !a.health.SharesRisk(DayOf(a.facts.Now)) {
		return Section{}
	}
	s := a.written()
	if !a.agreed() {
		s.Lines = append([]string{"Shared without the person's agreement. Why: " + a.health.RiskShared.Words()}, s.Lines...)
	}
	return s
}

// needs is the languages in which the person was asked, with what a clinician
// adds.
func (a *assembly) needs() Section {
	s := Section{Source: fromHealth}
	for _, q := range ConsentQuestions() {
		line := "Language: " + a.health.Consents[q.Type].Language
		if a.health.Consents[q.Type].Language != "" && !slices.Contains(s.Lines, line) {
			s.Lines = append(s.Lines, line)
		}
	}
	if len(s.Lines) == 0 {
		return a.written()
	}
	return a.added(s)
}

func (a *assembly) author() Section {
	who := a.signer()
	return Section{Lines: []string{who.Name + " (" + who.Role + "), " + who.At.String()}, Source: fromRecord}
}

func (a *assembly) senior() Section {
	if len(a.lines()) > 0 {
		return a.written()
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
	reg := a.health.Registration
	switch {
	case a.health.KeptFromPractice():
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
