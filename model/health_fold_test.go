package model_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"pgregory.net/rapid"
)

// randomHealthChange is one of every kind of the health record, with few values
// so that desks meet in the same slots.
func randomHealthChange(rnd *rand.Rand) model.Change {
	pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
	m := medicine(byte(rnd.IntN(3)), pick("Sertraline", "Methadone", "Diazepam"))
	switch rnd.IntN(33) {
	case 0:
		return &model.AllergiesSet{State: model.AllergiesKnown, List: []model.Allergy{{Substance: pick("Penicillin", "Latex")}}}
	case 1:
		return &model.AllergiesSet{State: model.AllergiesNone}
	case 2:
		return consentTo(model.ConsentShareGP, model.ConsentDecision(pick("given", "refused", "withdrawn")))
	case 3:
		return consentTo(model.ConsentRegisterGP, model.ConsentGiven)
	case 4:
		return step(model.RegistrationState(pick("choosing", "sent", "accepted", "kept")))
	case 5:
		return &model.MedicineStopped{ID: m.ID, Day: today, Reason: pick("rash", "not needed")}
	case 6:
		return supply(m, model.SupplyTTO, 7+rnd.IntN(3))
	case 7:
		return packed(supply(m, model.SupplyTTO, 7))
	case 8:
		return &model.MedicinesNone{With: "GP record"}
	case 9:
		return &model.LetterDraft{Heading: model.HeadingSummary, Text: pick("Well.", "", "Unwell.")}
	case 10:
		return &model.ProblemsSet{Problems: []string{pick("Asthma", "Epilepsy")}}
	case 11:
		return &model.HealthNoted{Text: "seen"}
	case 14:
		return &model.GPKeep{KeepAnswer: model.KeepAnswer{Wish: model.KeepWish(pick("keep", "leave", "undecided"))}}
	case 15:
		return chased(today, model.ChaseOutcome(pick("message", "promised")))
	case 16:
		return &model.GPDeducted{Day: today, How: model.DeductionHow(pick("gp2gp", "pds"))}
	case 17:
		return gms1(model.GMS1Health, map[model.GMS1Key]string{"smoking": pick("never", "smokes")})
	case 18:
		return &model.PrisonGPSet{Registered: model.Answer(pick("no", ""))}
	case 12:
		return &model.LetterSigned{Number: 1 + rnd.IntN(2), Frozen: []byte(pick("{}", "[]", "")), Hash: model.Hash{byte(rnd.IntN(3))}}
	case 19:
		return &model.MedicinesCompared{List: model.Hash{byte(rnd.IntN(2))}, With: pick("GP summary", "chart")}
	case 20:
		return &model.MedicineCounted{ID: m.ID, Quantity: model.Quantity(100 * rnd.IntN(9)), Unit: "tablets", Days: rnd.IntN(9), Day: today}
	case 21:
		return &model.PossessionSet{Level: model.PossessionLevel(pick("none", "weekly")), Reason: pick("stable", "debt")}
	case 22:
		f := supply(m, model.SupplyEPS, 14+rnd.IntN(2))
		return &model.SupplyFurther{ID: f.ID, For: f.For, SupplyDecision: f.SupplyDecision}
	case 23:
		return &model.SupplyWitnessed{Bag: "BAG 114", Contents: pick("a", "b")}
	case 24:
		return &model.OSTSet{Drug: "Methadone", Dose: pick("40 mg", "60 mg")}
	case 25:
		return &model.DepotSet{ID: m.ID, Who: pick("CMHT", "GP")}
	case 26:
		return &model.NaloxoneSet{Answer: model.NaloxoneAnswer(pick("offered", "refused"))}
	case 27:
		return &model.AppointmentSet{ID: model.NewEntryID([8]byte{byte(rnd.IntN(2))}), With: model.AppointmentHospital, What: pick("scan", "heart clinic"), State: model.AppointmentState(pick("booked", "cancelled", "")), Day: today + model.Day(rnd.IntN(3))}
	case 28:
		return &model.ResultSet{ID: model.NewEntryID([8]byte{byte(rnd.IntN(2))}), Of: model.ResultTest, What: pick("HbA1c", "chest X-ray"), State: model.ResultState(pick("awaited", "came")), Result: pick("", "48 mmol/mol")}
	case 29:
		return &model.PreventionSet{ID: model.NewEntryID([8]byte{byte(rnd.IntN(2))}), Of: model.PreventionKind(pick("vaccine", "bbv")), What: pick("hepatitis B", "HIV"), State: model.PreventionState(pick("given", "declined")), Day: today}
	}
	return m
}

