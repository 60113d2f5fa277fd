package model

import "fmt"

// FeedState is what a desk has made of the hub's log: how far it read its site's
// feed, and how much of that the hub has vouched for with signed heads that fit.
type FeedState struct {
	Read     uint64  // places of the feed that this desk has taken in, in this life of the hub's log
	Proven   uint64  // of them, those under the newest head that fits
	ProvenAt Instant // when the hub signed that head; zero before the first
	Doubt    string  // a sentence when something the hub said does not fit, else ""
	PutBack  PutBack // the last time the hub's log was put back
}

// PutBack is a hub's log having been put back to an older state, as after a
// restore: what was read of it before, and what it begins with now.
type PutBack struct {
	At   Instant `json:"at"`   // when this desk met it
	From uint64  `json:"from"` // places of the feed that this desk had read
	To   uint64  `json:"to"`   // places that the hub says it was put back to
	// Proven tells whether what the log was put back to is what this desk had
	// read before: false while the hub has not said so with a head.
	Proven bool `json:"proven"`
}

// String says it in a sentence, "" when it never happened.
func (p PutBack) String() string {
	switch {
	case p.At.IsZero():
		return ""
	case !p.Proven:
		return fmt.Sprintf("On %s the hub's log was put back from %d entries to an older state, which it has not proven.", p.At, p.From)
	case p.To >= p.From:
		return fmt.Sprintf("On %s the hub's log was put back. It still had all %d entries that this desk had read.", p.At, p.From)
	}
	return fmt.Sprintf("On %s the hub's log was put back from %d entries to %d, the same as before up to there.", p.At, p.From, p.To)
}

// EvidenceWhat is what of the hub's word does not fit.
type EvidenceWhat string

// What can be wrong with a head, or with a place of the feed.
const (
	HeadForged     EvidenceWhat = "head-forged"      // its signature is not good, or it is no head
	HeadOtherKey   EvidenceWhat = "head-other-key"   // another key than the hub's signed it
	HeadOtherSite  EvidenceWhat = "head-other-site"  // it is of another site's feed
	HeadOtherEpoch EvidenceWhat = "head-other-epoch" // it is of another life of the hub's log
	HeadMissing    EvidenceWhat = "head-missing"     // the hub gave none
	HeadShorter    EvidenceWhat = "head-shorter"     // the hub's log has fewer places than it gave out
	HeadOtherLog   EvidenceWhat = "head-other-log"   // it is over other entries than the hub gave this desk
	PlaceRewritten EvidenceWhat = "place-rewritten"  // the hub gave other bytes for a place that it had given before
	RestoreOther   EvidenceWhat = "restore-other"    // what the log was put back to is not what was read before
	NotaryChanged  EvidenceWhat = "notary-changed"   // the hub names another key for its heads
)

var evidenceWords = map[EvidenceWhat]string{
	HeadForged:     "The hub's statement of its log does not bear its signature.",
	HeadOtherKey:   "The hub's statement of its log is signed with a key that is not the hub's.",
	HeadOtherSite:  "The hub's statement of its log is about another site.",
	HeadOtherEpoch: "The hub's statement of its log is about another life of that log.",
	HeadMissing:    "The hub does not sign its log any more.",
	HeadShorter:    "The hub's log is shorter than what it gave this desk before.",
	HeadOtherLog:   "The hub has signed another log than the one it gave this desk.",
	PlaceRewritten: "The hub gave another entry for a place of its log that it had given before.",
	RestoreOther:   "The hub's log was put back to something that it never was.",
	NotaryChanged:  "The hub names another key for signing its log than before.",
}

// Evidence is a word of the hub's that does not fit what it said before, as a
// desk keeps it.
type Evidence struct {
	What  EvidenceWhat `json:"what"`
	Epoch string       `json:"epoch"` // the life of the hub's log in which it came
	First Instant      `json:"first"` // when it came first, and last
	Last  Instant      `json:"last"`
	Place uint64       `json:"place"` // of the feed: the head's size, or the place that was rewritten
	Root  Hash         `json:"root"`  // what this desk has there: its tree's root, or the place's leaf
	Head  []byte       `json:"head"`  // the hub's signed head as it came, or nothing
}

// String says it in a sentence.
func (e *Evidence) String() string {
	words := evidenceWords[e.What]
	if words == "" {
		words = "The hub's log does not fit what it was."
	}
	return fmt.Sprintf("%s Seen first on %s, at entry %d.", words, e.First, e.Place)
}

// Removed is why an op is no longer at a desk that had it.
type Removed string

// RemovedByRetention is an op of somebody who left the site so long ago that the
// retention rule takes their record from its desks.
const RemovedByRetention Removed = "retention"
