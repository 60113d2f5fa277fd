package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// said lists the entries of a desk as "what staff", oldest first.
func said(t *testing.T, st *store.Store) []string {
	t.Helper()
	all, err := st.Accesses(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, a := range all {
		words := fmt.Sprintf("%s %s %s", a.What, a.Staff, a.Via)
		if a.Kin {
			words += " kin"
		}
		if a.Many > 0 {
			words += fmt.Sprint(" ", a.Many)
		}
		out = append(out, strings.TrimSpace(words))
	}
	return out
}

func requireSaid(t *testing.T, st *store.Store, want ...string) {
	t.Helper()
	if got := said(t, st); !slices.Equal(got, want) {
		t.Errorf("the log says\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// renamed gives somebody on the roster another name.
func renamed(t *testing.T, s *site, st *store.Store, id model.StaffID, name string) {
	t.Helper()
	data := s.data
	data.Staff = slices.Clone(data.Staff)
	for i := range data.Staff {
		if data.Staff[i].ID == id {
			data.Staff[i].Name = name
		}
	}
	if err := st.PutSite(data); err != nil {
		t.Fatal(err)
	}
}

func TestWhoLooksAtTheirOwnNameIsMarked(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	renamed(t, s, st, "officer", "NOVÁKOVÁ, J")
	officer := signIn(t, st, "officer")
	kin, other := model.PersonID{1}, model.PersonID{2}
	do(t, officer, kin, named("Novakova-Smith", "Jana"))
	do(t, officer, other, named("Okafor", "Daniel"))
	get(t, officer, kin)
	get(t, officer, other)
	officer.Find("nov", 10)
	officer.Find("novakova", 10)
	officer.Find("nováková jana", 10)
	s.clock.add(11 * time.Minute)
	officer.Find("novakova", 10)
	do(t, officer, kin, named("Smith", "Jana"))
	get(t, officer, kin)
	if _, err := officer.History(t.Context(), kin); err != nil {
		t.Fatal(err)
	}
	requireSaid(t, st,
		"signed-in officer desk", "record officer desk kin", "record officer desk",
		"search officer desk kin", "search officer desk kin",
		"record officer desk", "history officer desk kin") // the history has the name they bore
}

func TestWhoComesAndGoesIsWrittenDown(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	over, err := st.SignInVia(t.Context(), model.ViaSSH, "nurse", passphraseOf("nurse"))
	if err != nil {
		t.Fatal(err)
	}
	again := signIn(t, st, "nurse")
	if err := over.Locked(t.Context()); err != nil {
		t.Fatal(err)
	}
	again.Close() // they have another session open
	over.Close()
	over.Close()
	if _, err := st.SignInVia(t.Context(), model.ViaCommand, "nurse", "wrong"); err == nil {
		t.Fatal("a wrong passphrase was taken")
	}
	requireSaid(t, st, "signed-in nurse ssh", "signed-in nurse desk", "locked nurse ssh", "sign-out nurse ssh", "sign-in-failed nurse command")
}

func TestAnExportIsWrittenDownFirst(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "x"})
	if err := nurse.Note(t.Context(), model.AccessExport, model.PersonID{}, 120); err != nil {
		t.Fatal(err)
	}
	if err := nurse.Note(t.Context(), model.AccessPrint, id, 0); err != nil {
		t.Fatal(err)
	}
	if err := nurse.Note(t.Context(), model.AccessPrint, model.PersonID{9}, 0); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a letter of nobody: %v", err)
	}
	nurse.Close()
	if err := nurse.Note(t.Context(), model.AccessExport, model.PersonID{}, 1); model.KindOf(err) != model.KindLocked {
		t.Errorf("after signing out: %v", err)
	}
	requireSaid(t, st, "signed-in nurse desk", "export nurse desk 120", "print nurse desk", "sign-out nurse desk")
}

func TestTheAuditIsForThoseWhoAnswerForIt(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse, manager := signIn(t, st, "nurse"), signIn(t, st, "manager")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "x"})
	get(t, nurse, id)
	s.clock.add(time.Hour)
	get(t, nurse, id)
	if _, err := nurse.Accesses(t.Context(), model.AccessFilter{}, 10); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a nurse: %v", err)
	}
	looks, err := manager.Accesses(t.Context(), model.AccessFilter{What: model.AccessRecord}, 10)
	if err != nil || len(looks) != 2 || !looks[1].At.Before(looks[0].At) || looks[0].Device != st.Identity().Device {
		t.Fatalf("%+v, %v", looks, err)
	}
	newest, err := manager.Accesses(t.Context(), model.AccessFilter{Person: id}, 1)
	if err != nil || len(newest) != 1 || newest[0].Seq != looks[0].Seq {
		t.Errorf("%+v, %v", newest, err)
	}
	requireSaid(t, st, "signed-in nurse desk", "signed-in manager desk", "record nurse desk", "record nurse desk", "audit manager desk 2", "audit manager desk 1")
}

// TestNothingTypedGetsIntoTheLog types names, numbers, words and passphrases
// wherever somebody can, and looks for them in every entry.
func TestNothingTypedGetsIntoTheLog(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	renamed(t, s, st, "officer", "NOVÁKOVÁ, J")
	officer, manager := signIn(t, st, "officer"), signIn(t, st, "manager")
	id := model.PersonID{1}
	do(t, officer, id, named("Novakova", "Jana"), numbered("A1234BC"))
	get(t, officer, id)
	officer.Find("novakova", 10)
	_ = try(st, "novakova the passphrase", "x")
	_ = try(st, "officer", "secret words")
	if err := officer.Note(t.Context(), model.AccessPrint, id, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := manager.Accesses(t.Context(), model.AccessFilter{Person: id}, 10); err != nil {
		t.Fatal(err)
	}
	officer.Close()
	entries, err := st.OutgoingAccess(1000)
	if err != nil || len(entries) < 8 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	for _, e := range entries {
		for _, typed := range []string{"ovakova", "OVÁKOVÁ", "Jana", "A1234BC", "secret", "the passphrase"} {
			if strings.Contains(string(e.Raw), typed) {
				t.Errorf("%q is in %s", typed, e.Raw)
			}
		}
	}
}

func TestAChangeOfPassphraseIsWrittenDown(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	const next = "three random words"
	if err := nurse.ChangePassphrase(t.Context(), "wrong", next); model.KindOf(err) != model.KindForbidden {
		t.Errorf("with a wrong one: %v", err)
	}
	if err := nurse.ChangePassphrase(t.Context(), passphraseOf("nurse"), next); err != nil {
		t.Fatal(err)
	}
	requireSaid(t, st, "signed-in nurse desk", "sign-in-failed nurse desk", "passphrase nurse desk")
}
