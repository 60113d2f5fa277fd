package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/throughgate/throughgate/cmd/internal/edge"
	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/tui/admin"
)

// TestScreensAdministerAHub holds that the screens' administration does at a real
// hub what the commands do.
func TestScreensAdministerAHub(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "hub")
	if _, errout, code := run(folder, "site", "add", "LEI", "--name", "HMP Leeds"); code != edge.Done {
		t.Fatal(errout)
	}
	a, ctx := administration{hubdata.Source{Folder: folder}}, t.Context()
	first, err := a.AddStaff(ctx, admin.NewMember{ID: "a.khan", Name: "Khan, A", Role: model.RoleNurse, Site: "LEI"})
	if err != nil || strings.Count(first.Text, "-") != 4 {
		t.Fatalf("%+v, %v", first, err)
	}
	const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q somebody@somewhere"
	again, resetErr := a.ResetPassphrase(ctx, "a.khan")
	if resetErr != nil || again.Text == first.Text {
		t.Errorf("reset: %v", resetErr)
	}
	for what, err := range map[string]error{
		"prison": a.AddPrison(ctx, "MDI", "HMP Moorland"), "role": a.ChangeRole(ctx, "a.khan", model.RoleManager),
		"rotate": a.RotateKeys(ctx, "LEI"),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	added, err := a.AddSSHKey(ctx, "a.khan", key)
	if err != nil || !strings.HasPrefix(added.Fingerprint, "SHA256:") {
		t.Errorf("key: %+v, %v", added, err)
	}
	keys, err := a.SSHKeys(ctx, "a.khan")
	if err != nil || len(keys) != 1 || keys[0] != added || keys[0].Type != "ssh-ed25519" {
		t.Fatalf("%+v, %v", keys, err)
	}
	staff, err := a.Staff(ctx)
	if err != nil || len(staff) != 1 || staff[0].Role != model.RoleManager || staff[0].SSHKeys != 1 {
		t.Errorf("%+v, %v", staff, err)
	}
	if err := a.RemoveSSHKey(ctx, "a.khan", keys[0].Fingerprint); err != nil {
		t.Error(err)
	}
	if _, err := a.Move(ctx, "a.khan", "MDI"); err != nil {
		t.Error(err)
	}
	if err := a.Disable(ctx, "a.khan"); err != nil {
		t.Error(err)
	}
	if err := a.Enable(ctx, "a.khan"); err != nil {
		t.Error(err)
	}
	if code, err := a.AddCode(ctx, "LEI"); err != nil || code.Text == "" {
		t.Errorf("%+v, %v", code, err)
	}
	if devices, err := a.Workstations(ctx); err != nil || len(devices) != 0 {
		t.Errorf("%+v, %v", devices, err)
	}
	if prisons, err := a.Prisons(ctx); err != nil || len(prisons) != 2 || prisons[1].Staff != 1 {
		t.Errorf("%+v, %v", prisons, err)
	}
	if err := a.Withdraw(ctx, model.DeviceID{7}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("a workstation that is not there: %v", err)
	}
	if _, errout, code := run(folder, "admin"); code != edge.Usage || !strings.Contains(errout, "need a terminal") {
		t.Errorf("without a terminal: %d, %s", code, errout)
	}
}
