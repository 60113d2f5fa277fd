package store_test

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// need is a request that any check takes.
func need(id model.PersonID, opens model.Compartment) model.GlassRequest {
	return model.GlassRequest{Person: id, Opens: opens, Reason: model.GlassOthers, Words: "the wing asks what he threatened"}
}

// breakGlass opens it, or fails the test.
func breakGlass(t *testing.T, ss *store.Session, asked model.GlassRequest) *store.Glass {
	t.Helper()
	g, err := ss.BreakGlass(t.Context(), asked, passphraseOf(ss.Actor().Staff))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// noted makes two people about whom custody has something to say.
func noted(t *testing.T, st *store.Store) (one, two model.PersonID) {
	t.Helper()
	officer := signIn(t, st, "officer")
	one, two = newPerson(t, officer, "A1234AA"), newPerson(t, officer, "A1235AA")
	do(t, officer, one, named("Smith", "John"), &model.CustodyNoted{Text: "threatened another"})
	do(t, officer, two, named("Jones", "Alan"), &model.CustodyNoted{Text: "quiet"})
	officer.Close()
	return one, two
}

func TestBrokenGlassOpensOneCompartmentOfOnePerson(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	one, two := noted(t, st)
	manager, nurse := signIn(t, st, "manager"), signIn(t, st, "nurse")
	do(t, nurse, one, &model.HealthNoted{Text: "seizure"})
	g := breakGlass(t, manager, need(one, model.Custody))
	r, err := g.Get(t.Context())
	if err != nil || r.ID != one || r.Custody == nil || r.Custody.Notes[0].Text != "threatened another" || r.Health != nil {
		t.Fatalf("behind the glass: %+v, %v", r, err)
	}
	if r.Shared.Name.Family != "Smith" || len(r.Glass()) != 1 {
		t.Error("the shared part is not that of the person, or does not say that it was opened")
	}
	for _, id := range []model.PersonID{one, two} {
		if r := get(t, manager, id); r.Custody != nil || r.Health != nil {
			t.Error("the session reads more than its role")
		}
	}
	if o := get(t, nurse, one).Glass(); len(o) != 1 || o[0].Staff != "manager" || o[0].Opens != model.Custody {
		t.Errorf("the other side sees %+v", o)
	}
	ops, err := manager.History(t.Context(), one)
	if err != nil || slices.ContainsFunc(ops, func(op *model.Op) bool { return op.Compartment != model.Shared }) {
		t.Errorf("the history shows more than its role: %v", err)
	}
	err = manager.Do(t.Context(), model.Write{Person: one, Changes: []model.Change{&model.CustodyNoted{Text: "x"}}})
	if model.KindOf(err) != model.KindForbidden {
		t.Errorf("wrote behind the glass: %v", err)
	}
}

func TestWhatIsOpenedEndsWithItsTimeAndItsSession(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(s *site, st *store.Store, ss *store.Session, g *store.Glass)
		over bool
	}{
		"shortly before": {func(s *site, _ *store.Store, _ *store.Session, _ *store.Glass) {
			s.clock.add(model.GlassWindow - time.Second)
		}, false},
		"in time": {func(s *site, _ *store.Store, _ *store.Session, _ *store.Glass) { s.clock.add(model.GlassWindow) }, true},
		"and not again when the clock goes back": {func(s *site, _ *store.Store, _ *store.Session, g *store.Glass) {
			s.clock.add(model.GlassWindow)
			_, _ = g.Get(t.Context())
			s.clock.add(-time.Minute)
		}, true},
		"the clock set back a year": {func(s *site, _ *store.Store, _ *store.Session, _ *store.Glass) { s.clock.add(-365 * 24 * time.Hour) }, true},
		"closed":                    {func(_ *site, _ *store.Store, _ *store.Session, g *store.Glass) { g.Close() }, true},
		"signed out":                {func(_ *site, _ *store.Store, ss *store.Session, _ *store.Glass) { ss.Close() }, true},
		"disabled": {func(s *site, st *store.Store, _ *store.Session, _ *store.Glass) {
			s.data.Revision++
			for i := range s.data.Staff {
				s.data.Staff[i].Disabled = s.data.Staff[i].ID == "manager"
			}
			if err := st.PutSite(s.data); err != nil {
				t.Error(err)
			}
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			st := s.desk()
			one, _ := noted(t, st)
			manager := signIn(t, st, "manager")
			g := breakGlass(t, manager, need(one, model.Custody))
			c.end(s, st, manager, g)
			r, err := g.Get(t.Context())
			if c.over && (r != nil || err == nil) || !c.over && err != nil {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
}

// A screen that somebody left open, and somebody who guesses.
func TestAWrongPassphraseBreaksNoGlassAndCountsAsAtTheSignIn(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	one, _ := noted(t, st)
	manager := signIn(t, st, "manager")
	for i := range 4 {
		g, err := manager.BreakGlass(t.Context(), need(one, model.Custody), "wrong")
		if model.KindOf(err) != model.KindForbidden || g != nil {
			t.Fatalf("attempt %d: %v", i, err)
		}
	}
	if _, err := manager.BreakGlass(t.Context(), need(one, model.Custody), passphraseOf("manager")); model.KindOf(err) != model.KindLocked {
		t.Errorf("the fifth attempt at once: %v", err)
	}
	if err := try(st, "manager", passphraseOf("manager")); model.KindOf(err) != model.KindLocked {
		t.Errorf("the sign-in does not know of it: %v", err)
	}
	if n := len(get(t, manager, one).Glass()); n != 0 {
		t.Errorf("%d overrides stand", n)
	}
	entries, err := st.Accesses(0, 100)
	failed := 0
	for _, a := range entries {
		if a.What == model.AccessSignInFailed && a.Staff == "manager" {
			failed++
		}
	}
	if err != nil || failed != 4 {
		t.Errorf("%d wrong passphrases are written down, %v", failed, err)
	}
	s.clock.add(time.Minute)
	breakGlass(t, manager, need(one, model.Custody))
	if err := try(st, "manager", "wrong"); model.KindOf(err) != model.KindForbidden {
		t.Errorf("the right one did not clear the count: %v", err)
	}
}

func TestWhoMayBreakNoGlass(t *testing.T) {
	s := newSite(t)
	s.addStaff("auditor", model.RoleAuditor)
	st := s.desk()
	one, _ := noted(t, st)
	for _, c := range []struct {
		staff model.StaffID
		asked model.GlassRequest
		kind  model.Kind
	}{
		{"officer", need(one, model.Health), model.KindForbidden},
		{"auditor", need(one, model.Custody), model.KindForbidden},
		{"nurse", need(one, model.Health), model.KindForbidden},
		{"manager", need(one, model.Shared), model.KindForbidden},
		{"manager", need(model.PersonID{9}, model.Custody), model.KindNotFound},
		{"manager", model.GlassRequest{Person: one, Opens: model.Custody, Reason: model.GlassCourt}, model.KindInvalid},
	} {
		ss := signIn(t, st, c.staff)
		// A passphrase that is wrong is not even looked at.
		if g, err := ss.BreakGlass(t.Context(), c.asked, "wrong"); model.KindOf(err) != c.kind || g != nil {
			t.Errorf("%s: %v", c.staff, err)
		}
		ss.Close()
	}
}

// Somebody whose first passphrase somebody else has seen breaks nothing either.
func TestAFirstPassphraseBreaksNoGlass(t *testing.T) {
	s := newSite(t)
	ring := s.ring("fresh")
	ring.MustChange = true
	s.add(ring, model.RoleManager, 1)
	st := s.desk()
	one, _ := noted(t, st)
	fresh := signIn(t, st, "fresh")
	if _, err := fresh.BreakGlass(t.Context(), need(one, model.Custody), passphraseOf("fresh")); model.KindOf(err) != model.KindLocked {
		t.Error(err)
	}
}

// spoilGlass makes somebody's break-glass key in the file one that does not
// unwrap.
func spoilGlass(t *testing.T, st *store.Store, staff model.StaffID) {
	t.Helper()
	err := st.DB().Update(func(tx *bbolt.Tx) error {
		bucket := tx.Bucket([]byte(store.BucketKeyrings))
		var ring model.SealedKeyring
		if err := json.Unmarshal(bucket.Get([]byte(staff)), &ring); err != nil {
			return err
		}
		ring.Glass[len(ring.Glass)-1] ^= 1
		value, err := json.Marshal(ring)
		if err != nil {
			return err
		}
		return bucket.Put([]byte(staff), value)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Where unwrapping fails the override stands all the same: it was written first.
func TestAnOverrideStandsThoughNothingCouldBeOpened(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	one, _ := noted(t, st)
	manager := signIn(t, st, "manager")
	spoilGlass(t, st, "manager")
	g, err := manager.BreakGlass(t.Context(), need(one, model.Custody), passphraseOf("manager"))
	if g != nil || err == nil || len(get(t, manager, one).Glass()) != 1 {
		t.Errorf("%v, %d overrides", err, len(get(t, manager, one).Glass()))
	}
}

// TestNothingIsOpenedThatIsNotOnTheDisk fails each write and each sync in turn,
// in each way a disk does. Where something was opened all the same, the file as
// it was left says so.
func TestNothingIsOpenedThatIsNotOnTheDisk(t *testing.T) {
	for _, mode := range []faultMode{noSpace, tornPage, syncData, syncRoot} {
		t.Run(string(mode), func(t *testing.T) {
			refused := 0
			for n := 0; ; n++ {
				hit, opened := breakOnBadDisk(t, mode, n)
				if !hit {
					break
				}
				if !opened {
					refused++
				}
			}
			if refused == 0 {
				t.Error("no fault kept anything closed")
			}
		})
	}
}

// breakOnBadDisk breaks the glass on a disk that fails for good at the nth
// write.
func breakOnBadDisk(t *testing.T, mode faultMode, n int) (hit, opened bool) {
	t.Helper()
	s := newSite(t)
	dir, left := t.TempDir(), t.TempDir()
	st := s.deskIn(dir)
	one, _ := noted(t, st)
	manager := signIn(t, st, "manager")
	f := breakable(t, st.DB())
	f.left, f.mode, f.last = n, mode, true
	g, err := manager.BreakGlass(t.Context(), need(one, model.Custody), passphraseOf("manager"))
	if (g == nil) == (err == nil) || err != nil && model.KindOf(err) != model.KindOutside {
		t.Errorf("write %d: %v, %v", n, g != nil, err)
	}
	copyFile(t, filepath.Join(dir, store.File), filepath.Join(left, store.File))
	f.mend()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	after := s.reopen(left)
	if got := len(get(t, signIn(t, after, "manager"), one).Glass()); g != nil && got != 1 {
		t.Errorf("write %d: opened, and the file has %d overrides", n, got)
	}
	return f.hit, g != nil
}

func TestEveryLookBehindTheGlassIsWrittenDownWithItsReason(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	one, _ := noted(t, st)
	g := breakGlass(t, signIn(t, st, "nurse"), need(one, model.Custody))
	for range 2 {
		if _, err := g.Get(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := st.Accesses(0, 100)
	if err != nil {
		t.Fatal(err)
	}
	looks := 0
	for _, a := range entries {
		if a.What != model.AccessGlass {
			continue
		}
		looks++
		if a.Person != one || a.Staff != "nurse" || a.Reason != string(model.GlassOthers) || !slices.Equal(a.Parts, []model.Compartment{model.Custody}) {
			t.Errorf("written down as %+v", a)
		}
	}
	if looks != 2 {
		t.Errorf("%d looks are written down", looks)
	}
}

// At night the one desk may hold what no officer has ever opened there.
func TestWhatWaitsForItsReadersIsReadBehindTheGlassAndGoesOnWaiting(t *testing.T) {
	s := newSite(t)
	a, b := s.desk(), s.desk()
	one, _ := noted(t, a)
	merge(t, b, carry(t, a))
	nurse := signIn(t, b, "nurse")
	before := b.Status().Waiting
	if before != 2 {
		t.Fatalf("%d wait", before)
	}
	g := breakGlass(t, nurse, need(one, model.Custody))
	r, err := g.Get(t.Context())
	if err != nil || len(r.Custody.Notes) != 1 || r.Custody.Notes[0].Text != "threatened another" {
		t.Fatalf("behind the glass: %+v, %v", r, err)
	}
	officer := signIn(t, a, "officer")
	do(t, officer, one, &model.CustodyNoted{Text: "again"})
	merge(t, b, carry(t, a))
	if n := b.Status().Waiting; n != before+1 {
		t.Errorf("%d wait, want %d: the keys behind the glass merge nothing", n, before+1)
	}
	if r, err = g.Get(t.Context()); err != nil || len(r.Custody.Notes) != 2 {
		t.Errorf("what came meanwhile: %+v, %v", r, err)
	}
	err = b.DB().View(func(tx *bbolt.Tx) error {
		prefix := []byte{byte(model.Custody)}
		key, _ := tx.Bucket([]byte(store.BucketSnapshots)).Cursor().Seek(prefix)
		if bytes.HasPrefix(key, prefix) {
			t.Error("a part was written with the keys behind the glass")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// What waits has been verified by nobody yet.
func TestAForgedEntryThatWaitsIsNotShownBehindTheGlass(t *testing.T) {
	s := newSite(t)
	a, b := s.desk(), s.desk()
	one, _ := noted(t, a)
	far := s.author("stranger", model.RoleReception) // whom the roster of no desk has
	merge(t, b, append(carry(t, a), far.write(one, morning, &model.CustodyNoted{Text: "invented"})))
	r, err := breakGlass(t, signIn(t, b, "nurse"), need(one, model.Custody)).Get(t.Context())
	if err != nil || len(r.Custody.Notes) != 1 {
		t.Errorf("behind the glass: %+v, %v", r, err)
	}
}

func TestANewPassphraseBreaksTheGlassToo(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	one, _ := noted(t, st)
	manager := signIn(t, st, "manager")
	const next = "four other random words"
	if err := manager.ChangePassphrase(t.Context(), passphraseOf("manager"), next); err != nil {
		t.Fatal(err)
	}
	if g, err := manager.BreakGlass(t.Context(), need(one, model.Custody), next); err != nil {
		t.Error(err)
	} else if r, err := g.Get(t.Context()); err != nil || len(r.Custody.Notes) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
}
