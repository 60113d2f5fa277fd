package model

import "fmt"

// AuditReport is what was found when a log was verified: at a desk its own copy,
// at the hub the whole service's. It names places, workstations and times, and
// nobody.
type AuditReport struct {
	At       Instant        `json:"at"`
	Feeds    []VerifiedFeed `json:"feeds"`
	Checked  AuditCounts    `json:"checked"`
	Findings []Finding      `json:"findings"` // what is missing or altered
	// More is how many findings there are beside those listed.
	More int `json:"more"`
	// Evidence is what the hub said and a desk kept because it did not fit.
	Evidence []Evidence `json:"evidence,omitempty"`
	PutBack  *PutBack   `json:"putBack,omitempty"`
}

// VerifiedFeed is how far one site's feed was verified.
type VerifiedFeed struct {
	Site   SiteCode `json:"site"`
	Epoch  string   `json:"epoch"`
	Size   uint64   `json:"size"`   // places
	Root   Hash     `json:"root"`   // over all of them
	Proven uint64   `json:"proven"` // places under the newest signed head that fits
}

// AuditCounts are how many things were looked at.
type AuditCounts struct {
	Places      int `json:"places"`      // of feeds
	Ops         int `json:"ops"`         // opened, and their signatures verified
	Closed      int `json:"closed"`      // ops that only somebody of another role can open; their bytes were compared
	Chains      int `json:"chains"`      // of devices, by incarnation
	Heads       int `json:"heads"`       // signed by the hub
	Access      int `json:"access"`      // entries of access logs
	Shown       int `json:"shown"`       // parts of records as they are shown, held to their entries
	Refused     int `json:"refused"`     // ops that the hub refused, with the reason
	Removed     int `json:"removed"`     // ops taken out by the retention rule
	Unconfirmed int `json:"unconfirmed"` // ops of this desk that the hub has and has not listed yet
	OnlyHere    int `json:"onlyHere"`    // ops that the hub lost when it was put back
}

// FindingWhat is what is wrong with a log.
type FindingWhat string

// What can be found.
const (
	FoundMissing    FindingWhat = "missing"      // a place is there, its op is not
	FoundAltered    FindingWhat = "altered"      // an op's bytes are not those of its place
	FoundMoved      FindingWhat = "moved"        // an op stands under another person, compartment or time than its own
	FoundUnplaced   FindingWhat = "unplaced"     // an op that no feed ever had
	FoundTwice      FindingWhat = "twice"        // one op in two places
	FoundForged     FindingWhat = "forged"       // no key of its author signed it
	FoundReordered  FindingWhat = "reordered"    // a place comes before one of the same device that it must follow
	FoundNoPlace    FindingWhat = "no-place"     // a place of the feed is gone
	FoundOtherTree  FindingWhat = "other-tree"   // places are not what the hub signed
	FoundHead       FindingWhat = "bad-head"     // a kept head is not signed by the hub, or is another site's
	FoundShort      FindingWhat = "cut-short"    // the log ends before a head says it does
	FoundChain      FindingWhat = "chain"        // an op does not follow from the one before of its device
	FoundGap        FindingWhat = "gap"          // ops of a device are missing in its chain
	FoundTwoInPlace FindingWhat = "two-of-one"   // two ops of a device have one number
	FoundAccess     FindingWhat = "access"       // the access log is broken
	FoundNotary     FindingWhat = "other-hub"    // the keyring of who verifies knows another key of the hub's
	FoundShown      FindingWhat = "shown"        // what is shown of a person is not what their entries say
	FoundDiffers    FindingWhat = "head-differs" // a head that was brought here is of another log
)

// Finding is one thing that is missing or altered, and what to do about it.
type Finding struct {
	What        FindingWhat `json:"what"`
	Site        SiteCode    `json:"site,omitempty"`
	Place       uint64      `json:"place,omitempty"` // of the site's feed
	Upto        uint64      `json:"upto,omitempty"`  // the last place, when there are several
	After       uint64      `json:"after,omitempty"` // another place that this one must not stand after
	Device      *DeviceID   `json:"device,omitempty"`
	Incarnation uint32      `json:"incarnation,omitempty"`
	Seq         uint64      `json:"seq,omitempty"` // in the device's chain, or of the access log
	Stamp       *Stamp      `json:"stamp,omitempty"`
	Says        string      `json:"says"`
	Do          string      `json:"do"`
}

