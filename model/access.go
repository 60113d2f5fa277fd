package model

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
)

// AccessWhat says what somebody did that changes no record and is written down
// all the same.
type AccessWhat string

// What is written down. The words on the wire never change their meaning.
const (
	AccessRecord       AccessWhat = "record"         // opened a person's record
	AccessHistory      AccessWhat = "history"        // read what was written about a person
	AccessConflict     AccessWhat = "conflict"       // was shown a person's conflicts
	AccessOverride     AccessWhat = "override"       // was shown a person's overrides that wait for a review
	AccessGlass        AccessWhat = "glass"          // read, behind broken glass, what the role does not hold
	AccessSearch       AccessWhat = "search"         // searched for their own family name
	AccessExport       AccessWhat = "export"         // took a list or a letter out into a file
	AccessPrint        AccessWhat = "print"          // asked for a letter on paper
	AccessAudit        AccessWhat = "audit"          // read this log
	AccessSignedIn     AccessWhat = "signed-in"      // gave the right passphrase
	AccessSignInFailed AccessWhat = "sign-in-failed" // gave a wrong one, or was not let in with the right one
	AccessPassphrase   AccessWhat = "passphrase"     // changed their passphrase
	AccessSignOut      AccessWhat = "sign-out"       // ended their last session
	AccessLocked       AccessWhat = "locked"         // locked the screen, or left it until it locked
	AccessBackup       AccessWhat = "backup"         // copied the workstation's data
	AccessRetention    AccessWhat = "retention"      // a person's data was removed from a workstation
	AccessClock        AccessWhat = "clock"          // could write nothing: the computer's clock was wrong
	AccessFound        AccessWhat = "found"          // a workstation found something amiss with itself, or with the hub's word
	AccessGap          AccessWhat = "gap"            // the hub found entries missing or altered
	AccessDevice       AccessWhat = "device"         // the hub stopped a workstation, or another thing became of one
	AccessRefused      AccessWhat = "refused"        // the hub refused entries of records that no honest program sends
	AccessStaff        AccessWhat = "staff"          // whoever runs the hub changed somebody's access, or a prison's keys
)

var accessWords = map[AccessWhat]string{
	AccessRecord: "Opened the record", AccessHistory: "Read the history", AccessConflict: "Was shown conflicts",
	AccessOverride: "Was shown overrides", AccessGlass: "Read behind the broken glass", AccessSearch: "Searched for their own family name", AccessExport: "Exported",
	AccessPrint: "Printed a letter", AccessAudit: "Read the audit", AccessSignedIn: "Signed in",
	AccessSignInFailed: "Was not let in", AccessPassphrase: "Changed their passphrase", AccessSignOut: "Signed out", AccessLocked: "Locked the screen",
	AccessBackup: "Made a backup", AccessRetention: "Data removed by retention", AccessClock: "Could write nothing: wrong clock", AccessFound: "Found at a workstation", AccessGap: "Entries missing or altered",
	AccessDevice: "What became of a workstation", AccessRefused: "Entries refused", AccessStaff: "Changed somebody's access",
}

// AccessWhats lists what may be written down, in the order in which a person is
// asked to choose.
func AccessWhats() []AccessWhat {
	return []AccessWhat{
		AccessRecord, AccessHistory, AccessConflict, AccessOverride, AccessGlass, AccessSearch, AccessExport, AccessPrint, AccessAudit,
		AccessSignedIn, AccessSignInFailed, AccessPassphrase, AccessSignOut, AccessLocked, AccessBackup, AccessRetention, AccessClock, AccessFound, AccessGap, AccessDevice, AccessRefused, AccessStaff,
	}
}

// ParseAccessWhat reads a word of the wire.
func ParseAccessWhat(s string) (AccessWhat, error) {
	if what := AccessWhat(s); slices.Contains(AccessWhats(), what) {
		return what, nil
	}
	hint := "Use one of: "
	for i, what := range AccessWhats() {
		if i > 0 {
			hint += ", "
		}
		hint += string(what)
	}
	return "", Invalid("Nothing of this kind is written down.", hint+".")
}

// Words returns what was done as the screens say it. A newer program's word is
// shown as it is.
func (w AccessWhat) Words() string {
	if words, known := accessWords[w]; known {
		return words
	}
	return string(w)
}

// IsLook tells whether a person's record was read.
func (w AccessWhat) IsLook() bool {
	switch w {
	case AccessRecord, AccessHistory, AccessConflict, AccessOverride, AccessGlass:
		return true
	}
	return false
}

