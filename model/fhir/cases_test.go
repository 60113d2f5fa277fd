package fhir_test

import (
	"os"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/model/fhir"
)

var (
	morning    = time.Date(2026, time.November, 23, 8, 0, 0, 0, time.UTC)
	today      = model.DayOf(morning)
	prescriber = model.Actor{Staff: "a.khan", Role: model.RolePrescriber, Site: "LEI"}
	leeds      = model.LetterPrison{
		Code: "LEI", Name: "HMP Leeds", Team: "Healthcare", Address: []string{"2 Gloucester Terrace", "Leeds", "LS12 2TJ"}, Phone: "0113 496 0100", Practice: "Y01234",
	}
	cardiff  = model.LetterPrison{Code: "CFI", Name: "HMP Cardiff", Address: []string{"Knox Road", "Cardiff", "CF24 0UG"}, Practice: "W00119"}
	practice = model.ChosenPractice{Code: "W00001", Name: "Meddygfa Tŷ Gwyn", Address: []string{"1 Heol y Bont", "Caernarfon"}, Postcode: "LL55 1AA", Phone: "01286 496000"}
	// paper stands for the PDF: what is in it is another package's matter.
	paper = []byte("%PDF-1.3 as printed")
)

// record folds changes as they come, unchecked: a letter can be of anything.
func record(changes ...model.Change) *model.Record {
	r := model.NewRecord(model.PersonID{1}, model.Compartments())
	clock := model.Clock{Node: 1}
	for _, c := range changes {
		r.Fold(&model.Op{Stamp: clock.Next(morning), Actor: prescriber, Person: r.ID, Kind: c.Kind(), Change: c, Compartment: c.Compartment()})
	}
	return r
}

func born(tb testing.TB, wire string, sex model.Sex) model.Change {
	tb.Helper()
	date, err := model.ParsePartialDate(wire)
	if err != nil {
		tb.Fatal(err)
	}
	return &model.PersonBorn{Date: date, Sex: sex}
}

func consent(t model.ConsentType, d model.ConsentDecision) model.Change {
	a := model.ConsentAnswer{Type: t, Decision: d, How: model.ConsentSigned}
	if d == model.ConsentLacksCapacity {
		a.BestInterest, a.How = "Dr Khan: continuity of medicines", ""
	}
	if t == model.ConsentContactAfter {
		a.Scope, a.Expires = "By text, in the afternoon", today+90
	}
	return &model.ConsentSet{ConsentAnswer: a}
}

// leaver is somebody with everything a letter can tell.
func leaver(tb testing.TB) []model.Change {
	return append([]model.Change{
		&model.PersonNamed{Name: model.PersonName{Family: "Nguyễn-Pryce", Given: []string{"Llŷr", "Zoë"}}},
		born(tb, "1980-08-14", model.SexMale),
		&model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceVerified},
		&model.PersonNumbered{Scheme: model.SchemePrison, Value: "A1234AA"},
		&model.StaySet{Site: "LEI", Received: today - 120},
		&model.ReleaseSet{Day: today + 1, Time: "09:30", Basis: model.BasisConfirmed, Reason: "CR", Destination: "Approved premises, Caernarfon"},
		consent(model.ConsentRegisterGP, model.ConsentGiven), consent(model.ConsentShareGP, model.ConsentLacksCapacity),
		consent(model.ConsentReconnect, model.ConsentRefused), consent(model.ConsentSCR, model.ConsentWithdrawn),
		consent(model.ConsentDrugService, model.ConsentNotAsked), consent(model.ConsentContactAfter, model.ConsentGiven),
		&model.GPStep{State: model.RegAccepted, Practice: practice, Method: model.MethodPhone, Who: "J Jones", Day: today},
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{
			{Substance: "Penicillin", Reaction: "anaphylaxis", Severity: model.SeveritySevere}, {Substance: "Latex"}, {Substance: "Nuts", Severity: model.SeverityMild},
		}},
		&model.ContactSet{ContactDetails: model.ContactDetails{Address: []string{"1 Stryd Fawr", "Caernarfon"}, Postcode: "LL55 1AB", Phone: "07700 900123", Email: "zoe@example.org", Safe: "afternoons only"}},
		&model.ProblemsSet{Problems: []string{"Opioid dependence", "Recurrent low mood"}},
		&model.LetterDraft{Heading: model.HeadingSummary, Text: "Stable on methadone; BP < 140/90 & weight > 70 kg.\n\"Better\" on sertraline."},
		&model.LetterDraft{Heading: model.HeadingPlan, Text: "GP: review mood within four weeks."},
		&model.LetterDraft{Heading: model.HeadingContact, Text: "Healthcare 0113 496 0100, weekdays 08:00 to 18:00"},
		&model.LetterDraft{Heading: model.HeadingAdvice, Text: "Loss of tolerance and naloxone explained; kit given."},
	}, medicines()...)
}

