package sync_test

import (
	"testing"

	"github.com/throughgate/throughgate/model"
	realhub "github.com/throughgate/throughgate/sync/hub"
)

// TestAManagerReadsWhatWasSeenAtEveryDesk goes over the real hub: what a nurse
// looked at at one desk is in the audit of a manager at another.
func TestAManagerReadsWhatWasSeenAtEveryDesk(t *testing.T) {
	s := newService(t, loopback(t))
	one, two := s.workstation(t, 1), s.workstation(t, 2)
	id := one.person()
	one.do(one.officer, id, named("Smith"))
	if _, err := one.nurse.Get(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	made, err := s.AddStaff(realhub.NewStaff{ID: "manager", Site: "LEI", Role: model.RoleManager, Name: "ROBERTS, Helen"})
	if err != nil {
		t.Fatal(err)
	}
	one.once()
	two.once()
	manager := two.signIn("manager", made.Passphrase)
	looks := func() []model.Access {
		t.Helper()
		found, err := manager.Accesses(t.Context(), model.AccessFilter{What: model.AccessRecord}, 100)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := looks(); len(found) != 1 || found[0].Staff != staffID(model.RoleNurse, 1) || found[0].Device != one.Identity().Device || found[0].Person != id {
		t.Fatalf("%+v", found)
	}
	// The hub was put back: everything comes again, and nothing twice.
	if err := s.Restored(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		one.once()
		two.once()
	}
	if found := looks(); len(found) != 1 {
		t.Errorf("after a restore: %+v", found)
	}
	gaps, err := manager.Accesses(t.Context(), model.AccessFilter{What: model.AccessGap}, 100)
	if err != nil || len(gaps) != 0 {
		t.Errorf("gaps where there are none: %+v, %v", gaps, err)
	}
}
