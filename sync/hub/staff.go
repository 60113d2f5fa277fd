package hub

import (
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// NewStaff is who is to join a site's roster.
type NewStaff struct {
	ID   model.StaffID  `json:"id"`
	Site model.SiteCode `json:"site"`
	Role model.Role     `json:"role"`
	Name string         `json:"name"`
}

// StaffState is what was last done about a member of staff.
type StaffState string

// The states. StateOld is that of a keyring made by an earlier version, which
// opens nothing any more.
const (
	StateAdded    StaffState = "added"
	StateActive   StaffState = "active" // has chosen a passphrase
	StateRole     StaffState = "role changed"
	StateMoved    StaffState = "moved"
	StateReset    StaffState = "passphrase reset"
	StateDisabled StaffState = "disabled"
	StateEnabled  StaffState = "enabled"
	StateOld      StaffState = "needs a new passphrase"
)

// StaffInfo is a member of staff as the administration shows them.
type StaffInfo struct {
	ID       model.StaffID  `json:"id"`
	Name     string         `json:"name"`
	Role     model.Role     `json:"role"`
	Site     model.SiteCode `json:"site"`
	Disabled bool           `json:"disabled"`
	SignedIn bool           `json:"signedIn"` // has changed the first passphrase
	SSHKeys  int            `json:"sshKeys"`  // registered
	State    StaffState     `json:"state"`    // what was last done about them
	Since    model.Instant  `json:"since"`    // and when; 0 when that was not kept
}

func (m *member) info() StaffInfo {
	out := StaffInfo{
		ID: m.ID, Name: m.Name, Role: m.Role, Site: m.Site, Disabled: m.Disabled,
		SignedIn: len(m.Keyring.By) > 0, SSHKeys: len(m.SSHKeys), State: m.State, Since: m.StateAt,
	}
	switch {
	case len(m.Keyring.Box) == 0:
		out.State = StateOld
	case m.State == "":
		out.State = StateActive
	}
	return out
}

func (n *NewStaff) check() (err error) {
	if n.ID, err = model.ParseStaffID(string(n.ID)); err != nil {
		return err
	}
	if n.Role, err = model.ParseRole(string(n.Role)); err != nil {
		return err
	}
	if n.Site, err = model.ParseSiteCode(string(n.Site)); err != nil {
		return err
	}
	n.Name, err = lineOf("The name", n.Name)
	return err
}

// AddStaff puts somebody on a site's roster, with a keyring under a passphrase
// drawn here and told once, and a grant of their role's keys.
func (h *Hub) AddStaff(n NewStaff) (FirstPassphrase, error) {
	if err := n.check(); err != nil {
		return FirstPassphrase{}, err
	}
	if !h.keep.hasSite(n.Site) {
		return FirstPassphrase{}, unknownSite()
	}
	keyring, first, err := h.firstKeyring(n.ID, n.Site, 1)
	if err != nil {
		return FirstPassphrase{}, err
	}
	made := &member{
		Staff:   model.Staff{ID: n.ID, Name: n.Name, Role: n.Role, Site: n.Site, Keys: [][]byte{keyring.Public}},
		Keyring: keyring, Made: model.InstantOf(h.Now()),
	}
	made = made.changed(StateAdded, h.Now())
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	if h.keep.staff[n.ID] != nil {
		return FirstPassphrase{}, &model.Error{Kind: model.KindConflict, Msg: "This staff id has been given already.",
			Hint: "Staff ids are never used again. Choose another."}
	}
	if err := h.regrant(made, h.keep.sites[n.Site]); err != nil {
		return FirstPassphrase{}, err
	}
	if err := h.noteStaff(n.Site, model.StaffAdded, n.ID, n.Role); err != nil {
		return FirstPassphrase{}, err
	}
	return first, h.saveMembers([]*member{made})
}

// Staff lists the roster of a site, or of all when the code is empty, by id.
func (h *Hub) Staff(at model.SiteCode) ([]StaffInfo, error) {
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	if at != "" && h.keep.sites[at] == nil {
		return nil, unknownSite()
	}
	out := []StaffInfo{}
	for _, m := range h.keep.staff {
		if at == "" || m.Site == at {
			out = append(out, m.info())
		}
	}
	slices.SortFunc(out, func(a, b StaffInfo) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, nil
}
