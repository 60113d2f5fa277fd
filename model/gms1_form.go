package model

import (
	"fmt"
	"strings"
	"time"
)

// GMS1Form is the registration form as it would be printed now.
type GMS1Form struct {
	Welsh    bool // for a practice in Wales: GMS1W
	Sections []GMS1Section
	Answered int      // questions answered or declined
	Asked    int      // questions there are
	NotAsked []string // labels
	Wants    []string // what a practice cannot do without
}

// GMS1Section is a part of the form.
type GMS1Section struct {
	Title string
	Lines []GMS1Line
}

// GMS1Line is one question with what is known of it.
type GMS1Line struct {
	Label string
	Value string
	Boxes []GMS1Box // of a question with options; then Value is "" unless it was declined
}

// GMS1Box is an option with its box.
type GMS1Box struct {
	Label  string
	Ticked bool
}

// AssembleGMS1 fills the form from the record. Of a restricted person address,
// telephone, practice and whatever else tells where they are stay out of it (NHS
// Personal Demographics Service, security label R).
func AssembleGMS1(r *Record, prison string, now time.Time) GMS1Form {
	f := &gms1Filling{record: r, health: r.health(), prison: prison, today: DayOf(now)}
	out := GMS1Form{Welsh: f.health.Registration.Practice.Code.IsWelsh() || f.health.Registration.Practice.IsZero() && NationOf(r.Shared.Stay.Site) == Wales}
	out.Sections = append(out.Sections, f.registration(), f.person(), f.contact())
	for _, page := range GMS1Pages() {
		out.Sections = append(out.Sections, f.page(page))
	}
	out.Sections = append(out.Sections, f.clinical(), f.consent())
	out.Answered, out.Asked, out.NotAsked, out.Wants = f.answered, len(gms1Questions), f.notAsked, f.wants()
	return out
}

// Complete says in words how much of the form is filled.
func (f GMS1Form) Complete() string {
	words := fmt.Sprintf("%d of %d questions answered.", f.Answered, f.Asked)
	if len(f.Wants) == 0 {
		return words + " Nothing is missing that a practice needs."
	}
	return words + " A practice will ask for: " + strings.Join(f.Wants, ", ") + "."
}

type gms1Filling struct {
	record   *Record
	health   *HealthPart
	prison   string
	today    Day
	answered int
	notAsked []string
}

func (f *gms1Filling) hidden(text string) string {
	switch {
	case f.record.Shared.Restricted:
		return withheld
	case text == "":
		return NotRecorded
	}
	return text
}

func (f *gms1Filling) registration() GMS1Section {
	release := f.record.Shared.Release.Day
	practice := f.health.Registration.Practice
	lines := []GMS1Line{
		{Label: "Type", Value: "Registration before release from prison; the person need not attend"},
		{Label: "Practice", Value: f.hidden(strings.Join(practice.Lines(), ", "))},
		{Label: "Leaves prison on", Value: dayOrNone(release)},
	}
	if from := EarliestRegistration(release); !from.IsZero() {
		lines = append(lines, GMS1Line{Label: "Can be registered from", Value: from.String() + ", a month before release"})
	}
	return GMS1Section{"Registration", append(lines, GMS1Line{Label: "Present address", Value: f.prison})}
}

func dayOrNone(d Day) string {
	if d.IsZero() {
		return "No date yet"
	}
	return d.String()
}

func (f *gms1Filling) person() GMS1Section {
	s := &f.record.Shared
	nhs := s.Numbers[string(SchemeNHS)]
	number := orNotRecorded(NHSNumber(nhs.Value).Spaced()) + " (" + nhs.Status.Words() + ")"
	if nhs.Value == "" {
		number = "Not known. A practice registers people without one."
	}
	sex := []GMS1Box{{"Male", s.Sex == SexMale}, {"Female", s.Sex == SexFemale}, {"Other or not stated", s.Sex != SexMale && s.Sex != SexFemale && s.Sex != ""}}
	return GMS1Section{"The person", []GMS1Line{
		{Label: "Family name", Value: orNotRecorded(s.Name.Family)},
		{Label: "Given names", Value: orNotRecorded(strings.Join(s.Name.Given, " "))},
		{Label: "Date of birth", Value: orNotRecorded(s.Born.String())},
		{Label: "Sex on the NHS record", Boxes: sex},
		{Label: "NHS number", Value: number},
	}}
}

