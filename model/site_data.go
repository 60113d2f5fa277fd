package model

// SiteData is what the hub tells a desk of its site: who works there, and each
// one's sealed keyring and grant.
type SiteData struct {
	Revision uint64          `json:"revision"` // grows with every change at the hub
	Site     SiteCode        `json:"site"`
	Name     string          `json:"name"`
	Staff    []Staff         `json:"staff"`
	Keyrings []SealedKeyring `json:"keyrings"` // one for each member of staff
	Grants   []KeyGrant      `json:"grants"`   // one for each who is not disabled
	Notary   []byte          `json:"notary"`   // the hub's Ed25519 public key: it signs grants and the heads of feeds
}

// Member finds somebody on the roster.
func (d *SiteData) Member(id StaffID) (Staff, bool) {
	for _, s := range d.Staff {
		if s.ID == id {
			return s, true
		}
	}
	return Staff{}, false
}

// Keyring finds somebody's sealed keyring.
func (d *SiteData) Keyring(id StaffID) (SealedKeyring, bool) {
	for _, k := range d.Keyrings {
		if k.Staff == id {
			return k, true
		}
	}
	return SealedKeyring{}, false
}

// Grant finds somebody's grant.
func (d *SiteData) Grant(id StaffID) (KeyGrant, bool) {
	for _, g := range d.Grants {
		if g.Staff == id {
			return g, true
		}
	}
	return KeyGrant{}, false
}
