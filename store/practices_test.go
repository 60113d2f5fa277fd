package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
)

// What practices said is known of practices and of nobody: who asks is not
// written down as having looked at anybody, and an officer learns nothing.
func TestWhatPracticesSaidNamesNobody(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse, officer := signIn(t, st, "nurse"), signIn(t, st, "officer")
	today := model.DayOf(s.clock.Now())
	practice := model.ChosenPractice{Code: "A81001", Name: "The Densham Surgery"}
	agreed := &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentSigned}}
	for _, id := range []model.PersonID{{1}, {2}, {3}} {
		do(t, nurse, id, agreed)
		do(t, nurse, id, &model.GPStep{State: model.RegChoosing, Practice: practice, Day: today})
		do(t, nurse, id, &model.GPStep{State: model.RegFormReady, Day: today})
		do(t, nurse, id, &model.GPStep{State: model.RegSent, Day: today, Method: model.MethodPhone})
		do(t, nurse, id, &model.GPStep{State: model.RegListClosed, Day: today, Who: "Mrs Hall"})
	}
	do(t, nurse, model.PersonID{3}, &model.PersonRestricted{Restricted: true})
	before, err := st.Accesses(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	memory, err := nurse.PracticeMemory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if word := memory["A81001"]; word.Refused != 2 || word.Last != model.RegListClosed || word.LastDay != today {
		t.Errorf("it is remembered as %+v", word)
	}
	if after, _ := st.Accesses(0, 1000); len(after) != len(before) {
		t.Errorf("%d looks were written down", len(after)-len(before))
	}
	if got, err := officer.PracticeMemory(t.Context()); got != nil || err != nil {
		t.Errorf("an officer learns %v, %v", got, err)
	}
	s.clock.add((model.MemoryDays + 1) * 24 * time.Hour)
	if memory, err = nurse.PracticeMemory(t.Context()); err != nil || len(memory) != 0 {
		t.Errorf("after %d days it is %v, %v", model.MemoryDays+1, memory, err)
	}
	nurse.Close()
	if _, err := nurse.PracticeMemory(t.Context()); !slices.Contains([]model.Kind{model.KindLocked}, model.KindOf(err)) {
		t.Errorf("a session that is over learns %v", err)
	}
}

// BenchmarkPracticeMemory reads the registrations of a prison of 1,500, as the
// finder does once when somebody begins to look for a practice.
func BenchmarkPracticeMemory(b *testing.B) {
	s := newSite(b)
	st := s.desk()
	populate(b, s, st, 1500)
	nurse := signIn(b, st, "nurse")
	today := model.DayOf(s.clock.Now())
	for _, row := range nurse.Rows() {
		do(b, nurse, row.ID, &model.ConsentSet{ConsentAnswer: model.ConsentAnswer{Type: model.ConsentRegisterGP, Decision: model.ConsentGiven, How: model.ConsentSigned}},
			&model.GPStep{State: model.RegChoosing, Practice: model.ChosenPractice{Code: "A81001", Name: "The Densham Surgery"}, Day: today}, &model.GPStep{State: model.RegFormReady, Day: today},
			&model.GPStep{State: model.RegSent, Day: today, Method: model.MethodPhone}, &model.GPStep{State: model.RegListClosed, Day: today, Who: "Mrs Hall"})
	}
	for b.Loop() {
		if memory, err := nurse.PracticeMemory(b.Context()); err != nil || memory["A81001"].Refused != 1500 {
			b.Fatal(memory, err)
		}
	}
}
