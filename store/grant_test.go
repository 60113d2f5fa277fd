package store_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/seal"
)

// TestANewKeyReachesWhoeverIsSignedIn replaces the keys under two open sessions
// at two desks: nobody signs out, what was written stays readable, and what is
// written is sealed with the new key.
func TestANewKeyReachesWhoeverIsSignedIn(t *testing.T) {
	s := newSite(t)
	st, other := s.desk(), s.desk()
	nurse, prescriber := signIn(t, st, "nurse"), signIn(t, other, "prescriber")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "old"}, &model.HealthNoted{Text: "old"})
	merge(t, other, carry(t, st))
	s.rotate(model.Compartments()...)
	s.putSite(st)
	do(t, nurse, id, &model.InstructionGiven{Text: "new"}, &model.HealthNoted{Text: "new"})
	envs := carry(t, st)
	for _, env := range envs {
		if env.KeyVersion != 2 {
			t.Errorf("an entry of %s is sealed with version %d", env.Compartment, env.KeyVersion)
		}
	}
	merge(t, other, envs)
	if n := other.Status().Waiting; n != 2 {
		t.Errorf("%d wait at the desk that has not heard of the key", n)
	}
	s.putSite(other)
	if n := other.Status().Waiting; n != 0 {
		t.Errorf("%d wait at the desk that has", n)
	}
	for name, ss := range map[string]*store.Session{"here": nurse, "there": prescriber, "who comes later": signIn(t, st, "prescriber")} {
		r := get(t, ss, id)
		if len(r.Shared.Instruction) != 2 || len(r.Health.Notes) != 2 {
			t.Errorf("%s: %d and %d entries", name, len(r.Shared.Instruction), len(r.Health.Notes))
		}
		if ops, err := ss.History(t.Context(), id); err != nil || len(ops) != 4 {
			t.Errorf("%s: %d entries of history, %v", name, len(ops), err)
		}
	}
	s.putSite(st, other) // the same again changes nothing
	get(t, nurse, id)
}

// TestWhoHasAnotherRoleCannotOpenTheNewKey is about somebody who keeps what they
// had: after a change of role and new keys it opens nothing that is written.
func TestWhoHasAnotherRoleCannotOpenTheNewKey(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse, prescriber := signIn(t, st, "nurse"), signIn(t, st, "prescriber")
	id := model.PersonID{1}
	do(t, nurse, id, &model.HealthNoted{Text: "old"}, &model.InstructionGiven{Text: "x"})
	s.change(func(m *model.Staff) {
		if m.ID == "nurse" {
			m.Role = model.RoleReception
		}
	})
	s.rotate(model.Health)
	s.putSite(st)
	do(t, prescriber, id, &model.HealthNoted{Text: "new"})
	expectOver(t, nurse, id, model.KindLocked, "Your role has changed. Sign in again.")
	now := signIn(t, st, "nurse")
	if now.Actor().Role != model.RoleReception {
		t.Errorf("they are %s", now.Actor().Role)
	}
	if r := get(t, now, id); r.Health != nil {
		t.Error("they read what they may no longer read")
	}
}

