package hub

import (
	"bytes"
	"slices"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// offlineGrace is how long after a change of role, place or key the hub still
// takes what was written before it: a workstation may have been without the hub
// meanwhile, and what was recorded there must not be lost. What was written
// before is known by the op's own stamp, so somebody who sets a clock back has
// this long, and no longer, to write as they might have written then.
const offlineGrace = 14 * 24 * time.Hour

// member is somebody on a site's roster, with their sealed keyring and grant.
// The hub knows a first passphrase only while it prints it.
type member struct {
	model.Staff
	Keyring model.SealedKeyring `json:"keyring"`
	Grant   model.KeyGrant      `json:"grant"`
	Made    model.Instant       `json:"made"`
	// Former is where and as what they worked before, the latest last.
	Former []posting `json:"former,omitempty"`
	// Spent are keys from before a passphrase was reset. What they signed until
	// then goes on to verify.
	Spent []spentKey `json:"spent,omitempty"`
	// State is what was last done about them, and when.
	State   StaffState    `json:"state,omitempty"`
	StateAt model.Instant `json:"stateAt,omitempty"`

	keys []seal.PublicKey // newest first
}

// posting is a role at a site, until a moment.
type posting struct {
	Site  model.SiteCode `json:"site"`
	Role  model.Role     `json:"role"`
	Until model.Instant  `json:"until"`
}

// spentKey is a public key that signs nothing new since a moment.
type spentKey struct {
	Key   []byte        `json:"key"`
	Since model.Instant `json:"since"`
}

func (m *member) row() (string, string) { return tableStaff, string(m.ID) }

// ready makes the keys to verify with.
func (m *member) ready() *member {
	m.keys = nil
	for _, k := range slices.Backward(m.Keys) {
		if len(k) == len(seal.PublicKey{}) {
			m.keys = append(m.keys, seal.PublicKey(k))
		}
	}
	return m
}

// signer finds which of the member's keys made the signature.
func (m *member) signer(message, signature []byte) (key seal.PublicKey, found bool) {
	for _, k := range m.keys {
		if seal.Verify(k, message, signature) {
			return k, true
		}
	}
	return key, false
}

// isFirst tells whether a key is the one the hub made with a first passphrase.
func (m *member) isFirst(key seal.PublicKey) bool {
	return len(m.Keyring.By) == 0 && bytes.Equal(m.Keyring.Public, key[:])
}

// isSpent tells whether a key was given up before an op was written, or so long
// ago that nobody can say.
func (m *member) isSpent(key seal.PublicKey, written, now time.Time) bool {
	for _, k := range m.Spent {
		if bytes.Equal(k.Key, key[:]) {
			return !within(k.Since, written, now)
		}
	}
	return false
}

// spend gives up the member's own keys. One that was given up before stays so
// from then.
func (m *member) spend(now time.Time) {
	spent := slices.Clone(m.Spent)
	for _, own := range ownKeys(m) {
		if !slices.ContainsFunc(spent, func(k spentKey) bool { return bytes.Equal(k.Key, own) }) {
			spent = append(spent, spentKey{own, model.InstantOf(now)})
		}
	}
	m.Spent = spent
}

// worked tells whether they held a role at a site when an op was written.
func (m *member) worked(as model.Actor, written, now time.Time) bool {
	if as.Site == m.Site && as.Role == m.Role {
		return true
	}
	return slices.ContainsFunc(m.Former, func(p posting) bool {
		return p.Site == as.Site && p.Role == as.Role && within(p.Until, written, now)
	})
}

// hasLeft tells whether they worked somewhere and now work elsewhere.
func (m *member) hasLeft(at model.SiteCode) bool {
	return m.Site != at && slices.ContainsFunc(m.Former, func(p posting) bool { return p.Site == at })
}

// within tells whether something was written before a moment that is no longer
// ago than the grace.
func within(until model.Instant, written, now time.Time) bool {
	return !written.After(until.Time()) && now.Sub(until.Time()) <= offlineGrace
}

// changed is a copy of the member after something was done about them.
func (m *member) changed(state StaffState, now time.Time) *member {
	next := *m
	next.State, next.StateAt = state, model.InstantOf(now)
	return &next
}

// leave notes the role and place that the member is about to give up. Those that
// no op can be of any more are forgotten.
func (m *member) leave(now time.Time) {
	var kept []posting
	for _, p := range m.Former {
		if now.Sub(p.Until.Time()) <= offlineGrace {
			kept = append(kept, p)
		}
	}
	m.Former = append(kept, posting{m.Site, m.Role, model.InstantOf(now)})
}

// saveMembers keeps members and sites together, and moves the revision of every
// site on whose desks are told of those members. The sites given are changed
// already. The caller holds the lock.
func (h *Hub) saveMembers(members []*member, changed ...*site) error {
	touched := make(map[model.SiteCode]*site)
	for _, s := range changed {
		touched[s.Code] = s
	}
	for code, s := range h.keep.sites {
		if touched[code] != nil {
			continue
		}
		if slices.ContainsFunc(members, func(m *member) bool { return m.Site == code || slices.Contains(s.Guests, m.ID) }) {
			touched[code] = s.changed()
		}
	}
	rows := make([]row, 0, len(members)+len(touched))
	for _, m := range members {
		rows = append(rows, m)
	}
	for _, s := range touched {
		rows = append(rows, s)
	}
	if err := h.save(rows...); err != nil {
		return err
	}
	for _, m := range members {
		h.keep.staff[m.ID] = m.ready()
	}
	for _, s := range touched {
		h.keep.sites[s.Code] = s
		h.keep.bells.ring(s.Code)
	}
	return nil
}

// findMember finds somebody by id. The caller holds the lock.
func (k *registry) findMember(id model.StaffID) (*member, error) {
	if m := k.staff[id]; m != nil {
		return m, nil
	}
	return nil, model.NotFound("There is nobody with this staff id.", "See: throughgate-hub staff list.")
}