// Why somebody was not let in who gave the right passphrase.
const (
	RefusedDisabled = "disabled" // they are disabled, or of this prison no more
	RefusedKeys     = "keys"     // what opened is not what the hub made for them
)

// isHubs tells whether the hub alone says this, about a workstation or somebody's
// access.
func (w AccessWhat) isHubs() bool {
	return w == AccessGap || w == AccessDevice || w == AccessRefused || w == AccessStaff
}

// The ways by which somebody was signed in.
const (
	ViaDesk     = "desk"     // at the workstation's own screen
	ViaSSH      = "ssh"      // over SSH
	ViaAttached = "attached" // from another window of the same computer
	ViaCommand  = "command"  // by a command
)

// Access is an entry of the access log: who looked at whose record, when, and
// which parts of it they could see. Each entry of a device holds the hash of the
// one before, so none can be changed or left out without its showing.
//
// Nothing that somebody typed and nobody's name ever gets into an entry.
type Access struct {
	Seq    uint64        `json:"seq"` // 1, 2, 3 … in its device's chain
	At     Instant       `json:"at"`
	What   AccessWhat    `json:"what"`
	Staff  StaffID       `json:"staff"` // "" when what was typed is nobody's staff id
	Role   Role          `json:"role,omitempty"`
	Via    string        `json:"via,omitempty"`
	Person PersonID      `json:"person"` // zero where it is about nobody
	Parts  []Compartment `json:"parts,omitempty"`
	// Kin tells that the person bears the family name of who looks, or that it
	// was their own family name they searched for.
	Kin  bool   `json:"kin,omitempty"`
	Many uint64 `json:"many,omitempty"` // rows of a list that was exported or read; entries of a gap
	// Reason is a code: of the reason for breaking the glass, of what a workstation
	// found (Trouble), of what became of one (DeviceEvent) or of somebody's access (StaffEvent), of why entries
	// were refused (Suspicion), or of why somebody was let in no more.
	Reason string `json:"reason,omitempty"`
	// Of is the device that an entry of the hub is about. From is of a gap: the
	// first number after it; of what a workstation found of the hub's log: at which
	// entry there; of a file that it did not open: the Instant when it was first.
	Of   DeviceID `json:"of,omitzero"`
	From uint64   `json:"from,omitempty"`
	// Whom is the member of staff whose access the hub changed, and As the role
	// that they have from then on.
	Whom StaffID `json:"whom,omitempty"`
	As   Role    `json:"as,omitempty"`
	// Device is whose chain the entry is of. It is not in the entry as that
	// device keeps it: who reads it knows where they had it from. HubDevice names
	// the hub's own.
	Device DeviceID `json:"device,omitzero"`
	Prev   Hash     `json:"prev"`
}

// Words says in words what was done, and with how much. Whose access was changed
// is said by their staff id.
func (a *Access) Words() string { return a.WordsOf(string(a.Whom)) }

// WordsOf is Words with the name of the one whose access was changed.
func (a *Access) WordsOf(whom string) string {
	words := a.What.Words()
	switch {
	case a.What == AccessExport && a.Person.IsZero():
		words = fmt.Sprintf("Exported a list of %d people", a.Many)
	case a.What == AccessExport:
		words = "Exported a letter"
	case a.What == AccessAudit:
		words = fmt.Sprintf("Read %d entries of the audit", a.Many)
	case a.What == AccessRetention && a.Person.IsZero() && a.Many == 0:
		words = "Ran the retention rule: nobody was to go"
	case a.What == AccessRetention && a.Person.IsZero():
		words = "Ran the retention rule: removed " + peopleWords(int(min(a.Many, math.MaxInt32)))
	case a.What == AccessGap && a.Many == 1:
		words = fmt.Sprintf("1 entry missing before entry %d of this workstation", a.From)
	case a.What == AccessGap && a.Many > 0:
		words = fmt.Sprintf("%d entries missing before entry %d of this workstation", a.Many, a.From)
	case a.What == AccessGap:
		words = fmt.Sprintf("Entry %d does not follow from those before it at this workstation", a.From)
	case a.What == AccessSignInFailed && a.Reason == RefusedDisabled:
		words = "Tried to sign in, though they may no more"
	case a.What == AccessSignInFailed && a.Reason == RefusedKeys:
		words = "Was not let in: keys that the hub did not make for them"
	case a.What == AccessSignInFailed && a.Reason == "":
		words = "Gave a wrong passphrase"
	case a.What == AccessDevice:
		words = DeviceEvent(a.Reason).words(a.Many)
	case a.What == AccessRefused:
		words = Suspicion(a.Reason).words(a.Many)
	case a.What == AccessStaff:
		words = StaffEvent(a.Reason).words(whom, a.As, a.Parts)
	case a.What == AccessFound:
		words = Trouble(a.Reason).words(a.Many, a.From)
	case a.What == AccessGlass && a.Reason != "":
		words += ": " + GlassReason(a.Reason).Words()
	}
	if a.Kin && a.What.IsLook() {
		words += ", of their own family name"
	}
	if a.Claimed() {
		words += "; the name is claimed, not proven"
	}
	return words
}

