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
	Why    string // a correction takes the place of the letter before it
}

// Assemble builds the letter as it would be signed now: every mandatory heading,
// and the others where there is something to say. It takes nothing from the
// custody part, and of the shared part only identity, the stay's dates and the
// release, so that offence, category and security alerts cannot get in.
func Assemble(r *Record, facts LetterFacts) Letter {
	a := &assembly{record: r, health: r.health(), facts: facts}
	last, _ := a.health.LastLetter()
	letter := Letter{
		Format: LetterFormat, Number: a.health.nextLetter(), Supersedes: last.Number,
		Person: letterPerson(r), Prison: facts.Prison, Author: a.signer(),
		Clinical: a.health.ClinicalHash(), Text: a.health.draftHash(),
	}
	letter.NotSeenWhy, letter.SharedWhy = a.whyNotSeen(), a.sharedWhy()
	letter.NotSeen, letter.Sharing, letter.Care = a.notSeen(), a.health.sharingHash(), a.health.careHash()
	if last.Number > 0 {
		letter.Replaces = &LetterReplaced{Number: last.Number, At: last.By.Instant(), Why: facts.Why}
	}
	letter.Sections, letter.Data = a.sections(headings), a.data()
	return letter
}

// sections builds what stands under each heading of a letter.
func (a *assembly) sections(of []Heading) []Section {
	var out []Section
	for _, h := range of {
		a.heading = h
		s := h.build(a)
		if h.Fed {
			s = a.added(s)
		}
		s.Code, s.Heading = h.Code, h.Name
		empty := len(s.Lines) == 0 && s.Table == nil
		if empty && h.Mark != Mandatory {
			continue
		}
		if empty {
			s.Lines, s.Missing = []string{NotRecorded}, true
		}
		out = append(out, s)
	}
	return out
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
	for _, line := range strings.Split(a.draft().Text, "\n") {
		if line = strings.TrimSpace(strings.ReplaceAll(line, "\t", " ")); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (a *assembly) draft() DraftText { return a.health.Draft[a.heading.Words()] }

func (a *assembly) written() Section {
	return Section{Lines: a.lines(), Source: a.source(fromClinician, a.draft().By)}
}

// source says where a section comes from, and who said it last.
func (a *assembly) source(from string, by Signed) string {
	if by.IsZero() {
		return from
	}
	if from == fromClinician {
		from = "Written"
	} else {
		from += ","
	}
	return from + " by " + a.byDay(by)
}

func (a *assembly) byDay(by Signed) string {
	return a.name(by.Staff) + " (" + by.Role.Words() + ") on " + DayOf(by.At.Time()).String()
}

// added puts a clinician's words beside what the record gives, or in its place.
func (a *assembly) added(s Section) Section {
	lines := a.lines()
	if len(lines) == 0 {
		return s
	}
	if a.heading.Instead && a.draft().Instead {
		s := a.written()
		s.Source += ", instead of what the record says"
		return s
	}
	s.Lines = append(s.Lines[:len(s.Lines):len(s.Lines)], lines...)
	s.Source += "; words added by " + a.byDay(a.draft().By)
	return s
}

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
	s := Section{Source: a.source(fromHealth, reg.By)}
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
	received := a.received()
	if received.IsZero() {
		return Section{}
	}
	return Section{Lines: []string{"In prison since " + received.String()}, Source: fromRecord}
}

// received is when the stay began that the letter is of: the day of reception, or
// of the return where the reception was before an earlier release.
func (a *assembly) received() Day {
	received := a.record.Shared.Stay.Received
	if back := a.record.Shared.Back; !back.IsZero() && DayOf(back.Time()) > received {
		return DayOf(back.Time())
	}
	return received
}

// left is when the person went out of the gate for good, or was let go at court.
func (a *assembly) left() (Instant, bool) { return a.record.Shared.Gone() }

func (a *assembly) discharge() Section {
	rel := a.record.Shared.Release
	s := Section{Source: fromRecord}
	left, gone := a.left()
	switch {
	case gone:
		s.Lines = append(s.Lines, "Left on "+left.String())
	case !rel.Day.IsZero():
		s.Lines = append(s.Lines, strings.TrimSpace("Expected to leave on "+rel.Day.Long()+" "+rel.Time))
	default:
		return s
	}
	if rel.Class != ReleaseUnclassed {
		s.Lines = append(s.Lines, "Notice: "+rel.Class.Words())
	}
	if line := a.seenLine(); line != "" {
		s.Lines = append(s.Lines, line)
	}
	switch {
	case a.record.Shared.Restricted:
		s.Lines = append(s.Lines, "Going to: "+withheld)
	case rel.Destination != "":
		s.Lines = append(s.Lines, "Going to: "+rel.Destination)
	}
	return s
}

// leaves is the day from which the person lives on what was supplied.
func (a *assembly) leaves() Day {
	if left, gone := a.left(); gone {
		return DayOf(left.Time())
	}
	return a.record.Shared.Release.Day
}
