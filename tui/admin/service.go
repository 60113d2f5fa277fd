package admin

import (
	"context"

	"github.com/throughgate/throughgate/model"
)

// Service is a hub's administration. Every error is a sentence for the operator.
type Service interface {
	Prisons
	Staff
	Access
	Workstations
}

// Prisons is the sites of the service.
type Prisons interface {
	Prisons(ctx context.Context) ([]Prison, error)
	AddPrison(ctx context.Context, code model.SiteCode, name string) error
	// RotateKeys gives a prison new compartment keys; what was sealed with the
	// ones before stays readable.
	RotateKeys(ctx context.Context, code model.SiteCode) error
}

// Staff is who works where.
type Staff interface {
	Staff(ctx context.Context) ([]Member, error)
	AddStaff(ctx context.Context, m NewMember) (Secret, error)
	ChangeRole(ctx context.Context, id model.StaffID, role model.Role) error
	Move(ctx context.Context, id model.StaffID, to model.SiteCode) (Secret, error)
	Disable(ctx context.Context, id model.StaffID) error
	Enable(ctx context.Context, id model.StaffID) error
}

// Access is how somebody gets in.
type Access interface {
	ResetPassphrase(ctx context.Context, id model.StaffID) (Secret, error)
	SSHKeys(ctx context.Context, id model.StaffID) ([]SSHKey, error)
	// AddSSHKey takes a line as ssh-keygen writes it into a .pub file, and returns
	// the key as its owner can compare it.
	AddSSHKey(ctx context.Context, id model.StaffID, line string) (SSHKey, error)
	RemoveSSHKey(ctx context.Context, id model.StaffID, fingerprint string) error
}

// Workstations is the enrolled devices.
type Workstations interface {
	Workstations(ctx context.Context) ([]Workstation, error)
	AddCode(ctx context.Context, at model.SiteCode) (Secret, error)
	Withdraw(ctx context.Context, id model.DeviceID) error
	// Resume lets a stopped workstation go on: the next copy of its data that
	// comes in, and no other.
	Resume(ctx context.Context, id model.DeviceID) error
}

// Prison is one site.
type Prison struct {
	Code         model.SiteCode
	Name         string
	Staff        int
	Workstations int    // that are not withdrawn
	Entries      uint64 // in its feed
}

// Member is somebody on a roster.
type Member struct {
	ID       model.StaffID
	Name     string
	Role     model.Role
	Site     model.SiteCode
	Disabled bool
	SignedIn bool          // has changed the first passphrase
	SSHKeys  int           // registered
	State    string        // what was last done about them, in a word or two; "" when nothing matters
	Since    model.Instant // when that, or whatever else was last done, was
}

// SSHKey is a registered public key, as a person compares it.
type SSHKey struct{ Type, Fingerprint string }

// NewMember is who is to join a roster.
type NewMember struct {
	ID   model.StaffID
	Name string
	Role model.Role
	Site model.SiteCode
}

// Workstation is an enrolled device.
type Workstation struct {
	ID       model.DeviceID
	Site     model.SiteCode
	Enrolled model.Instant
	Seen     model.Instant // its last contact; zero when never
	State    string        // in a word or two
	Detail   string        // a sentence or two: why, from where, which version
	Active   bool
	Stopped  bool // until somebody decides
}

// Secret is what the hub tells once: a first passphrase, or a code.
type Secret struct {
	Title string // whose it is and what it is for
	Text  string
	Then  string // what to do with it
}
