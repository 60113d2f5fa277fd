package store_test

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

// TestStampsNeverComeTwice sets the clock back, also across a restart.
func TestStampsNeverComeTwice(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	id := model.PersonID{1}
	for i := range 6 {
		nurse := signIn(t, st, "nurse")
		do(t, nurse, id, &model.InstructionGiven{Text: fmt.Sprint(i)}, &model.InstructionGiven{Text: fmt.Sprint(i)})
		s.clock.add(-time.Hour)
		if i%2 == 0 {
			if err := st.Close(); err != nil {
				t.Fatal(err)
			}
			st = s.reopen(dir)
		}
	}
	envs, err := st.Outgoing(100)
	if err != nil || len(envs) != 12 {
		t.Fatalf("%d envelopes, %v", len(envs), err)
	}
	for i := range envs[1:] {
		if !envs[i+1].Stamp.After(envs[i].Stamp) || envs[i+1].Seq != envs[i].Seq+1 {
			t.Errorf("op %d does not come after the one before", i+1)
		}
		if op := opens(t, s, envs[i+1]); op.Prev != envs[i].Hash {
			t.Errorf("op %d does not hold the hash of the one before", i+1)
		}
	}
}

func TestAWrongClockWritesNothing(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	write := model.Write{Person: model.PersonID{1}, Changes: []model.Change{&model.InstructionGiven{Text: "x"}}}
	for skew, ok := range map[time.Duration]bool{0: true, 4 * time.Minute: true, -6 * time.Minute: false, 6 * time.Minute: false} {
		if err := st.SetSync(model.SyncState{Online: true, Skew: skew}); err != nil {
			t.Fatal(err)
		}
		err := nurse.Do(t.Context(), write)
		if ok != (err == nil) || !ok && model.KindOf(err) != model.KindOutside {
			t.Errorf("%v off: %v", skew, err)
		}
		if told := s.clocks(st) > 0; !ok && !told {
			t.Errorf("%v off: nobody is told", skew)
		}
		if got := st.Status().Skew; got != skew {
			t.Errorf("status says %v, want %v", got, skew)
		}
	}
}

// TestAClockThatWasSetBackAYearWritesNothing has no hub to tell the time: the
// newest entry here does.
func TestAClockThatWasSetBackAYearWritesNothing(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	write := func(ss *store.Session) error {
		return ss.Do(t.Context(), model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: "x"}}})
	}
	if err := write(nurse); err != nil {
		t.Fatal(err)
	}
	s.clock.add(-365 * 24 * time.Hour)
	err := write(nurse)
	if model.KindOf(err) != model.KindOutside || !strings.Contains(err.Error(), "365 days behind") || !strings.Contains(err.Error(), "nothing is lost") {
		t.Errorf("a year back: %v", err)
	}
	_ = write(nurse) // and again
	if told := s.clocks(st); told != 1 {
		t.Errorf("that the clock was wrong is written down %d times", told)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir)
	nurse = signIn(t, st, "nurse")
	get(t, nurse, id)
	if model.KindOf(write(nurse)) != model.KindOutside || st.Status().Pending != 1 {
		t.Errorf("after reopening: %+v", st.Status())
	}
	s.clock.add(365*24*time.Hour - 23*time.Hour)
	if err := write(nurse); err != nil {
		t.Errorf("some hours back: %v", err)
	}
}

// clocks counts how often it is written down that the clock was wrong.
func (s *site) clocks(st *store.Store) (n int) {
	s.tb.Helper()
	all, err := st.Accesses(0, 100)
	if err != nil {
		s.tb.Fatal(err)
	}
	for _, a := range all {
		if a.What == model.AccessClock {
			n++
		}
	}
	return n
}