func medicines() []model.Change {
	methadone := &model.MedicineSet{ID: "0100000000000000", Prescribed: model.Prescribed{
		Name: "Methadone", Code: "138875005", Strength: "1 mg/ml", Form: "oral solution sugar free", Dose: "40 mg", Route: "by mouth", Frequency: "once a day",
		Indication: "opioid dependence", Start: today - 100, LastGiven: today, NextDue: today + 1,
	}}
	sertraline := &model.MedicineSet{ID: "0200000000000000", Prescribed: model.Prescribed{
		Name: "Sertraline", Code: "138875006", Strength: "50 mg", Form: "tablets", Dose: "50 mg", Route: "by mouth", Frequency: "once a day", Indication: "low mood", Start: today - 40,
	}, Reason: "Raised from 25 mg"}
	cream := &model.MedicineSet{ID: "0300000000000000", Prescribed: model.Prescribed{Name: "Hydrocortisone 1% cream", Dose: "apply thinly"}}
	inhaler := &model.MedicineSet{ID: "0400000000000000", Prescribed: model.Prescribed{Name: "Salbutamol 100 micrograms inhaler", Dose: "2 puffs", Frequency: "when needed"}}
	tto := model.SupplyDecision{Route: model.SupplyTTO, Quantity: 2800, Unit: "tablets", Days: 28}
	return []model.Change{
		methadone, sertraline, cream, inhaler,
		&model.SupplySet{ID: methadone.ID, For: methadone.Fingerprint(), SupplyDecision: model.SupplyDecision{
			Route: model.SupplyFP10MDA, Quantity: 56000, Unit: "ml", Days: 14, Instalment: "40 ml daily, supervised; Sunday's dose on Saturday"}},
		&model.SupplySet{ID: sertraline.ID, For: sertraline.Fingerprint(), SupplyDecision: tto},
		&model.SupplyPacked{ID: sertraline.ID, Reference: "BAG-7", Of: tto},
		&model.SupplySet{ID: inhaler.ID, For: inhaler.Fingerprint(), SupplyDecision: model.SupplyDecision{Route: model.SupplyNone, Reason: "keeps one in possession"}},
		&model.MedicineSet{ID: "ff00000000000000", Prescribed: model.Prescribed{Name: "Mirtazapine 15mg tablets"}},
		&model.MedicineStopped{ID: "ff00000000000000", Day: today - 3, Reason: "weight gain"},
	}
}

func factsOf(from model.LetterPrison) model.LetterFacts {
	return model.LetterFacts{Prison: from, Author: prescriber, Now: morning, Name: func(model.StaffID) string { return "KHAN, A" }}
}

func letterOf(r *model.Record, from model.LetterPrison) model.Letter {
	return model.Assemble(r, factsOf(from))
}

func signed(tb testing.TB, l model.Letter) fhir.Options {
	tb.Helper()
	frozen, hash, err := l.Freeze()
	if err != nil {
		tb.Fatal(err)
	}
	at := model.Stamp{Wall: morning.Add(time.Hour).UnixMilli(), Node: 1}
	return fhir.Options{PDF: paper, Signed: &model.SignedLetter{
		Number: l.Number, Supersedes: l.Supersedes, Frozen: frozen, Hash: hash, By: model.Signed{At: at, Staff: "a.khan", Role: model.RolePrescriber}}}
}

// letterCase is a letter with how it is written.
type letterCase struct {
	name    string
	letter  model.Letter
	options fhir.Options
}