// expectOver holds that a session can do nothing any more, and says why.
func expectOver(t *testing.T, ss *store.Session, id model.PersonID, kind model.Kind, says string) {
	t.Helper()
	ctx := context.Background()
	_, getErr := ss.Get(ctx, id)
	_, historyErr := ss.History(ctx, id)
	_, conflictErr := ss.Conflicts(ctx)
	_, refusalErr := ss.Refusals(ctx)
	_, personErr := ss.NewPerson("A1234AA")
	for name, err := range map[string]error{
		"get": getErr, "history": historyErr, "conflicts": conflictErr, "refusals": refusalErr, "new person": personErr,
		"do":         ss.Do(ctx, model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: "x"}}}),
		"draft":      ss.SaveDraft("x", []byte("y")),
		"passphrase": ss.ChangePassphrase(ctx, passphraseOf(ss.Actor().Staff), "another three words"),
	} {
		if model.KindOf(err) != kind || !strings.HasPrefix(err.Error(), says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, found := ss.Draft("x"); found || ss.Rows() != nil || ss.Find("smith", 5) != nil || ss.Sign([]byte("letter")) != nil {
		t.Error("it still shows people or signs")
	}
	if kept := ss.Kept(); len(kept) != 0 {
		t.Errorf("it still holds %v", kept)
	}
}

// TestADisabledPersonDoesNothingEverAgain also holds with the desk offline, and
// after it was started anew.
func TestADisabledPersonDoesNothingEverAgain(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse, officer := signIn(t, st, "nurse"), signIn(t, st, "officer")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "x"})
	tokens, stop := st.Watch()
	defer stop()
	s.change(func(m *model.Staff) { m.Disabled = m.ID == "nurse" })
	s.putSite(st)
	<-tokens // so that their screen looks again
	expectOver(t, nurse, id, model.KindForbidden, "Your access has been taken away.")
	get(t, officer, id)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir)
	wrong := try(st, "officer", "wrong")
	if err := try(st, "nurse", "wrong"); err == nil || err.Error() != wrong.Error() {
		t.Errorf("a stranger learns who is disabled: %v", err)
	}
	if err := try(st, "nurse", passphraseOf("nurse")); err == nil || err.Error() != "Your access has been taken away. Ask the service desk." {
		t.Errorf("signing in: %v", err)
	}
	all, err := st.Accesses(0, 100)
	if last := all[len(all)-1]; err != nil || last.Staff != "nurse" || last.Words() != "Tried to sign in, though they may no more" {
		t.Errorf("the log says %v, %v", all, err)
	}
	s.change(func(m *model.Staff) { m.Disabled = false })
	s.putSite(st)
	get(t, signIn(t, st, "nurse"), id)
}

func TestWhoMovedOrWasResetIsSignedOut(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse, prescriber := signIn(t, st, "nurse"), signIn(t, st, "prescriber")
	id := model.PersonID{1}
	do(t, prescriber, id, &model.InstructionGiven{Text: "x"})
	for i := range s.data.Keyrings {
		if s.data.Keyrings[i].Staff == "nurse" { // a new keyring, with a box of its own
			s.data.Keyrings[i] = s.sealed(s.ring("nurse"), 2)
			s.data.Staff[i].Keys = append(s.data.Staff[i].Keys, s.data.Keyrings[i].Public)
		}
	}
	s.change(func(m *model.Staff) {
		if m.ID == "prescriber" {
			m.Site = "MDI"
		}
	})
	s.putSite(st)
	expectOver(t, nurse, id, model.KindLocked, "Your passphrase was reset. Sign in with the new one.")
	expectOver(t, prescriber, id, model.KindForbidden, "You are no longer on this site's roster.")
	if err := try(st, "prescriber", passphraseOf("prescriber")); model.KindOf(err) != model.KindForbidden {
		t.Errorf("who moved signs in where they were: %v", err)
	}
	nurse = signIn(t, st, "nurse")
	if ops, err := nurse.History(t.Context(), id); err != nil || len(ops) != 1 {
		t.Errorf("what who moved wrote: %d, %v", len(ops), err)
	}
}