// shake folds a change of any content, whatever was there before, and asks it
// everything that screens and store ask.
func shake(tb testing.TB, kind string, body []byte) {
	tb.Helper()
	c, err := model.DecodeChange(kind, body)
	if err != nil || c == nil {
		return
	}
	d := newDesk(tb, 1, model.RolePrescriber)
	for _, before := range [][]model.Change{nil, {medicine(1, "Methadone"), consentTo(model.ConsentShareGP, model.ConsentGiven), step(model.RegSent)}} {
		for _, b := range before {
			d.do(morning, b)
		}
		// Another program's check is no promise: Apply must take what it is given.
		_ = c.Check(d.record(), morning)
		_, _, _ = c.String(), c.Slot(), c.Compartment()
		d.do(morning, c)
		r := d.record()
		if follower, ok := c.(model.Follower); ok {
			_ = follower.Follows(r)
		}
		_ = model.Allow(d.actor, c, r)
		_, _, _ = r.Conflicts(), model.RowOf(r.ID, &r.Shared), model.Timeline(nil).Readiness(&r.Shared)
		letter := model.Assemble(r, model.LetterFacts{Author: d.actor, Now: morning})
		if _, _, err := letter.Freeze(); err != nil {
			tb.Fatal(err)
		}
		kept, err := json.Marshal(r.Health)
		if err != nil {
			tb.Fatalf("the record cannot be kept after %s: %v", kind, err)
		}
		var back model.HealthPart
		if err := json.Unmarshal(kept, &back); err != nil {
			tb.Fatalf("the record cannot be read back after %s: %v", kind, err)
		}
		if again, _ := json.Marshal(back); !bytes.Equal(kept, again) {
			tb.Fatalf("a kept record is another one after %s:\n%s\n%s", kind, kept, again)
		}
		if r.Health.ClinicalHash() != back.ClinicalHash() {
			tb.Fatalf("a kept record has another hash after %s", kind)
		}
	}
}

func FuzzChange(f *testing.F) {
	for _, kind := range model.Kinds() {
		f.Add(kind, []byte("{}"))
	}
	rnd := rand.New(rand.NewPCG(1, 1))
	for range 60 {
		c := randomHealthChange(rnd)
		body, err := model.EncodeChange(c)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(c.Kind(), body)
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte) { shake(t, kind, body) })
}

// TestApplyTakesAnything draws JSON of the right names and wild values, which
// random bytes seldom are.
func TestApplyTakesAnything(t *testing.T) {
	names := fieldNames(t)
	rapid.Check(t, func(rt *rapid.T) {
		kind := rapid.SampledFrom(model.Kinds()).Draw(rt, "kind")
		fields := rapid.MapOfN(rapid.SampledFrom(names), wildJSON(2), 0, 8).Draw(rt, "fields")
		body, err := json.Marshal(fields)
		if err != nil {
			rt.Fatal(err)
		}
		shake(t, kind, body)
	})
}

func wildJSON(deep int) *rapid.Generator[any] {
	plain := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Just[any](true), rapid.Just[any](""), rapid.Just[any]("none"), rapid.Just[any]("2026-11-23"),
		rapid.Just[any]("known"), rapid.Just[any]("0100000000000000"), rapid.Just[any](strings.Repeat("00", 32)), rapid.Just[any]("28"),
		rapid.Custom(func(t *rapid.T) any { return rapid.String().Draw(t, "s") }),
		rapid.Custom(func(t *rapid.T) any { return rapid.Int().Draw(t, "n") }),
	}
	if deep > 0 {
		plain = append(plain, rapid.Custom(func(t *rapid.T) any {
			return rapid.SliceOfN(wildJSON(deep-1), 0, 3).Draw(t, "list")
		}))
	}
	return rapid.OneOf(plain...)
}

// fieldNames are those that occur in any change.
func fieldNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, kind := range model.Kinds() {
		body, err := model.EncodeChange(sampleOf(t, kind))
		if err != nil {
			t.Fatal(err)
		}
		var fields map[string]json.RawMessage
		if err := json.Unmarshal(body, &fields); err != nil {
			t.Fatal(err)
		}
		for name := range fields {
			names = append(names, name)
		}
	}
	return append(names, "list", "route", "quantity", "days", "unit", "schedule", "dose", "strength", "form", "note", "reason", "practice")
}
