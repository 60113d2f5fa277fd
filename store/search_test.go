package store_test

import (
	"slices"
	"testing"

	"github.com/throughgate/throughgate/model"
)

func TestFindReadsWhatPeopleType(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer, admin := signIn(t, st, "officer"), signIn(t, st, "nurse")
	for i, family := range []string{"Llŷr-Evans", "O'Brien", "Nowak", "Smith", "Smith"} {
		id := model.PersonID{byte(i + 1)}
		given := []string{"Siôn", "Pádraig", "Żaneta", "John", "Zoë"}[i]
		do(t, officer, id, named(family, given), numbered([]string{"A1234AA", "A1235AA", "G4321VW", "A1237AA", "A1238AA"}[i]))
	}
	do(t, admin, model.PersonID{3}, &model.PersonNumbered{Scheme: model.SchemeNHS, Value: "9434765919", Status: model.TraceNotTraced})
	do(t, officer, model.PersonID{4}, &model.PersonNumbered{Scheme: model.SchemePNC, Value: "2012/394773H"})
	for typed, want := range map[string][]byte{
		"llyr":           {1},
		"LLŶR evans":     {1},
		"evans sion":     {1},
		"obrien":         {2},
		"o'bri pad":      {2},
		"zaneta":         {3},
		"943 476 5919":   {3},
		"9434765919":     {3},
		"943 476":        {3},
		"nowak 943 476":  {3},
		"g4321vw":        {3},
		"G 4321 VW":      {3},
		"g43":            {3},
		"smith":          {4, 5},
		"smi jo":         {4},
		"jo smi":         {4},
		"2012/394773H":   {4},
		"a12":            {1, 2, 4, 5},
		"mith":           nil, // words are matched from where they begin
		"smith nowak":    nil,
		"":               nil,
		"   ":            nil,
		"\x1b[2J":        nil,
		"12345678901234": nil,
	} {
		var got []byte
		for _, row := range officer.Find(typed, 10) {
			got = append(got, row.ID[0])
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
}

func TestFindComesInOrderOfNameUpToTheLimit(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer := signIn(t, st, "officer")
	for i, given := range []string{"Dan", "Al", "Cy", "Bo", "Ed"} {
		do(t, officer, model.PersonID{byte(i + 1)}, named("Smith", given))
	}
	var names []string
	for _, row := range officer.Find("smith", 3) {
		names = append(names, row.Name)
	}
	if !slices.Equal(names, []string{"SMITH, Al", "SMITH, Bo", "SMITH, Cy"}) {
		t.Errorf("found %q", names)
	}
}

func TestRowsAreNotChangedUnderTheirReader(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer := signIn(t, st, "officer")
	do(t, officer, model.PersonID{1}, named("Smith", "John"))
	before := officer.Rows()
	do(t, officer, model.PersonID{1}, named("Smith", "Jack"))
	do(t, officer, model.PersonID{2}, named("Jones", "Ann"))
	after := officer.Rows()
	if len(before) != 1 || before[0].Name != "SMITH, John" {
		t.Errorf("the old slice became %+v", before)
	}
	if len(after) != 2 || after[0].Name != "SMITH, Jack" {
		t.Errorf("the new slice is %+v", after)
	}
	if found := officer.Find("jack", 5); len(found) != 1 {
		t.Error("the new name is not found")
	}
	if found := officer.Find("john", 5); len(found) != 0 {
		t.Error("the old name is still found")
	}
}
