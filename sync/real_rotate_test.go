package sync_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	realhub "github.com/throughgate/throughgate/sync/hub"
)

// TestKeysAreReplacedUnderOpenDesks goes over the real hub and two real stores:
// the site's keys are replaced because somebody changed sides, while people are
// signed in. Old and new stay readable to those who may, and what the one who
// changed sides took along opens nothing that is written from then on.
func TestKeysAreReplacedUnderOpenDesks(t *testing.T) {
	s := newService(t, loopback(t))
	one, two := s.workstation(t, 1), s.workstation(t, 2)
	one.once()
	id := one.person()
	one.do(one.officer, id, named("Smith"))
	one.do(one.nurse, id, &model.HealthNoted{Text: "old"})
	one.once()
	two.once()

	gone := staffID(model.RoleNurse, 2)
	if _, err := s.ChangeRole(realhub.NewRole{ID: gone, Role: model.RoleReception}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.RotateKey(realhub.Rotation{Site: "LEI"}); err != nil {
		t.Fatal(err)
	}
	two.do(two.officer, id, &model.LocationSet{Cell: "A-1-001"}) // has not heard of it
	one.once()
	two.once()
	one.once()
	if _, err := two.nurse.Get(t.Context(), id); model.KindOf(err) != model.KindLocked || !strings.HasPrefix(err.Error(), "Your role has changed.") {
		t.Errorf("who changed sides goes on: %v", err)
	}
	one.do(one.nurse, id, &model.HealthNoted{Text: "new"})
	one.do(one.officer, id, &model.CustodyNoted{Text: "new"})
	out, err := one.Outgoing(10)
	if err != nil || len(out) != 2 || out[0].KeyVersion != 2 || out[1].KeyVersion != 2 {
		t.Fatalf("%d entries are on their way, %v", len(out), err)
	}
	one.once()
	two.once()
	for _, w := range []*workstation{one, two} {
		if status := w.Status(); status.Pending+status.Refused+status.Quarantined != 0 {
			t.Errorf("%+v", status)
		}
	}
	again, err := two.SignIn(t.Context(), gone, "three words of "+string(gone))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := again.Get(t.Context(), id); err != nil || again.Actor().Role != model.RoleReception || r.Health != nil || len(r.Custody.Notes) != 1 {
		t.Errorf("in the new role: %v", err)
	}
	if r, err := one.nurse.Get(t.Context(), id); err != nil || len(r.Health.Notes) != 2 || r.Shared.Stay.Cell != "A-1-001" {
		t.Errorf("the nurse who stayed: %v", err)
	}
	nurse := s.another(t, two, "nurse-3", model.RoleNurse)
	if r, err := nurse.Get(t.Context(), id); err != nil || len(r.Health.Notes) != 2 {
		t.Errorf("a nurse who came afterwards: %v", err)
	}
}

// another adds somebody and signs them in at a desk.
func (s *service) another(tb testing.TB, w *workstation, id model.StaffID, role model.Role) *store.Session {
	tb.Helper()
	made, err := s.AddStaff(realhub.NewStaff{ID: id, Site: "LEI", Role: role, Name: "Example"})
	if err != nil {
		tb.Fatal(err)
	}
	w.once()
	return w.signIn(id, made.Passphrase)
}

// TestSomebodyDisabledIsStoppedAtOfflineDesks also lets them come back.
func TestSomebodyDisabledIsStoppedAtOfflineDesks(t *testing.T) {
	s := newService(t, loopback(t))
	w := s.workstation(t, 1)
	id := w.person()
	w.do(w.nurse, id, &model.InstructionGiven{Text: "x"})
	w.once()
	nurse := staffID(model.RoleNurse, 1)
	if err := s.DisableStaff(nurse); err != nil {
		t.Fatal(err)
	}
	w.once() // the news; from here on the desk needs no hub
	if _, err := w.nurse.Get(t.Context(), id); model.KindOf(err) != model.KindForbidden {
		t.Errorf("reading: %v", err)
	}
	if _, err := w.SignIn(t.Context(), nurse, "three words of "+string(nurse)); model.KindOf(err) != model.KindForbidden {
		t.Errorf("signing in: %v", err)
	}
	if _, err := s.EnableStaff(nurse); err != nil {
		t.Fatal(err)
	}
	w.once()
	back, err := w.SignIn(t.Context(), nurse, "three words of "+string(nurse))
	if err != nil {
		t.Fatal(err)
	}
	w.do(back, id, &model.InstructionGiven{Text: "y"})
	w.once()
	if status := w.Status(); status.Pending+status.Refused != 0 {
		t.Errorf("%+v", status)
	}
}

// TestAResetPassphraseReplacesWhatADeskMadeMeanwhile has somebody change theirs
// twice at a desk that is offline while the hub gives them a new one.
func TestAResetPassphraseReplacesWhatADeskMadeMeanwhile(t *testing.T) {
	s := newService(t, loopback(t))
	w := s.workstation(t, 1)
	id, officer := w.person(), staffID(model.RoleReception, 1)
	w.do(w.officer, id, named("Smith")) // signed with the old key, and not sent yet
	words := "three words of " + string(officer)
	for _, next := range []string{"another three words", "three more words"} {
		if err := w.officer.ChangePassphrase(t.Context(), words, next); err != nil {
			t.Fatal(err)
		}
		words = next
	}
	first, err := s.ResetPassphrase(officer)
	if err != nil {
		t.Fatal(err)
	}
	_ = w.agent.Once(t.Context()) // the hub says no to the keyring made here, and sends its own
	w.once()
	if _, err := w.SignIn(t.Context(), officer, words); model.KindOf(err) != model.KindForbidden {
		t.Errorf("the old passphrase: %v", err)
	}
	session := w.signIn(officer, first.Passphrase)
	w.do(session, id, &model.LocationSet{Cell: "A-1-001"})
	w.once()
	if status := w.Status(); status.Pending+status.Refused != 0 {
		t.Errorf("%+v", status)
	}
	if ops, err := session.History(t.Context(), id); err != nil || len(ops) != 2 {
		t.Errorf("%d entries, %v", len(ops), err)
	}
	if notary := s.Notary(); !bytes.Equal(w.Site().Notary, notary[:]) {
		t.Error("the desk was told another notary")
	}
}

// TestAFirstPassphraseChangedTwiceOfflineLosesNothing: the hub believes a keyring
// on the key before it, and of two that came with new keys it would see the last
// one only.
func TestAFirstPassphraseChangedTwiceOfflineLosesNothing(t *testing.T) {
	s := newService(t, loopback(t))
	w := s.workstation(t, 1)
	id, officer := w.person(), staffID(model.RoleReception, 1)
	first, err := s.ResetPassphrase(officer)
	if err != nil {
		t.Fatal(err)
	}
	w.once()
	w.once()
	session, err := w.SignIn(t.Context(), officer, first.Passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if err := session.ChangePassphrase(t.Context(), first.Passphrase, "three words of mine"); err != nil {
		t.Fatal(err)
	}
	err = session.ChangePassphrase(t.Context(), "three words of mine", "another three words")
	if model.KindOf(err) != model.KindConflict {
		t.Errorf("before the hub has the first: %v", err)
	}
	w.do(session, id, named("Smith"))
	w.once()
	if status := w.Status(); status.Pending+status.Refused != 0 {
		t.Errorf("%+v", status)
	}
	if err := session.ChangePassphrase(t.Context(), "three words of mine", "another three words"); err != nil {
		t.Error(err)
	}
	w.once()
	if status := w.Status(); status.Pending+status.Refused != 0 {
		t.Errorf("%+v", status)
	}
}
