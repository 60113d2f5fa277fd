package store_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// TestWhatCannotBeBelievedIsPutAsideAndTheRestGoesOn sends one bad envelope of
// each sort among good ones.
func TestWhatCannotBeBelievedIsPutAsideAndTheRestGoesOn(t *testing.T) {
	s := newSite(t)
	a := s.author("author", model.RoleNurse)
	other := s.author("other", model.RoleNurse)
	id := model.PersonID{1}
	say := func(text string) model.Change { return &model.InstructionGiven{Text: text} }

	sound := a.write(id, morning, say("sound"))
	forged := seals(t, s, a.op(id, morning, say("forged")), other.key)
	future := a.op(id, morning.Add(model.MaxAhead+time.Minute), say("from the future"))
	a.clock.Last = sound.Stamp
	garbled := a.write(id, morning, say("garbled"))
	garbled.Sealed = append([]byte(nil), garbled.Sealed...)
	garbled.Sealed[40] ^= 1
	moved := a.write(id, morning, say("moved"))
	moved.Person = model.PersonID{2}
	stranger := a.op(id, morning, say("nobody knows me"))
	stranger.Actor.Staff = "stranger"
	twice := a.write(id, morning, say("one"))
	again := a.op(id, morning, say("the other"))
	again.Stamp = twice.Stamp
	last := a.write(id, morning, say("last"))

	bad := []model.Envelope{
		forged, seals(t, s, future, a.key), garbled, moved, seals(t, s, stranger, a.key), {Compartment: model.Shared, KeyVersion: 1},
	}
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	merge(t, st, slices.Concat([]model.Envelope{sound, twice}, bad, []model.Envelope{last}))
	merge(t, st, slices.Concat([]model.Envelope{seals(t, s, again, a.key), sound}, bad)) // all again, and one stamp for two ops
	if got := instructions(t, nurse, id); !slices.Equal(got, []string{"sound", "one", "last"}) {
		t.Errorf("the record has %q", got)
	}
	if status := st.Status(); status.Quarantined != len(bad)+1 || status.People != 1 {
		t.Errorf("%+v, want %d put aside", status, len(bad)+1)
	}
	if after, _, err := st.Cursor(); err != nil || after == 0 {
		t.Errorf("the place in the feed did not move: %d, %v", after, err)
	}
}

func TestTwoOpsOfOneStampInOneBatch(t *testing.T) {
	s := newSite(t)
	a := s.author("author", model.RoleNurse)
	id := model.PersonID{1}
	one := a.write(id, morning, &model.InstructionGiven{Text: "one"})
	op := a.op(id, morning, &model.InstructionGiven{Text: "other"})
	op.Stamp = one.Stamp
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	merge(t, st, []model.Envelope{one, one, seals(t, s, op, a.key), one})
	if got := instructions(t, nurse, id); len(got) != 1 || st.Status().Quarantined != 1 {
		t.Errorf("the record has %q, %+v", got, st.Status())
	}
}

func TestAnOpIsBelievedWhenItsAuthorBecomesKnown(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	a := s.author("newcomer", model.RoleNurse) // the desk's roster is older
	id := model.PersonID{1}
	merge(t, st, []model.Envelope{a.write(id, morning, &model.InstructionGiven{Text: "bottom bunk"})})
	if n := st.Status().Quarantined; n != 1 {
		t.Fatalf("%d are put aside, want 1", n)
	}
	if err := st.PutSite(s.data); err != nil {
		t.Fatal(err)
	}
	if got := instructions(t, nurse, id); len(got) != 1 || st.Status().Quarantined != 0 {
		t.Errorf("the record has %q, %+v", got, st.Status())
	}
}

func TestAnOpOfAKindNobodyKnowsIsKeptByteForByte(t *testing.T) {
	s := newSite(t)
	a := s.author("author", model.RoleNurse)
	id := model.PersonID{1}
	op := a.op(id, morning, &model.InstructionGiven{Text: "x"})
	op.Kind, op.Body, op.Change = "telepathy.read", []byte("not even JSON"), nil
	env := seals(t, s, op, a.key)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	merge(t, st, []model.Envelope{env, a.write(id, morning, &model.InstructionGiven{Text: "y"})})
	r := get(t, nurse, id)
	if r.Shared.Unknown != 1 || len(r.Shared.Instruction) != 1 {
		t.Errorf("%d of unknown kind, %d instructions", r.Shared.Unknown, len(r.Shared.Instruction))
	}
	want, _ := env.AppendBinary(nil)
	if got := kept(t, st, env); !bytes.Equal(got, want) {
		t.Error("the envelope changed")
	}
}

