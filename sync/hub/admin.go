package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// The administration by name, for commands that speak to a running hub. What
// each takes and answers stands in verbs.
const (
	VerbAddSite        = "site.add"
	VerbSites          = "site.list"
	VerbAddStaff       = "staff.add"
	VerbStaff          = "staff.list"
	VerbDisableStaff   = "staff.disable"
	VerbStaffRole      = "staff.role"
	VerbStaffMove      = "staff.move"
	VerbStaffEnable    = "staff.enable"
	VerbStaffReset     = "staff.reset"
	VerbSSHKeyAdd      = "staff.ssh-key.add"
	VerbSSHKeyRemove   = "staff.ssh-key.remove"
	VerbSSHKeys        = "staff.ssh-key.list"
	VerbRotate         = "site.rotate"
	VerbAddCode        = "device.code"
	VerbDevices        = "device.list"
	VerbWithdrawDevice = "device.withdraw"
	VerbResumeDevice   = "device.resume"
	VerbAudit          = "audit"
	VerbVerify         = "audit.verify"
	VerbSetReference   = "reference.set"
	VerbStatus         = "status"
	VerbRestored       = "restored"
)

// NewSite is a site to be made.
type NewSite struct {
	Code model.SiteCode `json:"code"`
	Name string         `json:"name"`
}

// At names a site, or all sites when the code is empty.
type At struct {
	Site model.SiteCode `json:"site"`
}

// Done is the answer of a verb that has nothing to tell.
type Done struct{}

// Status is how the hub stands.
type Status struct {
	Epoch       string          `json:"epoch"`
	Fingerprint string          `json:"fingerprint"` // of the authority
	Sites       []SiteInfo      `json:"sites"`
	References  []ReferenceInfo `json:"references"`
}

type verb func(h *Hub, in []byte) ([]byte, error)

// verbOf makes a verb of a method: JSON in, JSON out.
func verbOf[In, Out any](do func(*Hub, In) (Out, error)) verb {
	return func(h *Hub, body []byte) ([]byte, error) {
		var in In
		strict := json.NewDecoder(bytes.NewReader(body))
		strict.DisallowUnknownFields()
		if strict.Decode(&in) != nil {
			return nil, model.Invalid("The running hub does not understand this command.", "Use the command of the version that runs.")
		}
		out, err := do(h, in)
		if err != nil {
			return nil, err
		}
		return json.Marshal(out)
	}
}

var verbs = map[string]verb{
	VerbAddSite:  verbOf(func(h *Hub, in NewSite) (SiteInfo, error) { return h.AddSite(in.Code, in.Name) }),
	VerbSites:    verbOf(func(h *Hub, _ Done) ([]SiteInfo, error) { return h.Sites() }),
	VerbAddStaff: verbOf((*Hub).AddStaff),
	VerbStaff:    verbOf(func(h *Hub, in At) ([]StaffInfo, error) { return h.Staff(in.Site) }),
	VerbDisableStaff: verbOf(func(h *Hub, id model.StaffID) (Done, error) {
		return Done{}, h.DisableStaff(id)
	}),
	VerbStaffRole:    verbOf((*Hub).ChangeRole),
	VerbStaffMove:    verbOf((*Hub).MoveStaff),
	VerbStaffEnable:  verbOf((*Hub).EnableStaff),
	VerbStaffReset:   verbOf((*Hub).ResetPassphrase),
	VerbSSHKeyAdd:    verbOf((*Hub).AddSSHKey),
	VerbSSHKeyRemove: verbOf((*Hub).RemoveSSHKey),
	VerbSSHKeys:      verbOf((*Hub).SSHKeys),
	VerbRotate:       verbOf((*Hub).RotateKey),
	VerbAddCode:      verbOf(func(h *Hub, in At) (NewCode, error) { return h.AddCode(in.Site) }),
	VerbDevices:      verbOf(func(h *Hub, in At) ([]DeviceInfo, error) { return h.Devices(in.Site) }),
	VerbWithdrawDevice: verbOf(func(h *Hub, id model.DeviceID) (Done, error) {
		return Done{}, h.WithdrawDevice(id)
	}),
	VerbResumeDevice: verbOf(func(h *Hub, id model.DeviceID) (Done, error) {
		return Done{}, h.ResumeDevice(id)
	}),
	VerbVerify:       verbOf(func(h *Hub, in VerifyQuestion) (VerifyAnswer, error) { return h.Verify(context.Background(), in) }),
	VerbAudit:        verbOf(func(h *Hub, in AuditQuestion) (AuditAnswer, error) { return h.Audit(context.Background(), in) }),
	VerbSetReference: verbOf((*Hub).SetReference),
	VerbStatus:       verbOf(func(h *Hub, _ Done) (Status, error) { return h.Status() }),
	VerbRestored:     verbOf(func(h *Hub, _ Done) (Done, error) { return Done{}, h.Restored() }),
}

// Call does one thing of the administration, by name, with JSON in and out. It
// asks nobody who they are: whoever may call it is decided before.
func (h *Hub) Call(verb string, in []byte) ([]byte, error) {
	do := verbs[verb]
	if do == nil {
		return nil, model.NotFound("The running hub has no such command.", "Use the command of the version that runs.")
	}
	out, err := do(h, in)
	var known *model.Error
	if err != nil && !errors.As(err, &known) {
		err = internal(verb, err)
	}
	if err == nil && !strings.HasSuffix(verb, ".list") && verb != VerbStatus {
		h.Log.Info("administration", "verb", verb)
	}
	return out, err
}

// Status tells how the hub stands.
func (h *Hub) Status() (Status, error) {
	out := Status{Fingerprint: h.Fingerprint(), References: []ReferenceInfo{}}
	var err error
	if out.Epoch, err = h.log.Epoch(); err != nil {
		return Status{}, err
	}
	if out.Sites, err = h.Sites(); err != nil {
		return Status{}, err
	}
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	for _, name := range slices.Sorted(maps.Keys(h.keep.tables)) {
		out.References = append(out.References, h.keep.tables[name].info())
	}
	return out, nil
}

// nodesLost is how many device numbers are passed over after a restore: those of
// devices enrolled since the backup, whose stamps may be in desks, must not be
// given again.
const nodesLost = 1 << 16

// Restored says that the hub's data were brought back from a backup: numbers of
// the feeds that were given out may be given again, so every desk begins its
// reading anew.
func (h *Hub) Restored() error {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	next := h.keep.service
	next.LastNode += nodesLost
	rows, opened := []row{&next}, make([]*device, 0, len(h.keep.devices))
	for _, d := range h.keep.devices {
		one := *d
		one.Turn.Open, one.Turn.Number = true, one.Turn.Number+turnsLost
		rows, opened = append(rows, &one), append(opened, &one)
	}
	var sites []*site
	for _, at := range h.keep.sites {
		s := at.changed()
		s.passLostKeys()
		sites, rows = append(sites, s), append(rows, s)
	}
	if err := h.save(rows...); err != nil {
		return err
	}
	h.keep.service = next
	for _, d := range opened {
		h.keep.devices[d.ID] = d
	}
	for _, s := range sites {
		h.keep.sites[s.Code] = s
	}
	codes := make([]model.SiteCode, len(sites))
	for i, s := range sites {
		codes[i] = s.Code
	}
	if err := h.beginEpoch(codes); err != nil {
		return err
	}
	h.keep.bells.ringAll()
	return nil
}

// Backup writes a copy of everything the hub keeps, as it is at one moment,
// while the hub goes on. It opens with the same key.
func (h *Hub) Backup(to io.Writer) error { return h.log.Backup(to) }
