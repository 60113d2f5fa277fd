package model

import "slices"

// LetterData is what the letter says, once more, in parts that another program
// can read: its FHIR document is made of them. It says nothing that does not
// stand in the letter's sections too. Letters of format 1 have none.
type LetterData struct {
	Name       PersonName        `json:"name"`
	Born       PartialDate       `json:"born"`
	Sex        Sex               `json:"sex,omitempty"`
	NHS        Trace             `json:"nhs"` // an empty number with its status says why there is none
	Prison     string            `json:"prison,omitempty"`
	Restricted bool              `json:"restricted,omitempty"` // then there is no contact and no practice
	Contact    ContactDetails    `json:"contact"`
	Practice   ChosenPractice    `json:"practice"`
	Registered RegistrationState `json:"registered,omitempty"` // how far the registration with it is
	Received   Day               `json:"received,omitzero"`
	Leaves     Day               `json:"leaves,omitzero"` // expected; not set once the person has left
	Left       Instant           `json:"left,omitzero"`
	Class      ReleaseClass      `json:"class,omitempty"`
	Replaces   Hash              `json:"replaces,omitzero"` // of the frozen letter it replaces
	Adds       Hash              `json:"adds,omitzero"`     // of the discharge letter that late results add to

	Medicines    []LetterMedicine    `json:"medicines,omitempty"`   // current ones first
	NoMedicines  Instant             `json:"noMedicines,omitempty"` // when it was stated that there are none, if a prescriber confirmed it
	Allergies    AllergyState        `json:"allergies,omitempty"`
	AllergyList  []Allergy           `json:"allergyList,omitempty"`
	AllergiesAt  Instant             `json:"allergiesAt,omitempty"` // when they were recorded
	Problems     []string            `json:"problems,omitempty"`
	Consents     []LetterConsent     `json:"consents,omitempty"`
	Appointments []LetterAppointment `json:"appointments,omitempty"`
}

// LetterMedicine is one medicine as the letter tells it.
type LetterMedicine struct {
	ID         MedicineID    `json:"id"`
	Name       string        `json:"name"`
	Code       string        `json:"code,omitempty"` // dm+d
	Dose       string        `json:"dose,omitempty"`
	Route      string        `json:"route,omitempty"`
	Form       string        `json:"form,omitempty"`
	Strength   string        `json:"strength,omitempty"`
	Frequency  string        `json:"frequency,omitempty"`
	Indication string        `json:"indication,omitempty"`
	Start      Day           `json:"start,omitzero"`
	LastGiven  Day           `json:"lastGiven,omitzero"`
	NextDue    Day           `json:"nextDue,omitzero"`
	Schedule   Schedule      `json:"schedule"` // the one that counts
	Reason     string        `json:"reason,omitempty"`
	Stay       StayChange    `json:"stay,omitempty"`
	Stopped    Stop          `json:"stopped,omitzero"`
	Supply     *LetterSupply `json:"supply,omitempty"`  // nil while it is not decided
	Further    *LetterSupply `json:"further,omitempty"` // a second way of supply
	Kept       *LetterKept   `json:"kept,omitempty"`
}

// LetterSupply is what the person leaves with, or can have dispensed.
type LetterSupply struct {
	SupplyDecision
	Next  Day         `json:"next,omitzero"`  // first day without the medicine, counting every supply
	Ready bool        `json:"ready,omitzero"` // packed or sent when the letter was made
	Gone  *SupplyGone `json:"gone,omitempty"` // what became of it at the gate, nil before
}

// What returns name, strength and form.
func (m LetterMedicine) What() string { return m.prescribed().What() }

// How returns dose, route and frequency.
func (m LetterMedicine) How() string { return m.prescribed().How() }

// Current tells whether the person still takes it.
func (m LetterMedicine) Current() bool { return m.Stopped.Day.IsZero() }

func (m LetterMedicine) prescribed() Prescribed {
	return Prescribed{Name: m.Name, Code: m.Code, Dose: m.Dose, Route: m.Route, Form: m.Form, Strength: m.Strength, Frequency: m.Frequency}
}

