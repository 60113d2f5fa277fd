package model_test

import (
	"slices"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestKinAreThoseOfOneFamilyName(t *testing.T) {
	for _, c := range []struct {
		staff, person string
		want          bool
	}{
		{"KHAN, A", "Khan", true},
		{"KHAN, A", "Begum-Khan", true},
		{"BEGUM-KHAN, A", "Khan", true},
		{"KHAN, A", "Khanna", false},
		{"O'BRIEN, S", "O’Brien", true},
		{"NOVÁKOVÁ, J", "Novakova", true},
		{"Novakova, J", "NOVÁKOVÁ", true},
		{"VAN DER BERG, T", "van der Meer", false},
		{"VAN DER BERG, T", "Berg", true},
		{"BIN SALMAN, K", "bin Rashid", false},
		{"NG, W", "Ng", true},
		{"NG, W", "Ng-Adams", false}, // too short a part to tell kin by
		{"LINDQVIST, Dr Maja", "Lindqvist", true},
		{"Helen Roberts", "Roberts", true},
		{"Helen Roberts", "Helen", false},
		{"", "Smith", false},
		{"SMITH, J", "", false},
	} {
		family := model.FamilyWords(model.StaffFamily(c.staff))
		if got := model.IsKin(family, model.PersonName{Family: c.person, Given: []string{"A"}}); got != c.want {
			t.Errorf("%q and %q: %v (%v)", c.staff, c.person, got, family)
		}
	}
}

func TestSearchesForOnesOwnName(t *testing.T) {
	family := model.FamilyWords("Nováková")
	for typed, want := range map[string]bool{
		"novakova": true, "NOVÁKOVÁ jana": true, "novako": false, "jana": false, "": false, "A1234BC": false,
	} {
		if got := model.SearchesKin(family, typed); got != want {
			t.Errorf("%q: %v", typed, got)
		}
	}
	if model.SearchesKin(nil, "smith") {
		t.Error("somebody without a name searches for it")
	}
}

func TestFamilyWordsOfLinksAloneAreKept(t *testing.T) {
	if got := model.FamilyWords("Van Den"); !slices.Equal(got, []string{"van", "den"}) {
		t.Errorf("%v", got)
	}
}
