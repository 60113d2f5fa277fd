package store_test

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

const day = 24 * time.Hour

func gone(at time.Time, way model.MovementType, reason string) model.Change {
	return &model.MovementRecorded{Movement: model.Movement{Type: way, Reason: reason, At: model.InstantOf(at)}}
}

func retain(tb testing.TB, ss *store.Session, dry bool) model.Retained {
	tb.Helper()
	out, err := ss.Retain(tb.Context(), 183, dry)
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// TestWhoLeftLongAgoIsRemovedAndNobodyElse has people who left in each way, who
// are here, and with whom there is work.
func TestWhoLeftLongAgoIsRemovedAndNobodyElse(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	officer, nurse := signIn(t, st, "officer"), signIn(t, st, "nurse")
	here := &model.StaySet{Site: "LEI"}
	now := s.clock.Now()
	write := func(n byte, changes ...model.Change) model.PersonID {
		id := model.PersonID{n}
		do(t, officer, id, append([]model.Change{named("Smith", "John"), here}, changes...)...)
		return id
	}
	released, moved := gone(now, model.MovementRelease, "CR"), gone(now, model.MovementTransfer, "NOTR")
	out := map[string]model.PersonID{
		"released":    write(1, released),
		"transferred": write(2, moved),
		"elsewhere":   write(3, &model.StaySet{Site: "MDI"}),
	}
	in := map[string]model.PersonID{
		"here":          write(11),
		"at court":      write(12, gone(now, model.MovementCourt, "19")),
		"written about": write(13, released),
		"refused":       write(14, released),
		"unsent":        {},
		"back":          write(16, released),
	}
	do(t, nurse, out["released"], &model.HealthNoted{Text: "seen"})
	if err := nurse.SaveDraft("note/"+in["written about"].String(), []byte("half")); err != nil {
		t.Fatal(err)
	}
	carry(t, st)
	do(t, officer, in["refused"], &model.LocationSet{Cell: "1"})
	envs, err := st.Outgoing(1)
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Settle([]model.PushResult{{Stamp: envs[0].Stamp, Status: model.PushRefused, Reason: "No."}}); err != nil {
		t.Fatal(err)
	}
	s.clock.add(182 * day)
	if got := retain(t, nurse, false); got.People != 0 {
		t.Fatalf("removed a day early: %+v", got)
	}
	do(t, officer, in["back"], &model.StaySet{Site: "LEI", Received: model.DayOf(s.clock.Now())},
		gone(s.clock.Now(), model.MovementAdmission, "N"))
	carry(t, st)
	in["unsent"] = write(15, gone(now, model.MovementRelease, "CR"))
	s.clock.add(2 * day)

	want := model.Retained{Days: 183, Here: 9, People: 3}
	for _, dry := range []bool{true, true, false} {
		got := retain(t, nurse, dry)
		if got.People != want.People || got.Here != want.Here || got.DryRun != dry || got.Entries < 10 {
			t.Errorf("dry %v: %+v", dry, got)
		}
		if got.Kept[model.KeptDraft] != 1 || got.Kept[model.KeptRefused] != 1 {
			t.Errorf("dry %v: kept %+v", dry, got.Kept)
		}
	}
	check := func(ss *store.Session) {
		for what, id := range out {
			if _, err := ss.Get(t.Context(), id); model.KindOf(err) != model.KindNotFound {
				t.Errorf("%s: %v", what, err)
			}
		}
		for what, id := range in {
			if _, err := ss.Get(t.Context(), id); err != nil {
				t.Errorf("%s: %v", what, err)
			}
		}
		if n := len(ss.Rows()); n != len(in) {
			t.Errorf("%d rows, want %d", n, len(in))
		}
	}
	check(nurse)
	if again := retain(t, nurse, false); again.People != 0 {
		t.Errorf("and again: %+v", again)
	}
	if n := st.Status().People; n != len(in) {
		t.Errorf("%d people, want %d", n, len(in))
	}
	removals := 0
	all, err := st.Accesses(0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		if a.What == model.AccessRetention && a.Person == out["released"] {
			removals++
		}
	}
	if removals != 1 || st.VerifyAccess() != nil {
		t.Errorf("%d removals of one person are written down", removals)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	check(signIn(t, s.reopen(dir), "nurse"))
}

// TestWhoComesBackIsShownWholeOrNotAtAll has the hub speak again of somebody who
// was removed.
func TestWhoComesBackIsShownWholeOrNotAtAll(t *testing.T) {
	s := newSite(t)
	st, other := s.desk(), s.desk()
	officer, nurse := signIn(t, st, "officer"), signIn(t, st, "nurse")
	there := signIn(t, other, "officer")
	id := model.PersonID{1}
	do(t, officer, id, named("Smith", "John"), &model.StaySet{Site: "LEI"})
	do(t, nurse, id, &model.HealthNoted{Text: "allergic"})
	do(t, officer, id, gone(s.clock.Now(), model.MovementRelease, "CR"))
	first := carry(t, st)
	merge(t, other, first)
	merge(t, st, first)
	s.clock.add(200 * day)
	if got := retain(t, officer, false); got.People != 1 || got.Entries != 4 {
		t.Fatalf("%+v", got)
	}
	do(t, there, id, &model.StaySet{Site: "LEI", Received: model.DayOf(s.clock.Now())})
	news := carry(t, other)
	merge(t, st, news)
	if _, err := nurse.Get(t.Context(), id); model.KindOf(err) != model.KindNotFound {
		t.Errorf("an entry alone shows: %v", err)
	}
	wanted, err := st.Wanted()
	if err != nil || len(wanted) != 1 || wanted[0] != id {
		t.Fatalf("%v, %v", wanted, err)
	}
	// Somebody writes here before the record has come.
	do(t, nurse, id, &model.InstructionGiven{Text: "back"})
	if r := get(t, nurse, id); !r.Partial {
		t.Error("a record without its past does not say so")
	}
	if err := st.Return(id, append(first, news...)); err != nil {
		t.Fatal(err)
	}
	r := get(t, nurse, id)
	ops, err := nurse.History(t.Context(), id)
	if err != nil || r.Partial || r.Shared.Name.Family != "Smith" || len(r.Health.Notes) != 1 || len(ops) != 6 {
		t.Errorf("%d entries (%v), partial %v", len(ops), err, r.Partial)
	}
	if wanted, err := st.Wanted(); err != nil || len(wanted) != 0 {
		t.Errorf("still wanted: %v, %v", wanted, err)
	}
	if got := st.Status(); got.Waiting+got.Quarantined != 0 {
		t.Errorf("%+v", got)
	}
}

// TestAWrongClockRemovesNobody: with one that was set ahead everybody left long
// ago.
func TestAWrongClockRemovesNobody(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer := signIn(t, st, "officer")
	do(t, officer, model.PersonID{1}, named("Smith", "John"), &model.StaySet{Site: "LEI"}, gone(s.clock.Now(), model.MovementRelease, "CR"))
	carry(t, st)
	s.clock.add(365 * day)
	if err := st.SetSync(model.SyncState{Online: true, Skew: 365 * day}); err != nil {
		t.Fatal(err)
	}
	if _, err := officer.Retain(t.Context(), 183, false); model.KindOf(err) != model.KindOutside {
		t.Errorf("a year ahead of the hub: %v", err)
	}
	if err := st.SetSync(model.SyncState{Online: true}); err != nil {
		t.Fatal(err)
	}
	if got := retain(t, officer, false); got.People != 1 {
		t.Errorf("a year later: %+v", got)
	}
}
