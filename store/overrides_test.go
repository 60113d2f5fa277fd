package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func breaking(s *site, words string) *model.GlassBroken {
	return &model.GlassBroken{
		Opens: model.Custody, Reason: model.GlassOthers, Words: words, Until: model.InstantOf(s.clock.Now().Add(model.GlassWindow)),
	}
}

func TestOverridesWaitForTheirReviewWithTheLongestFirst(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse, manager := signIn(t, st, "nurse"), signIn(t, st, "manager")
	one, two := model.PersonID{1}, model.PersonID{2}
	do(t, nurse, two, breaking(s, "said that he would hurt somebody"))
	s.clock.add(time.Minute)
	do(t, nurse, one, breaking(s, "asked for by the wing at night"))
	s.clock.add(time.Minute)
	do(t, nurse, two, breaking(s, "said so once more an hour later"))

	all, err := manager.Overrides(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var whose []model.PersonID
	for _, o := range all {
		whose = append(whose, o.Row.ID)
	}
	if !slices.Equal(whose, []model.PersonID{two, one, two}) {
		t.Fatalf("they wait in the order %v", whose)
	}
	do(t, manager, two, &model.GlassReviewed{Of: all[0].Override.At, Outcome: model.GlassJustified})
	if all, err = manager.Overrides(t.Context()); err != nil || len(all) != 2 || all[0].Row.ID != one {
		t.Errorf("after a review: %+v, %v", all, err)
	}
	if _, err := nurse.Overrides(t.Context()); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a nurse reads the list: %v", err)
	}
	if seen := looksOf(t, st, model.AccessOverride); !slices.Equal(seen, []model.PersonID{one, two}) {
		t.Errorf("written down as seen: %v", seen)
	}
}

// looksOf is whom the access log names for a kind of look, sorted.
func looksOf(t *testing.T, st *store.Store, what model.AccessWhat) []model.PersonID {
	t.Helper()
	entries, err := st.Accesses(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var out []model.PersonID
	for _, a := range entries {
		if a.What == what {
			out = append(out, a.Person)
		}
	}
	slices.SortFunc(out, func(a, b model.PersonID) int { return slices.Compare(a[:], b[:]) })
	return out
}