// Claimed tells whether the name in an entry is not that of who did it: the hub
// wrote down what entries said of themselves that it did not believe.
func (a *Access) Claimed() bool { return a.What == AccessRefused && a.Staff != "" }

// HashAccess is an entry's name in its chain, over the bytes as its device keeps
// them.
func HashAccess(raw []byte) Hash { return sha256.Sum256(raw) }

// HubDevice names the chain of entries that the hub makes itself about a site:
// gaps that it found, and that whoever runs it read the audit.
func HubDevice(at SiteCode) (id DeviceID) {
	copy(id[:], "hub "+string(at))
	return id
}

// isHub tells the ids that HubDevice makes. Devices' own are random.
func (id DeviceID) isHub() bool {
	code, named := strings.CutPrefix(strings.TrimRight(string(id[:]), "\x00"), "hub ")
	return named && SiteCode(code).Valid()
}

// RawAccess is an entry on its way between a device and the hub: the bytes as
// their device keeps them, which its chain is over.
type RawAccess struct {
	Device DeviceID // left out in what a device sends: it is the sender's
	Seq    uint64   // in the device's chain
	Raw    []byte
}

// Open returns what the entry says. It is not ok when the bytes are no entry, or
// another than they are said to be. What the hub alone can say is no entry of a
// device: it could blame another one. Nor is what is of no year of four digits,
// for with it a list could not be written as JSON.
func (r *RawAccess) Open() (a Access, ok bool) {
	if json.Unmarshal(r.Raw, &a) != nil || a.Seq != r.Seq {
		return Access{}, false
	}
	if year := a.At.Time().Year(); year < 0 || year > 9999 {
		return Access{}, false
	}
	if (a.What.isHubs() || a.Role == RoleHub) && !r.Device.isHub() {
		return Access{}, false
	}
	a.Device = r.Device
	return a, true
}

// KeptAccess is an entry as the hub's log keeps it: whose and which one it is in
// the clear, what it says sealed.
type KeptAccess struct {
	Site   SiteCode // whose list it is in
	Place  uint64   // there: 1, 2, 3 …, given by the log
	Device DeviceID
	Seq    uint64 // in the device's chain
	Hash   Hash   // of the entry's bytes
	Sealed []byte
}

// AccessFilter says which entries are wanted. What is left zero does not
// matter.
type AccessFilter struct {
	Since  Instant    `json:"since,omitempty"` // this instant included
	Until  Instant    `json:"until,omitempty"` // this instant excluded
	Staff  StaffID    `json:"staff,omitempty"` // who did it, or to whose access it was done
	Person PersonID   `json:"person,omitzero"`
	What   AccessWhat `json:"what,omitempty"`
	Device DeviceID   `json:"device,omitzero"`
}

// Within asks for the entries of two days and those between. A day that is not
// set leaves that side open.
func (f *AccessFilter) Within(since, until Day) {
	if !since.IsZero() {
		f.Since = since.Start()
	}
	if !until.IsZero() {
		f.Until = (until + 1).Start()
	}
}

// Fits tells whether an entry is wanted.
func (f *AccessFilter) Fits(a *Access) bool {
	return f.When(a.At) && (f.What == "" || f.What == a.What) && (f.Staff == "" || f.Staff == a.Staff || f.Staff == a.Whom) &&
		(f.Person.IsZero() || f.Person == a.Person) && (f.Device == DeviceID{} || f.Device == a.Device)
}

// When tells whether entries of a moment are wanted.
func (f *AccessFilter) When(at Instant) bool {
	return (f.Since == 0 || at >= f.Since) && (f.Until == 0 || at < f.Until)
}

// AllowAudit says whether a role may read who looked at whose record. It is for
// those who answer for it, and for nobody who could be looking for themselves.
func AllowAudit(r Role) error {
	if r == RoleAuditor || r == RoleManager || r == RoleHub {
		return nil
	}
	return Forbidden("The audit is not open to your role.", "It is for: "+roleWords([]Role{RoleManager, RoleAuditor})+".")
}
