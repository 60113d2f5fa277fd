package hub

import (
	"io"
	"math"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// Rotation asks for new keys of a site: of one compartment, or of all when the
// name is empty.
type Rotation struct {
	Site        model.SiteCode `json:"site"`
	Compartment string         `json:"compartment,omitempty"`
}

// Rotated is which keys a site seals with from now on.
type Rotated struct {
	Site  model.SiteCode `json:"site"`
	Keys  []RotatedKey   `json:"keys"`
	Staff int            `json:"staff"` // how many were given the new keys
}

// RotatedKey is the newest key of a compartment.
type RotatedKey struct {
	Compartment string `json:"compartment"`
	Version     uint16 `json:"version"`
}

// RotateKey makes new keys for a site and gives them to everybody whose role may
// have them. What was sealed with the old ones stays readable with them; who is
// disabled or has another role by now never gets the new ones.
func (h *Hub) RotateKey(r Rotation) (Rotated, error) {
	of, err := compartmentsOf(r.Compartment)
	if err == nil {
		r.Site, err = model.ParseSiteCode(string(r.Site))
	}
	if err != nil {
		return Rotated{}, err
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	at := h.keep.sites[r.Site]
	if at == nil {
		return Rotated{}, unknownSite()
	}
	next := at.changed()
	next.Keys = append([]siteKey(nil), at.Keys...)
	out := Rotated{Site: r.Site}
	for _, c := range of {
		key, err := h.nextSiteKey(at, c)
		if err != nil {
			return Rotated{}, err
		}
		next.Keys = append(next.Keys, key)
		out.Keys = append(out.Keys, RotatedKey{c.String(), key.Version})
	}
	staff, err := h.regrantAll(next.ready())
	if err != nil {
		return Rotated{}, err
	}
	out.Staff = len(staff)
	if err := h.noteRotated(r.Site, of); err != nil {
		return Rotated{}, err
	}
	return out, h.saveMembers(staff, next)
}

func compartmentsOf(name string) ([]model.Compartment, error) {
	if name == "" {
		return model.Compartments(), nil
	}
	for _, c := range model.Compartments() {
		if c.String() == name {
			return []model.Compartment{c}, nil
		}
	}
	return nil, model.Invalid("There is no such compartment.", "Use shared, custody or health, or none for all.")
}

// regrantAll makes the grants of everybody who works at a site.
func (h *Hub) regrantAll(at *site) ([]*member, error) {
	var all []*member
	for _, m := range h.keep.staff {
		if m.Site != at.Code || m.Disabled || len(m.Keyring.Box) == 0 {
			continue
		}
		next := *m
		if err := h.regrant(&next, at); err != nil {
			return nil, err
		}
		all = append(all, &next)
	}
	return all, nil
}

// nextSiteKey draws the key that follows a compartment's newest.
func (h *Hub) nextSiteKey(at *site, c model.Compartment) (siteKey, error) {
	version, _ := at.newest(c)
	version = max(version, at.Lost)
	if version == math.MaxUint16 {
		return siteKey{}, &model.Error{Kind: model.KindConflict, Msg: "This site's keys have been replaced as often as can be.", Hint: "Nothing was changed. Tell whoever makes Throughgate."}
	}
	return h.newSiteKey(c, version+1)
}

func (h *Hub) newSiteKey(c model.Compartment, version uint16) (siteKey, error) {
	key := make([]byte, seal.KeySize)
	if _, err := io.ReadFull(h.Random, key); err != nil {
		return siteKey{}, internal("site key", err)
	}
	return siteKey{model.CompartmentKey{Compartment: c, Version: version, Key: key}, model.InstantOf(h.Now())}, nil
}

// replaced is when a newer key took a version's place, 0 when none has.
func (s *site) replaced(c model.Compartment, version uint16) model.Instant {
	var first siteKey
	for _, k := range s.Keys {
		if k.Compartment == c && k.Version > version && (first.Version == 0 || k.Version < first.Version) {
			first = k
		}
	}
	return first.Made
}

// keysLost is how many versions of a site's keys are passed over after a
// restore: those made since the backup may be in desks, and another key must not
// bear their number.
const keysLost = 64

func (s *site) passLostKeys() {
	for _, c := range model.Compartments() {
		newest, _ := s.newest(c)
		s.Lost = max(s.Lost, min(newest, math.MaxUint16-keysLost)+keysLost)
	}
}
