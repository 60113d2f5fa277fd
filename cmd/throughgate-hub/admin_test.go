package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
	a, ctx := administration{Source: hubdata.Source{Folder: folder}}, t.Context()
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

// In an empty folder, or one that is still to be made, the first prison begins a
// hub; in a folder with something else in it none is begun.
func TestTheScreensBeginAHub(t *testing.T) {
	for name, folder := range map[string]string{"empty": t.TempDir(), "not there": filepath.Join(t.TempDir(), "hub")} {
		t.Run(name, func(t *testing.T) {
			a, in := begin(administration{Source: hubdata.Source{Folder: folder}})
			if in != folder {
				t.Fatalf("it offers %q", in)
			}
			prisons, err := a.Prisons(t.Context())
			staff, staffErr := a.Staff(t.Context())
			workstations, workstationsErr := a.Workstations(t.Context())
			if n := len(prisons) + len(staff) + len(workstations); n > 0 || err != nil || staffErr != nil || workstationsErr != nil {
				t.Fatalf("%d rows of no hub: %v, %v, %v", n, err, staffErr, workstationsErr)
			}
			if left, err := os.ReadDir(folder); len(left) > 0 {
				t.Errorf("looking left %v, %v", left, err)
			}
			if err := a.AddPrison(t.Context(), "LEI", "HMP Leeds"); err != nil {
				t.Fatal(err)
			}
			if prisons, err := a.Prisons(t.Context()); err != nil || len(prisons) != 1 {
				t.Errorf("%+v, %v", prisons, err)
			}
			if _, offered := begin(a); offered != "" {
				t.Error("and offers to begin another")
			}
		})
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "letters.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	a, in := begin(administration{Source: hubdata.Source{Folder: folder}})
	if _, err := a.Prisons(t.Context()); in != "" || model.KindOf(err) != model.KindNotFound {
		t.Errorf("beside other files it offers %q, %v", in, err)
	}
}

// elsewhere are commands that no hint of its administration's screens names: a
// workstation is told of them, or who verifies the log.
var elsewhere = []string{"throughgate-hub import", "throughgate-hub restored", "throughgate-hub device code", "throughgate-hub audit verify"}

// Whoever has the lists before them is not sent to type a command.
func TestNoScreenNamesACommand(t *testing.T) {
	sources, err := filepath.Glob("../../sync/hub/*.go")
	if err != nil || len(sources) < 20 {
		t.Fatalf("%d files, %v", len(sources), err)
	}
	named := regexp.MustCompile(`"([^"]*throughgate-hub [^"]*)"`)
	found := 0
	for _, path := range sources {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			found++
			said := onScreen(fmt.Errorf("asked: %w", model.NotFound("There is no such thing.", m[1]).At("id")))
			var e *model.Error
			if slices.ContainsFunc(elsewhere, func(c string) bool { return strings.Contains(m[1], c) }) || errors.As(said, &e) && !strings.Contains(e.Hint, "throughgate-hub") && e.Field == "id" {
				continue
			}
			t.Errorf("%s: a screen would say %q", filepath.Base(path), m[1])
		}
	}
	if found < len(screenHints) {
		t.Errorf("only %d hints name a command", found)
	}
}
