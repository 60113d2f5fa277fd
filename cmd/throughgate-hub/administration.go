package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/throughgate/throughgate/cmd/internal/hubdata"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
	"github.com/throughgate/throughgate/tui/admin"
)

// administration is a hub's as the screens see it. Each thing is asked by itself,
// so that it works beside a hub that serves and keeps no other command out.
type administration struct {
	hubdata.Source
	begins bool // there is no hub in the folder yet: its first prison begins one
}

// asked does one thing, and says what stands against it as a screen does.
func asked[Out any](a administration, verb string, in any) (Out, error) {
	out, err := ask[Out](a.Source, verb, in)
	return out, onScreen(err)
}

// listed reads a list. A hub that has still to begin has nothing on it.
func listed[Row any](a administration, verb string, in any) ([]Row, error) {
	rows, err := asked[[]Row](a, verb, in)
	if a.begins && model.KindOf(err) == model.KindNotFound {
		return nil, nil
	}
	return rows, err
}

// begin says which folder a hub is begun in, where there is none yet: one with
// nothing in it, or one that is still to be made.
func begin(a administration) (administration, string) {
	inside, err := os.ReadDir(a.Folder)
	if a.begins = errors.Is(err, fs.ErrNotExist) || err == nil && len(inside) == 0; a.begins {
		return a, a.Folder
	}
	return a, ""
}

// do asks for a thing that has no answer but that it is done.
func (a administration) do(verb string, in any) error {
	_, err := asked[hub.Done](a, verb, in)
	return err
}

// Prisons implements admin.Service.
func (a administration) Prisons(context.Context) ([]admin.Prison, error) {
	sites, err := listed[hub.SiteInfo](a, hub.VerbSites, hub.Done{})
	out := make([]admin.Prison, 0, len(sites))
	for _, s := range sites {
		out = append(out, admin.Prison{Code: s.Code, Name: s.Name, Staff: s.Staff, Workstations: s.Devices, Entries: s.Ops})
	}
	return out, err
}

// AddPrison implements admin.Service.
func (a administration) AddPrison(_ context.Context, code model.SiteCode, name string) error {
	a.Make = true // as the command does
	_, err := asked[hub.SiteInfo](a, hub.VerbAddSite, hub.NewSite{Code: code, Name: name})
	return err
}

// RotateKeys implements admin.Service.
func (a administration) RotateKeys(_ context.Context, code model.SiteCode) error {
	return a.do(hub.VerbRotate, hub.Rotation{Site: code})
}

// Staff implements admin.Service.
func (a administration) Staff(context.Context) ([]admin.Member, error) {
	staff, err := listed[hub.StaffInfo](a, hub.VerbStaff, hub.At{})
	out := make([]admin.Member, 0, len(staff))
	for _, s := range staff {
		m := admin.Member{ID: s.ID, Name: s.Name, Role: s.Role, Site: s.Site, Disabled: s.Disabled, SignedIn: s.SignedIn, SSHKeys: s.SSHKeys, Since: s.Since}
		if s.State != hub.StateActive && s.State != hub.StateDisabled && s.State != hub.StateAdded {
			m.State = upperFirst(string(s.State))
		}
		out = append(out, m)
	}
	return out, err
}