// TestAnEntryOfNextYearDoesNotStopTheDesk is the other way round: the clock was
// ahead when the newest entry was written, and the hub says that it is right now.
func TestAnEntryOfNextYearDoesNotStopTheDesk(t *testing.T) {
	s := newSite(t)
	st := s.deskIn(t.TempDir())
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	write := func() error {
		return nurse.Do(t.Context(), model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: "x"}}})
	}
	s.clock.add(365 * 24 * time.Hour)
	if err := write(); err != nil {
		t.Fatal(err)
	}
	s.clock.add(-365 * 24 * time.Hour)
	if err := write(); model.KindOf(err) != model.KindOutside || !strings.Contains(err.Error(), "reach the hub once") {
		t.Errorf("without the hub: %v", err)
	}
	if err := st.SetSync(model.SyncState{Online: true}); err != nil {
		t.Fatal(err)
	}
	if err := write(); err != nil {
		t.Fatalf("with the hub: %v", err)
	}
	out, err := st.Outgoing(10)
	if err != nil || len(out) != 2 {
		t.Fatalf("%d to send, %v", len(out), err)
	}
	dated := time.UnixMilli(min(out[0].Stamp.Wall, out[1].Stamp.Wall))
	if s.clock.now.Sub(dated).Abs() > time.Minute {
		t.Errorf("written at %v, dated %v", s.clock.now, dated)
	}
}

func TestEveryLookIsWrittenDownInAChain(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "x"})
	get(t, nurse, id)
	if _, err := nurse.History(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	_ = try(st, "officer", "wrong")
	_ = try(st, "not a staff id at all", "wrong")
	nurse.Rows() // a list of names is no look at a record
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir)
	all, err := st.Accesses(0, 100)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"signed-in nurse", "record nurse", "history nurse", "sign-in-failed officer", "sign-in-failed ", "sign-out nurse"}
	for i, a := range all {
		if got := string(a.What) + " " + string(a.Staff); got != want[i] || a.Seq != uint64(i+1) {
			t.Errorf("entry %d: %q, want %q", a.Seq, got, want[i])
		}
	}
	if len(all) != len(want) || all[1].Person != id || len(all[1].Parts) != 2 {
		t.Errorf("the log: %+v", all)
	}
	if err := st.VerifyAccess(); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func(*bbolt.Bucket) error{
		"left out": func(b *bbolt.Bucket) error { key, _ := b.Cursor().First(); return b.Delete(key) },
		"cut off":  func(b *bbolt.Bucket) error { key, _ := b.Cursor().Last(); return b.Delete(key) },
		"changed": func(b *bbolt.Bucket) error {
			key, value := b.Cursor().First()
			return b.Put(key, bytes.Replace(value, []byte("nurse"), []byte("nobdy"), 1))
		},
	} {
		tx, err := st.DB().Begin(true)
		if err == nil {
			err = spoil(tx.Bucket([]byte(store.BucketAccess)))
		}
		if err == nil {
			err = tx.Commit()
		}
		if err != nil {
			t.Fatal(err)
		}
		if st.VerifyAccess() == nil {
			t.Errorf("%s: the chain is said to be whole", name)
		}
	}
}

// TestAFullDiskStopsWritingAndNothingElse signs in and reads while the disk
// takes nothing; what could not be written down is when it does again.
func TestAFullDiskStopsWritingAndNothingElse(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	id := model.PersonID{1}
	do(t, nurse, id, &model.InstructionGiven{Text: "before"})
	f := breakable(t, st.DB())
	full := func([]byte, int64) (int, error) { return 0, syscall.ENOSPC }
	*f.write = full

	write := model.Write{Person: id, Changes: []model.Change{&model.InstructionGiven{Text: "after"}}}
	if err := nurse.Do(t.Context(), write); err == nil || err.Error()[:17] != "The disk is full." {
		t.Errorf("writing: %v", err)
	}
	get(t, nurse, id)
	signIn(t, st, "officer")
	for range 4 {
		_ = try(st, "manager", "wrong")
	}
	if err := try(st, "manager", "wrong"); model.KindOf(err) != model.KindLocked {
		t.Errorf("a full disk gets round the count: %v", err)
	}
	f.mend()
	if err := nurse.Do(t.Context(), write); err != nil {
		t.Fatal(err)
	}
	all, err := st.Accesses(1, 100)
	if err != nil || len(all) != 6 || all[0].What != model.AccessRecord || all[1].Staff != "officer" {
		t.Errorf("%+v, %v", all, err)
	}
	if err := st.VerifyAccess(); err != nil {
		t.Error(err)
	}
}

