package model

import (
	"strings"
	"time"
)

// LetterFacts is what a letter needs beside the record.
type LetterFacts struct {
	Prison LetterPrison
	Author Actor                // who would sign
	Name   func(StaffID) string // display name; nil shows ids
	Now    time.Time
}

// Assemble builds the letter as it would be signed now: every mandatory heading,
// and the others where there is something to say. It takes nothing from the
// custody part, and of the shared part only identity, the stay's dates and the
// release, so that offence, category and security alerts cannot get in.
func Assemble(r *Record, facts LetterFacts) Letter {
	a := &assembly{record: r, health: r.health(), facts: facts}
	last, _ := a.health.LastLetter()
	letter := Letter{
		Format: LetterFormat, Number: last.Number + 1, Supersedes: last.Number,
		Person: letterPerson(r), Prison: facts.Prison, Author: a.signer(),
		Clinical: a.health.ClinicalHash(), Text: a.health.draftHash(),
	}
	for _, h := range headings {
		a.heading = h
		s := h.build(a)
		s.Code, s.Heading = h.Code, h.Name
		empty := len(s.Lines) == 0 && s.Table == nil
		if empty && h.Mark != Mandatory {
			continue
		}
		if empty {
			s.Lines, s.Missing = []string{NotRecorded}, true
		}
		letter.Sections = append(letter.Sections, s)
	}
	letter.Data = a.data()
	return letter
}

func letterPerson(r *Record) LetterPerson {
	nhs := r.Shared.Numbers[string(SchemeNHS)]
	return LetterPerson{
		Name: r.Shared.Name.OfficialFull(), Born: orNotRecorded(r.Shared.Born.String()),
		NHS: orNotRecorded(NHSNumber(nhs.Value).Spaced()), NHSStatus: nhs.Status.Words(),
		Prison: orNotRecorded(r.Number(SchemePrison)),
	}
}

func orNotRecorded(s string) string {
	if s == "" {
		return NotRecorded
	}
	return s
}

// assembly builds one letter, heading by heading.
type assembly struct {
	record  *Record
	health  *HealthPart
	facts   LetterFacts
	heading Heading
}

// Where the text of a section comes from.
const (
	fromRecord    = "From the record"
	fromHealth    = "From the health record"
	fromClinician = "Written by the clinician"
)

func (a *assembly) name(id StaffID) string {
	if a.facts.Name != nil {
		if name := a.facts.Name(id); name != "" {
			return name
		}
	}
	return string(id)
}

func (a *assembly) by(s Signed) string {
	return a.name(s.Staff) + " (" + s.Role.Words() + "), " + s.Instant().String()
}

func (a *assembly) signer() LetterAuthor {
	return LetterAuthor{
		Staff: a.facts.Author.Staff, Name: a.name(a.facts.Author.Staff),
		Role: a.facts.Author.Role.Words(), At: InstantOf(a.facts.Now),
	}
}

