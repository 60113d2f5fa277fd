package store_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func TestWhatWasDoneIsThereAfterReopening(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	officer := signIn(t, st, "officer")
	id := newPerson(t, officer, "A1234AA")
	do(t, officer, id, named("Smith", "John"), numbered("A1234AA"), &model.CustodyNoted{Text: "seen"})
	want := get(t, officer, id)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}

	st = s.reopen(dir)
	officer = signIn(t, st, "officer")
	if got := get(t, officer, id); !reflect.DeepEqual(got, want) {
		t.Errorf("came back as\n%+v, want\n%+v", got, want)
	}
	rows := officer.Rows()
	if len(rows) != 1 || rows[0].Prison != "A1234AA" || !reflect.DeepEqual(rows[0], model.RowOf(id, &want.Shared)) {
		t.Errorf("rows: %+v", rows)
	}
	if status := st.Status(); status.Pending != 3 || status.People != 1 {
		t.Errorf("status: %+v", status)
	}
}

func TestARoleSeesItsCompartmentsOnly(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer, nurse, manager := signIn(t, st, "officer"), signIn(t, st, "nurse"), signIn(t, st, "manager")
	id := newPerson(t, officer, "A1234AA")
	do(t, officer, id, named("Smith", "John"), &model.CustodyNoted{Text: "seen"})
	if r := get(t, nurse, id); r.Custody != nil || r.Health == nil || r.Shared.Name.Family != "Smith" {
		t.Errorf("a nurse sees %+v", r)
	}
	if r := get(t, officer, id); r.Health != nil || len(r.Custody.Notes) != 1 {
		t.Errorf("an officer sees %+v", r)
	}
	if r := get(t, manager, id); r.Health != nil || r.Custody != nil {
		t.Errorf("a manager sees %+v", r)
	}
	ops, err := nurse.History(context.Background(), id)
	if err != nil || len(ops) != 1 {
		t.Errorf("a nurse reads %d ops of the history, %v", len(ops), err)
	}
	err = nurse.Do(context.Background(), model.Write{Person: id, Changes: []model.Change{&model.CustodyNoted{Text: "x"}}})
	if model.KindOf(err) != model.KindForbidden {
		t.Errorf("a nurse wrote in custody: %v", err)
	}
}

func TestAWriteIsWholeOrNot(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer := signIn(t, st, "officer")
	id := newPerson(t, officer, "")
	do(t, officer, id, named("Smith", "John"))
	before := get(t, officer, id)
	for name, spoil := range map[string]model.Change{
		"not sensible": &model.PersonNamed{},
		"not allowed":  &model.ItemSet{Item: model.ItemLetter, State: model.NotNeeded, Note: "none"},
	} {
		err := officer.Do(context.Background(), model.Write{Person: id, Changes: []model.Change{numbered("A1234AA"), spoil}})
		if err == nil {
			t.Fatalf("%s: was written", name)
		}
		if got := get(t, officer, id); !reflect.DeepEqual(got, before) {
			t.Errorf("%s: the first change of the write stands", name)
		}
	}
	if n := st.Status().Pending; n != 1 {
		t.Errorf("%d ops are queued", n)
	}
}

func TestTwoDesksMeetAndSeeOneConflict(t *testing.T) {
	s := newSite(t)
	a, b := s.desk(), s.desk()
	one, two := signIn(t, a, "nurse"), signIn(t, b, "nurse")
	officer := signIn(t, a, "officer")
	id := newPerson(t, officer, "A1234AA")
	do(t, officer, id, named("Smith", "John"))
	merge(t, b, carry(t, a))
	do(t, one, id, &model.ItemSet{Item: model.ItemConsent, State: model.NotNeeded, Note: "none"})
	s.clock.add(1e9)
	do(t, two, id, &model.ItemSet{Item: model.ItemConsent, State: model.Refused, Note: "declined"})
	ofA, ofB := carry(t, a), carry(t, b)
	merge(t, b, ofA)
	merge(t, a, ofB)

	ra, rb := get(t, one, id), get(t, two, id)
	if !reflect.DeepEqual(ra, rb) {
		t.Errorf("the desks differ:\n%+v\n%+v", ra, rb)
	}
	for _, ss := range []*store.Session{one, two} {
		all, err := ss.Conflicts(context.Background())
		if err != nil || len(all) != 1 || len(all[0].Ops) != 2 || all[0].Row.Conflicts != 1 {
			t.Fatalf("conflicts: %+v, %v", all, err)
		}
	}
	all, _ := one.Conflicts(context.Background())
	do(t, one, id, model.Settle(all[0].Conflict, all[0].Ops[1], "the form is signed"))
	merge(t, b, carry(t, a))
	if all, err := two.Conflicts(context.Background()); err != nil || len(all) != 0 {
		t.Errorf("left after settling: %+v, %v", all, err)
	}
}

func TestSeenSaysWhatTheAuthorHadOnTheScreen(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	one, two := signIn(t, st, "nurse"), signIn(t, st, "prescriber")
	officer := signIn(t, st, "officer")
	id := newPerson(t, officer, "")
	do(t, officer, id, named("Smith", "John"))
	seen := get(t, one, id)
	do(t, two, id, &model.ItemSet{Item: model.ItemConsent, State: model.Refused, Note: "declined"})
	err := one.Do(context.Background(), model.Write{Person: id, Seen: seen, Changes: []model.Change{&model.ItemSet{Item: model.ItemConsent, State: model.NotNeeded, Note: "none"}}})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(get(t, one, id).Conflicts()); n != 1 {
		t.Errorf("a blind overwrite made %d conflicts", n)
	}
}

func TestCompartmentsNobodyCanReadWaitSealed(t *testing.T) {
	s := newSite(t)
	a, b := s.desk(), s.desk()
	officer := signIn(t, a, "officer")
	id := newPerson(t, officer, "A1234AA")
	do(t, officer, id, named("Smith", "John"), &model.CustodyNoted{Text: "seen"})
	envs := carry(t, a)

	merge(t, b, envs) // nobody is signed in
	if n := b.Status().Waiting; n != 2 {
		t.Fatalf("%d wait, want 2", n)
	}
	nurse := signIn(t, b, "nurse")
	if n := b.Status().Waiting; n != 1 {
		t.Errorf("%d wait after a nurse signed in, want 1", n)
	}
	if rows := nurse.Rows(); len(rows) != 1 || rows[0].Name != "SMITH, John" {
		t.Errorf("rows: %+v", rows)
	}
	there := signIn(t, b, "officer")
	if got, want := get(t, there, id), get(t, officer, id); !reflect.DeepEqual(got, want) {
		t.Errorf("came over as\n%+v, want\n%+v", got, want)
	}
	if n := b.Status().Waiting; n != 0 {
		t.Errorf("%d wait after all", n)
	}
	merge(t, b, envs)
	if status := b.Status(); status.Waiting+status.Quarantined != 0 {
		t.Errorf("the same again: %+v", status)
	}
}
