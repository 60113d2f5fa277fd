package sync_test

import (
	"context"
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	"github.com/throughgate/throughgate/store/boltlog"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync"
	realhub "github.com/throughgate/throughgate/sync/hub"
)

// mortal is a real hub that can be put back to an older state.
type mortal struct {
	*realhub.Hub
	tb     testing.TB
	key    seal.Key
	folder string
	url    string
	stop   func()
}

func newMortal(tb testing.TB) *mortal {
	tb.Helper()
	key, err := seal.NewKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	m := &mortal{tb: tb, key: key, folder: tb.TempDir()}
	m.start()
	tb.Cleanup(func() { m.stop() })
	if _, err := m.AddSite("LEI", "HMP Leeds"); err != nil {
		tb.Fatal(err)
	}
	return m
}

func (m *mortal) start() {
	m.tb.Helper()
	log, err := boltlog.Open(filepath.Join(m.folder, "hub.db"), boltlog.Options{})
	if err != nil {
		m.tb.Fatal(err)
	}
	h, err := realhub.New(log, m.key, realhub.Options{Stretch: lightly})
	if err != nil {
		m.tb.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		m.tb.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- h.Serve(ctx, listener) }()
	m.Hub, m.url = h, "https://"+listener.Addr().String()
	m.stop = func() {
		cancel()
		if err := <-done; err != nil {
			m.tb.Error(err)
		}
		if err := log.Close(); err != nil {
			m.tb.Error(err)
		}
	}
}

// backup is the hub's file as it is now.
func (m *mortal) backup() (path string) {
	m.tb.Helper()
	file, err := os.Create(filepath.Join(m.tb.TempDir(), "copy.db"))
	if err != nil {
		m.tb.Fatal(err)
	}
	if err := m.Backup(file); err != nil {
		m.tb.Fatal(err)
	}
	if err := file.Close(); err != nil {
		m.tb.Fatal(err)
	}
	return file.Name()
}

// restore brings a backup back, as an operator does.
func (m *mortal) restore(backup string) {
	m.tb.Helper()
	m.swap(backup)
	if err := m.Restored(); err != nil {
		m.tb.Fatal(err)
	}
}

// swap brings a backup back and tells nobody.
func (m *mortal) swap(backup string) {
	m.tb.Helper()
	m.stop()
	if err := os.Rename(backup, filepath.Join(m.folder, "hub.db")); err != nil {
		m.tb.Fatal(err)
	}
	m.start()
}

// join enrols a workstation.
func (m *mortal) join() *workstation {
	m.tb.Helper()
	code, err := m.AddCode("LEI")
	if err != nil {
		m.tb.Fatal(err)
	}
	id, err := sync.Enrol(m.tb.Context(), m.url, code.Code, sync.Options{})
	if err != nil {
		m.tb.Fatal(err)
	}
	st, err := store.Create(m.tb.TempDir(), store.Identity(id), store.Options{Stretch: lightly})
	if err != nil {
		m.tb.Fatal(err)
	}
	m.tb.Cleanup(func() {
		if err := st.Close(); err != nil {
			m.tb.Error(err)
		}
	})
	w := &workstation{Store: st, tb: m.tb}
	m.reach(w)
	return w
}

// reach gives a workstation its way to the hub, which has another address after
// each start.
func (m *mortal) reach(w *workstation) {
	m.tb.Helper()
	id := sync.Identity(w.Identity())
	id.HubURL = m.url
	client, err := sync.NewClient(id, sync.Options{})
	if err != nil {
		m.tb.Fatal(err)
	}
	m.tb.Cleanup(client.Close)
	w.client, w.agent = client, &sync.Agent{Desk: w.Store, Hub: client}
}

func (m *mortal) staff(id model.StaffID, role model.Role) (first string) {
	m.tb.Helper()
	made, err := m.AddStaff(realhub.NewStaff{ID: id, Site: "LEI", Role: role, Name: "Example"})
	if err != nil {
		m.tb.Fatal(err)
	}
	return made.Passphrase
}

// TestARestoredHubIsFilledAgain puts a hub back to before anybody had signed in
// at all: it has lost their new keys with everything they wrote. The desks bring
// both back, and also what they wrote while the hub was away.
func TestARestoredHubIsFilledAgain(t *testing.T) {
	m := newMortal(t)
	first := map[model.StaffID]string{}
	for id, role := range map[model.StaffID]model.Role{
		"officer-a": model.RoleReception, "nurse-a": model.RoleNurse, "officer-b": model.RoleReception, "nurse-b": model.RoleNurse,
	} {
		first[id] = m.staff(id, role)
	}
	a, b := m.join(), m.join()
	old := m.backup()
	for _, w := range []*workstation{a, b} {
		w.once()
	}
	a.officer, a.nurse = a.signIn("officer-a", first["officer-a"]), a.signIn("nurse-a", first["nurse-a"])
	b.officer, b.nurse = b.signIn("officer-b", first["officer-b"]), b.signIn("nurse-b", first["nurse-b"])
	id := a.person()
	a.do(a.officer, id, named("Example"), &model.CustodyNoted{Text: "before"})
	a.once()
	b.once()
	b.do(b.nurse, id, &model.HealthNoted{Text: "before"})
	b.once()
	a.once()
	same(t, []model.PersonID{id}, a, b)

	m.restore(old)
	a.do(a.nurse, id, &model.HealthNoted{Text: "meanwhile"})
	for _, w := range []*workstation{a, b} {
		m.reach(w)
	}
	for _, w := range []*workstation{b, a} {
		w.once() // finds out, and nothing is judged before
	}
	for range 2 {
		b.once()
		a.once()
	}
	same(t, []model.PersonID{id}, a, b)
	status, err := m.Status()
	if err != nil || status.Sites[0].Ops != 4 {
		t.Errorf("the hub has %d entries of 4, %v", status.Sites[0].Ops, err)
	}
}
