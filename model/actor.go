package model

// StaffID is what a member of staff types to sign in: lower-case letters,
// digits, dot and dash, such as "a.khan". It is never reused.
type StaffID string

// ParseStaffID checks a staff id: 2 to 40 lower-case letters, digits, dots or
// dashes, beginning with a letter.
func ParseStaffID(s string) (StaffID, error) {
	bad := Invalid("This is not a staff id.", "Use 2 to 40 lower-case letters, digits, dots or dashes, such as a.khan.")
	if len(s) < 2 || len(s) > 40 || s[0] < 'a' || s[0] > 'z' {
		return "", bad
	}
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '.' && c != '-' {
			return "", bad
		}
	}
	return StaffID(s), nil
}

// Role is the work a person signs in to do. It decides what they may change
// (Allow) and which compartment keys their grant holds.
type Role string

// The roles of prison and prison-health staff. RoleHub is the service's own
// jobs, which are authors like anybody.
const (
	RoleReception       Role = "reception"
	RoleWing            Role = "wing"
	RoleOMU             Role = "omu"
	RoleSaferCustody    Role = "safer-custody"
	RoleNurse           Role = "nurse"
	RolePrescriber      Role = "prescriber"
	RolePharmacy        Role = "pharmacy"
	RoleSubstanceMisuse Role = "substance-misuse"
	RoleHealthAdmin     Role = "health-admin"
	RoleManager         Role = "manager"
	RoleAuditor         Role = "auditor"
	RoleHub             Role = "hub"
)

type roleFacts struct {
	words        string
	compartments []Compartment
	glass        []Compartment
}

var (
	custodySide = []Compartment{Shared, Custody}
	healthSide  = []Compartment{Shared, Health}
)

var roles = map[Role]roleFacts{
	RoleReception:       {"Reception", custodySide, nil},
	RoleWing:            {"Wing", custodySide, nil},
	RoleOMU:             {"Offender management", custodySide, nil},
	RoleSaferCustody:    {"Safer custody", custodySide, []Compartment{Health}},
	RoleNurse:           {"Nurse", healthSide, []Compartment{Custody}},
	RolePrescriber:      {"Prescriber", healthSide, []Compartment{Custody}},
	RolePharmacy:        {"Pharmacy", healthSide, nil},
	RoleSubstanceMisuse: {"Substance misuse", healthSide, nil},
	RoleHealthAdmin:     {"Health administration", healthSide, nil},
	RoleManager:         {"Manager", []Compartment{Shared}, []Compartment{Custody, Health}},
	RoleAuditor:         {"Auditor", []Compartment{Shared}, nil},
	RoleHub:             {"Throughgate service", []Compartment{Shared, Custody, Health}, nil},
}

// Roles lists every role a member of staff may have, in a fixed order.
func Roles() []Role {
	return []Role{
		RoleReception, RoleWing, RoleOMU, RoleSaferCustody, RoleNurse, RolePrescriber, RolePharmacy,
		RoleSubstanceMisuse, RoleHealthAdmin, RoleManager, RoleAuditor,
	}
}

// ParseRole reads the name of a role that staff may have.
func ParseRole(s string) (Role, error) {
	for _, r := range Roles() {
		if string(r) == s {
			return r, nil
		}
	}
	return "", Invalid("There is no such role.", "Use one of: "+joinRoles(Roles())+".")
}

func joinRoles(all []Role) string {
	out := ""
	for i, r := range all {
		if i > 0 {
			out += ", "
		}
		out += string(r)
	}
	return out
}

// Words returns the role as the screens name it.
func (r Role) Words() string {
	if f, ok := roles[r]; ok {
		return f.words
	}
	return "Unknown role"
}

// Compartments lists what the role may read. A grant holds these keys and no
// others.
func (r Role) Compartments() []Compartment { return roles[r].compartments }

// MayRead tells whether the role's grant holds the compartment's key.
func (r Role) MayRead(c Compartment) bool {
	for _, have := range r.Compartments() {
		if have == c {
			return true
		}
	}
	return false
}

// Glass lists what the role may open in need only, with a reason that everybody
// sees afterwards. Their grant holds these keys in a part of its own, which
// signing in does not open. The National Data Guardian's seventh Caldicott
// principle holds that sharing can matter as much as keeping confidential: these
// are the roles that decide while somebody's life is at risk.
func (r Role) Glass() []Compartment { return roles[r].glass }

// Actor is who does something, as it stood at that moment.
type Actor struct {
	Staff StaffID
	Role  Role
	Site  SiteCode // prison id, such as LEI
}

// Staff is one line of a site's roster, as the hub gives it to the site's
// desks. Keys are the Ed25519 public keys the person has signed with, newest
// last.
type Staff struct {
	ID       StaffID  `json:"id"`
	Name     string   `json:"name"` // "KHAN, A"
	Role     Role     `json:"role"`
	Site     SiteCode `json:"site"`
	Keys     [][]byte `json:"keys"`
	Disabled bool     `json:"disabled,omitempty"`
	// SSHKeys are the keys the person may reach a desk with over SSH, each as
	// OpenSSH's authorized_keys writes it: type and base64, no options and no
	// comment.
	SSHKeys []string `json:"sshKeys,omitempty"`
}
