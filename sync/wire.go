package sync

import "github.com/throughgate/throughgate/model"

// The hub's paths. All but PathEnrol ask for the device's certificate.
const (
	PathEnrol     = "/v1/enrol"      // POST EnrolRequest -> EnrolAnswer, both JSON
	PathOps       = "/v1/ops"        // POST a push -> answers; GET ?after=N&wait=30s -> a feed
	PathSite      = "/v1/site"       // GET -> model.SiteData, zstd of JSON
	PathKeyrings  = "/v1/keyrings"   // PUT model.SealedKeyring as JSON -> 204
	PathAccess    = "/v1/access"     // POST entries of the device's access log -> AccessAnswer; GET ?after=N -> the site's
	PathPeople    = "/v1/people/"    // GET + person id ?after=N -> their part of the site's feed, as a feed
	PathErased    = "/v1/erased"     // POST Erased as JSON -> 204, of a withdrawn device
	PathReference = "/v1/reference/" // GET + table -> zstd of JSON lines
)

// The parameters of GET PathOps. Wait is a Go duration; the hub answers as soon
// as there is something after After, and with an empty feed when Wait is over.
const (
	ParamAfter = "after"
	ParamWait  = "wait"
)

// The headers. Every answer bears HeaderTime; every answer to GET PathOps bears
// them all.
const (
	// HeaderEpoch is which life of the hub's log this is: new at every restore.
	// A desk sends the one its cursor belongs to. To a desk of another epoch the
	// hub answers at once, with its own epoch and an empty feed, and until the
	// desk has asked with the new one its pushes are answered with 412: what they
	// are signed with may have to come again first.
	HeaderEpoch = "Throughgate-Epoch"
	// HeaderNext is the cursor after this feed: the After to ask with next.
	HeaderNext = "Throughgate-Next"
	// HeaderHead is the hub's signed head (store/tree) of the feed's first
	// HeaderNext places, as base64; in the answer to a desk of another epoch, of
	// what the new life of the log began with.
	HeaderHead = "Throughgate-Head"
	// HeaderSiteRevision is the current revision of the site's data.
	HeaderSiteRevision = "Throughgate-Site-Revision"
	// HeaderReferenceRevision is the current revision of every reference table
	// (Revisions), and in the answer to GET PathReference that of the table.
	HeaderReferenceRevision = "Throughgate-Reference-Revision"
	// HeaderTime is the hub's clock as the answer left it, in milliseconds since
	// 1970 UTC.
	HeaderTime = "Throughgate-Time"
)

// The headers by which a device shows itself, in every request that its
// certificate opens. In the answer to GET PathOps, HeaderTurn is a new token and
// HeaderIncarnation the incarnation that is to go on with it; a desk keeps both
// before it shows them.
const (
	HeaderTurn        = "Throughgate-Turn"        // see model.Passport
	HeaderIncarnation = "Throughgate-Incarnation" // never 0
	HeaderRestored    = "Throughgate-Restored"    // the incarnation that a backup was of
	HeaderPending     = "Throughgate-Pending"     // how much waits to be sent
	HeaderVersion     = "Throughgate-Version"     // of the desk's program
	HeaderStart       = "Throughgate-Start"       // the program has had no token since it began
)

// The content types. A body of another type did not come from a hub.
const (
	TypeJSON      = "application/json"
	TypePush      = "application/vnd.throughgate.push"
	TypeAnswers   = "application/vnd.throughgate.answers"
	TypeFeed      = "application/vnd.throughgate.feed"
	TypeAccess    = "application/vnd.throughgate.access"
	TypeSite      = "application/vnd.throughgate.site"
	TypeReference = "application/vnd.throughgate.reference"
)

// ServerName is the DNS name in every hub's own certificate, and what a desk
// asks for and checks, whatever address it was told to reach the hub at. The
// authority is the hub's own and signs nothing else for servers, so an address
// in the certificate would add nothing but a reason for it to stop working when
// a hub moves.
const ServerName = "hub.throughgate"

// The limits both sides hold. A whole batch, unpacked, fits in memory many
// times over; the largest entry (a frozen letter) fits in a batch.
const (
	MaxOps      = 1000    // in one push or feed
	MaxBatch    = 4 << 20 // bytes of one push or feed, unpacked
	MaxEnvelope = model.MaxBody + 8<<10
	MaxAnswers  = 1 << 20 // bytes of one set of answers
	// An entry of an access log is some 200 bytes. Batches are small, so that they
	// hold up no entry of a record.
	MaxAccess      = 2 << 10  // bytes of one entry
	MaxAccesses    = 2000     // in one batch
	MaxAccessBatch = 1 << 20  // bytes of one batch, unpacked
	MaxSite        = 16 << 20 // bytes of a site's data, unpacked
	MaxReference   = 64 << 20 // bytes of one reference table, unpacked
	MaxJSON        = 1 << 20  // bytes of any JSON body
)

// EnrolRequest asks for a device certificate. The hub answers the same device
// again when the same code comes with the same public key, so a desk whose
// answer was lost may ask again.
type EnrolRequest struct {
	Secret []byte `json:"secret"` // of the code
	CSR    string `json:"csr"`    // PEM; only its public key and signature count
}

// EnrolAnswer is who the device is now.
type EnrolAnswer struct {
	Device      model.DeviceID `json:"device"`
	Node        uint32         `json:"node"` // of its stamps; never 0, which is the hub's
	Incarnation uint32         `json:"incarnation"`
	Site        model.SiteCode `json:"site"`
	SiteName    string         `json:"siteName"`
	Cert        string         `json:"cert"` // PEM, for client authentication
	CA          string         `json:"ca"`   // PEM of the hub's own authority
}
