package hub

import (
	"cmp"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/binary"
	"encoding/hex"
	"encoding/pem"
	"io"
	"slices"
	"time"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// codeLife is how long a one-time code can be used.
const codeLife = 24 * time.Hour

// device is an enrolled workstation.
type device struct {
	ID          model.DeviceID `json:"id"`
	Node        uint32         `json:"node"` // of its stamps
	Incarnation uint32         `json:"incarnation"`
	Site        model.SiteCode `json:"site"`
	Serial      string         `json:"serial"` // of its certificate
	Certificate []byte         `json:"certificate"`
	Public      string         `json:"public"` // SHA-256 of its public key
	Enrolled    model.Instant  `json:"enrolled"`
	Withdrawn   model.Instant  `json:"withdrawn"`
	// Epoch is the life of the log that the device has shown to know of.
	Epoch string `json:"epoch"`

	Turn turn `json:"turn"`
	// Stopped is since when nothing is taken from it and why, and Resuming that
	// the next copy to come in goes on.
	Stopped  model.Instant `json:"stopped,omitempty"`
	Why      string        `json:"why,omitempty"`
	Resuming bool          `json:"resuming,omitempty"`
	// Ended are incarnations that a restored backup ended, and Left those of
	// copies that were left behind when a person let another one go on.
	Ended   []uint32 `json:"ended,omitempty"`
	Left    []uint32 `json:"left,omitempty"`
	Contact contact  `json:"contact"`
	// Erased is when the device said that it had erased its data, and Unsent how
	// many entries in them the hub never had.
	Erased model.Instant `json:"erased,omitempty"`
	Unsent int           `json:"unsent,omitempty"`
}

func (d *device) row() (string, string) { return tableDevices, d.ID.String() }

// code is a one-time code as the hub keeps it: its hash only.
type code struct {
	Hash   string         `json:"hash"`
	Site   model.SiteCode `json:"site"`
	Until  model.Instant  `json:"until"`
	Used   bool           `json:"used,omitempty"`
	Device model.DeviceID `json:"device"` // it was used for
}

func (c *code) row() (string, string) { return tableCodes, c.Hash }

// hashCode is under what a secret is kept. The secret is 80 random bits, so its
// plain hash cannot be searched, and looking it up tells nothing by how long it
// takes.
func hashCode(secret []byte) string {
	sum := sha256.Sum256(append([]byte("throughgate code 1\n"), secret...))
	return hex.EncodeToString(sum[:])
}

// NewCode is a one-time code for a device of a site.
type NewCode struct {
	Code  string         `json:"code"`
	Site  model.SiteCode `json:"site"`
	Until model.Instant  `json:"until"`
}

// AddCode draws a code that enrols one device at a site within a day. It is told
// once.
func (h *Hub) AddCode(at model.SiteCode) (NewCode, error) {
	drawn, err := wire.NewCode(h.Random, h.keep.authority.certificate.Raw)
	if err != nil {
		return NewCode{}, internal("code", err)
	}
	now := h.Now()
	made := &code{Hash: hashCode(drawn.Secret[:]), Site: at, Until: model.InstantOf(now.Add(codeLife))}
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	if h.keep.sites[at] == nil {
		return NewCode{}, unknownSite()
	}
	if err := h.save(made); err != nil {
		return NewCode{}, err
	}
	h.keep.codes[made.Hash] = made
	return NewCode{Code: drawn.String(), Site: at, Until: made.Until}, nil
}

// DeviceInfo is a device as the administration shows it.
type DeviceInfo struct {
	ID        model.DeviceID `json:"id"`
	Node      uint32         `json:"node"`
	Site      model.SiteCode `json:"site"`
	State     DeviceState    `json:"state"`
	Why       string         `json:"why,omitempty"` // it was stopped
	Enrolled  model.Instant  `json:"enrolled"`
	Stopped   model.Instant  `json:"stopped,omitempty"`
	Withdrawn model.Instant  `json:"withdrawn,omitempty"`
	Erased    model.Instant  `json:"erased,omitempty"`
	Unsent    int            `json:"unsent,omitempty"` // entries that were erased and never sent
	// The last contact: none when Seen is zero.
	Seen        model.Instant `json:"seen,omitempty"`
	Address     string        `json:"address,omitempty"`
	Version     string        `json:"version,omitempty"`
	Pending     int           `json:"pending"` // as it said then
	Incarnation uint32        `json:"incarnation"`
}

// DeviceState is how a device stands with the hub.
type DeviceState string

// The states of a device.
const (
	DeviceActive    DeviceState = "active"
	DeviceStopped   DeviceState = "stopped"   // until a person decides
	DeviceResuming  DeviceState = "resuming"  // the next copy to come in goes on
	DeviceWithdrawn DeviceState = "withdrawn" // and told to erase its data when it comes
	DeviceErased    DeviceState = "erased"    // it said so
)

func (d *device) state() DeviceState {
	switch {
	case !d.Erased.IsZero():
		return DeviceErased
	case !d.Withdrawn.IsZero():
		return DeviceWithdrawn
	case d.Resuming:
		return DeviceResuming
	case d.isStopped():
		return DeviceStopped
	}
	return DeviceActive
}

func (h *Hub) infoOf(d *device) DeviceInfo {
	last := h.contacts.of(d)
	return DeviceInfo{
		ID: d.ID, Node: d.Node, Site: d.Site, State: d.state(), Why: d.Why, Enrolled: d.Enrolled, Stopped: d.Stopped,
		Withdrawn: d.Withdrawn, Erased: d.Erased, Unsent: d.Unsent, Seen: last.At, Address: last.Address,
		Version: last.Version, Pending: last.Pending, Incarnation: d.Incarnation,
	}
}

// Devices lists the devices of a site, or of all when the code is empty, by
// number.
func (h *Hub) Devices(at model.SiteCode) ([]DeviceInfo, error) {
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	if at != "" && h.keep.sites[at] == nil {
		return nil, unknownSite()
	}
	out := []DeviceInfo{}
	for _, d := range h.keep.devices {
		if at == "" || d.Site == at {
			out = append(out, h.infoOf(d))
		}
	}
	slices.SortFunc(out, func(a, b DeviceInfo) int { return cmp.Compare(a.Node, b.Node) })
	return out, nil
}

// WithdrawDevice shuts a device out for good. It is told so when it next comes.
func (h *Hub) WithdrawDevice(id model.DeviceID) error {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	d := h.keep.devices[id]
	if d == nil {
		return noDevice()
	}
	if !d.Withdrawn.IsZero() {
		return nil
	}
	next := *d
	next.Withdrawn = model.InstantOf(h.Now())
	if err := h.save(&next); err != nil {
		return err
	}
	h.keep.devices[id] = &next
	h.keep.bells.ring(d.Site)
	return h.noteDevice(id, d.Site, model.DeviceWithdrawn, 0)
}

var errCode = model.Forbidden("The enrolment code is not good, has been used, or is too old.",
	"Ask whoever runs the hub for a new one: throughgate-hub device code --site CODE.")

// enrol trades a code for a device and its certificate. The same code with the
// same public key gives the same device again, so an answer that was lost can be
// asked for once more.
func (h *Hub) enrol(secret []byte, request *x509.CertificateRequest) (*device, *site, error) {
	public := hashPublic(request.RawSubjectPublicKeyInfo)
	now := h.Now()
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	c := h.keep.codes[hashCode(secret)]
	if c == nil || now.After(c.Until.Time()) {
		return nil, nil, errCode
	}
	if c.Used {
		if d := h.keep.devices[c.Device]; d != nil && d.Public == public && d.Withdrawn.IsZero() {
			return d, h.keep.sites[d.Site], nil
		}
		return nil, nil, errCode
	}
	d, err := h.newDevice(c.Site, now)
	if err != nil {
		return nil, nil, internal("enrol", err)
	}
	if d.Epoch, err = h.log.Epoch(); err != nil {
		return nil, nil, err
	}
	d.Public = public
	d.Certificate, d.Serial, err = h.keep.authority.forDevice(d.ID, d.Site, request.PublicKey, now)
	if err != nil {
		return nil, nil, internal("enrol", err)
	}
	used, next := *c, h.keep.service
	used.Used, used.Device = true, d.ID
	next.LastNode = d.Node
	if err := h.save(d, &used, &next); err != nil {
		return nil, nil, err
	}
	h.keep.devices[d.ID], h.keep.codes[c.Hash], h.keep.service = d, &used, next
	return d, h.keep.sites[d.Site], nil
}

// newDevice draws a device's names. Its node number is the next: two devices
// with one number could give out the same stamp.
func (h *Hub) newDevice(at model.SiteCode, now time.Time) (*device, error) {
	d := &device{Node: h.keep.service.LastNode + 1, Site: at, Enrolled: model.InstantOf(now)}
	var incarnation [4]byte
	for _, part := range [][]byte{d.ID[:], incarnation[:]} {
		if _, err := io.ReadFull(h.Random, part); err != nil {
			return nil, err
		}
	}
	d.Incarnation = binary.BigEndian.Uint32(incarnation[:])
	return d, nil
}

func hashPublic(spki []byte) string {
	sum := sha256.Sum256(spki)
	return hex.EncodeToString(sum[:])
}

// parseRequest reads a certificate request, of which only key and signature
// count.
func parseRequest(text string) (*x509.CertificateRequest, error) {
	bad := model.Invalid("This is not a certificate request.", "Use throughgate enrol of the same version as the hub.")
	block, _ := pem.Decode([]byte(text))
	if block == nil || block.Type != "CERTIFICATE REQUEST" {
		return nil, bad
	}
	request, err := x509.ParseCertificateRequest(block.Bytes)
	if err != nil || request.CheckSignature() != nil {
		return nil, bad
	}
	switch key := request.PublicKey.(type) {
	case ed25519.PublicKey:
		return request, nil
	case *ecdsa.PublicKey:
		if key.Curve == elliptic.P256() || key.Curve == elliptic.P384() {
			return request, nil
		}
	}
	return nil, model.Invalid("The device's key is of a kind the hub does not take.", "Use an Ed25519 or P-256 key.")
}