func upperFirst(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// AddStaff implements admin.Service.
func (a administration) AddStaff(_ context.Context, m admin.NewMember) (admin.Secret, error) {
	first, err := asked[hub.FirstPassphrase](a, hub.VerbAddStaff, hub.NewStaff{ID: m.ID, Site: m.Site, Role: m.Role, Name: m.Name})
	return secretOf(first, err)
}

// secretOf is a first passphrase as it is told.
func secretOf(first hub.FirstPassphrase, err error) (admin.Secret, error) {
	return admin.Secret{
		Title: "The first passphrase of " + string(first.ID), Text: first.Passphrase,
		Then: "Give it to them and nobody else. They choose their own when they first sign in.",
	}, err
}

// ChangeRole implements admin.Service.
func (a administration) ChangeRole(_ context.Context, id model.StaffID, role model.Role) error {
	return a.do(hub.VerbStaffRole, hub.NewRole{ID: id, Role: role})
}

// Move implements admin.Service.
func (a administration) Move(_ context.Context, id model.StaffID, to model.SiteCode) (admin.Secret, error) {
	return secretOf(asked[hub.FirstPassphrase](a, hub.VerbStaffMove, hub.Move{ID: id, Site: to}))
}

// Disable implements admin.Service.
func (a administration) Disable(_ context.Context, id model.StaffID) error {
	return a.do(hub.VerbDisableStaff, id)
}

// Enable implements admin.Service.
func (a administration) Enable(_ context.Context, id model.StaffID) error {
	return a.do(hub.VerbStaffEnable, id)
}

// ResetPassphrase implements admin.Service.
func (a administration) ResetPassphrase(_ context.Context, id model.StaffID) (admin.Secret, error) {
	return secretOf(asked[hub.FirstPassphrase](a, hub.VerbStaffReset, id))
}

// SSHKeys implements admin.Service.
func (a administration) SSHKeys(_ context.Context, id model.StaffID) ([]admin.SSHKey, error) {
	keys, err := asked[[]hub.SSHKeyInfo](a, hub.VerbSSHKeys, id)
	out := make([]admin.SSHKey, 0, len(keys))
	for _, k := range keys {
		out = append(out, admin.SSHKey{Type: k.Type, Fingerprint: k.Fingerprint})
	}
	return out, err
}

// AddSSHKey implements admin.Service.
func (a administration) AddSSHKey(_ context.Context, id model.StaffID, line string) (admin.SSHKey, error) {
	key, err := asked[hub.SSHKeyInfo](a, hub.VerbSSHKeyAdd, hub.SSHKey{ID: id, Key: line})
	return admin.SSHKey{Type: key.Type, Fingerprint: key.Fingerprint}, err
}

// RemoveSSHKey implements admin.Service.
func (a administration) RemoveSSHKey(_ context.Context, id model.StaffID, fingerprint string) error {
	return a.do(hub.VerbSSHKeyRemove, hub.SSHKey{ID: id, Key: fingerprint})
}

// Workstations implements admin.Service.
func (a administration) Workstations(context.Context) ([]admin.Workstation, error) {
	devices, err := listed[hub.DeviceInfo](a, hub.VerbDevices, hub.At{})
	out := make([]admin.Workstation, 0, len(devices))
	for _, d := range devices {
		out = append(out, admin.Workstation{
			ID: d.ID, Site: d.Site, Enrolled: d.Enrolled, Seen: d.Seen, State: upperFirst(string(d.State)), Detail: detailOf(d),
			Active: d.State == hub.DeviceActive, Stopped: d.State == hub.DeviceStopped,
		})
	}
	return out, err
}

// detailOf says of a workstation what an operator asks next.
func detailOf(d hub.DeviceInfo) string {
	var said []string
	if d.Why != "" {
		said = append(said, d.Why)
	}
	if !d.Seen.IsZero() {
		said = append(said, fmt.Sprintf("Last at %s, version %s, %d to send then.", orUnknown(d.Address), orUnknown(d.Version), d.Pending))
	}
	if !d.Erased.IsZero() {
		said = append(said, fmt.Sprintf("Erased %s with %d entries that were never sent.", d.Erased, d.Unsent))
	}
	return strings.Join(said, " ")
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}

// AddCode implements admin.Service.
func (a administration) AddCode(_ context.Context, at model.SiteCode) (admin.Secret, error) {
	made, err := asked[hub.NewCode](a, hub.VerbAddCode, hub.At{Site: at})
	return admin.Secret{
		Title: "A code for one workstation at " + string(at), Text: made.Code,
		Then: "It works once, until " + made.Until.String() + ". At the workstation: throughgate enrol --hub URL --code CODE.",
	}, err
}

// Withdraw implements admin.Service.
func (a administration) Withdraw(_ context.Context, id model.DeviceID) error {
	return a.do(hub.VerbWithdrawDevice, id)
}

// Resume implements admin.Service.
func (a administration) Resume(_ context.Context, id model.DeviceID) error {
	return a.do(hub.VerbResumeDevice, id)
}

var _ admin.Service = administration{}
