package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// elsewhere is an entry of another desk's log.
func elsewhere(t testing.TB, seq uint64, at time.Time, a model.Access) model.RawAccess {
	t.Helper()
	a.Seq, a.At = seq, model.InstantOf(at)
	raw, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return model.RawAccess{Device: model.DeviceID{0xe}, Seq: seq, Raw: raw}
}

func mergeAccess(t testing.TB, st *store.Store, next uint64, entries ...model.RawAccess) {
	t.Helper()
	if err := st.MergeAccess(entries, next); err != nil {
		t.Fatal(err)
	}
}

// TestTheAuditIsOfAllDesks mixes this desk's entries with others', which come
// late, twice, spoilt, too old, and with its own among them.
func TestTheAuditIsOfAllDesks(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	manager := signIn(t, st, "manager")
	now := s.clock.Now()
	look := model.Access{What: model.AccessRecord, Staff: "b.jones"}
	old, late, early := elsewhere(t, 1, now.AddDate(0, 0, -93), look), elsewhere(t, 3, now.Add(-time.Minute), look), elsewhere(t, 2, now.Add(-time.Hour), look)
	own := elsewhere(t, 1, now, look)
	own.Device = st.Identity().Device
	spoilt := model.RawAccess{Device: model.DeviceID{0xe}, Seq: 4, Raw: []byte("{")}
	mergeAccess(t, st, 3, old, late, own)
	mergeAccess(t, st, 6, late, spoilt, early)
	if after, _, err := st.AccessCursor(); err != nil || after != 6 {
		t.Errorf("the cursor is at %d, %v", after, err)
	}
	found, err := manager.Accesses(t.Context(), model.AccessFilter{Staff: "b.jones"}, 10)
	if err != nil || len(found) != 2 || found[0].Seq != 3 || found[1].Seq != 2 || found[0].Device != (model.DeviceID{0xe}) {
		t.Fatalf("%+v, %v", found, err)
	}
	since := model.AccessFilter{Since: model.InstantOf(now.Add(-30 * time.Minute)), Staff: "b.jones"}
	until := model.AccessFilter{Until: model.InstantOf(now.Add(-30 * time.Minute)), Staff: "b.jones"}
	for name, c := range map[string]struct {
		f    model.AccessFilter
		want uint64
	}{"since": {since, 3}, "until": {until, 2}} {
		if found, err := manager.Accesses(t.Context(), c.f, 10); err != nil || len(found) != 1 || found[0].Seq != c.want {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
	if found, err := manager.Accesses(t.Context(), model.AccessFilter{}, 2); err != nil || len(found) != 2 || found[1].At > found[0].At {
		t.Errorf("the newest two: %+v, %v", found, err)
	}
	// Later the oldest go, and what the hub had is asked for again after a
	// restore of the hub.
	s.clock.add(93 * 24 * time.Hour)
	mergeAccess(t, st, 7)
	if found, err := manager.Accesses(t.Context(), model.AccessFilter{Staff: "b.jones"}, 10); err != nil || len(found) != 0 {
		t.Errorf("after a quarter of a year: %+v, %v", found, err)
	}
	if err := st.Refill("another", nil); err != nil {
		t.Fatal(err)
	}
	if after, epoch, err := st.AccessCursor(); err != nil || after != 0 || epoch != "another" {
		t.Errorf("the cursor is at %d of %q, %v", after, epoch, err)
	}
}

func TestWhatTheHubHasIsNotSentAgain(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	for range 3 {
		signIn(t, st, "nurse")
	}
	waiting := func() []model.RawAccess {
		t.Helper()
		all, err := st.OutgoingAccess(10)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	all := waiting()
	if len(all) != 3 || all[0].Seq != 1 || all[2].Seq != 3 {
		t.Fatalf("%+v", all)
	}
	if a, sound := all[1].Open(); !sound || a.Prev != model.HashAccess(all[0].Raw) {
		t.Errorf("what is sent is no chain: %+v", a)
	}
	if err := st.AccessSent(2); err != nil {
		t.Fatal(err)
	}
	if left := waiting(); len(left) != 1 || left[0].Seq != 3 {
		t.Errorf("%+v", left)
	}
	if one, err := st.OutgoingAccess(0); err != nil || len(one) != 0 {
		t.Errorf("%+v, %v", one, err)
	}
	if err := st.Refill("another", nil); err != nil {
		t.Fatal(err)
	}
	again := waiting()
	if len(again) != 4 {
		t.Fatalf("after a restore of the hub %d are sent again", len(again))
	}
	if a, _ := again[3].Open(); a.What != model.AccessFound || model.Trouble(a.Reason) != model.TroublePutBack {
		t.Errorf("that it was restored is written down as %+v", a)
	}
}

func TestAlarmsAreOfAllDesksAndNotedOnce(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	manager, nurse := signIn(t, st, "manager"), signIn(t, st, "nurse")
	now := s.clock.Now()
	var many []model.RawAccess
	for i := range 25 {
		many = append(many, elsewhere(t, uint64(i+1), now.Add(-time.Duration(i)*time.Second), model.Access{
			What: model.AccessRecord, Staff: "b.jones", Person: model.PersonID{1, byte(i)}}))
	}
	mergeAccess(t, st, 25, many...)
	if _, err := nurse.Alarms(t.Context(), model.DayOf(now)); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a nurse: %v", err)
	}
	for range 3 {
		found, err := manager.Alarms(t.Context(), model.DayOf(now)-7)
		if err != nil || len(found) != 1 || found[0].Kind != model.AlarmMany || found[0].Staff != "b.jones" || found[0].Many != 25 {
			t.Errorf("%+v, %v", found, err)
		}
	}
	if found, err := manager.Alarms(t.Context(), model.DayOf(now)+1); err != nil || len(found) != 0 {
		t.Errorf("tomorrow: %+v, %v", found, err)
	}
	requireSaid(t, st, "signed-in manager desk", "signed-in nurse desk", "audit manager desk 1")
}

func TestWritesSayWhoAndWhatKindAndNoMore(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse, manager, officer := signIn(t, st, "nurse"), signIn(t, st, "manager"), signIn(t, st, "officer")
	id, other := model.PersonID{1}, model.PersonID{2}
	do(t, officer, id, named("Smith", "John"))
	s.clock.add(time.Hour)
	do(t, nurse, id, &model.HealthNoted{Text: "marked"})
	do(t, officer, other, named("Okafor", "Daniel"))
	if _, err := nurse.Writes(t.Context(), model.AccessFilter{}, 10); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a nurse: %v", err)
	}
	found, err := manager.Writes(t.Context(), model.AccessFilter{Person: id}, 10)
	if err != nil || len(found) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	if w := found[0]; w.Compartment != model.Health || w.Staff != "" || w.Kind != "" || w.Person != id {
		t.Errorf("a manager sees of the health record: %+v", w)
	}
	if w := found[1]; w.Staff != "officer" || w.Kind != "person.named" || w.Role != model.RoleReception {
		t.Errorf("%+v", w)
	}
	by, err := manager.Writes(t.Context(), model.AccessFilter{Staff: "officer", Since: model.InstantOf(s.clock.Now())}, 10)
	if err != nil || len(by) != 1 || by[0].Person != other {
		t.Errorf("%+v, %v", by, err)
	}
	if newest, err := manager.Writes(t.Context(), model.AccessFilter{}, 1); err != nil || len(newest) != 1 {
		t.Errorf("%+v, %v", newest, err)
	}
}