func TestASlowClockHereDoesNotPutOthersWorkAside(t *testing.T) {
	s := newSite(t)
	a := s.author("author", model.RoleNurse)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	env := a.write(id, morning.Add(3*time.Hour), &model.InstructionGiven{Text: "x"})
	if err := st.SetSync(model.SyncState{Online: true, Skew: -3 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	merge(t, st, []model.Envelope{env})
	if n := st.Status().Quarantined; n != 0 || len(instructions(t, nurse, id)) != 1 {
		t.Errorf("%d are put aside", n)
	}
}

func TestKeysOfALaterVersionWaitForWhoHasThem(t *testing.T) {
	s := newSite(t)
	s.keys = append(s.keys, model.CompartmentKey{Compartment: model.Shared, Version: 2, Key: s.secret()})
	s.addStaff("renewed", model.RoleNurse)
	st := s.desk()
	nurse, renewed := signIn(t, st, "nurse"), signIn(t, st, "renewed")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "first key"})
	do(t, renewed, id, &model.InstructionGiven{Text: "second key"})
	if got := instructions(t, renewed, id); len(got) != 2 {
		t.Errorf("who has both reads %q", got)
	}
	if _, err := nurse.Get(t.Context(), id); model.KindOf(err) != model.KindLocked {
		t.Errorf("who has the first alone: %v", err)
	}
	other := s.desk()
	old := signIn(t, other, "nurse")
	merge(t, other, carry(t, st))
	if n := other.Status().Waiting; n != 1 || len(instructions(t, old, id)) != 1 {
		t.Errorf("%d wait, want 1", n)
	}
	if got := instructions(t, signIn(t, other, "renewed"), id); len(got) != 2 {
		t.Errorf("who has both reads %q", got)
	}
}

func TestAfterRefillEverythingOfThisDeskIsSentAgain(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	a := s.author("author", model.RoleNurse)
	if err := st.PutSite(s.data); err != nil {
		t.Fatal(err)
	}
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "mine"}, &model.InstructionGiven{Text: "mine too"})
	mine := carry(t, st)
	merge(t, st, []model.Envelope{a.write(id, morning, &model.InstructionGiven{Text: "another desk's"})})
	do(t, nurse, id, &model.InstructionGiven{Text: "not sent yet"})
	if err := st.Refill("second", nil); err != nil {
		t.Fatal(err)
	}
	again, err := st.Outgoing(10)
	if err != nil || len(again) != 3 || again[0].Hash != mine[0].Hash || st.Status().Pending != 3 {
		t.Errorf("%d are sent again, %+v, %v", len(again), st.Status(), err)
	}
	if after, epoch, err := st.Cursor(); err != nil || after != 0 || epoch != "second" {
		t.Errorf("the place in the feed is %d %q, %v", after, epoch, err)
	}
}

func TestRefusedOpsLeaveTheRecordAndWaitForAPerson(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse, officer := signIn(t, st, "nurse"), signIn(t, st, "officer")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "kept"})
	do(t, nurse, id, &model.InstructionGiven{Text: "refused"})
	do(t, officer, id, &model.CustodyNoted{Text: "refused"})
	envs, err := st.Outgoing(10)
	if err != nil {
		t.Fatal(err)
	}
	officer.Close() // nobody can fold custody anew now
	err = st.Settle([]model.PushResult{
		{Stamp: envs[0].Stamp, Status: model.PushTaken},
		{Stamp: envs[1].Stamp, Status: model.PushRefused, Reason: "This role may not do this."},
		{Stamp: envs[2].Stamp, Status: model.PushRefused, Reason: "This role may not do this."},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := instructions(t, nurse, id); !slices.Equal(got, []string{"kept"}) {
		t.Errorf("the record has %q", got)
	}
	if r := get(t, signIn(t, st, "officer"), id); len(r.Custody.Notes) != 0 {
		t.Error("a refused note is in the record")
	}
	nurse = settleOne(t, s, st, dir)
	if err := nurse.Dismiss(t.Context(), envs[2].Stamp); model.KindOf(err) != model.KindForbidden {
		t.Errorf("a nurse settled what she may not read: %v", err)
	}
	if err := nurse.Dismiss(t.Context(), envs[0].Stamp); model.KindOf(err) != model.KindNotFound {
		t.Errorf("what was not refused: %v", err)
	}
}

// settleOne looks at the refusals after a restart and settles the nurse's own.
func settleOne(t *testing.T, s *site, st *store.Store, dir string) *store.Session {
	t.Helper()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir)
	nurse := signIn(t, st, "nurse")
	all, err := nurse.Refusals(t.Context())
	if err != nil || len(all) != 2 || st.Status().Refused != 2 || st.Status().Pending != 0 {
		t.Fatalf("%d refusals, %+v, %v", len(all), st.Status(), err)
	}
	if all[0].Op == nil || all[0].Op.Change.String() != "Instruction: refused" || all[0].Reason == "" || all[1].Op != nil || all[1].Reason != "Whoever may read it sees why." {
		t.Errorf("refusals: %+v", all)
	}
	for range 2 { // twice does no harm
		if err := nurse.Dismiss(t.Context(), all[0].Stamp); err != nil {
			t.Fatal(err)
		}
	}
	if all, err = nurse.Refusals(t.Context()); err != nil || len(all) != 1 || st.Status().Refused != 1 {
		t.Errorf("%d refusals are left, %+v, %v", len(all), st.Status(), err)
	}
	return nurse
}

