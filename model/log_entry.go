package model

// LogEntry is an op on its way into the hub's log, judged already. The hub
// says what it found; the log holds the entry against what it has, in the
// transaction that writes it.
type LogEntry struct {
	Envelope
	Raw  []byte   // the envelope's bytes as they came: kept and passed on so
	Site SiteCode // the device's site, whose feed the op belongs in
	Prev Hash     // of the device's previous op, as the author signed it
	// Refused is why the hub refuses the op, "" when it is to be taken. A
	// refused op is in no feed, but its place in the device's chain is
	// remembered with the reason, so that it is answered the same again.
	Refused string
	// Also are other sites' feeds that the op has to be in, re-sealed with their
	// keys. They are written only when the entry is taken.
	Also []Placement
	// Joins is the site, besides Site, that the op says the person is held or
	// expected at, "" when it says nothing of it. From then on the person's ops
	// belong in that site's feed, whoever writes them.
	Joins SiteCode
}

// Placement is an op in the feed of a site: the envelope's bytes, sealed with
// that site's key.
type Placement struct {
	Site SiteCode
	Raw  []byte
}

// Logged is one place in a site's feed. Seq counts 1, 2, 3 … within the site.
type Logged struct {
	Seq uint64
	Raw []byte
}

// Register is one value that the hub keeps beside its log: a site, a member of
// staff, a device. A nil value takes it out.
type Register struct {
	Table, Key string
	Value      []byte
}

// Why a log refuses an op by itself. They are sentences for the op's author.
const (
	ReasonOtherHash = "The hub has another entry in this place, made on another copy of this workstation's data. Make the change again."
	ReasonStamp     = "The hub has another entry with this time stamp. Make the change again."
	ReasonChain     = "The entry does not follow from this computer's others. Make the change again."
)

// FeedPlace is a place in a site's feed.
type FeedPlace struct {
	Site SiteCode `json:"site"`
	Seq  uint64   `json:"seq"`
	// There tells whether the log has an entry in it.
	There bool `json:"there"`
}

// ChainPlace is what a log remembers of one number of a device: which op has it,
// what became of that, and in which feeds it stands.
type ChainPlace struct {
	ChainLink
	Reason string // why it was refused, "" when it was taken
	Places []FeedPlace
}

// ChainKey names a number of a device in one of its incarnations. The zero value
// is before all of them.
type ChainKey struct {
	Device      DeviceID `json:"device"`
	Incarnation uint32   `json:"incarnation"`
	Seq         uint64   `json:"seq"`
}

// AuditPlace is a place of a feed with what the log keeps beside it.
type AuditPlace struct {
	Logged
	Leaf Hash // as the log's tree has it; zero when it has none
	// Chain is what is remembered of the op's place in its device's chain, and
	// Chained whether anything is.
	Chain   ChainPlace
	Chained bool
}