// contact is where the person will live. A practice that is asked to lend its
// address has to be told so.
func (f *gms1Filling) contact() GMS1Section {
	c := f.health.Contact
	address := strings.Trim(strings.Join(append(append([]string(nil), c.Address...), c.Postcode), ", "), ", ")
	switch {
	case c.Living == LivingPractice:
		address = "No address. Please use the practice's own address, as the guidance allows."
	case c.Living == LivingNone || c.NoFixedAddress:
		address = "No fixed abode. No proof of address is needed; the practice's own address may be used."
	case c.Living == LivingApproved || c.Living == LivingHostel:
		address = strings.TrimSuffix(c.Living.Words()+": "+address, ": ")
	}
	return GMS1Section{"After release", []GMS1Line{
		{Label: "Address", Value: f.hidden(address)}, {Label: "Telephone", Value: f.hidden(c.Phone)},
		{Label: "E-mail", Value: f.hidden(c.Email)}, {Label: "Safe contact", Value: f.hidden(c.Safe)},
	}}
}

func (f *gms1Filling) page(page GMS1Page) GMS1Section {
	section := GMS1Section{Title: page.Words()}
	for _, q := range GMS1Questions(page) {
		section.Lines = append(section.Lines, f.line(q))
	}
	return section
}

func (f *gms1Filling) line(q GMS1Question) GMS1Line {
	a, line := f.health.Answer(q), GMS1Line{Label: q.Label}
	switch {
	case a.Said == GMS1NotAsked:
		f.notAsked = append(f.notAsked, q.Label)
		line.Value = "Not asked"
	case a.Said == GMS1Declined:
		f.answered++
		line.Value = "Declined"
	default:
		f.answered++
		line.Value = a.Text
	}
	if q.Where && f.record.Shared.Restricted && a.Said == GMS1Answered {
		line.Value = withheld
	}
	for _, o := range q.Options {
		line.Boxes = append(line.Boxes, GMS1Box{o.Label, a.Said == GMS1Answered && a.Text == o.Value})
	}
	if len(q.Options) > 0 && a.Said == GMS1Answered {
		line.Value = ""
	}
	return line
}

// clinical is what a practice needs before the record comes to it.
func (f *gms1Filling) clinical() GMS1Section {
	var medicines []string
	for _, m := range f.health.CurrentMedicines() {
		medicines = append(medicines, strings.TrimSpace(m.What()+", "+m.How()))
	}
	said := strings.Join(medicines, "; ")
	if said == "" && f.health.NoMedicinesStated() {
		said = "None"
	}
	return GMS1Section{"Allergies, conditions and medicines", []GMS1Line{
		{Label: "Allergies", Value: f.health.Allergies.Words()},
		{Label: "Conditions", Value: orNotRecorded(strings.Join(f.health.Problems, "; "))},
		{Label: "Medicines", Value: orNotRecorded(said)},
	}}
}

func (f *gms1Filling) consent() GMS1Section {
	return GMS1Section{"Agreement", []GMS1Line{
		{Label: "To be registered with a practice", Value: f.health.Consents[ConsentRegisterGP].Words()},
		{Label: "To send the practice a summary", Value: f.health.Consents[ConsentShareGP].Words()},
	}}
}

// wants is what a practice cannot register anybody without, or will ring up for.
func (f *gms1Filling) wants() []string {
	var out []string
	add := func(missing bool, what string) {
		if missing {
			out = append(out, what)
		}
	}
	s, c := &f.record.Shared, f.health.Contact
	add(s.Name.IsZero(), "name")
	add(s.Born.String() == "" || s.Born.String() == NotRecorded, "date of birth")
	add(f.health.Registration.Practice.IsZero(), "practice")
	add(!s.Restricted && c.Living == "" && !c.NoFixedAddress && len(c.Address) == 0, "where the person will live")
	add(!f.health.Consents[ConsentRegisterGP].Holds(f.today), "the person's agreement")
	before, person := f.health.GMS1[GMS1Before].Answers, f.health.GMS1[GMS1Person].Answers
	add(before["practice"].Said == GMS1NotAsked && before["first"].Text != "yes", "the practice before")
	add(person["birth-town"].Said == GMS1NotAsked, "town of birth")
	return out
}
