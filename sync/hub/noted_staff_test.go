package hub_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// notedStaff lists what a prison's audit has of whose access was changed, oldest
// first.
func (s *service) notedStaff(at model.SiteCode, about model.StaffID) []string {
	s.tb.Helper()
	answer, err := s.Audit(s.tb.Context(), hub.AuditQuestion{Site: at, Reads: true, Filter: model.AccessFilter{What: model.AccessStaff, Staff: about}})
	if err != nil {
		s.tb.Fatal(err)
	}
	out := []string{}
	for _, a := range slices.Backward(answer.Reads) {
		if a.Role != model.RoleHub || a.Device != model.HubDevice(at) || a.Staff != "" {
			s.tb.Errorf("%+v", a)
		}
		out = append(out, strings.TrimSpace(fmt.Sprint(a.Reason, " ", a.Whom, " ", a.As)))
	}
	return out
}

// TestWhoseAccessWasChangedIsInTheAudit of the prison whose access it is, at both
// prisons where somebody moves; what was refused or was so already is not.
func TestWhoseAccessWasChangedIsInTheAudit(t *testing.T) {
	s, c := timed(t)
	do := func(_ any, err error) {
		t.Helper()
		c.add(time.Second)
		if err != nil {
			t.Fatal(err)
		}
	}
	refused := func(_ any, err error) {
		t.Helper()
		if err == nil {
			t.Fatal("it was done")
		}
	}
	do(s.AddStaff(hub.NewStaff{ID: "ann", Site: "LEI", Role: model.RoleNurse, Name: "Ann"}))
	refused(s.AddStaff(hub.NewStaff{ID: "ann", Site: "MDI", Role: model.RoleNurse, Name: "Ann"}))
	do(s.ChangeRole(hub.NewRole{ID: "ann", Role: model.RolePrescriber}))
	refused(s.ChangeRole(hub.NewRole{ID: "ann", Role: model.RolePrescriber}))
	line := ed25519Line(t)
	key, err := s.AddSSHKey(hub.SSHKey{ID: "ann", Key: line})
	do(key, err)
	do(s.AddSSHKey(hub.SSHKey{ID: "ann", Key: line}))
	do(s.RemoveSSHKey(hub.SSHKey{ID: "ann", Key: key.Fingerprint}))
	refused(s.RemoveSSHKey(hub.SSHKey{ID: "ann", Key: key.Fingerprint}))
	do(s.ResetPassphrase("ann"))
	do(nil, s.DisableStaff("ann"))
	do(nil, s.DisableStaff("ann"))
	do(s.EnableStaff("ann"))
	refused(s.EnableStaff("ann"))
	do(s.MoveStaff(hub.Move{ID: "ann", Site: "MDI", Role: model.RoleNurse}))
	refused(s.MoveStaff(hub.Move{ID: "ann", Site: "MDI"}))
	do(nil, s.DisableStaff("ann"))
	for at, want := range map[model.SiteCode][]string{
		"LEI": {"added ann nurse", "role ann prescriber", "ssh-key-added ann", "ssh-key-removed ann", "reset ann", "disabled ann", "enabled ann prescriber", "moved-away ann"},
		"MDI": {"moved-here ann nurse", "disabled ann"},
	} {
		if got := s.notedStaff(at, "ann"); !slices.Equal(got, want) {
			t.Errorf("%s: the audit has %q, want %q", at, got, want)
		}
	}
}

// TestReplacedKeysAreInTheAudit with which ones, at that prison alone.
func TestReplacedKeysAreInTheAudit(t *testing.T) {
	s, c := timed(t)
	for _, r := range []hub.Rotation{{Site: "LEI", Compartment: "health"}, {Site: "LEI"}, {Site: "XXX"}} {
		if _, err := s.RotateKey(r); (err != nil) != (r.Site == "XXX") {
			t.Fatal(err)
		}
		c.add(time.Second)
	}
	if got := s.notedStaff("MDI", ""); len(got) != 0 {
		t.Errorf("the other prison's audit has %q", got)
	}
	answer := s.audited(hub.AuditQuestion{Site: "LEI", Reads: true, Filter: model.AccessFilter{What: model.AccessStaff}})
	var got []string
	for _, a := range slices.Backward(answer.Reads) {
		got = append(got, a.Words())
	}
	want := []string{"Keys of the prison replaced: health", "Keys of the prison replaced: shared, custody, health"}
	if !slices.Equal(got, want) {
		t.Errorf("the audit has %q, want %q", got, want)
	}
}

// TestNobodysAccessChangesWithoutAnEntry: where the audit cannot be written the
// change is not made.
func TestNobodysAccessChangesWithoutAnEntry(t *testing.T) {
	s := newService(t)
	s.staff("ann", "LEI", model.RoleNurse)
	disk := s.onSickDisk()
	disk.deaf.Store(true)
	if err := s.DisableStaff("ann"); err == nil {
		t.Fatal("somebody was disabled, and no entry says so")
	}
	if _, err := s.RotateKey(hub.Rotation{Site: "LEI"}); err == nil {
		t.Fatal("keys were replaced, and no entry says so")
	}
	disk.deaf.Store(false)
	staff, err := s.Staff("LEI")
	if err != nil || len(staff) != 1 || staff[0].Disabled {
		t.Errorf("%+v, %v", staff, err)
	}
	if got := s.notedStaff("LEI", "ann"); !slices.Equal(got, []string{"added ann nurse"}) {
		t.Errorf("the audit has %q", got)
	}
}
