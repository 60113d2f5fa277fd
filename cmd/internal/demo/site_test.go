package demo

import (
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
)

func TestADemonstrationIsWholeAndQuick(t *testing.T) {
	began := time.Now()
	d, err := Build(t.Context(), Plan{Folder: t.TempDir(), Seed: 1, People: 200, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	t.Logf("200 people in %v", time.Since(began))
	desk, err := store.Open(d.Desk, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer desk.Close()
	for _, staff := range Staff() {
		session, err := desk.SignIn(t.Context(), staff.ID, Passphrase)
		if err != nil {
			t.Fatalf("%s: %v", staff.ID, err)
		}
		if n := len(session.Rows()); n != 200 || session.MustChange() {
			t.Errorf("%s sees %d people, must change passphrase: %v", staff.ID, n, session.MustChange())
		}
		conflicts, err := session.Conflicts(t.Context())
		want := 1
		if staff.Role.MayRead(model.Health) {
			want = 2
		}
		if err != nil || len(conflicts) != want {
			t.Errorf("%s sees %d conflicts, want %d, %v", staff.ID, len(conflicts), want, err)
		}
		if staff.ID == auditor {
			if looks, err := session.Accesses(t.Context(), model.AccessFilter{What: model.AccessGlass}, 10); err != nil || len(looks) != 2 {
				t.Errorf("%d looks behind the glass are written down, want 2, %v", len(looks), err)
			}
		}
		session.Close()
	}
	status := desk.Status()
	if status.Pending+status.Refused+status.Quarantined+status.Waiting != 0 {
		t.Errorf("not at rest: %+v", status)
	}
	for _, table := range []string{"practices", "medicines"} {
		if rows, _, err := desk.Reference(table); err != nil || len(rows) == 0 {
			t.Errorf("no %s: %v", table, err)
		}
	}
}
