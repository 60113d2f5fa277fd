package sync

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Client is one workstation's exchanges with its hub. Every method is one
// request, never repeated here; every error is a *model.Error, or the context's
// own. It is safe for use by many goroutines.
type Client struct {
	line  *line
	shown shown

	mu   sync.Mutex
	skew time.Duration
}

// NewClient makes the client of an enrolled workstation. It does not reach for
// the hub yet.
func NewClient(id Identity, o Options) (*Client, error) {
	hubURL, err := ParseHubURL(id.HubURL)
	if err != nil {
		return nil, err
	}
	config, err := id.tlsConfig(o.Now)
	if err != nil {
		return nil, err
	}
	c := &Client{line: newLine(hubURL, config, o)}
	c.shown.passport.Incarnation, c.shown.version = id.Incarnation, o.Version
	return c, nil
}

// Close lets go of connections that wait for use.
func (c *Client) Close() { c.line.idle() }

// Skew returns this computer's clock less the hub's, as last measured; 0 before
// that.
func (c *Client) Skew() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.skew
}

func (c *Client) exchange(ctx context.Context, a ask) (*reply, error) {
	c.shown.turns.RLock()
	defer c.shown.turns.RUnlock()
	a.header = c.shown.header(a.asks)
	r, err := c.line.exchange(ctx, a)
	if err != nil {
		return nil, err
	}
	if skew, ok := r.skew(a.wait > 0); ok {
		c.mu.Lock()
		c.skew = skew
		c.mu.Unlock()
	}
	return r, nil
}

// Push sends as many of the envelopes as fit one push, from the first on, and
// returns the hub's answers to these. An envelope too large to send at all is
// an error of KindInvalid.
func (c *Client) Push(ctx context.Context, envelopes []model.Envelope) ([]model.PushResult, error) {
	body, n := EncodePush(envelopes)
	if n == 0 {
		return nil, model.Invalid("This entry is too long to send.", "Make it again with less text.")
	}
	r, err := c.exchange(ctx, ask{
		method: http.MethodPost, path: PathOps, body: body, bodyType: TypePush, want: TypeAnswers, limit: MaxAnswers,
	})
	if err != nil {
		return nil, err
	}
	results, err := DecodeAnswers(r.body, envelopes[:n])
	if err != nil {
		return nil, notTheHub(err)
	}
	return results, nil
}

// Feed is a piece of the site's feed.
type Feed struct {
	Envelopes []model.Envelope
	Next      uint64 // the cursor after it
	// Epoch is the life of the hub's log that Next belongs to. When it is not
	// the one asked with, the feed is empty and Next is 0: begin again.
	Epoch        string
	SiteRevision uint64
	Tables       Revisions
	// Turn is a new token, to be kept before it is shown, "" for none, and
	// Incarnation the one that is to go on with it.
	Turn        string
	Incarnation uint32
	// Head is the hub's signed head of the feed's first Next places; when the
	// epoch is another, of what that epoch began with. Nil when none came.
	Head []byte
}

// Pull returns what comes after the cursor of an epoch ("" for a desk that has
// none), waiting up to wait for there to be something.
func (c *Client) Pull(ctx context.Context, after uint64, epoch string, wait time.Duration) (*Feed, error) {
	query := map[string]string{ParamAfter: strconv.FormatUint(after, 10)}
	if wait > 0 {
		query[ParamWait] = wait.String()
	}
	r, err := c.exchange(ctx, ask{
		method: http.MethodGet, path: PathOps, query: query, epoch: epoch, want: TypeFeed, limit: MaxBatch + MaxBatch/8, wait: wait, asks: true,
	})
	if err != nil {
		return nil, err
	}
	feed, err := readFeed(r, after, epoch)
	if err != nil {
		return nil, notTheHub(err)
	}
	if feed.Turn != "" {
		c.shown.begin()
	}
	return feed, nil
}

func readFeed(r *reply, after uint64, epoch string) (*Feed, error) {
	f := &Feed{Epoch: r.header.Get(HeaderEpoch), Tables: ParseRevisions(r.header.Get(HeaderReferenceRevision))}
	if f.Epoch == "" {
		return nil, errNotOurs
	}
	if f.Turn = r.header.Get(HeaderTurn); f.Turn != "" {
		incarnation, err := strconv.ParseUint(r.header.Get(HeaderIncarnation), 10, 32)
		if err != nil || incarnation == 0 || len(f.Turn) > maxTurn {
			return nil, errNotOurs
		}
		f.Incarnation = uint32(incarnation)
	}
	var err error
	head := r.header.Get(HeaderHead)
	if f.Head, err = base64.StdEncoding.DecodeString(head); err != nil {
		f.Head = []byte(head) // no head, and for the desk to keep as it came
	}
	if f.SiteRevision, err = strconv.ParseUint(r.header.Get(HeaderSiteRevision), 10, 64); err != nil {
		return nil, err
	}
	if epoch != "" && f.Epoch != epoch {
		return f, nil
	}
	if f.Next, err = strconv.ParseUint(r.header.Get(HeaderNext), 10, 64); err != nil {
		return nil, err
	}
	var last uint64
	f.Envelopes, last, err = DecodeFeed(r.body, after)
	if err == nil && f.Next != max(last, after) {
		err = fmt.Errorf("cursor %d and not %d", f.Next, max(last, after))
	}
	return f, err
}

// Site returns the site's roster and keyrings.
func (c *Client) Site(ctx context.Context) (model.SiteData, error) {
	var out model.SiteData
	r, err := c.exchange(ctx, ask{method: http.MethodGet, path: PathSite, want: TypeSite, limit: MaxSite})
	if err != nil {
		return out, err
	}
	plain, err := Unpack(r.body, MaxSite)
	if err == nil {
		err = json.Unmarshal(plain, &out)
	}
	if err == nil && (!out.Site.Valid() || out.Revision == 0) {
		err = errNotOurs
	}
	if err != nil {
		return model.SiteData{}, notTheHub(err)
	}
	return out, nil
}

// PutKeyring gives the hub a keyring that its owner made here.
func (c *Client) PutKeyring(ctx context.Context, k model.SealedKeyring) error {
	body, err := json.Marshal(k)
	if err != nil {
		return fmt.Errorf("keyring: %w", err)
	}
	_, err = c.exchange(ctx, ask{method: http.MethodPut, path: PathKeyrings, body: body, bodyType: TypeJSON})
	return err
}

// Reference returns a reference table, as JSON lines, and its revision.
func (c *Client) Reference(ctx context.Context, table string) (rows []byte, revision uint64, err error) {
	if !ValidTable(table) {
		return nil, 0, model.Invalid("There is no such table.", "")
	}
	r, err := c.exchange(ctx, ask{method: http.MethodGet, path: PathReference + table, want: TypeReference, limit: MaxReference})
	if err != nil {
		return nil, 0, err
	}
	if rows, err = Unpack(r.body, MaxReference); err != nil {
		return nil, 0, notTheHub(err)
	}
	revisions := ParseRevisions(r.header.Get(HeaderReferenceRevision))
	if revisions[table] == 0 {
		return nil, 0, notTheHub(errNotOurs)
	}
	return rows, revisions[table], nil
}