// lines returns the clinician's text under the present heading, one entry a
// line.
func (a *assembly) lines() []string {
	var out []string
	for _, line := range strings.Split(a.health.Draft[a.heading.Code].Text, "\n") {
		if line = strings.TrimSpace(strings.ReplaceAll(line, "\t", " ")); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (a *assembly) written() Section { return Section{Lines: a.lines(), Source: fromClinician} }

// withheld stands where a restricted person's address, telephone and practice
// would (NHS Personal Demographics Service, security label R).
const withheld = "Withheld: this person's record is restricted"

func (a *assembly) demographics() Section {
	p := letterPerson(a.record)
	lines := []string{
		"Name: " + p.Name,
		"Born: " + p.Born,
		"Sex: " + a.record.Shared.Sex.Words(),
		"NHS number: " + p.NHSLine(),
		"Prison number: " + p.Prison,
	}
	contact := a.health.Contact.Lines()
	switch {
	case a.record.Shared.Restricted:
		lines = append(lines, "Address and contact: "+withheld)
	case len(contact) == 0:
		lines = append(lines, "Address and contact: "+NotRecorded)
	}
	if !a.record.Shared.Restricted {
		lines = append(lines, contact...)
	}
	return Section{Lines: lines, Source: fromRecord}
}

func (a *assembly) practice() Section {
	reg := a.health.Registration
	s := Section{Source: fromHealth}
	switch {
	case a.record.Shared.Restricted:
		s.Lines = []string{withheld}
	case reg.Practice.IsZero() && reg.State == RegNotStarted:
		s.Lines = []string{"None registered"}
	case reg.Practice.IsZero():
		s.Lines = []string{"None registered", "Registration: " + reg.State.Words()}
	default:
		s.Lines = append(reg.Practice.Lines(), "Registration: "+reg.State.Words())
	}
	return s
}

func (a *assembly) referrer() Section {
	p := a.facts.Prison
	var lines []string
	for _, line := range append([]string{p.Name, p.Team}, p.Address...) {
		if line != "" {
			lines = append(lines, line)
		}
	}
	if p.Phone != "" {
		lines = append(lines, "Telephone "+p.Phone)
	}
	return Section{Lines: lines, Source: fromRecord}
}

func (a *assembly) admission() Section {
	stay := a.record.Shared.Stay
	if stay.Received.IsZero() {
		return Section{}
	}
	return Section{Lines: []string{"In prison since " + stay.Received.String()}, Source: fromRecord}
}

func (a *assembly) discharge() Section {
	rel := a.record.Shared.Release
	s := Section{Source: fromRecord}
	switch {
	case !rel.Left.IsZero():
		s.Lines = append(s.Lines, "Left on "+rel.Left.String())
	case !rel.Day.IsZero():
		s.Lines = append(s.Lines, strings.TrimSpace("Expected to leave on "+rel.Day.Long()+" "+rel.Time))
	default:
		return s
	}
	if rel.Class != ReleaseUnclassed {
		s.Lines = append(s.Lines, "Notice: "+rel.Class.Words())
	}
	if rel.Class == ReleaseNoNotice {
		s.Lines = append(s.Lines, "The person may have left without being seen by healthcare.")
	}
	switch {
	case a.record.Shared.Restricted:
		s.Lines = append(s.Lines, "Going to: "+withheld)
	case rel.Destination != "":
		s.Lines = append(s.Lines, "Going to: "+rel.Destination)
	}
	return s
}

// plan puts the practice's actions first, beginning with the one that cannot
// wait: the day on which the first medicine runs out.
func (a *assembly) plan() Section {
	var forGP, others []string
	for _, line := range a.lines() {
		if isForGP(line) {
			forGP = append(forGP, line)
		} else {
			others = append(others, line)
		}
	}
	s := Section{Source: fromClinician}
	if len(forGP)+len(others) == 0 {
		s.Lines, s.Missing = []string{NotRecorded}, true
	}
	if day := a.firstNextSupply(); !day.IsZero() {
		s.Lines = append(s.Lines, "GP: continue the medicines below; the first supply ends and the next is due on "+day.Long()+".")
	}
	s.Lines = append(append(s.Lines, forGP...), others...)
	return s
}

func isForGP(line string) bool {
	words := strings.ToUpper(line)
	return strings.HasPrefix(words, "GP:") || strings.HasPrefix(words, "GP ") || strings.HasPrefix(words, "PRACTICE:")
}

func (a *assembly) firstNextSupply() Day {
	var first Day
	for _, m := range a.health.CurrentMedicines() {
		if !a.health.Decided(m) {
			continue
		}
		day := SupplyEnds(a.health.Supplies[m.ID].SupplyDecision, a.leaves())
		if !day.IsZero() && (first.IsZero() || day < first) {
			first = day
		}
	}
	return first
}

// leaves is the day from which the person lives on what was supplied.
func (a *assembly) leaves() Day {
	if left := a.record.Shared.Release.Left; !left.IsZero() {
		return DayOf(left.Time())
	}
	return a.record.Shared.Release.Day
}
