package hub

import (
	"slices"

	"github.com/throughgate/throughgate/model"
)

// NewRole gives a member of staff other work.
type NewRole struct {
	ID   model.StaffID `json:"id"`
	Role model.Role    `json:"role"`
}

// Move takes a member of staff to another site.
type Move struct {
	ID   model.StaffID  `json:"id"`
	Site model.SiteCode `json:"site"`
	Role model.Role     `json:"role,omitempty"` // empty: the same work there
}

// ChangeRole gives somebody another role, with a grant of its keys: their
// passphrase stays. Whoever is signed in as them has to sign in again. What they
// wrote in the old role before now, on a workstation that has not met the hub
// since, is still taken.
func (h *Hub) ChangeRole(n NewRole) (StaffInfo, error) {
	role, err := model.ParseRole(string(n.Role))
	if err != nil {
		return StaffInfo{}, err
	}
	return h.change(n.ID, StateRole, func(next *member) error {
		if next.Role == role {
			return &model.Error{Kind: model.KindConflict, Msg: "This is their role already.", Hint: "See: throughgate-hub staff list."}
		}
		next.leave(h.Now())
		next.Role = role
		return nil
	})
}

// DisableStaff takes somebody's rights away, from now on and at every desk. What
// they signed stays as it is.
func (h *Hub) DisableStaff(id model.StaffID) error {
	h.keep.mu.RLock()
	m, err := h.keep.findMember(id)
	h.keep.mu.RUnlock()
	if err != nil || m.Disabled {
		return err
	}
	_, err = h.change(id, StateDisabled, func(next *member) error { next.Disabled = true; return nil })
	return err
}

// EnableStaff gives somebody who was disabled their rights back: their role, and
// the keys it has by now.
func (h *Hub) EnableStaff(id model.StaffID) (StaffInfo, error) {
	return h.change(id, StateEnabled, func(next *member) error {
		if !next.Disabled {
			return &model.Error{Kind: model.KindConflict, Msg: "This member of staff is not disabled.", Hint: "See: throughgate-hub staff list."}
		}
		next.Disabled = false
		return nil
	})
}

// change does something about a member, and gives them the grant that goes with
// what they are then.
func (h *Hub) change(id model.StaffID, state StaffState, do func(next *member) error) (StaffInfo, error) {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	m, err := h.keep.findMember(id)
	if err != nil {
		return StaffInfo{}, err
	}
	next := m.changed(state, h.Now())
	if err := do(next); err != nil {
		return StaffInfo{}, err
	}
	if err := h.regrant(next, h.keep.sites[next.Site]); err != nil {
		return StaffInfo{}, err
	}
	if err := h.noteStaff(next.Site, staffEvents[state], id, roleFor(next)); err != nil {
		return StaffInfo{}, err
	}
	return next.info(), h.saveMembers([]*member{next})
}

// staffEvents are what the audit of a prison calls what was done about somebody
// who works there before and after.
var staffEvents = map[StaffState]model.StaffEvent{
	StateAdded: model.StaffAdded, StateRole: model.StaffRole, StateReset: model.StaffReset,
	StateDisabled: model.StaffDisabled, StateEnabled: model.StaffEnabled,
}

// roleFor is the role that somebody has from now on, "" for nobody's.
func roleFor(m *member) model.Role {
	if m.Disabled {
		return ""
	}
	return m.Role
}

// ResetPassphrase gives somebody a new keyring under a new first passphrase. The
// keys they signed with before sign nothing new; what they signed stays.
func (h *Hub) ResetPassphrase(id model.StaffID) (FirstPassphrase, error) {
	return h.replaceKeyring(id, "", StateReset, func(*member) error { return nil })
}

// MoveStaff takes somebody to another site, with a new keyring under a new first
// passphrase: a keyring is of one site. The desks they leave keep their public
// keys, so that what they wrote there goes on to verify.
func (h *Hub) MoveStaff(to Move) (FirstPassphrase, error) {
	code, err := model.ParseSiteCode(string(to.Site))
	if err != nil {
		return FirstPassphrase{}, err
	}
	if to.Role != "" {
		if to.Role, err = model.ParseRole(string(to.Role)); err != nil {
			return FirstPassphrase{}, err
		}
	}
	if !h.keep.hasSite(code) {
		return FirstPassphrase{}, unknownSite()
	}
	return h.replaceKeyring(to.ID, code, StateMoved, func(next *member) error {
		if next.Site == code {
			return &model.Error{Kind: model.KindConflict, Msg: "They work at this site already.", Hint: "See: throughgate-hub staff list."}
		}
		next.leave(h.Now())
		next.Site = code
		if to.Role != "" {
			next.Role = to.Role
		}
		return nil
	})
}

// keyringGap is what a keyring that the hub makes anew is ahead of the one
// before: more than anybody changes a passphrase at a desk without the hub, so
// that the hub's is always the newer one.
const keyringGap = 1 << 16

// replaceKeyring makes somebody a new keyring, at their own site when the code is
// empty.
func (h *Hub) replaceKeyring(id model.StaffID, at model.SiteCode, state StaffState, do func(next *member) error) (FirstPassphrase, error) {
	h.keep.mu.RLock()
	before, err := h.keep.findMember(id)
	h.keep.mu.RUnlock()
	if err != nil {
		return FirstPassphrase{}, err
	}
	if at == "" {
		at = before.Site
	}
	if err := do(before.changed(state, h.Now())); err != nil { // before the stretching
		return FirstPassphrase{}, err
	}
	keyring, first, err := h.firstKeyring(id, at, before.Keyring.Serial+keyringGap)
	if err != nil {
		return FirstPassphrase{}, err
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	if h.keep.staff[id] != before {
		return FirstPassphrase{}, &model.Error{Kind: model.KindConflict, Msg: "This member of staff was changed at the same moment.", Hint: "Look at what was changed, then try again."}
	}
	next := before.changed(state, h.Now())
	if err := do(next); err != nil {
		return FirstPassphrase{}, err
	}
	return first, h.takeOver(before, next, keyring)
}

// takeOver keeps a member with a keyring that the hub made.
func (h *Hub) takeOver(before, next *member, keyring model.SealedKeyring) error {
	next.spend(h.Now())
	next.Keys = append(ownKeys(before), keyring.Public)
	next.Keyring = keyring
	if err := h.regrant(next, h.keep.sites[next.Site]); err != nil {
		return err
	}
	if next.Site == before.Site {
		if err := h.noteStaff(next.Site, staffEvents[next.State], next.ID, ""); err != nil {
			return err
		}
		return h.saveMembers([]*member{next})
	}
	if err := h.noteStaff(before.Site, model.StaffMovedAway, next.ID, ""); err != nil {
		return err
	}
	if err := h.noteStaff(next.Site, model.StaffMovedHere, next.ID, roleFor(next)); err != nil {
		return err
	}
	left := h.keep.sites[before.Site].changed()
	if !slices.Contains(left.Guests, next.ID) {
		left.Guests = append(slices.Clone(left.Guests), next.ID)
		slices.Sort(left.Guests)
	}
	return h.saveMembers([]*member{next}, left)
}
