package store

import (
	"encoding/binary"

	"github.com/throughgate/throughgate/model"
)

// The buckets of the file. A name is never reused.
const (
	bucketMeta       = "meta"
	bucketDesk       = "desk"       // what moves on with every write; so small that it lies in the file's root page
	bucketOps        = "ops"        // person, compartment, stamp: envelope; verified and folded
	bucketSnapshots  = "snapshots"  // compartment, person: sealed part and row
	bucketConflicts  = "conflicts"  // compartment, person: how many slots
	bucketOutbox     = "outbox"     // stamp: person, compartment
	bucketRefused    = "refused"    // stamp: the answer and the envelope
	bucketWaiting    = "waiting"    // compartment, person, stamp: envelope nobody here can open yet
	bucketQuarantine = "quarantine" // hash of the envelope: why, and the envelope
	bucketRefold     = "refold"     // compartment, person: to be folded anew when somebody can
	bucketAccess     = "access"     // sequence: entry
	bucketReads      = "reads"      // instant, device, sequence, hash: entry of another device's access log
	bucketKeyrings   = "keyrings"   // staff: sealed keyring
	bucketNewKeys    = "newkeys"    // staff: sealed keyring the hub does not have yet
	bucketGrants     = "grants"     // staff: key grant
	bucketTries      = "tries"      // hash of the staff id: wrong passphrases
	bucketReference  = "reference"  // table: revision, packed rows
	bucketDrafts     = "drafts"     // staff, name: sealed
	bucketFeed       = "feed"       // life, number: leaf, key in ops
	bucketRemoved    = "removed"    // key in ops: why and when, of what retention took out
	bucketRetired    = "retired"    // hash of the person: when retention removed them
	bucketWanted     = "wanted"     // person: their whole record is to be fetched
	bucketHeads      = "heads"      // life, size: the hub's signed head, which fits
	bucketEvidence   = "evidence"   // life, what: a head or place that does not
)

var buckets = []string{
	bucketMeta, bucketDesk, bucketOps, bucketSnapshots, bucketConflicts, bucketOutbox, bucketRefused,
	bucketWaiting, bucketQuarantine, bucketRefold, bucketAccess, bucketReads, bucketKeyrings, bucketNewKeys, bucketTries,
	bucketReference, bucketDrafts, bucketGrants, bucketFeed, bucketRemoved, bucketRetired, bucketWanted, bucketHeads, bucketEvidence,
}

// The keys of the meta bucket.
var (
	keySchema   = []byte("schema")
	keyIdentity = []byte("identity")
	keyDesk     = []byte("desk")
	keySite     = []byte("site")
	keyCursor   = []byte("cursor") // of a store that kept no places of the feed
	keyReading  = []byte("reading")
	keyPutBack  = []byte("putback")
	keyNotary   = []byte("notary")
	keySync     = []byte("sync")
	keyTold     = []byte("told")     // the last entry of the access log that the hub has
	keyReads    = []byte("reads")    // the place in the site's list of them
	keyRetained = []byte("retained") // the last run of the retention rule
	keyTurn     = []byte("turn")     // the token the hub gave last
	keyRestored = []byte("restored") // the incarnation that a backup was of, until the hub knows
)

const personSize = len(model.PersonID{})

// partKey names a compartment of a person's record: compartment, person.
func partKey(c model.Compartment, id model.PersonID) []byte {
	return append([]byte{byte(c)}, id[:]...)
}

func readPartKey(key []byte) (model.Compartment, model.PersonID) {
	if len(key) != 1+personSize {
		return 0, model.PersonID{} // nobody's, and no compartment
	}
	return model.Compartment(key[0]), model.PersonID(key[1:])
}

// opPrefix begins the keys of a compartment's ops: person, compartment. The
// stamp that follows sorts them in the order in which they are folded.
func opPrefix(id model.PersonID, c model.Compartment) []byte {
	return append(append(make([]byte, 0, personSize+1+model.StampSize), id[:]...), byte(c))
}

func opKey(id model.PersonID, c model.Compartment, at model.Stamp) []byte {
	key, _ := at.AppendBinary(opPrefix(id, c)) // never fails
	return key
}

func stampKey(at model.Stamp) []byte {
	key, _ := at.AppendBinary(make([]byte, 0, model.StampSize)) // never fails
	return key
}

func numberKey(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
