package sync_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync"
	realhub "github.com/throughgate/throughgate/sync/hub"
)

// lightly stretches passphrases hardly at all.
var lightly = seal.Params{Time: 1, MemoryKiB: 64, Threads: 1}

// service is the real hub over its real log, as a process would run it.
type service struct {
	*realhub.Hub
	tb   testing.TB
	url  string
	dial func(ctx context.Context, network, address string) (net.Conn, error)
	now  func() time.Time // of the hub and its desks; the real one when nil
}

func newService(tb testing.TB, listener net.Listener) *service {
	tb.Helper()
	return newServiceAt(tb, listener, nil)
}

func newServiceAt(tb testing.TB, listener net.Listener, now func() time.Time) *service {
	tb.Helper()
	log, err := boltlog.Open(filepath.Join(tb.TempDir(), "hub.db"), boltlog.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	key, err := seal.NewKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	h, err := realhub.New(log, key, realhub.Options{Stretch: lightly, Now: now})
	if err != nil {
		tb.Fatal(err)
	}
	if _, err := h.AddSite("LEI", "HMP Leeds"); err != nil {
		tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Serve(ctx, listener) }()
	tb.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			tb.Error(err)
		}
		if err := log.Close(); err != nil {
			tb.Error(err)
		}
	})
	s := &service{Hub: h, tb: tb, url: "https://" + listener.Addr().String(), now: now}
	if p, ok := listener.(*pipes); ok {
		s.dial = p.Dial
	}
	return s
}

// workstation is a real store with its agent, and two people signed in.
type workstation struct {
	*store.Store
	tb             testing.TB
	agent          *sync.Agent
	client         *sync.Client
	officer, nurse *store.Session
	folder         string
}

// workstation enrols one, as the commands do, and signs an officer and a nurse
// of its own in. Both have changed their first passphrase, so the next exchange
// carries their new keyrings.
func (s *service) workstation(tb testing.TB, n int) *workstation {
	tb.Helper()
	code, err := s.AddCode("LEI")
	if err != nil {
		tb.Fatal(err)
	}
	opts := sync.Options{Dial: s.dial, Now: s.now}
	id, err := sync.Enrol(tb.Context(), s.url, code.Code, opts)
	if err != nil {
		tb.Fatal(err)
	}
	folder := tb.TempDir()
	st, err := store.Create(folder, store.Identity(id), store.Options{Stretch: lightly, Now: s.now})
	if err != nil {
		tb.Fatal(err)
	}
	client, err := sync.NewClient(id, opts)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		client.Close()
		if err := st.Close(); err != nil {
			tb.Error(err)
		}
	})
	w := &workstation{Store: st, tb: tb, client: client, agent: &sync.Agent{Desk: st, Hub: client, Now: s.now}, folder: folder}
	first := map[model.Role]string{}
	for _, role := range []model.Role{model.RoleReception, model.RoleNurse} {
		made, err := s.AddStaff(realhub.NewStaff{ID: staffID(role, n), Site: "LEI", Role: role, Name: "Example"})
		if err != nil {
			tb.Fatal(err)
		}
		first[role] = made.Passphrase
	}
	w.once()
	w.officer = w.signIn(staffID(model.RoleReception, n), first[model.RoleReception])
	w.nurse = w.signIn(staffID(model.RoleNurse, n), first[model.RoleNurse])
	w.once()
	return w
}

func staffID(role model.Role, n int) model.StaffID {
	return model.StaffID(fmt.Sprintf("%s-%d", role, n))
}

func (w *workstation) once() {
	w.tb.Helper()
	if err := w.agent.Once(w.tb.Context()); err != nil {
		w.tb.Fatal(err)
	}
}

func (w *workstation) signIn(id model.StaffID, first string) *store.Session {
	w.tb.Helper()
	session, err := w.SignIn(w.tb.Context(), id, first)
	if err != nil {
		w.tb.Fatal(err)
	}
	if err := session.ChangePassphrase(w.tb.Context(), first, "three words of "+string(id)); err != nil {
		w.tb.Fatal(err)
	}
	return session
}

// run runs the agent until stop.
func (w *workstation) run() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- w.agent.Run(ctx) }()
	return func() {
		cancel()
		<-done
	}
}

func (w *workstation) person() model.PersonID {
	w.tb.Helper()
	id, err := w.officer.NewPerson("")
	if err != nil {
		w.tb.Fatal(err)
	}
	return id
}

func (w *workstation) do(by *store.Session, id model.PersonID, changes ...model.Change) {
	w.tb.Helper()
	if err := by.Do(w.tb.Context(), model.Write{Person: id, Changes: changes}); err != nil {
		w.tb.Fatal(err)
	}
}

func named(family string) model.Change {
	return &model.PersonNamed{Name: model.PersonName{Family: family, Given: []string{"Sam"}}}
}

// same holds that all desks show the same of these people, to officers and to
// nurses, and have nothing left to send, settle or doubt.
func same(tb testing.TB, people []model.PersonID, desks ...*workstation) {
	tb.Helper()
	for i, w := range desks {
		if s := w.Status(); s.Pending+s.Refused+s.Waiting+s.Quarantined != 0 || s.Err != "" || s.People != len(people) {
			tb.Errorf("desk %d: %+v, want %d people", i+1, s, len(people))
		}
	}
	for _, id := range people {
		for i, w := range desks[1:] {
			for what, by := range map[string][2]*store.Session{
				"officer": {desks[0].officer, w.officer}, "nurse": {desks[0].nurse, w.nurse},
			} {
				a, errA := by[0].Get(tb.Context(), id)
				b, errB := by[1].Get(tb.Context(), id)
				if errA != nil || errB != nil || !reflect.DeepEqual(a, b) {
					tb.Errorf("desk %d shows its %s another record than desk 1 (%v, %v)", i+2, what, errA, errB)
				}
			}
		}
	}
}