func TestDraftsAreForTheirOwnerAlone(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	nurse, prescriber := signIn(t, st, "nurse"), signIn(t, st, "prescriber")
	if err := nurse.SaveDraft("letter", []byte("Dear Doctor")); err != nil {
		t.Fatal(err)
	}
	if _, found := prescriber.Draft("letter"); found {
		t.Error("a colleague finds it")
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	st = s.reopen(dir)
	nurse = signIn(t, st, "nurse")
	if err := nurse.ChangePassphrase(t.Context(), passphraseOf("nurse"), "correct horse battery"); err != nil {
		t.Fatal(err)
	}
	if value, found := nurse.Draft("letter"); !found || string(value) != "Dear Doctor" {
		t.Errorf("%q, %v", value, found)
	}
	if err := nurse.SaveDraft("letter", nil); err != nil {
		t.Fatal(err)
	}
	if _, found := nurse.Draft("letter"); found {
		t.Error("it was not thrown away")
	}
	if err := nurse.SaveDraft("letter", make([]byte, 2<<20)); model.KindOf(err) != model.KindInvalid {
		t.Errorf("2 MiB: %v", err)
	}
}

func TestReferenceTablesComeBack(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	if rows, revision, err := st.Reference("practices"); rows != nil || revision != 0 || err != nil {
		t.Errorf("before any: %q %d %v", rows, revision, err)
	}
	want := bytes.Repeat([]byte(`{"code":"A81001"}`+"\n"), 10000)
	if err := st.PutReference("practices", 7, want); err != nil {
		t.Fatal(err)
	}
	rows, revision, err := st.Reference("practices")
	if !bytes.Equal(rows, want) || revision != 7 || err != nil {
		t.Errorf("%d bytes, revision %d, %v", len(rows), revision, err)
	}
	if revision, err := st.ReferenceRevision("practices"); revision != 7 || err != nil {
		t.Errorf("revision %d, %v", revision, err)
	}
}

func TestStandingOutlivesTheProgramAndOnlineDoesNot(t *testing.T) {
	s := newSite(t)
	dir := t.TempDir()
	st := s.deskIn(dir)
	state := model.SyncState{Online: true, Since: 5, LastSync: model.InstantOf(morning), Err: ""}
	if err := st.SetSync(state); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if got := s.reopen(dir).Status(); got.Online || got.LastSync != state.LastSync {
		t.Errorf("%+v", got)
	}
}

func TestWatchersGetATokenAndNobodyIsHeldUp(t *testing.T) {
	s := newSite(t)
	st := s.desk()
	nurse := signIn(t, st, "nurse")
	tokens, stop := st.Watch()
	for range 3 { // nobody listens
		do(t, nurse, model.PersonID{1}, &model.InstructionGiven{Text: "x"})
	}
	<-tokens
	get(t, nurse, model.PersonID{1}) // reading wakes nobody
	select {
	case <-tokens:
		t.Error("a look at a record woke the screens")
	default:
	}
	stop()
	stop()
	if _, open := <-tokens; open {
		t.Error("the channel goes on after stop")
	}
	again, _ := st.Watch()
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	if _, open := <-again; open {
		t.Error("the channel goes on after Close")
	}
}

// TestManySessionsAtOnce is for the race detector.
func TestManySessionsAtOnce(t *testing.T) {
	s := newSite(t)
	st, other := s.desk(), s.desk()
	a := signIn(t, other, "nurse")
	var all sync.WaitGroup
	const each = 20
	for i, staff := range []model.StaffID{"nurse", "prescriber", "nurse"} {
		all.Go(func() {
			ss := signIn(t, st, staff)
			defer ss.Close()
			for n := range each {
				do(t, ss, model.PersonID{byte(n%3) + 1}, &model.InstructionGiven{Text: fmt.Sprint(i, n)})
				get(t, ss, model.PersonID{byte(n%3) + 1})
				ss.Rows()
				ss.Find("a", 3)
				st.Status()
			}
		})
	}
	all.Go(func() {
		for n := range each {
			do(t, a, model.PersonID{1}, &model.InstructionGiven{Text: fmt.Sprint("other ", n)})
			merge(t, st, carry(t, other))
			carry(t, st)
		}
	})
	all.Wait()
	ss := signIn(t, st, "nurse")
	n := 0
	for i := range 3 {
		n += len(get(t, ss, model.PersonID{byte(i + 1)}).Shared.Instruction)
	}
	if n != 4*each {
		t.Errorf("%d entries are there, want %d", n, 4*each)
	}
}