// maxFindings bounds how many findings a report lists: a log that is not this
// one's at all would give one for every place.
const maxFindings = 1000

// Find adds a finding.
func (r *AuditReport) Find(f Finding) {
	if f.Says == "" {
		f.Says = findingWords[f.What].says
	}
	if f.Do == "" {
		f.Do = findingWords[f.What].do
	}
	if len(r.Findings) >= maxFindings {
		r.More++
		return
	}
	r.Findings = append(r.Findings, f)
}

// Join adds what another report found and counted.
func (r *AuditReport) Join(other *AuditReport) {
	for _, f := range other.Findings {
		r.Find(f)
	}
	r.More += other.More
	r.Feeds = append(r.Feeds, other.Feeds...)
	r.Evidence = append(r.Evidence, other.Evidence...)
	c, o := &r.Checked, other.Checked
	c.Places, c.Ops, c.Closed, c.Chains, c.Heads = c.Places+o.Places, c.Ops+o.Ops, c.Closed+o.Closed, c.Chains+o.Chains, c.Heads+o.Heads
	c.Access, c.Refused, c.Removed = c.Access+o.Access, c.Refused+o.Refused, c.Removed+o.Removed
	c.Shown += o.Shown
	c.Unconfirmed, c.OnlyHere = c.Unconfirmed+o.Unconfirmed, c.OnlyHere+o.OnlyHere
}

// Of names the op that a finding is about by what its envelope says.
func (f Finding) Of(e *Envelope) Finding {
	f.Device, f.Incarnation, f.Seq, f.Stamp = &e.Device, e.Incarnation, e.Seq, &e.Stamp
	return f
}

// Err is nil when the log is whole, else an error that says how much is wrong.
func (r *AuditReport) Err() error {
	n := len(r.Findings) + r.More
	if n == 0 {
		return nil
	}
	msg := fmt.Sprintf("The log is not whole: %d things are missing or altered.", n)
	if n == 1 {
		msg = "The log is not whole: 1 thing is missing or altered."
	}
	return &Error{Kind: KindConflict, Msg: msg, Hint: "Keep a copy of the data folder as it is now, then do what stands beside each."}
}

const (
	doDesk = "Keep a copy of this workstation's folder, have the hub verified too (throughgate-hub audit verify), then enrol this workstation anew: what the hub has comes back."
	doBoth = "Run throughgate-hub audit verify at the hub: where it is whole, this workstation's file was changed; keep a copy and enrol it anew."
	doHub  = "Keep a copy of the hub's folder. Compare with throughgate audit verify at a desk of the site, and bring back the last backup that verifies."
)

var findingWords = map[FindingWhat]struct{ says, do string }{
	FoundMissing:    {"The entry of this place is not here.", doDesk},
	FoundAltered:    {"The entry's bytes are not those of its place.", doDesk},
	FoundMoved:      {"The entry stands under another person, part or time than it was made for.", doDesk},
	FoundUnplaced:   {"The entry was never in the site's feed, and was not made here to be sent.", doDesk},
	FoundTwice:      {"The same entry stands in two places.", doBoth},
	FoundForged:     {"No key of its author signed the entry.", doDesk},
	FoundReordered:  {"The place stands after a later one of the same workstation.", doBoth},
	FoundNoPlace:    {"The place itself is not here.", doDesk},
	FoundOtherTree:  {"These places are not what the hub signed.", doBoth},
	FoundHead:       {"A kept head is not the hub's.", doBoth},
	FoundShort:      {"The log ends before the hub's signed head says it does.", doBoth},
	FoundChain:      {"The entry does not follow from the one before it of the same workstation.", doBoth},
	FoundGap:        {"Entries of this workstation are missing before this one.", doBoth},
	FoundTwoInPlace: {"Two entries of this workstation have one number.", "The workstation's data were copied. See throughgate-hub device list."},
	FoundAccess:     {"The access log is broken at this entry.", "Keep a copy of the folder. Entries before it still hold; ask who could write to the file since."},
	FoundNotary:     {"Your keyring knows another key of the hub's than this workstation does.", "Do not sign in here again. Enrol the workstation anew, and compare throughgate-hub status at the hub."},
	FoundShown:      {"What is shown of a person is not what their entries, up to this one, say.", doDesk},
	FoundDiffers:    {"The head that was brought is of another log than this.", doHub},
}
