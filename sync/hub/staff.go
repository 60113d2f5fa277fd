package hub

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// member is somebody on a site's roster, with their sealed keyring. The hub
// knows a first passphrase only while it prints it.
type member struct {
	model.Staff
	Keyring model.SealedKeyring `json:"keyring"`
	Made    model.Instant       `json:"made"`

	keys []seal.PublicKey // newest first
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

// signed tells whether one of the member's keys made the signature.
func (m *member) signed(message, signature []byte) bool {
	return slices.ContainsFunc(m.keys, func(k seal.PublicKey) bool { return seal.Verify(k, message, signature) })
}

// NewStaff is who is to join a site's roster.
type NewStaff struct {
	ID   model.StaffID  `json:"id"`
	Site model.SiteCode `json:"site"`
	Role model.Role     `json:"role"`
	Name string         `json:"name"`
}

// FirstPassphrase is what somebody new signs in with for the first time. They
// change it then, and get another signing key, so that whoever read it here
// cannot sign as them.
type FirstPassphrase struct {
	ID         model.StaffID `json:"id"`
	Passphrase string        `json:"passphrase"`
}

// StaffInfo is a member of staff as the administration shows them.
type StaffInfo struct {
	ID       model.StaffID  `json:"id"`
	Name     string         `json:"name"`
	Role     model.Role     `json:"role"`
	Site     model.SiteCode `json:"site"`
	Disabled bool           `json:"disabled"`
	SignedIn bool           `json:"signedIn"` // has changed the first passphrase
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

// AddStaff puts somebody on a site's roster, with a keyring of their role's
// keys under a passphrase drawn here and told once.
func (h *Hub) AddStaff(n NewStaff) (FirstPassphrase, error) {
	if err := n.check(); err != nil {
		return FirstPassphrase{}, err
	}
	h.keep.mu.RLock()
	at, personKey := h.keep.sites[n.Site], h.keep.service.PersonKey
	h.keep.mu.RUnlock()
	if at == nil {
		return FirstPassphrase{}, unknownSite()
	}
	passphrase, err := newPassphrase(h.Random)
	if err != nil {
		return FirstPassphrase{}, internal("passphrase", err)
	}
	keyring, err := h.newKeyring(n, at, personKey, passphrase)
	if err != nil {
		return FirstPassphrase{}, internal("keyring", err)
	}
	made := &member{
		Staff:   model.Staff{ID: n.ID, Name: n.Name, Role: n.Role, Site: n.Site, Keys: [][]byte{keyring.Public}},
		Keyring: keyring, Made: model.InstantOf(h.Now()),
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	if h.keep.staff[n.ID] != nil {
		return FirstPassphrase{}, &model.Error{Kind: model.KindConflict, Msg: "This staff id has been given already.",
			Hint: "Staff ids are never used again. Choose another."}
	}
	if err := h.saveMember(made); err != nil {
		return FirstPassphrase{}, err
	}
	return FirstPassphrase{ID: n.ID, Passphrase: passphrase}, nil
}

// saveMember keeps a member and moves their site's revision on. The caller holds
// the lock.
func (h *Hub) saveMember(m *member) error {
	rows := []row{m}
	at := h.keep.sites[m.Site].changed()
	touched := []*site{at}
	for _, s := range h.keep.sites {
		if slices.Contains(s.Guests, m.ID) {
			touched = append(touched, s.changed())
		}
	}
	for _, s := range touched {
		rows = append(rows, s)
	}
	if err := h.save(rows...); err != nil {
		return err
	}
	h.keep.staff[m.ID] = m.ready()
	for _, s := range touched {
		h.keep.sites[s.Code] = s
		h.keep.bells.ring(s.Code)
	}
	return nil
}

// newKeyring makes a keyring with the keys that the role may have.
func (h *Hub) newKeyring(n NewStaff, at *site, personKey []byte, passphrase string) (model.SealedKeyring, error) {
	var none model.SealedKeyring
	key, err := seal.NewSigningKey(h.Random)
	if err != nil {
		return none, err
	}
	defer key.Zero()
	ring := model.Keyring{Staff: n.ID, Role: n.Role, Site: n.Site, SigningSeed: key.Seed(), PersonKey: personKey, MustChange: true}
	defer seal.Zero(ring.SigningSeed)
	for _, k := range at.Keys {
		if n.Role.MayRead(k.Compartment) {
			ring.Keys = append(ring.Keys, k)
		}
	}
	plain, err := ring.Encode()
	if err != nil {
		return none, err
	}
	defer seal.Zero(plain)
	wrapped, err := seal.Wrap(passphrase, plain, model.KeyringAAD(n.Site, n.ID), h.Stretch, h.Random)
	public := key.Public()
	return model.SealedKeyring{Staff: n.ID, Site: n.Site, Serial: 1, Public: public[:], Wrapped: wrapped}, err
}

// newPassphrase draws a passphrase that is easy to read out and type: five
// groups of two syllables, 61 bits.
func newPassphrase(random io.Reader) (string, error) {
	const consonants, vowels = "bdfghjklmnprstvz", "aeiou"
	var groups []string
	for range 5 {
		group := make([]byte, 0, 4)
		for range 2 {
			for _, letters := range []string{consonants, vowels} {
				i, err := below(random, len(letters))
				if err != nil {
					return "", err
				}
				group = append(group, letters[i])
			}
		}
		groups = append(groups, string(group))
	}
	return strings.Join(groups, "-"), nil
}

// below draws a number from 0 to n-1, all as likely as each other.
func below(random io.Reader, n int) (int, error) {
	var b [1]byte
	for {
		if _, err := io.ReadFull(random, b[:]); err != nil {
			return 0, fmt.Errorf("random: %w", err)
		}
		if int(b[0]) < 256/n*n {
			return int(b[0]) % n, nil
		}
	}
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
			out = append(out, StaffInfo{ID: m.ID, Name: m.Name, Role: m.Role, Site: m.Site, Disabled: m.Disabled, SignedIn: m.Keyring.Serial > 1})
		}
	}
	slices.SortFunc(out, func(a, b StaffInfo) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out, nil
}

// DisableStaff takes somebody's rights away, from now on and at every desk. What
// they signed stays as it is.
func (h *Hub) DisableStaff(id model.StaffID) error {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	m := h.keep.staff[id]
	if m == nil {
		return model.NotFound("There is nobody with this staff id.", "See: throughgate-hub staff list.")
	}
	if m.Disabled {
		return nil
	}
	next := *m
	next.Disabled = true
	return h.saveMember(&next)
}
