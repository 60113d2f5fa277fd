package sync_test

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/sync"
	realhub "github.com/throughgate/throughgate/sync/hub"
)

// The attacks on a device's identity, with real stores and the real hub over TLS.

// years is a clock that a test moves on.
type years struct{ ms atomic.Int64 }

func (c *years) now() time.Time      { return time.UnixMilli(c.ms.Load()).UTC() }
func (c *years) add(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// clocked is a service on a port of its own, and its clock.
func clocked(t *testing.T) (*service, *years) {
	t.Helper()
	c := new(years)
	c.ms.Store(time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC).UnixMilli())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return newServiceAt(t, listener, c.now), c
}

// file is the workstation's store as the disk has it now.
func (w *workstation) file() []byte {
	w.tb.Helper()
	content, err := os.ReadFile(filepath.Join(w.folder, "throughgate.db"))
	if err != nil {
		w.tb.Fatal(err)
	}
	return content
}

// withFile opens the content of a store's file in a folder of its own, with its
// agent and the same people signed in.
func (s *service) withFile(tb testing.TB, content []byte, n int) *workstation {
	tb.Helper()
	folder := tb.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "throughgate.db"), content, 0o600); err != nil {
		tb.Fatal(err)
	}
	st, err := store.Open(folder, store.Options{Stretch: lightly, Now: s.now})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { st.Close() })
	w := &workstation{Store: st, tb: tb, folder: folder}
	s.program(w)
	for role, session := range map[model.Role]**store.Session{model.RoleReception: &w.officer, model.RoleNurse: &w.nurse} {
		id := staffID(role, n)
		if *session, err = st.SignIn(tb.Context(), id, "three words of "+string(id)); err != nil {
			tb.Fatal(err)
		}
	}
	return w
}

// program starts the workstation's sync anew.
func (s *service) program(w *workstation) {
	w.tb.Helper()
	client, err := sync.NewClient(sync.Identity(w.Identity()), sync.Options{Dial: s.dial, Now: s.now})
	if err != nil {
		w.tb.Fatal(err)
	}
	w.tb.Cleanup(client.Close)
	w.client, w.agent = client, &sync.Agent{Desk: w.Store, Hub: client, Now: s.now}
}

func (s *service) state(w *workstation) realhub.DeviceInfo {
	s.tb.Helper()
	all, err := s.Devices("LEI")
	if err != nil {
		s.tb.Fatal(err)
	}
	for _, d := range all {
		if d.ID == w.Identity().Device {
			return d
		}
	}
	s.tb.Fatal("the hub does not list the device")
	return realhub.DeviceInfo{}
}

// isStopped holds a workstation to what a stopped one does: all can be read,
// nothing can be written, nothing that waits is lost.
func isStopped(tb testing.TB, w *workstation, person model.PersonID, pending int) {
	tb.Helper()
	s := w.Status()
	if !strings.Contains(s.Stopped, "Nothing is lost") || s.Pending != pending {
		tb.Errorf("the standing is %+v, want %d to send", s, pending)
	}
	if _, err := w.officer.Get(tb.Context(), person); err != nil {
		tb.Errorf("a stopped workstation cannot be read: %v", err)
	}
	err := w.officer.Do(tb.Context(), model.Write{Person: person, Changes: []model.Change{named("Other")}})
	if model.KindOf(err) != model.KindLocked {
		tb.Errorf("a stopped workstation was written to: %v", err)
	}
}

func TestACopiedDataFolderStopsBothUntilAPersonDecides(t *testing.T) {
	s, c := clocked(t)
	one := s.workstation(t, 1)
	other := s.workstation(t, 2)
	id := one.person()
	one.do(one.officer, id, named("Smith"))
	one.once()
	two := s.withFile(t, one.file(), 1)
	one.do(one.officer, id, named("Smithe"))
	two.do(two.officer, id, named("Smythe"))
	one.once()
	c.add(6 * time.Minute)
	one.once()
	one.once()
	c.add(2 * time.Minute)
	if err := two.agent.Once(t.Context()); !errors.Is(err, sync.ErrStopped) {
		t.Fatalf("the copy got %v", err)
	}
	if err := one.agent.Once(t.Context()); !errors.Is(err, sync.ErrStopped) {
		t.Fatalf("the first got %v", err)
	}
	isStopped(t, one, id, 0)
	isStopped(t, two, id, 1)
	other.once()
	if got := s.state(one); got.State != realhub.DeviceStopped || !strings.Contains(got.Why, "copied") {
		t.Errorf("the hub lists it as %+v", got)
	}

	// Closed and opened again it still says so, also without the hub.
	kept := two.file()
	offline := s.withFile(t, kept, 1)
	isStopped(t, offline, id, 1)

	if err := s.ResumeDevice(one.Identity().Device); err != nil {
		t.Fatal(err)
	}
	before := two.Identity().Incarnation
	two.once()
	if two.Identity().Incarnation == before || two.Status().Stopped != "" {
		t.Errorf("it goes on as %d, %+v", two.Identity().Incarnation, two.Status())
	}
	// What it wrote apart from the first has the place of the first's in the chain:
	// it comes back to its author.
	if n := two.Status().Refused; n != 1 {
		t.Errorf("%d refused, want 1", n)
	}
	two.do(two.officer, id, named("Smyth"))
	two.once()
	if n := two.Status().Refused; n != 1 {
		t.Errorf("%d refused after it went on, want 1", n)
	}
	for range 3 {
		c.add(10 * time.Minute)
		if err := one.agent.Once(t.Context()); !errors.Is(err, sync.ErrStopped) || !strings.Contains(one.Status().Stopped, "left behind") {
			t.Errorf("the copy that was left behind got %v", err)
		}
		two.once()
	}
	other.once()
	r, err := other.officer.Get(t.Context(), id)
	if err != nil || r.Shared.Name.Family != "Smyth" {
		t.Errorf("another desk shows %v, %v", r, err)
	}
}

