package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// troubles are what a desk has written down of what it found, oldest first.
func troubles(t *testing.T, st *store.Store) []model.Access {
	t.Helper()
	all, err := st.Accesses(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(all, func(a model.Access) bool { return a.What != model.AccessFound })
}

func expectFound(t *testing.T, st *store.Store, want ...model.Trouble) []model.Access {
	t.Helper()
	all := troubles(t, st)
	var got []model.Trouble
	for _, a := range all {
		got = append(got, model.Trouble(a.Reason))
	}
	if !slices.Equal(got, want) {
		t.Errorf("written down is %q, want %q", got, want)
	}
	if err := st.VerifyAccess(); err != nil {
		t.Error(err)
	}
	return all
}

// opened opens a store that need not be sound in the end.
func opened(t *testing.T, s *site, dir string) *store.Store {
	t.Helper()
	st, err := store.Open(dir, s.options())
	if err != nil {
		t.Fatal(err)
	}
	return st
}

func closed(t *testing.T, st *store.Store) {
	t.Helper()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
}

// misplace puts an entry of the log where it does not belong, too.
func misplace(t *testing.T, st *store.Store) {
	t.Helper()
	err := st.DB().Update(func(tx *bbolt.Tx) error {
		ops := tx.Bucket([]byte(store.BucketOps))
		key, value := ops.Cursor().First()
		return ops.Put(append([]byte{0xff}, key[1:]...), slices.Clone(value))
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestDamageIsWrittenDownOnce and not at every opening, until the file is another.
func TestDamageIsWrittenDownOnce(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	officer := signIn(t, st, "officer")
	id := newPerson(t, officer, "")
	do(t, officer, id, named("Smith", "John"))
	misplace(t, st)
	for range 3 {
		if err := st.Check(t.Context()); model.KindOf(err) != model.KindOutside {
			t.Errorf("it is not damaged: %v", err)
		}
		closed(t, st)
		st = opened(t, s, dir)
	}
	defer func() { closed(t, st) }()
	get(t, signIn(t, st, "officer"), id) // the work goes on
	expectFound(t, st, model.TroubleFile)
	if err := st.MarkRestored(); err != nil {
		t.Fatal(err)
	}
	_ = st.Check(t.Context())
	get(t, signIn(t, st, "officer"), id)
	expectFound(t, st, model.TroubleFile, model.TroubleFile)
}

// TestWhatALookAtTheFileFindsIsWrittenDown, also where nothing else is: by a
// command that looks through it and ends.
func TestWhatALookAtTheFileFindsIsWrittenDown(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	do(t, nurse, newPerson(t, nurse, ""), &model.InstructionGiven{Text: "x"})
	closed(t, st)
	commits := func() (last []byte) {
		t.Helper()
		st := opened(t, s, dir)
		defer func() { closed(t, st) }()
		err := st.DB().View(func(tx *bbolt.Tx) error {
			last = slices.Clone(tx.Bucket([]byte("desk")).Get([]byte("desk")))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return last
	}
	if before := commits(); !slices.Equal(before, commits()) {
		t.Error("where nothing is found, opening and closing writes")
	}
	st = opened(t, s, dir)
	misplace(t, st)
	_ = st.Check(t.Context())
	closed(t, st)
	st = opened(t, s, dir)
	expectFound(t, st, model.TroubleFile)
	closed(t, st)
}

// TestAFileThatWasNotOpenedIsWrittenDownByTheNext that opens in its place, with
// when it was found first, as an alarm of the day when somebody can be told.
func TestAFileThatWasNotOpenedIsWrittenDownByTheNext(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	closed(t, s.deskIn(dir))
	path := filepath.Join(dir, store.File)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	first := model.InstantOf(s.clock.Now())
	for _, bad := range [][]byte{whole[:5*os.Getpagesize()], whole[:100]} {
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		st, err := store.Open(dir, s.options())
		if err == nil {
			err = errors.Join(errors.New("it was opened"), st.Close())
		}
		if model.KindOf(err) != model.KindOutside {
			t.Fatal(err)
		}
		s.clock.add(time.Hour)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	s.clock.add(30 * 24 * time.Hour) // until somebody had mended it
	now := model.InstantOf(s.clock.Now())
	for range 2 {
		st := s.reopen(dir)
		all := expectFound(t, st, model.TroubleFileRefused)
		if all[0].At != now || model.Instant(all[0].From) != first || !strings.Contains(all[0].Words(), first.String()) {
			t.Errorf("it says %q at %s, want %s at %s", all[0].Words(), all[0].At, first, now)
		}
		found, err := signIn(t, st, "manager").Alarms(t.Context(), model.DayOf(s.clock.Now())-7)
		if err != nil || !slices.ContainsFunc(found, func(a model.Alarm) bool { return a.Kind == model.AlarmDamage }) {
			t.Errorf("the alarms are %+v, %v", found, err)
		}
		closed(t, st)
	}
}

// TestNothingInThePlaceOfTheNoteHidesDamage: neither a link nor a folder that is
// there already, nor a note of a day that is still to come.
func TestNothingInThePlaceOfTheNoteHidesDamage(t *testing.T) {
	for name, put := range map[string]func(path string) error{
		"a link":       func(path string) error { return os.Symlink("nowhere", path) },
		"a folder":     func(path string) error { return os.Mkdir(path, 0o700) },
		"far too much": func(path string) error { return os.WriteFile(path, make([]byte, 1<<20), 0o600) },
		"the future":   func(path string) error { return os.WriteFile(path, []byte(`{"at":1000000000000000000}`), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			dir := t.TempDir()
			closed(t, s.deskIn(dir))
			path := filepath.Join(dir, store.File)
			whole, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(put(path+".damaged"), os.WriteFile(path, whole[:100], 0o600)); err != nil {
				t.Fatal(err)
			}
			if _, err := store.Open(dir, s.options()); model.KindOf(err) != model.KindOutside {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, whole, 0o600); err != nil {
				t.Fatal(err)
			}
			st := s.reopen(dir)
			now := model.InstantOf(s.clock.Now())
			if all := expectFound(t, st, model.TroubleFileRefused); all[0].At != now || model.Instant(all[0].From) > now {
				t.Errorf("it was found %s, first %s", all[0].At, model.Instant(all[0].From))
			}
			closed(t, st)
		})
	}
}

// TestADamagedSummaryIsMadeAgainAndWrittenDown with whose it is, or with how many
// there are, once: afterwards it is whole.
func TestADamagedSummaryIsMadeAgainAndWrittenDown(t *testing.T) {
	for name, c := range map[string]struct {
		people int
		meet   func(t *testing.T, st *store.Store, other *author, ids []model.PersonID)
		want   []model.Trouble
	}{
		"the board": {2, func(t *testing.T, st *store.Store, _ *author, _ []model.PersonID) { signIn(t, st, "officer") }, []model.Trouble{model.TroubleSummary}},
		"a record": {1, func(t *testing.T, st *store.Store, _ *author, ids []model.PersonID) {
			get(t, signIn(t, st, "nurse"), ids[0])
		}, []model.Trouble{model.TroubleSummary, model.TroubleSummary}}, // the board's, and what healthcare reads
		"a write": {1, func(t *testing.T, st *store.Store, _ *author, ids []model.PersonID) {
			do(t, signIn(t, st, "nurse"), ids[0], &model.InstructionGiven{Text: "bottom bunk"})
		}, []model.Trouble{model.TroubleSummary, model.TroubleSummary}},
		"what another desk sends": {1, func(t *testing.T, st *store.Store, other *author, ids []model.PersonID) {
			signIn(t, st, "nurse")
			merge(t, st, []model.Envelope{other.write(ids[0], morning, &model.HealthNoted{Text: "x"})})
		}, []model.Trouble{model.TroubleSummary, model.TroubleSummary}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSite(t)
			other := s.author("other", model.RoleNurse)
			dir := t.TempDir()
			st := s.deskIn(dir)
			nurse := signIn(t, st, "nurse")
			var ids []model.PersonID
			for range c.people {
				ids = append(ids, newPerson(t, nurse, ""))
				do(t, nurse, ids[len(ids)-1], &model.InstructionGiven{Text: "top bunk"}, &model.HealthNoted{Text: "first"})
			}
			closed(t, st)
			spoil(t, dir, func(v []byte) int {
				if v[2] > 0 {
					return 8 // a row, which is before the part
				}
				return len(v) - 1
			})
			for range 3 {
				st = s.reopen(dir)
				c.meet(t, st, other, ids)
				closed(t, st)
			}
			st = s.reopen(dir)
			for _, a := range expectFound(t, st, c.want...) {
				if c.people == 1 && (a.Person != ids[0] || len(a.Parts) != 1) || c.people > 1 && (a.Many != uint64(c.people) || !a.Person.IsZero()) {
					t.Errorf("%+v", a)
				}
			}
		})
	}
}

// TestASummaryThatIsLostIsWrittenDownOnce, and stays for whoever looks into it.
func TestASummaryThatIsLostIsWrittenDownOnce(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	id := newPerson(t, nurse, "")
	do(t, nurse, id, &model.HealthNoted{Text: "first"}, &model.InstructionGiven{Text: "bottom bunk"})
	closed(t, st)
	spoil(t, dir, func(v []byte) int { return len(v) - 1 })
	withoutEntries(t, dir, append(id[:], byte(model.Health)))
	for range 2 {
		st = s.reopen(dir)
		nurse = signIn(t, st, "nurse")
		for range 2 {
			if _, err := nurse.Get(t.Context(), id); err == nil {
				t.Fatal("it is read")
			}
		}
		closed(t, st)
	}
	all := expectFound(t, s.reopen(dir), model.TroubleSummaryLost, model.TroubleSummary)
	if all[0].Person != id {
		t.Errorf("%+v", all[0])
	}
}

// TestWhatWasPutAsideIsWrittenDownOnce with how many for each reason. One that no
// known key signed waits: its author may be somebody who has just come.
func TestWhatWasPutAsideIsWrittenDownOnce(t *testing.T) {
	s := newSite(t)
	a := s.author("author", model.RoleNurse)
	other := s.author("other", model.RoleNurse)
	say := func(text string) model.Change { return &model.InstructionGiven{Text: text} }
	garbled, more := a.write(model.PersonID{1}, morning, say("x")), a.write(model.PersonID{1}, morning, say("y"))
	for _, env := range []*model.Envelope{&garbled, &more} {
		env.Sealed = slices.Clone(env.Sealed)
		env.Sealed[40] ^= 1
	}
	forged := seals(t, s, a.op(model.PersonID{1}, morning, say("forged")), other.key)
	late := s.author("late", model.RoleNurse).write(model.PersonID{1}, morning, say("late"))
	known := s.data.Staff
	s.data.Staff = slices.DeleteFunc(slices.Clone(known), func(m model.Staff) bool { return m.ID == "late" })
	dir := t.TempDir()
	st := s.deskIn(dir)
	signIn(t, st, "nurse")
	merge(t, st, []model.Envelope{garbled, forged, late, more})
	if all := expectFound(t, st, model.TroubleAsideSealed); all[0].Many != 2 {
		t.Errorf("%+v", all[0])
	}
	s.data.Staff = known
	s.data.Revision++
	s.putSite(st)
	for range 2 {
		closed(t, st)
		st = s.reopen(dir)
		signIn(t, st, "nurse")
		merge(t, st, []model.Envelope{garbled, forged})
	}
	if all := expectFound(t, st, model.TroubleAsideSealed, model.TroubleAsideUnsigned); all[1].Many != 1 {
		t.Errorf("%+v", all[1])
	}
}

// TestADoubtedHeadIsWrittenDownOnce, with what does not fit and where.
func TestADoubtedHeadIsWrittenDownOnce(t *testing.T) {
	s := newSite(t)
	s.pinned()
	h := &hubside{tb: t, s: s, epoch: "first"}
	for i := range 10 {
		h.feed = append(h.feed, s.author("author", model.RoleNurse).write(model.PersonID{byte(i)}, morning, &model.InstructionGiven{Text: "x"}))
	}
	dir := t.TempDir()
	st := s.deskIn(dir)
	h.give(st, 4)
	for range 3 {
		for _, head := range [][]byte{nil, h.head(9, nil)} {
			if err := st.PutHead(head); err != nil {
				t.Fatal(err)
			}
		}
		s.clock.add(2 * time.Hour)
		closed(t, st)
		st = s.reopen(dir)
	}
	if all := expectFound(t, st, model.Trouble(model.HeadMissing), model.Trouble(model.HeadShorter)); all[1].From != 9 {
		t.Errorf("%+v", all[1])
	}
}

// TestAClockFoundWrongIsWrittenDown once, by itself and by the hub's, and that it
// is right again: the first entries bear the wrong time.
func TestAClockFoundWrongIsWrittenDown(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	do(t, signIn(t, st, "nurse"), model.PersonID{1}, &model.InstructionGiven{Text: "x"})
	sync := func(online bool, skew time.Duration) {
		t.Helper()
		if err := st.SetSync(model.SyncState{Online: online, Skew: skew}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // an opening after the other
		sync(true, -7*time.Minute)
		sync(false, 0)
		closed(t, st)
		st = s.reopen(dir)
	}
	expectFound(t, st, model.TroubleClockHub)
	sync(true, 0)
	want := []model.Trouble{model.TroubleClockHub, model.TroubleClockRight}
	if all := expectFound(t, st, want...); all[0].Many != 7 {
		t.Errorf("%+v", all[0])
	}
	sync(false, 0)
	s.clock.add(-365 * 24 * time.Hour)
	for range 2 {
		if err := signIn(t, st, "nurse").Do(t.Context(), model.Write{Person: model.PersonID{1}, Changes: []model.Change{&model.InstructionGiven{Text: "x"}}}); err == nil {
			t.Error("it was written")
		}
		closed(t, st)
		st = s.reopen(dir)
	}
	want = append(want, model.TroubleClockBehind)
	if all := expectFound(t, st, want...); all[2].Many != 365 {
		t.Errorf("%+v", all[2])
	}
	s.clock.add(365 * 24 * time.Hour)
	closed(t, st)
	st = s.reopen(dir)
	signIn(t, st, "nurse")
	if all := expectFound(t, st, append(want, model.TroubleClockRight)...); all[3].At < model.InstantOf(morning) {
		t.Errorf("%+v", all[3])
	}
}

// TestStaffOfAnotherPrisonAreWrittenDown once, as long as the hub sends them.
func TestStaffOfAnotherPrisonAreWrittenDown(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	other := s.data
	other.Site = "MDI"
	for range 2 {
		if err := st.PutSite(other); err == nil {
			t.Fatal("they were taken")
		}
	}
	expectFound(t, st, model.TroubleOtherSite)
	s.data.Revision++
	s.putSite(st)
	if err := st.PutSite(other); err == nil {
		t.Fatal("they were taken")
	}
	expectFound(t, st, model.TroubleOtherSite, model.TroubleOtherSite)
}

// TestKeysThatCameForSomebodySignedInAreWrittenDown where the hub did not make
// them: they are signed out.
func TestKeysThatCameForSomebodySignedInAreWrittenDown(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	signIn(t, st, "nurse")
	for i := range s.data.Grants {
		if s.data.Grants[i].Staff == "nurse" {
			s.data.Grants[i].Serial++
			s.data.Grants[i].By = slices.Clone(s.data.Grants[i].By)
			s.data.Grants[i].By[3] ^= 1
		}
	}
	s.data.Revision++
	s.putSite(st)
	if all := expectFound(t, st, model.TroubleKeys); all[0].Staff != "nurse" {
		t.Errorf("%+v", all[0])
	}
}

// TestWhatVerifyingFoundIsWrittenDown by whom, and again only when it is another
// thing.
func TestWhatVerifyingFoundIsWrittenDown(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	id := newPerson(t, nurse, "")
	do(t, nurse, id, &model.HealthNoted{Text: "first"})
	do(t, nurse, id, &model.HealthNoted{Text: "second"})
	verify := func() {
		t.Helper()
		if _, err := st.VerifyAudit(t.Context(), nurse); err != nil {
			t.Fatal(err)
		}
	}
	verify()
	expectFound(t, st)
	for n := range 2 {
		err := st.DB().Update(func(tx *bbolt.Tx) error {
			c := tx.Bucket([]byte(store.BucketOps)).Cursor()
			if key, _ := c.Seek(append(id[:], byte(model.Health))); key == nil {
				t.Fatal("no entry")
			}
			return c.Delete()
		})
		if err != nil {
			t.Fatal(err)
		}
		verify()
		verify()
		if all := troubles(t, st); len(all) != n+1 || all[n].Staff != "nurse" || all[n].Many == 0 || all[n].Reason != string(model.TroubleUnproven) {
			t.Errorf("%+v", all)
		}
	}
}

// TestWhatWasFoundReachesTheManager as an alarm, and the hub.
func TestWhatWasFoundReachesTheManager(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	manager := signIn(t, st, "manager")
	if err := st.SetSync(model.SyncState{Online: true, Skew: time.Hour}); err != nil {
		t.Fatal(err)
	}
	alarms, err := manager.Alarms(t.Context(), model.DayOf(morning))
	if err != nil || len(alarms) != 1 || alarms[0].Kind != model.AlarmClock {
		t.Errorf("%+v, %v", alarms, err)
	}
	if sent, err := st.OutgoingAccess(100); err != nil || !slices.ContainsFunc(sent, func(r model.RawAccess) bool {
		a, sound := r.Open()
		return sound && a.What == model.AccessFound
	}) {
		t.Errorf("it does not go to the hub: %v", err)
	}
}

// TestWhatAFullDiskDidNotTakeIsWrittenDownLater, with the time at which it was
// found, and once.
func TestWhatAFullDiskDidNotTakeIsWrittenDownLater(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	other := s.data
	other.Site = "MDI"
	at := model.InstantOf(s.clock.Now())
	f := breakable(t, st.DB())
	*f.write = func([]byte, int64) (int, error) { return 0, syscall.ENOSPC }
	for range 3 {
		if err := st.PutSite(other); err == nil {
			t.Fatal("they were taken")
		}
		s.clock.add(time.Hour)
	}
	expectFound(t, st)
	f.mend()
	signIn(t, st, "nurse")
	if all := expectFound(t, st, model.TroubleOtherSite); all[0].At != at {
		t.Errorf("it was found %s, want %s", all[0].At, at)
	}
}
