package hub

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
)

// site is a prison with its compartment keys.
type site struct {
	Code     model.SiteCode `json:"code"`
	Name     string         `json:"name"`
	Keys     []siteKey      `json:"keys"`
	Revision uint64         `json:"revision"` // of what its desks are told of it
	// Lost is the highest version of a key that may have been given out before
	// the hub's data were brought back from a backup. It is never made again.
	Lost uint16 `json:"lost,omitempty"`
	// Guests are staff of other sites whose ops stand in this site's feed: its
	// desks need their public keys to verify them.
	Guests []model.StaffID `json:"guests,omitempty"`
	Made   model.Instant   `json:"made"`

	boxes map[keyName]*seal.Box
}

// siteKey is one version of a compartment's key, with when it was made.
type siteKey struct {
	model.CompartmentKey
	Made model.Instant `json:"made,omitempty"`
}

// keyName is which of a site's keys seals an op.
type keyName struct {
	compartment model.Compartment
	version     uint16
}

func (s *site) row() (string, string) { return tableSites, string(s.Code) }

// ready makes the boxes of the keys.
func (s *site) ready() *site {
	s.boxes = make(map[keyName]*seal.Box, len(s.Keys))
	for _, k := range s.Keys {
		if key, err := seal.KeyFromBytes(k.Key); err == nil {
			s.boxes[keyName{k.Compartment, k.Version}] = seal.NewBox(key)
		}
	}
	return s
}

// changed is a copy with the next revision, to be changed and saved.
func (s *site) changed() *site {
	next := *s
	next.Revision++
	return &next
}

// newest is the key that seals what is written now.
func (s *site) newest(c model.Compartment) (version uint16, box *seal.Box) {
	for name, b := range s.boxes {
		if name.compartment == c && name.version >= version {
			version, box = name.version, b
		}
	}
	return version, box
}

// SiteInfo is a site as the administration shows it.
type SiteInfo struct {
	Code    model.SiteCode `json:"code"`
	Name    string         `json:"name"`
	Staff   int            `json:"staff"`
	Devices int            `json:"devices"` // that are not withdrawn
	Ops     uint64         `json:"ops"`     // in the site's feed
}

// AddSite makes a site and its keys.
func (h *Hub) AddSite(code model.SiteCode, name string) (SiteInfo, error) {
	code, err := model.ParseSiteCode(string(code))
	if err != nil {
		return SiteInfo{}, err
	}
	if code.IsPseudo() {
		return SiteInfo{}, model.Invalid("OUT and TRN are not prisons.", "Use the prison's own code, like LEI for Leeds.")
	}
	if name, err = lineOf("The name", name); err != nil {
		return SiteInfo{}, err
	}
	made := &site{Code: code, Name: name, Revision: 1, Made: model.InstantOf(h.Now())}
	for _, c := range model.Compartments() {
		key, err := h.newSiteKey(c, 1)
		if err != nil {
			return SiteInfo{}, err
		}
		made.Keys = append(made.Keys, key)
	}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	if h.keep.sites[code] != nil {
		return SiteInfo{}, &model.Error{Kind: model.KindConflict, Msg: "There is a site with this code.", Hint: "See: throughgate-hub site list."}
	}
	if err := h.save(made); err != nil {
		return SiteInfo{}, err
	}
	h.keep.sites[code] = made.ready()
	return SiteInfo{Code: code, Name: name}, nil
}

// Sites lists the sites by code.
func (h *Hub) Sites() ([]SiteInfo, error) {
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	out := make([]SiteInfo, 0, len(h.keep.sites))
	for _, s := range h.keep.sites {
		info := SiteInfo{Code: s.Code, Name: s.Name}
		for _, m := range h.keep.staff {
			if m.Site == s.Code {
				info.Staff++
			}
		}
		for _, d := range h.keep.devices {
			if d.Site == s.Code && d.Withdrawn.IsZero() {
				info.Devices++
			}
		}
		var err error
		if info.Ops, err = h.log.Last(s.Code); err != nil {
			return nil, err
		}
		out = append(out, info)
	}
	slices.SortFunc(out, func(a, b SiteInfo) int { return strings.Compare(string(a.Code), string(b.Code)) })
	return out, nil
}

// siteData is what a site's desks are told of it.
func (k *registry) siteData(code model.SiteCode) (model.SiteData, bool) {
	k.mu.RLock()
	defer k.mu.RUnlock()
	s := k.sites[code]
	if s == nil {
		return model.SiteData{}, false
	}
	notary := k.notary.Public()
	out := model.SiteData{Revision: s.Revision, Site: s.Code, Name: s.Name, Notary: notary[:]}
	for _, m := range k.staff {
		switch {
		case m.Site == code:
			out.Staff = append(out.Staff, m.Staff)
			out.Keyrings = append(out.Keyrings, m.Keyring)
			if !m.Disabled && len(m.Grant.By) > 0 {
				out.Grants = append(out.Grants, m.Grant)
			}
		case slices.Contains(s.Guests, m.ID):
			out.Staff = append(out.Staff, m.Staff)
		}
	}
	slices.SortFunc(out.Staff, func(a, b model.Staff) int { return strings.Compare(string(a.ID), string(b.ID)) })
	slices.SortFunc(out.Keyrings, func(a, b model.SealedKeyring) int { return strings.Compare(string(a.Staff), string(b.Staff)) })
	slices.SortFunc(out.Grants, func(a, b model.KeyGrant) int { return strings.Compare(string(a.Staff), string(b.Staff)) })
	return out, true
}

func (k *registry) hasSite(code model.SiteCode) bool {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.sites[code] != nil
}

func unknownSite() error {
	return model.NotFound("There is no site with this code.", "Make it with: throughgate-hub site add CODE --name NAME.")
}

// lineOf checks a name that an operator gives: one line that can be shown.
func lineOf(what, s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" || utf8.RuneCountInString(s) > 100 {
		return "", model.Invalid(what+" must have 1 to 100 characters.", "")
	}
	hidden := func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, hidden) {
		return "", model.Invalid(fmt.Sprintf("%s has characters that cannot be shown.", what), "Type it again without them.")
	}
	return s, nil
}