// TestAGrantThatIsNotTheHubsIsRefused writes into the desk's file what somebody
// with the disk could, and sends what a hub that is not ours could.
func TestAGrantThatIsNotTheHubsIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(s *site, g *model.KeyGrant){
		"another site's": func(s *site, g *model.KeyGrant) {
			ring, _ := s.data.Keyring("nurse")
			ring.Site = "MDI"
			*g = s.grant(ring, model.RoleNurse, 1)
		},
		"somebody else's": func(s *site, g *model.KeyGrant) { *g, _ = s.data.Grant("prescriber") },
		"in somebody else's name": func(s *site, g *model.KeyGrant) {
			ring, _ := s.data.Keyring("nurse")
			ring.Staff = "prescriber"
			*g = s.grant(ring, model.RoleNurse, 1)
		},
		"of a role of their choice": func(_ *site, g *model.KeyGrant) {
			g.Role = model.RoleManager
		},
		"of the service's role": func(s *site, g *model.KeyGrant) {
			g.Role = model.RoleHub
			g.By = s.notary.Sign(g.Claim())
		},
		"signed by nobody":  func(_ *site, g *model.KeyGrant) { g.By = nil },
		"signed by another": func(s *site, g *model.KeyGrant) { g.By = s.otherNotary().Sign(g.Claim()) },
		"altered":           func(_ *site, g *model.KeyGrant) { g.Sealed = append([]byte{g.Sealed[0] ^ 1}, g.Sealed[1:]...) },
		"its glass altered": func(_ *site, g *model.KeyGrant) { g.Glass = nil },
		"of another serial": func(_ *site, g *model.KeyGrant) { g.Serial++ },
		"of before the role": func(s *site, g *model.KeyGrant) { // a true grant, put back
			ring, _ := s.data.Keyring("nurse")
			*g = s.grant(ring, model.RoleManager, 1)
		},
		"holding a key too many": func(s *site, g *model.KeyGrant) {
			ring, _ := s.data.Keyring("nurse")
			plain, err := model.EncodeGrantKeys(s.keys, model.Compartments())
			if err != nil {
				s.tb.Fatal(err)
			}
			if g.Sealed, err = seal.SealTo(ring.Box, plain, g.Info()); err != nil {
				s.tb.Fatal(err)
			}
			g.By = s.notary.Sign(g.Claim())
		},
		"sealed to another box": func(s *site, g *model.KeyGrant) {
			ring, _ := s.data.Keyring("officer")
			ring.Staff = "nurse"
			*g = s.grant(ring, model.RoleNurse, 1)
		},
	} {
		s := newSite(t)
		st := s.desk()
		ring, _ := s.data.Keyring("nurse")
		bad := s.grant(ring, model.RoleNurse, 7)
		spoil(s, &bad)
		s.putGrant(st, "nurse", &bad)
		err := try(st, "nurse", passphraseOf("nurse"))
		if model.KindOf(err) != model.KindOutside || !strings.HasPrefix(err.Error(), "The keys of your role are not what the hub made for you.") {
			t.Errorf("%s: %v", name, err)
		}
		if all, err := st.Accesses(0, 10); err != nil || len(all) != 1 || all[0].Reason != model.RefusedKeys {
			t.Errorf("%s: the log says %v, %v", name, all, err)
		}
	}
}

// A keyring that somebody put in the place of another's opens nothing, and that
// it was tried is in the log. That of another prison is one of them, whichever
// passphrase is known.
func TestAKeyringThatIsNotTheirsIsRefusedAndWrittenDown(t *testing.T) {
	for name, put := range map[string]func(s *site) (ring model.SealedKeyring, passphrase string){
		"of another site": func(s *site) (model.SealedKeyring, string) {
			ring := s.ring("nurse")
			ring.Site = "MDI"
			return s.sealed(ring, 2), passphraseOf("nurse")
		},
		"of another site, said to be of this": func(s *site) (model.SealedKeyring, string) {
			ring := s.ring("nurse")
			ring.Site = "MDI"
			sealed := s.sealed(ring, 2)
			plain, err := ring.Encode()
			if err != nil {
				t.Fatal(err)
			}
			sealed.Site = "LEI"
			if sealed.Wrapped, err = seal.Wrap("x", plain, model.KeyringAAD("LEI", "nurse"), quick, s.random); err != nil {
				t.Fatal(err)
			}
			return sealed, "x"
		},
		"somebody else's": func(s *site) (model.SealedKeyring, string) {
			ring, _ := s.data.Keyring("officer")
			return ring, passphraseOf("officer")
		},
		"cut short": func(s *site) (model.SealedKeyring, string) {
			ring, _ := s.data.Keyring("nurse")
			ring.Wrapped = ring.Wrapped[:9]
			return ring, passphraseOf("nurse")
		},
	} {
		s := newSite(t)
		st := s.desk()
		ring, passphrase := put(s)
		value, err := json.Marshal(ring)
		if err == nil {
			err = st.DB().Update(func(tx *bbolt.Tx) error {
				return tx.Bucket([]byte(store.BucketKeyrings)).Put([]byte("nurse"), value)
			})
		}
		if err != nil {
			t.Fatal(err)
		}
		refused := try(st, "nurse", passphrase)
		if model.KindOf(refused) != model.KindOutside || refused.Error() != "The keyring of this person is damaged, or not theirs. Ask the service desk for a new passphrase." {
			t.Errorf("%s: %v", name, refused)
		}
		all, err := st.Accesses(0, 10)
		if err != nil || len(all) != 1 || all[0].Staff != "nurse" || all[0].Words() != "Was not let in: keys that the hub did not make for them" {
			t.Errorf("%s: the log says %v, %v", name, all, err)
		}
	}
}

