package main

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/demo"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// mark is in every health value of one invented person that can hold a word;
// the values that cannot are ones that nobody else has.
const mark = "Qzxvkwj"

var marks = []string{mark, "777719190", "QX9 7ZX", "07777 191949"}

// markedNumber is that person's prison number.
const markedNumber = "A7919QZ"

// marked is a text that gives itself away.
func marked(words string) string { return mark + " " + words }

// hand writes about the marked person as one member of staff after another.
type hand struct {
	*testing.T
	desk *store.Store
	id   model.PersonID
}

func (h *hand) as(staff model.StaffID, write func(s *store.Session)) {
	h.Helper()
	s, err := h.desk.SignIn(h.Context(), staff, demo.Passphrase)
	if err != nil {
		h.Fatal(err)
	}
	defer s.Close()
	write(s)
}

func (h *hand) do(s *store.Session, changes ...model.Change) {
	h.Helper()
	for _, c := range changes {
		seen, _ := s.Get(h.Context(), h.id) // there is none before the first change
		if err := s.Do(h.Context(), model.Write{Person: h.id, Seen: seen, Changes: []model.Change{c}}); err != nil {
			h.Fatalf("%s: %v", c.Kind(), err)
		}
	}
}

func (h *hand) record(s *store.Session) *model.Record {
	h.Helper()
	r, err := s.Get(h.Context(), h.id)
	if err != nil {
		h.Fatal(err)
	}
	return r
}

// markEverything has staff fill every text that a health record has. It returns
// the record as healthcare reads it.
func markEverything(t *testing.T, folder string) *model.Record {
	t.Helper()
	desk, err := store.Open(folder, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	h := &hand{T: t, desk: desk}
	today := model.DayOf(time.Now())
	h.as("officer", func(s *store.Session) {
		if h.id, err = s.NewPerson(markedNumber); err != nil {
			t.Fatal(err)
		}
		h.do(s, &model.PersonNumbered{Scheme: model.SchemePrison, Value: markedNumber},
			&model.PersonNamed{Name: model.PersonName{Family: "Marked", Given: []string{"Person"}}},
			&model.StaySet{Site: demo.Site, LegalStatus: "SENTENCED", Status: "ACTIVE IN", Received: today - 90},
			&model.ReleaseSet{Day: today, Basis: model.BasisConfirmed, Reason: "CR"})
	})
	var full *model.Record
	h.as("nurse", func(s *store.Session) { h.nursing(s, today) })
	h.as("prescriber", func(s *store.Session) {
		h.medicines(s, today)
		h.letters(s)
	})
	h.rescue(today)
	h.as("prescriber", func(s *store.Session) { full = h.record(s) })
	return full
}

func (h *hand) nursing(s *store.Session, today model.Day) {
	practice := model.ChosenPractice{Code: "Y77719", Name: marked("surgery"), Address: []string{marked("lane")}, Postcode: "QX9 7ZX", Phone: "07777 191949"}
	h.do(s,
		&model.ContactSet{ContactDetails: model.ContactDetails{Address: []string{marked("street")}, Postcode: "QX9 7ZX", Phone: "07777 191949", Email: mark + "@example.org", Safe: marked("evenings")}},
		&model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: marked("latex"), Reaction: marked("rash")}}},
		&model.ProblemsSet{Problems: []string{marked("asthma")}},
		&model.HealthNoted{Text: marked("note")},
		&model.MedicinesNone{With: marked("source")},
		&model.LetterRisk{Reason: marked("danger")}, &model.LetterSeen{Answer: model.SeenNo, Why: marked("hurried")},
		&model.PrisonGPSet{Registered: model.AnswerYes, Since: today - 80},
		&model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentShareGP, Decision: model.ConsentLacksCapacity, BestInterest: marked("decided"), DoIt: true}},
		&model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentProbation, Decision: model.ConsentGiven, Scope: marked("scope"), Witness: marked("witness"), Language: marked("tongue"), Interpreter: marked("line"), AskedBy: marked("asker"), TextVersion: mark + "1", How: model.ConsentSigned, Reason: marked("reason")}},
		&model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentVerbal}},
		&model.GMS1Set{Page: model.GMS1Person, Answers: map[model.GMS1Key]model.GMS1Answer{"title": {Said: model.GMS1Answered, Text: marked("title")}}},
		&model.GPKeep{KeepAnswer: model.KeepAnswer{Wish: model.KeepYes, Note: marked("keeps")}},
		&model.GPDeducted{Day: today, How: model.DeductedGP2GP, Note: marked("deducted")},
		&model.GPStep{State: model.RegChoosing, Practice: practice, Day: today, For: model.LivingPlace{Postcode: "QX9 7ZX", Destination: marked("town")}},
		&model.GPStep{State: model.RegFormReady, Day: today},
		&model.GPStep{State: model.RegSent, Method: model.MethodEmail, Day: today, Who: marked("clerk"), Note: marked("step")},
		&model.GPChased{Day: today, Method: model.MethodPhone, Outcome: model.ChasePromised, Who: marked("answerer"), Note: marked("chase")},
	)
}

