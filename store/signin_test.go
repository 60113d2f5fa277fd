package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func try(st *store.Store, staff model.StaffID, passphrase string) error {
	ss, err := st.SignIn(context.Background(), staff, passphrase)
	if err == nil {
		ss.Close()
	}
	return err
}

func TestUnknownNameAndWrongPassphraseAreOneSentence(t *testing.T) {
	s := newSite(t)
	s.addStaff("gone", model.RoleNurse)
	s.data.Staff[len(s.data.Staff)-1].Disabled = true
	st := s.desk()
	wrong := try(st, "nurse", "wrong")
	if model.KindOf(wrong) != model.KindForbidden {
		t.Fatalf("a wrong passphrase: %v", wrong)
	}
	for name, err := range map[string]error{
		"unknown name":                   try(st, "nobody", "wrong"),
		"unknown name, known passphrase": try(st, "nobody.else", passphraseOf("manager")),
		"another's passphrase":           try(st, "officer", passphraseOf("nurse")),
		"nothing typed":                  try(st, "", ""),
		"somebody who was disabled":      try(st, "gone", "wrong"),
	} {
		if err == nil || err.Error() != wrong.Error() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWrongPassphrasesSlowDownAndOutliveTheProgram(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	for i := range 4 {
		if err := try(st, "nurse", "wrong"); model.KindOf(err) != model.KindForbidden {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	if err := try(st, "nurse", passphraseOf("nurse")); model.KindOf(err) != model.KindLocked || !strings.Contains(err.Error(), "in 2 seconds") {
		t.Fatalf("the fifth attempt at once: %v", err)
	}
	if err := try(st, "officer", passphraseOf("officer")); err != nil {
		t.Errorf("somebody else is held up: %v", err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir)
	if err := try(st, "nurse", "wrong"); model.KindOf(err) != model.KindLocked {
		t.Errorf("starting again got round the wait: %v", err)
	}
	s.clock.add(2 * time.Second)
	if err := try(st, "nurse", "wrong"); model.KindOf(err) != model.KindForbidden {
		t.Fatal(err)
	}
	s.clock.add(2 * time.Second)
	if err := try(st, "nurse", "wrong"); model.KindOf(err) != model.KindLocked {
		t.Errorf("the wait does not grow: %v", err)
	}
	s.clock.add(-time.Hour)
	if err := try(st, "nurse", "wrong"); err == nil || !strings.Contains(err.Error(), "in 4 seconds") {
		t.Errorf("a clock set back: %v", err)
	}
	for range 20 {
		s.clock.add(5 * time.Minute)
		if err := try(st, "nurse", "wrong"); model.KindOf(err) != model.KindForbidden && model.KindOf(err) != model.KindLocked {
			t.Fatal(err)
		}
	}
	s.clock.add(time.Hour + 5*time.Minute)
	if err := try(st, "nurse", passphraseOf("nurse")); err != nil {
		t.Errorf("after however many mistakes the right passphrase opens: %v", err)
	}
	if err := try(st, "nurse", "wrong"); model.KindOf(err) != model.KindForbidden {
		t.Errorf("the count was not cleared: %v", err)
	}
}

// TestNobodyWaitsForEverForATurn holds that whoever gives up waiting for the
// stretching of others' passphrases gets out.
func TestNobodyWaitsForEverForATurn(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	turns := st.Turns()
	for range cap(turns) {
		turns <- struct{}{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error)
	go func() {
		_, err := st.SignIn(ctx, "nurse", passphraseOf("nurse"))
		result <- err
	}()
	cancel()
	if err := <-result; model.KindOf(err) != model.KindLocked {
		t.Errorf("broken off: %v", err)
	}
	for range cap(turns) {
		<-turns
	}
	signIn(t, st, "nurse")
}

func TestFirstPassphraseIsChangedWithTheSigningKey(t *testing.T) {
	s := newSite(t)
	ring := s.ring("newcomer")
	ring.MustChange = true
	s.add(ring, model.RoleNurse, 1)
	st, other := s.desk(), s.desk()
	ctx := context.Background()
	ss := signIn(t, st, "newcomer")
	if !ss.MustChange() {
		t.Fatal("the passphrase need not be changed")
	}
	id := model.PersonID{5}
	write := model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: "bottom bunk"}}}
	if err := ss.Do(ctx, write); model.KindOf(err) != model.KindLocked {
		t.Errorf("somebody else's passphrase wrote: %v", err)
	}
	before := string(ss.Sign([]byte("letter")))
	for name, new := range map[string]string{"short": "short", "the same": passphraseOf("newcomer")} {
		if err := ss.ChangePassphrase(ctx, passphraseOf("newcomer"), new); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := ss.ChangePassphrase(ctx, "wrong", "correct horse battery"); model.KindOf(err) != model.KindForbidden {
		t.Errorf("with a wrong old passphrase: %v", err)
	}
	if err := ss.ChangePassphrase(ctx, passphraseOf("newcomer"), "correct horse battery"); err != nil {
		t.Fatal(err)
	}
	if ss.MustChange() || string(ss.Sign([]byte("letter"))) == before {
		t.Error("the signing key that the hub's operator saw still signs")
	}
	if err := ss.Do(ctx, write); err != nil {
		t.Fatal(err)
	}
	if try(st, "newcomer", passphraseOf("newcomer")) == nil || try(st, "newcomer", "correct horse battery") != nil {
		t.Error("the passphrase did not change")
	}
	s.handOver(st, other, "newcomer")
	merge(t, other, carry(t, st))
	if try(other, "newcomer", "correct horse battery") != nil {
		t.Error("the new keyring does not open at another desk")
	}
	if status := other.Status(); status.Quarantined != 0 || status.People != 1 {
		t.Errorf("what the new key signed was not believed: %+v", status)
	}
}

// handOver takes a keyring made at a desk to the hub, as the hub does after
// checking its claim, and from there to another desk.
func (s *site) handOver(from, to *store.Store, staff model.StaffID) {
	s.tb.Helper()
	made, err := from.OutgoingKeyrings()
	if err != nil || len(made) != 1 || made[0].Staff != staff || made[0].Serial != 2 {
		s.tb.Fatalf("keyrings to send: %v, %v", made, err)
	}
	for i := range s.data.Keyrings {
		if s.data.Keyrings[i].Staff == staff {
			if !verifies(s.data.Keyrings[i].Public, made[0].Claim(), made[0].By) {
				s.tb.Fatal("the claim is not signed with the key before")
			}
			s.data.Keyrings[i] = made[0]
			s.data.Staff[i].Keys = append(s.data.Staff[i].Keys, made[0].Public)
		}
	}
	if err := from.KeyringsSent(made); err != nil {
		s.tb.Fatal(err)
	}
	if left, err := from.OutgoingKeyrings(); err != nil || len(left) != 0 || from.Status().Pending != 1 {
		s.tb.Errorf("%d keyrings are left, %+v, %v", len(left), from.Status(), err)
	}
	for _, st := range []*store.Store{from, to} {
		if err := st.PutSite(s.data); err != nil {
			s.tb.Fatal(err)
		}
	}
}

func TestTheHubsKeyringDoesNotUndoANewerOne(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	ss := signIn(t, st, "nurse")
	if err := ss.ChangePassphrase(context.Background(), passphraseOf("nurse"), "correct horse battery"); err != nil {
		t.Fatal(err)
	}
	if err := st.PutSite(s.data); err != nil { // the hub has not got it yet
		t.Fatal(err)
	}
	if err := try(st, "nurse", "correct horse battery"); err != nil {
		t.Errorf("the old keyring came back: %v", err)
	}
	reset := s.data
	reset.Keyrings = append([]model.SealedKeyring(nil), s.data.Keyrings...)
	for i := range reset.Keyrings {
		reset.Keyrings[i].Serial = 2 // given anew at the hub while this desk was offline
	}
	if err := st.PutSite(reset); err != nil {
		t.Fatal(err)
	}
	if err := try(st, "nurse", passphraseOf("nurse")); err != nil {
		t.Errorf("the hub does not have the last word: %v", err)
	}
	if left, err := st.OutgoingKeyrings(); err != nil || len(left) != 0 {
		t.Errorf("%d keyrings are still to be sent, %v", len(left), err)
	}
}

func TestAFinishedSessionDoesNothing(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	nurse.Close()
	nurse.Close()
	ctx := context.Background()
	_, getErr := nurse.Get(ctx, model.PersonID{1})
	_, historyErr := nurse.History(ctx, model.PersonID{1})
	_, conflictErr := nurse.Conflicts(ctx)
	_, personErr := nurse.NewPerson("")
	for name, err := range map[string]error{
		"get": getErr, "history": historyErr, "conflicts": conflictErr, "new person": personErr,
		"do":    nurse.Do(ctx, model.Write{Person: model.PersonID{1}, Changes: []model.Change{&model.InstructionGiven{Text: "x"}}}),
		"draft": nurse.SaveDraft("x", []byte("y")),
	} {
		if model.KindOf(err) != model.KindLocked {
			t.Errorf("%s: %v", name, err)
		}
	}
	if nurse.Rows() != nil || nurse.Find("smith", 5) != nil || nurse.Sign([]byte("letter")) != nil {
		t.Error("a finished session still shows people or signs")
	}
}

func TestNothingIsSignedThatCouldBeAnOpOrAClaim(t *testing.T) {
	s := newSite(t)
	nurse := signIn(t, s.desk(), "nurse")
	ring := s.data.Keyrings[0]
	for name, message := range map[string][]byte{"nothing": nil, "an op": {1, 2, 3}, "a claim": ring.Claim()} {
		if nurse.Sign(message) != nil {
			t.Errorf("%s was signed", name)
		}
	}
}
