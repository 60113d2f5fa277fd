package store

import (
	"encoding/json"

	"github.com/throughgate/throughgate/model"
)

// Identity says which desk a store belongs to. It is given at enrolment.
type Identity struct {
	Device model.DeviceID `json:"device"`
	// Incarnation is drawn at random when a store is made, restored, or allowed
	// to go on as one of two copies, so that (incarnation, sequence) is never used
	// twice.
	Incarnation uint32         `json:"incarnation"`
	Node        uint32         `json:"node"` // of the stamps made here; unique in the service
	Site        model.SiteCode `json:"site"`
	SiteName    string         `json:"siteName"`
	HubURL      string         `json:"hub"`
	CertPEM     []byte         `json:"cert"` // this device's TLS certificate
	KeyPEM      []byte         `json:"key"`  // and its private key
	CAPEM       []byte         `json:"ca"`   // the hub's own authority, the only one trusted
}

func (id *Identity) check() error {
	if id.Device == (model.DeviceID{}) || id.Node == 0 || id.Incarnation == 0 {
		return model.Invalid("This workstation has no identity.", "Enrol it again.")
	}
	_, err := model.ParseSiteCode(string(id.Site))
	return err
}

// Identity returns which desk this is.
func (s *Store) Identity() Identity {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.id
}

func (e *edit) putIdentity(id Identity) error {
	value, err := json.Marshal(id)
	if err != nil {
		return internal("encode identity", err)
	}
	return e.put(bucketMeta, keyIdentity, value)
}