func (h *hand) medicines(s *store.Session, today model.Day) {
	prescribed := model.Prescribed{Name: marked("pam"), Code: "777719190", Dose: mark + " mg", Route: marked("oral"), Form: marked("tablets"), Strength: mark + " mg", Frequency: marked("daily"), Indication: marked("pain"), Start: today - 9, Schedule: model.Schedule4Part1, DoseReason: marked("right")}
	id, old := model.NewMedicineID([8]byte{7, 9, 1, 9}), model.NewMedicineID([8]byte{7, 9, 2})
	decision := model.SupplyDecision{Route: model.SupplyTTO, Quantity: 14000, Unit: mark + "s", Days: 7, Reason: marked("supply")}
	h.do(s, &model.MedicineSet{ID: id, Prescribed: prescribed, Reason: marked("changed")},
		&model.MedicineSet{ID: old, Prescribed: prescribed, Reason: marked("first")},
		&model.MedicineStopped{ID: old, Day: today, Reason: marked("stopped")},
		&model.SupplySet{ID: id, For: prescribed.Fingerprint(), SupplyDecision: decision},
		&model.SupplyPacked{ID: id, Reference: "BAG-7", Of: decision})
	again := prescribed
	again.Dose, again.Name = mark+" g", marked("pam forte")
	h.do(s, &model.MedicineSet{ID: old, Prescribed: again, Reason: marked("started again")},
		&model.MedicineStopped{ID: old, Day: today, Reason: marked("stopped again")})
	h.as("nurse", func(n *store.Session) {
		h.do(n, &model.SupplyWitnessed{Bag: "BAG-7", Contents: h.record(n).Health.BagContents("BAG-7"), Register: marked("book")})
	})
	further := decision
	further.Route, further.Instalment, further.Overlap = model.SupplyFP10MDA, marked("fortnightly"), marked("late")
	h.do(s, &model.SupplyFurther{ID: id, For: prescribed.Fingerprint(), SupplyDecision: further},
		&model.SupplyPacked{ID: id, Reference: marked("paper"), Of: further, Further: true, Register: marked("page")})
	h.care(s, id, today)
	h.do(s, &model.MedicinesReconciled{List: h.record(s).Health.ListHash()})
	mda := decision
	mda.Route, mda.Instalment, mda.Overlap = model.SupplyFP10MDA, marked("weekly"), marked("both")
	h.do(s, &model.SupplySet{ID: id, For: prescribed.Fingerprint(), SupplyDecision: mda},
		&model.SupplyPacked{ID: id, Reference: marked("script"), Of: mda, Register: marked("line")})
}

func (h *hand) care(s *store.Session, id model.MedicineID, today model.Day) {
	h.do(s,
		&model.MedicineCounted{ID: id, Quantity: 100, Unit: mark + "s", Days: 1, Day: today},
		&model.PossessionSet{Level: model.LevelDaily, Reason: marked("debt")},
		&model.DepotSet{ID: id, Who: marked("team"), Phone: "07777 191949"},
		&model.NaloxoneSet{Answer: model.NaloxoneGiven, Kit: marked("kit"), Lot: mark + "1", Expiry: today + 99, Reason: marked("has one")},
		&model.OSTSet{Drug: marked("substitute"), Dose: mark + " 5", Supervised: marked("chemist"), LastDay: today, LastTime: "08:30", LastAmount: mark + " 5", LastBy: marked("witness"),
			Service: marked("service"), Place: marked("place"), Phone: "07777 191949", Appointment: today + 3, At: "10:30"},
		&model.MedicinesCompared{List: h.record(s).Health.ListHash(), With: marked("summary")},
		&model.AppointmentSet{ID: model.NewEntryID([8]byte{7, 9}), With: model.AppointmentHospital, What: marked("clinic"), Where: marked("infirmary"), Phone: "07777 191949",
			Day: today + 3, Time: "10:30", State: model.AppointmentBooked, Who: marked("clerk"), Travel: marked("taxi")},
		&model.ResultSet{ID: model.NewEntryID([8]byte{7, 8}), Of: model.ResultTest, What: marked("assay"), Asked: today - 3, State: model.ResultCame, Result: marked("high"), Who: marked("chaser")},
		&model.PreventionSet{ID: model.NewEntryID([8]byte{7, 7}), Of: model.PreventionVirus, What: marked("virus"), Day: today - 3, State: model.PreventionGiven, Batch: mark + "9", Result: marked("none")},
	)
}