func TestAPersonWhoseEveryOpWasRefusedIsGone(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	officer := signIn(t, st, "officer")
	do(t, officer, model.PersonID{1}, named("Smith", "John"))
	do(t, officer, model.PersonID{2}, named("Jones", "Ann"))
	carryOne, err := st.Outgoing(1)
	if err == nil {
		err = st.Settle([]model.PushResult{{Stamp: carryOne[0].Stamp, Status: model.PushRefused, Reason: "No."}})
	}
	if err != nil {
		t.Fatal(err)
	}
	if rows := officer.Rows(); len(rows) != 1 || rows[0].Name != "JONES, Ann" || st.Status().People != 1 {
		t.Errorf("rows: %+v", rows)
	}
	if found := officer.Find("smith", 5); len(found) != 0 {
		t.Errorf("somebody who is not there was found")
	}
	if _, err := officer.Get(t.Context(), model.PersonID{1}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("get: %v", err)
	}
}

// TestASealedValueCannotBeMoved puts one person's snapshot in another's place:
// what is shown, and written on, is each one's own, made from the log.
func TestASealedValueCannotBeMoved(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	one, two := model.PersonID{1}, model.PersonID{2}
	do(t, nurse, one, &model.InstructionGiven{Text: "x"})
	do(t, nurse, two, &model.InstructionGiven{Text: "y"})
	swapSnapshots(t, st, one, two)
	texts := func(id model.PersonID) (all []string) {
		for _, given := range get(t, nurse, id).Shared.Instruction {
			all = append(all, given.Text)
		}
		slices.Sort(all)
		return all
	}
	if one, two := texts(one), texts(two); !slices.Equal(one, []string{"x"}) || !slices.Equal(two, []string{"y"}) {
		t.Errorf("shown are %q and %q", one, two)
	}
	do(t, nurse, one, &model.InstructionGiven{Text: "z"})
	if got := texts(one); !slices.Equal(got, []string{"x", "z"}) {
		t.Errorf("a write went on top of another's record: %q", got)
	}
}

// TestTheOutboxIsEmptiedInWholeWrites asks for less than a write has, and for
// more.
func TestTheOutboxIsEmptiedInWholeWrites(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	given := func(n int) (changes []model.Change) {
		for i := range n {
			changes = append(changes, &model.InstructionGiven{Text: fmt.Sprint(i)})
		}
		return changes
	}
	for _, n := range []int{4, 1, 3} {
		do(t, nurse, model.PersonID{1}, given(n)...)
	}
	for limit, want := range map[int]int{1: 4, 4: 4, 5: 5, 7: 5, 8: 8, 100: 8} {
		envs, err := st.Outgoing(limit)
		if err != nil || len(envs) != want {
			t.Errorf("at most %d: %d, %v; want %d", limit, len(envs), err, want)
		}
		if _, err := model.Wholes(envs); err != nil {
			t.Errorf("at most %d: %v", limit, err)
		}
		for _, env := range envs {
			if op := opens(t, s, env); op.Before != env.Before || op.After != env.After {
				t.Errorf("op %d says otherwise than its envelope", env.Seq)
			}
		}
	}
	err := nurse.Do(t.Context(), model.Write{Person: model.PersonID{1}, Changes: given(model.MaxWrite + 1)})
	if model.KindOf(err) != model.KindInvalid {
		t.Errorf("a write that no push has room for: %v", err)
	}
}