func (s *site) otherNotary() seal.SigningKey {
	key, err := seal.SigningKeyFromSeed(s.secret())
	if err != nil {
		s.tb.Fatal(err)
	}
	return key
}

// putGrant writes a grant into a desk's file.
func (s *site) putGrant(st *store.Store, staff model.StaffID, g *model.KeyGrant) {
	s.tb.Helper()
	value, err := json.Marshal(g)
	if err == nil {
		err = st.DB().Update(func(tx *bbolt.Tx) error {
			return tx.Bucket([]byte(store.BucketGrants)).Put([]byte(staff), value)
		})
	}
	if err != nil {
		s.tb.Fatal(err)
	}
}

func TestWithoutAGrantTheRightPassphraseSaysSoAndIsNotCounted(t *testing.T) {
	s := newSite(t)
	s.data.Grants = nil
	st := s.desk()
	for range 9 {
		err := try(st, "nurse", passphraseOf("nurse"))
		if model.KindOf(err) != model.KindOutside || !strings.HasPrefix(err.Error(), "The keys of your role have not come to this workstation yet.") {
			t.Fatalf("%v", err)
		}
	}
	if err := try(st, "nurse", "wrong"); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a wrong one: %v", err)
	}
}

// changed changes somebody's passphrase at a desk and returns the keyring that
// goes to the hub.
func changed(t *testing.T, st *store.Store, ss *store.Session, old, new string) model.SealedKeyring {
	t.Helper()
	if err := ss.ChangePassphrase(t.Context(), old, new); err != nil {
		t.Fatal(err)
	}
	made, err := st.OutgoingKeyrings()
	if err != nil || len(made) != 1 {
		t.Fatalf("%d keyrings, %v", len(made), err)
	}
	return made[0]
}

// glassSeeds are what stands under a passphrase for what is opened in need only.
func glassSeeds(t *testing.T, ring model.SealedKeyring, passphrase string) []byte {
	t.Helper()
	seeds, err := seal.Unwrap(passphrase, ring.Glass, model.GlassAAD(ring.Site, ring.Staff))
	if err != nil {
		t.Fatal(err)
	}
	return seeds
}

// TestANewPassphraseKeepsWhatOpensGrants holds that the hub need make no grant
// anew, also for what is opened in need only.
func TestANewPassphraseKeepsWhatOpensGrants(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	ss := signIn(t, st, "nurse")
	before, _ := s.data.Keyring("nurse")
	after := changed(t, st, ss, passphraseOf("nurse"), "another three words")
	if !bytes.Equal(after.Box, before.Box) || !bytes.Equal(after.GlassBox, before.GlassBox) || !bytes.Equal(after.Public, before.Public) {
		t.Error("somebody's own keys changed with the passphrase")
	}
	if !bytes.Equal(glassSeeds(t, after, "another three words"), glassSeeds(t, before, passphraseOf("nurse"))) {
		t.Error("what is opened in need only does not open any more")
	}
	s.rotate(model.Shared) // while the new keyring is still on its way
	s.putSite(st)
	do(t, ss, model.PersonID{1}, &model.InstructionGiven{Text: "x"})
	if err := try(st, "nurse", "another three words"); err != nil {
		t.Error(err)
	}
}