func (h *hand) letters(s *store.Session) {
	for _, heading := range model.Headings() {
		if heading.Ask != "" {
			h.do(s, &model.LetterDraft{Heading: heading.Code, Text: marked("words under " + string(heading.Code))})
		}
	}
	letter := model.Assemble(h.record(s), model.LetterFacts{Author: s.Actor(), Name: func(model.StaffID) string { return s.Name() }, Now: time.Now()})
	signed, err := model.SignLetter(letter, s.Sign)
	if err != nil {
		h.Fatal(err)
	}
	h.do(s, &model.LetterReady{Clinical: letter.Clinical, Text: letter.Text, Note: marked("ready")}, signed)
	post := model.LetterPost{Letter: signed.Hash, At: model.InstantOf(time.Now()), How: model.LetterByHand, To: marked("desk"), Who: marked("manager"), Reason: marked("gone")}
	h.do(s, &model.LetterSent{LetterPost: post}, &model.LetterFailed{LetterPost: post}, &model.CopyGiven{Letter: signed.Hash, Answer: model.CopyRefused, Note: marked("wants none")})
	for _, code := range []model.HeadingCode{model.LateResults, model.LateMeaning, model.LatePlan} {
		h.do(s, &model.LetterDraft{Heading: code, Text: marked("late words")})
	}
}

// rescue has the person released without notice, and triaged.
func (h *hand) rescue(today model.Day) {
	known := model.InstantOf(time.Now().Add(-time.Minute))
	h.as("officer", func(s *store.Session) {
		h.do(s, &model.RescueStarted{Known: known, Left: known, Reason: "NG", Told: "The clerk", Means: model.MeansPhone})
	})
	h.as("nurse", func(s *store.Session) {
		id := model.NewMedicineID([8]byte{7, 9, 3})
		h.do(s, &model.MedicineSet{ID: id, Prescribed: model.Prescribed{
			Name: "Insulin " + mark, Dose: mark + " units", Route: marked("under the skin"), Form: marked("pen"), Strength: mark, Frequency: marked("daily"),
			Indication: marked("diabetes"), Start: today - 9}})
		h.do(s, &model.TriageSet{Of: known, Flag: string(id), Outcome: model.TriagePrescribed, Note: marked("pharmacy")})
	})
}

// plainText are the texts of a health record that are not anybody's words, and
// why.
var plainText = map[string]string{
	".Supplies[].For":       "hash of what is prescribed",
	".SuppliesOut[].For":    "hash of what was decided",
	".Further[].For":        "hash of what is prescribed",
	".FurtherOut[].For":     "hash of what was decided",
	".Witnessed[].Contents": "hash of what is in the bag",
	".OST.OSTSet.LastTime":  "a time of day",
	".OST.OSTSet.At":        "a time of day",

	".Appointments[].AppointmentSet.Time": "a time of day",

	".Log.Slots[key]": "kinds of entry, and ids",
	".Triage[key]":    "ids of medicines",
	".Witnessed[key]": "numbers of bags, which the gate has as well",
}

// unmarked lists the texts of a value that hold no mark anywhere: what the test
// would not find if it got out.
func unmarked(v reflect.Value) []string {
	found := map[string]bool{}
	walk(v, "", found)
	var missing []string
	for path, is := range found {
		if !is && plainText[path] == "" {
			missing = append(missing, path)
		}
	}
	return missing
}

// walk notes for the path of every string whether a mark was found in it.
func walk(v reflect.Value, path string, found map[string]bool) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			found[path] = found[path] || isMarked(v.String())
		}
	case reflect.Struct:
		if _, is := v.Interface().(model.Signed); is {
			return // who did it, which everybody on the roster knows
		}
		for i := range v.NumField() {
			walk(v.Field(i), path+"."+v.Type().Field(i).Name, found)
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		for i := range v.Len() {
			walk(v.Index(i), path+"[]", found)
		}
		if v.Len() == 0 && v.Kind() == reflect.Slice {
			walk(reflect.Zero(v.Type().Elem()), path+"[]", found)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			walk(key, path+"[key]", found)
			walk(v.MapIndex(key), path+"[]", found)
		}
		if v.Len() == 0 {
			walk(reflect.Zero(v.Type().Elem()), path+"[]", found)
		}
	case reflect.Pointer:
		if v.IsNil() && v.Type().Elem() != reflect.TypeFor[model.HealthPart]() { // the whole part is no part of itself
			walk(reflect.Zero(v.Type().Elem()), path, found)
		}
		if !v.IsNil() {
			walk(v.Elem(), path, found)
		}
	case reflect.Interface:
		found[path+" is an interface"] = false // nobody can say what it holds
	}
}

func isMarked(text string) bool { return firstMark(text) >= 0 }

// firstMark is where the first mark stands, as it was written or in small
// letters, -1 when none does.
func firstMark(text string) int {
	for _, m := range marks {
		for _, form := range []string{m, strings.ToLower(m)} {
			if i := strings.Index(text, form); i >= 0 {
				return i
			}
		}
	}
	return -1
}