// LetterConsent is one answer the practice needs to know of.
type LetterConsent struct {
	Type     ConsentType     `json:"type"`
	Decision ConsentDecision `json:"decision"`
	Agreed   bool            `json:"agreed,omitempty"` // that it may be done
	Scope    string          `json:"scope,omitempty"`
	How      ConsentHow      `json:"how,omitempty"`
	At       Instant         `json:"at"`
	Expires  Day             `json:"expires,omitzero"`
}

// data gathers the parts from where the sections take their words.
func (a *assembly) data() *LetterData {
	r, h, d := a.record, a.health, a.personData()
	last, _ := h.LastLetter()
	d.Received, d.Class, d.Replaces = a.received(), r.Shared.Release.Class, last.Hash
	d.Left, _ = a.left()
	d.Allergies, d.AllergyList, d.AllergiesAt = h.Allergies.State, slices.Clone(h.Allergies.List), h.Allergies.By.Instant()
	d.Problems, d.Medicines, d.Consents = slices.Clone(h.Problems), a.medicineData(), a.consentData()
	d.Appointments = a.appointmentsToCome()
	if d.Left.IsZero() {
		d.Leaves = r.Shared.Release.Day
	}
	if h.NoMedicinesConfirmed() {
		d.NoMedicines = h.NoMedicines.Instant()
	}
	return d
}

// resultsData is the parts of a letter on late results: whom and which letter
// they belong to.
func (a *assembly) resultsData() *LetterData {
	d := a.personData()
	last, _ := a.health.LastLetter()
	d.Adds = last.Hash
	return d
}

// personData is who the letter is about, and their practice.
func (a *assembly) personData() *LetterData {
	r, h := a.record, a.health
	d := &LetterData{
		Name: r.Shared.Name, Born: r.Shared.Born, Sex: r.Shared.Sex, NHS: r.Shared.Numbers[string(SchemeNHS)],
		Prison: r.Number(SchemePrison), Restricted: r.Shared.Restricted, Registered: h.Registration.State,
	}
	if !d.Restricted {
		d.Contact, d.Practice = h.Contact.ContactDetails, h.Registration.Practice
	}
	return d
}

func (a *assembly) medicineData() []LetterMedicine {
	var out []LetterMedicine
	for _, m := range a.health.CurrentMedicines() {
		one := LetterMedicine{
			ID: m.ID, Name: m.Name, Code: m.Code, Dose: m.Dose, Route: m.Route, Form: m.Form, Strength: m.Strength,
			Frequency: m.Frequency, Indication: m.Indication, Start: m.Start, LastGiven: m.LastGiven, NextDue: m.NextDue,
			Schedule: m.CD(), Reason: m.Reason, Stay: a.stayChange(m),
		}
		a.supplyData(m, &one)
		out = append(out, one)
	}
	for _, m := range a.health.StoppedMedicines() {
		if a.endedBefore(m) {
			continue
		}
		out = append(out, LetterMedicine{
			ID: m.ID, Name: m.Name, Code: m.Code, Dose: m.Dose, Route: m.Route, Form: m.Form, Strength: m.Strength, Frequency: m.Frequency,
			Schedule: m.CD(), Stopped: m.Stopped,
		})
	}
	return out
}

func (a *assembly) supplyData(m Medicine, to *LetterMedicine) {
	if !a.health.Decided(m) {
		return
	}
	next := a.health.NextSupply(m, a.leaves())
	to.Supply = &LetterSupply{SupplyDecision: a.health.Supplies[m.ID].SupplyDecision, Next: next}
	for _, line := range a.health.SupplyLines(m) {
		one := &LetterSupply{SupplyDecision: line.Supply.SupplyDecision, Next: next, Ready: line.Ready, Gone: a.gone(line)}
		if line.Further {
			to.Further = one
		} else {
			to.Supply = one
		}
	}
	to.Kept = a.kept(m)
}

// consentData holds the answers that were recorded, of those the letter tells.
func (a *assembly) consentData() []LetterConsent {
	var out []LetterConsent
	for _, t := range consentsInLetter {
		if c := a.health.Consents[t]; c.Decision != ConsentNotRecorded {
			out = append(out, LetterConsent{Type: t, Decision: c.Decision, Agreed: c.Agreed(), Scope: c.Scope, How: c.How, At: c.By.Instant(), Expires: c.Expires})
		}
	}
	return out
}