// TestWhoKnewTheFirstPassphraseOpensNothingGrantedLater follows a newcomer from
// the keyring that the hub made: their own boxes, the old grant that must open
// until the hub has made another, and that other, which the first keyring does
// not open.
func TestWhoKnewTheFirstPassphraseOpensNothingGrantedLater(t *testing.T) {
	s := newSite(t)
	ring := s.ring("newcomer")
	seen := bytes.Clone(ring.BoxSeed)
	ring.MustChange = true
	s.add(ring, model.RoleNurse, 1)
	dir := t.TempDir()
	st := s.deskIn(dir)
	ss := signIn(t, st, "newcomer")
	first, _ := s.data.Keyring("newcomer")
	own := changed(t, st, ss, passphraseOf("newcomer"), "another three words")
	if bytes.Equal(own.Box, first.Box) || bytes.Equal(own.GlassBox, first.GlassBox) || bytes.Equal(own.Public, first.Public) {
		t.Fatal("a key that others know stays in use")
	}
	id := model.PersonID{1}
	do(t, ss, id, &model.InstructionGiven{Text: "x"})
	s.rotate(model.Shared) // by a hub that has not heard of the new box
	s.putSite(st)
	get(t, ss, id)
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir) // also for who signs in anew
	ss, err := st.SignIn(t.Context(), "newcomer", "another three words")
	if err != nil {
		t.Fatal(err)
	}
	for i := range s.data.Keyrings {
		if s.data.Keyrings[i].Staff == "newcomer" {
			s.data.Keyrings[i] = own
			s.data.Staff[i].Keys = append(s.data.Staff[i].Keys, own.Public)
		}
	}
	s.rotate(model.Shared) // by one that has
	s.putSite(st)
	do(t, ss, id, &model.InstructionGiven{Text: "y"})
	box, err := seal.BoxKeyFromSeed(seen)
	if err != nil {
		t.Fatal(err)
	}
	grant, _ := s.data.Grant("newcomer")
	if _, err := seal.OpenBox(box, grant.Sealed, grant.Info()); err == nil {
		t.Error("who read the first passphrase opens the new grant")
	}
	if n := len(glassSeeds(t, own, "another three words")); n != 64 {
		t.Errorf("%d bytes of break-glass keys", n)
	}
	// The next change leaves behind what nothing is sealed to any more.
	last := changed(t, st, ss, "another three words", "yet three more words")
	if n := len(glassSeeds(t, last, "yet three more words")); n != 32 || !bytes.Equal(last.Box, own.Box) {
		t.Errorf("%d bytes of break-glass keys", n)
	}
	get(t, ss, id)
	if err := try(st, "newcomer", "yet three more words"); err != nil {
		t.Error(err)
	}
}

// TestKeysAreWipedOnlyWhenNobodyWorksWithThem ends a session while a merge is
// under way, which goes on with its keys and wipes them afterwards.
func TestKeysAreWipedOnlyWhenNobodyWorksWithThem(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	if kept := nurse.Kept(); len(kept) != 6 {
		t.Errorf("an open session holds %v", kept)
	}
	before := nurse.Boxes()
	s.rotate(model.Shared)
	s.putSite(st)
	if kept := before(); len(kept) != 2 {
		t.Errorf("of the keys before a rotation %v are open, for somebody may be using them", kept)
	}
	done := st.Merging()
	nurse.Close()
	if kept := nurse.Kept(); len(kept) != 3 {
		t.Errorf("while somebody merges it holds %v", kept)
	}
	done()
	if kept := nurse.Kept(); len(kept) != 0 {
		t.Errorf("afterwards it still holds %v", kept)
	}
	if kept := before(); len(kept) != 0 {
		t.Errorf("and of the keys before the rotation %v", kept)
	}
}

// TestRotationUnderManyHands is for the race detector: people write, sign in and
// out and merge while the keys are replaced under them.
func TestRotationUnderManyHands(t *testing.T) {
	s := newSite(t)
	st, other := s.desk(), s.desk()
	a := signIn(t, other, "nurse")
	id := model.PersonID{1}
	var all sync.WaitGroup
	const each = 15
	for _, staff := range []model.StaffID{"nurse", "prescriber", "officer"} {
		all.Go(func() {
			for range each {
				ss := signIn(t, st, staff)
				if staff != "officer" {
					do(t, ss, id, &model.InstructionGiven{Text: "x"})
					get(t, ss, id)
				}
				ss.Rows()
				ss.Close()
			}
		})
	}
	all.Go(func() {
		for range each {
			do(t, a, id, &model.InstructionGiven{Text: "other"})
			merge(t, st, carry(t, other))
			carry(t, st)
		}
	})
	for range each {
		s.rotate(model.Shared)
		s.putSite(st, other)
	}
	all.Wait()
	ss := signIn(t, st, "nurse")
	if n := len(get(t, ss, id).Shared.Instruction); n != 3*each {
		t.Errorf("%d entries are there, want %d", n, 3*each)
	}
	if status := st.Status(); status.Waiting+status.Quarantined != 0 {
		t.Errorf("%+v", status)
	}
}
