package store_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func passport(tb testing.TB, st *store.Store) model.Passport {
	tb.Helper()
	p, err := st.Passport()
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestATurnIsKeptBeforeItIsShown(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	if p := passport(t, st); p != (model.Passport{Incarnation: 77}) {
		t.Errorf("a new store shows %+v", p)
	}
	if err := st.KeepTurn("1.abc", 77); err != nil {
		t.Fatal(err)
	}
	do(t, signIn(t, st, "nurse"), model.PersonID{1}, &model.InstructionGiven{Text: "x"})
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if p := passport(t, s.reopen(dir)); p != (model.Passport{Incarnation: 77, Turn: "1.abc", Pending: 1}) {
		t.Errorf("after reopening it shows %+v", p)
	}
}

// TestANewIncarnationBeginsAnotherChain writes before and after: no place of the
// chain comes twice, and what was not sent yet still is.
func TestANewIncarnationBeginsAnotherChain(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "before"})
	if err := st.KeepTurn("2.def", 9); err != nil {
		t.Fatal(err)
	}
	do(t, nurse, id, &model.InstructionGiven{Text: "after"}, &model.InstructionGiven{Text: "and after that"})
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir)
	do(t, signIn(t, st, "nurse"), id, &model.InstructionGiven{Text: "a day later"})
	envs, err := st.Outgoing(10)
	if err != nil || len(envs) != 4 {
		t.Fatalf("%d wait to be sent, %v", len(envs), err)
	}
	want := []struct {
		incarnation uint32
		seq         uint64
		prev        model.Hash
	}{{77, 1, model.Hash{}}, {9, 1, model.Hash{}}, {9, 2, envs[1].Hash}, {9, 3, envs[2].Hash}}
	for i, env := range envs {
		if op := opens(t, s, env); op.Incarnation != want[i].incarnation || op.Seq != want[i].seq || op.Prev != want[i].prev {
			t.Errorf("op %d is number %d of incarnation %d", i, op.Seq, op.Incarnation)
		}
	}
	for _, wrong := range []uint32{0, 9} {
		if err := st.Renew(wrong); model.KindOf(err) != model.KindInvalid {
			t.Errorf("renewed as %d: %v", wrong, err)
		}
	}
}

func TestARestoredStoreSaysSoUntilTheHubKnows(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	for range 2 { // brought back, and brought back again before the hub was reached
		if err := st.MarkRestored(); err != nil {
			t.Fatal(err)
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
		st = s.reopen(dir)
		if p := passport(t, st); p.Restored != 77 || p.Incarnation == 77 || p.Incarnation == 0 {
			t.Errorf("it shows %+v", p)
		}
	}
	own := st.Identity().Incarnation
	if err := st.KeepTurn("3.fed", own); err != nil {
		t.Fatal(err)
	}
	if p := passport(t, st); p != (model.Passport{Incarnation: own, Turn: "3.fed"}) {
		t.Errorf("once the hub knows it shows %+v", p)
	}
}