// TestAStoreSwappedForAnotherDesksIsTheOthersCopy puts one desk's file on another
// desk's computer.
func TestAStoreSwappedForAnotherDesksIsTheOthersCopy(t *testing.T) {
	s, c := clocked(t)
	one, two := s.workstation(t, 1), s.workstation(t, 2)
	id := one.person()
	one.do(one.officer, id, named("Smith"))
	one.once()
	two.once()
	swapped := s.withFile(t, two.file(), 2)
	two.once()
	swapped.once()
	var err error
	for range 3 {
		c.add(6 * time.Minute)
		if err = two.agent.Once(t.Context()); err == nil {
			err = swapped.agent.Once(t.Context())
		}
	}
	if !errors.Is(err, sync.ErrStopped) || s.state(two).State != realhub.DeviceStopped {
		t.Errorf("%v, and the device is %s", err, s.state(two).State)
	}
	one.once()
	if got := s.state(one).State; got != realhub.DeviceActive {
		t.Errorf("the desk whose file it was not is %s", got)
	}
}

// TestAStoreRolledBackToLastWeekGetsItsOwnOpsAgain puts last week's file in the
// place of today's.
func TestAStoreRolledBackToLastWeekGetsItsOwnOpsAgain(t *testing.T) {
	s, c := clocked(t)
	w := s.workstation(t, 1)
	id := w.person()
	w.do(w.officer, id, named("Smith"))
	w.once()
	lastWeek := w.file()
	for range 7 {
		c.add(24 * time.Hour)
		s.program(w)
		w.do(w.nurse, id, &model.InstructionGiven{Text: "x"})
		w.once()
		w.once()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	c.add(time.Hour)
	back := s.withFile(t, lastWeek, 1)
	back.do(back.nurse, id, &model.InstructionGiven{Text: "written since, offline"})
	if err := back.agent.Once(t.Context()); !errors.Is(err, sync.ErrStopped) {
		t.Fatalf("last week's file got %v", err)
	}
	isStopped(t, back, id, 1)
	if err := s.ResumeDevice(back.Identity().Device); err != nil {
		t.Fatal(err)
	}
	back.once()
	back.do(back.nurse, id, &model.InstructionGiven{Text: "and since it goes on"})
	back.once()
	r, err := back.nurse.Get(t.Context(), id)
	if err != nil || len(r.Shared.Instruction) == 0 {
		t.Fatal(err)
	}
	ops, err := back.nurse.History(t.Context(), id)
	if err != nil || len(ops) != 1+7+1 || back.Status().Refused != 1 {
		t.Errorf("%d entries (%v), %+v", len(ops), err, back.Status())
	}
	if got := s.state(back).State; got != realhub.DeviceActive {
		t.Errorf("the device is %s", got)
	}
}

// TestARestoredBackupGoesOnAtOnce brings a backup back on purpose; the computer
// it was of is gone.
func TestARestoredBackupGoesOnAtOnce(t *testing.T) {
	s, c := clocked(t)
	w := s.workstation(t, 1)
	id := w.person()
	w.do(w.officer, id, named("Smith"))
	w.once()
	backup := w.file()
	c.add(24 * time.Hour)
	w.do(w.nurse, id, &model.InstructionGiven{Text: "since the backup"})
	w.once()
	w.once()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	c.add(time.Minute)
	back := s.withFile(t, backup, 1)
	if err := back.MarkRestored(); err != nil {
		t.Fatal(err)
	}
	back.do(back.nurse, id, &model.InstructionGiven{Text: "before the hub was reached"})
	back.once()
	ops, err := back.nurse.History(t.Context(), id)
	if err != nil || len(ops) != 3 || back.Status().Refused+back.Status().Pending != 0 {
		t.Errorf("%d entries (%v), %+v", len(ops), err, back.Status())
	}
	if got := s.state(back); got.State != realhub.DeviceActive || got.Incarnation != back.Identity().Incarnation {
		t.Errorf("the hub lists %+v", got)
	}
}

func TestAWithdrawnWorkstationErasesItselfAndSaysSo(t *testing.T) {
	s, _ := clocked(t)
	w := s.workstation(t, 1)
	copied := s.withFile(t, w.file(), 1)
	id := w.person()
	w.do(w.officer, id, named("Smith"))
	ended := make(chan error, 1)
	w.once()
	go func() { ended <- w.agent.Run(context.Background()) }()
	if err := s.WithdrawDevice(w.Identity().Device); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, sync.ErrWithdrawn) {
		t.Errorf("the agent ended with %v", err)
	}
	if _, err := w.officer.Get(t.Context(), id); !errors.Is(err, store.ErrErased) {
		t.Errorf("a record of an erased store: %v", err)
	}
	if _, err := store.Open(w.folder, store.Options{}); !errors.Is(err, store.ErrErased) {
		t.Errorf("opened again: %v", err)
	}
	if got := s.state(w); got.State != realhub.DeviceErased || got.Unsent != 0 {
		t.Errorf("the hub lists %+v", got)
	}
	// A copy of it is erased as well.
	if err := copied.agent.Once(t.Context()); !errors.Is(err, sync.ErrWithdrawn) {
		t.Errorf("the copy got %v", err)
	}
	if got := copied.Status(); got.Erased == "" {
		t.Errorf("the copy stands: %+v", got)
	}
	// Who is not withdrawn cannot say that it erased anything.
	other := s.workstation(t, 2)
	if err := other.client.Erased(t.Context(), 0); model.KindOf(err) != model.KindConflict {
		t.Errorf("erased without being told to: %v", err)
	}
}
