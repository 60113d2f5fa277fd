package model_test

import (
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestWhoIsInACourtList(t *testing.T) {
	day := model.DayOf(morning)
	due := func(name, legal string, change func(*model.Row)) model.Row {
		r := model.Row{Name: name, Stay: model.Stay{LegalStatus: legal}, Release: model.Release{Day: day + 1, Basis: model.BasisCourt}}
		if change != nil {
			change(&r)
		}
		return r
	}
	rows := []model.Row{
		due("REMAND", "REMAND", nil),
		due("UNSENTENCED", "CONVICTED_UNSENTENCED", nil),
		due("UNKNOWN", "", nil),
		due("SENTENCED", "SENTENCED", nil),
		due("DEAD", "REMAND", func(r *model.Row) { r.Deceased = true }),
		due("GONE", "REMAND", func(r *model.Row) { r.Stay.Out = string(model.MovementRelease) }),
		due("ON ANOTHER DAY", "REMAND", func(r *model.Row) { r.Release.Day++ }),
		due("THERE NOW", "REMAND", func(r *model.Row) { r.Stay.Out, r.Release = string(model.MovementCourt), model.Release{} }),
	}
	for _, tt := range []struct {
		day  model.Day
		want string
	}{{day + 1, "REMAND UNKNOWN UNSENTENCED"}, {day, "THERE NOW"}, {day + 2, "ON ANOTHER DAY"}, {day + 3, ""}} {
		var names []string
		for _, r := range model.DueAtCourt(rows, tt.day, day) {
			names = append(names, r.Name)
		}
		if got := strings.Join(names, " "); got != tt.want {
			t.Errorf("on %s: %q, want %q", tt.day, got, tt.want)
		}
	}
}

func atCourt(t *testing.T) *desk {
	d := newDesk(t, 1, model.RoleNurse)
	medicine := &model.MedicineSet{ID: model.NewMedicineID([8]byte{1}), Prescribed: model.Prescribed{Name: "Levetiracetam", Strength: "500 mg", Form: "tablets", Dose: "500 mg", Frequency: "twice a day"}}
	for _, c := range []model.Change{
		&model.PersonNamed{Name: model.PersonName{Family: "Pryce", Given: []string{"Llŷr"}}},
		&model.StaySet{Site: "LEI", LegalStatus: "REMAND"},
		&model.ReleaseSet{Day: model.DayOf(morning) + 1, Basis: model.BasisCourt},
		medicine,
		&model.SupplySet{ID: medicine.ID, For: medicine.Fingerprint(), SupplyDecision: model.SupplyDecision{Route: model.SupplyEPS, Quantity: 5600, Unit: "tablets", Days: 28}},
		&model.ContactSet{ContactDetails: model.ContactDetails{Phone: "07700 900123", Safe: "Evenings"}},
		&model.GPStep{State: model.RegKept, Practice: model.ChosenPractice{Code: "A81001", Name: "The Surgery", Phone: "01632 960100"}},
	} {
		d.do(morning, c)
	}
	return d
}

var courtFacts = model.CourtFacts{Day: model.DayOf(morning) + 1, Prison: model.LetterPrison{Name: "HMP Leeds", Team: "healthcare", Phone: "01632 960500"},
	Name: func(id model.StaffID) string { return string(id) }}

func TestACourtPackSaysWhatCannotWaitAndWhomToCall(t *testing.T) {
	r := atCourt(t).record()
	pack := model.CourtPackOf(r, courtFacts)
	if pack.Held || len(pack.Medicines) != 1 || pack.Medicines[0].Critical != "Anticonvulsant" {
		t.Fatalf("medicines: %+v", pack.Medicines)
	}
	if got := pack.Medicines[0].Supply; got != "Electronic prescription (EPS), 56 tablets, 28 days" {
		t.Errorf("supply: %q", got)
	}
	if len(pack.Critical) != 1 || !strings.Contains(pack.Critical[0], "seizures") {
		t.Errorf("critical: %q", pack.Critical)
	}
	if len(pack.Phones) != 3 || pack.Phones[2].Words != "07700 900123 (Evenings)" {
		t.Errorf("telephones: %+v", pack.Phones)
	}
	if !strings.Contains(pack.GP[0], "The Surgery (A81001)") {
		t.Errorf("practice: %q", pack.GP)
	}
	if !strings.HasPrefix(pack.List, "Not reconciled") || len(pack.Missing()) == 0 {
		t.Errorf("%q, missing %q", pack.List, pack.Missing())
	}
}

func TestACourtPackFollowsTheRecord(t *testing.T) {
	d := atCourt(t)
	d.actor.Role = model.RolePrescriber
	d.do(morning, &model.MedicinesReconciled{List: d.record().Health.ListHash()})
	if pack := model.CourtPackOf(d.record(), courtFacts); !strings.HasPrefix(pack.List, "Reconciled by a.khan") {
		t.Errorf("%q", pack.List)
	}
}

// An officer may know how far the pack is. What is in it healthcare holds.
func TestACourtPackOfAnOfficerHoldsNothingClinical(t *testing.T) {
	r := atCourt(t).record()
	r.Health = nil
	pack := model.CourtPackOf(r, courtFacts)
	if !pack.Held || len(pack.Medicines)+len(pack.GP)+len(pack.Consents)+len(pack.Allergies)+len(pack.Critical) > 0 || len(pack.Phones) != 1 {
		t.Errorf("an officer gets %+v", pack)
	}
	if len(pack.Parts) < 5 {
		t.Errorf("and how far it is in %d parts", len(pack.Parts))
	}
}

// NHS "sensitive": neither practice nor telephone is said of a restricted
// person, on whatever paper.
func TestACourtPackOfARestrictedPersonGivesNobodyAway(t *testing.T) {
	d := atCourt(t)
	d.do(morning, &model.PersonRestricted{Restricted: true, Reason: "Told by the national register"})
	pack := model.CourtPackOf(d.record(), courtFacts)
	if len(pack.Phones) != 1 || strings.Contains(strings.Join(pack.GP, " "), "Surgery") {
		t.Errorf("%+v %q", pack.Phones, pack.GP)
	}
}