// cases are the letters that differ in what their documents hold.
func cases(tb testing.TB) []letterCase {
	tb.Helper()
	full := func(more ...model.Change) *model.Record { return record(append(leaver(tb), more...)...) }
	kept := func(name string, l model.Letter) letterCase { return letterCase{name, l, signed(tb, l)} }
	first := letterOf(full(), leeds)
	sealed := signed(tb, first).Signed
	once := &model.LetterSigned{Number: 1, Frozen: sealed.Frozen, Hash: sealed.Hash}
	again := letterOf(full(once), leeds)
	results := model.AssembleResults(full(once, &model.LetterDraft{Heading: model.LateResults, Text: "HbA1c 48 mmol/mol, 20-Nov-2026"},
		&model.LetterDraft{Heading: model.LateMeaning, Text: "Newly raised; the person knows."}, &model.LetterDraft{Heading: model.LatePlan, Text: "GP: repeat | in 3 months"}), factsOf(leeds))
	frozen, err := os.ReadFile("../testdata/letter-format1.json")
	if err != nil {
		tb.Fatal(err)
	}
	old, err := model.ThawLetter(frozen)
	if err != nil {
		tb.Fatal(err)
	}
	twice := full()
	m := twice.Health.Medicines["0200000000000000"]
	twice.Health.Further = map[model.MedicineID]model.Supply{m.ID: {For: m.Fingerprint(), SupplyDecision: model.SupplyDecision{
		Route: model.SupplyEPS, Quantity: 2800, Unit: "tablets", Days: 28, Begins: today + 29, Overlap: "the pharmacy is shut"}}}
	twice.Health.Counted = map[model.MedicineID]model.Held{m.ID: {Quantity: 600, Unit: "tablets", Days: 6, Day: today}}
	gone := full()
	gone.Shared.Release.Class, gone.Shared.Stay.Out = model.ReleaseNoNotice, string(model.MovementRelease)
	gone.Shared.Movements = []model.Movement{{Type: model.MovementRelease, At: model.InstantOf(morning.Add(-2 * time.Hour))}}
	replacing := old
	replacing.Number, replacing.Supersedes = 2, 1
	all := []letterCase{
		kept("planned", first),
		{"draft", first, fhir.Options{}},
		kept("superseding", again),
		kept("results", results),
		kept("supplied-twice", letterOf(twice, leeds)),
		kept("no-notice", letterOf(gone, leeds)),
		kept("bag-handed-over", letterOf(full(&model.BagPackedUp{Number: "BAG-7"}, &model.BagGiven{Number: "BAG-7", Signature: "signed"}), leeds)),
		kept("bag-refused", letterOf(full(&model.BagPackedUp{Number: "BAG-7"}, &model.BagGiven{Number: "BAG-7", Refused: true, Reason: "did not want it"}), leeds)),
		kept("bag-returned", letterOf(full(&model.BagPackedUp{Number: "BAG-7"}, &model.BagReturn{Number: "BAG-7", Reason: "not released"}), leeds)),
		kept("restricted", letterOf(full(&model.PersonRestricted{Restricted: true}), leeds)),
		kept("wales", letterOf(full(&model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceWelsh}), cardiff)),
		kept("no-nhs-number", letterOf(full(&model.PersonNumbered{Scheme: model.SchemeNHS, Status: model.TraceNoMatch}), leeds)),
		kept("one-name-born-in-a-year", letterOf(full(&model.PersonNamed{Name: model.PersonName{Family: "Sukarno"}}, born(tb, "1990", model.SexNotKnown)), leeds)),
		kept("born-in-a-month", letterOf(full(born(tb, "1990-02", model.SexNotSpecified)), leeds)),
		kept("no-practice", letterOf(full(&model.GPStep{State: model.RegNone, Day: today, Note: "leaves the country"}), leeds)),
		kept("no-allergies-no-medicines", letterOf(record(leaver(tb)[0], &model.AllergiesSet{State: model.AllergiesNone}, &model.MedicinesNone{With: "GP record"}), leeds)),
		kept("allergies-unavailable", letterOf(record(leaver(tb)[0], &model.AllergiesSet{State: model.AllergiesUnavailable}), leeds)),
		{"nothing-known", letterOf(record(), model.LetterPrison{}), fhir.Options{}},
		kept("format-1", old),
		kept("format-1-superseding", replacing),
	}
	return all
}

func write(tb testing.TB, c letterCase) []byte {
	tb.Helper()
	out, err := fhir.Document(c.letter, c.options)
	if err != nil {
		tb.Fatalf("%s: %v", c.name, err)
	}
	return out
}
