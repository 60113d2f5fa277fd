package sync_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	gosync "sync"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// hub is a hub that keeps its log in memory and judges ops by a function in
// place of signatures and rights. All else is as a hub does it.
type hub struct {
	tb        testing.TB
	authority *authority
	url       string
	dial      func(ctx context.Context, network, address string) (net.Conn, error) // nil: the real network

	mu      gosync.Mutex
	codes   map[string]enrolled // by secret
	nodes   uint32
	epoch   string
	log     []model.Envelope
	have    map[model.Stamp]bool
	site    model.SiteData
	tables  map[string][]byte
	tableNo sync.Revisions
	changed chan struct{} // closed and replaced at every change
	put     []model.SealedKeyring
	counts  map[string]int            // requests by method and path
	shown   map[model.DeviceID]string // the epoch each device has asked with

	// looks are the entries of all access logs; nil is a hub that knows of none.
	looks []model.RawAccess

	// judge refuses an op when it returns a reason.
	judge func(model.Envelope) string
	// meddle answers in the hub's place when it returns true.
	meddle func(w http.ResponseWriter, r *http.Request) bool
	// ahead is how far the hub's clock is ahead of the test's.
	ahead time.Duration
}

type enrolled struct {
	csr    string
	answer sync.EnrolAnswer
}

// newHub serves on a listener until the test ends.
func newHub(tb testing.TB, listener net.Listener) *hub {
	tb.Helper()
	h := &hub{
		tb: tb, authority: newAuthority(tb), url: "https://" + listener.Addr().String(), epoch: "first",
		codes: map[string]enrolled{}, have: map[model.Stamp]bool{}, changed: make(chan struct{}), counts: map[string]int{}, shown: map[model.DeviceID]string{},
		tables: map[string][]byte{}, tableNo: sync.Revisions{},
		site: model.SiteData{Revision: 1, Site: "LEI", Name: "Leeds"},
	}
	if p, ok := listener.(*pipes); ok {
		h.dial = p.Dial
	}
	clients := x509.NewCertPool()
	clients.AddCert(h.authority.cert)
	serveTLS(tb, listener, h, &tls.Config{
		MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{h.authority.server(tb, time.Now(), sync.ServerName)},
		ClientCAs: clients, ClientAuth: tls.VerifyClientCertIfGiven,
	})
	return h
}

// serveTLS serves until the test ends; every connection is closed by then.
func serveTLS(tb testing.TB, listener net.Listener, handler http.Handler, config *tls.Config) {
	tb.Helper()
	server := &http.Server{Handler: handler, TLSConfig: config, ErrorLog: log.New(io.Discard, "", 0)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.ServeTLS(listener, "", "") // always ends with an error
	}()
	tb.Cleanup(func() {
		server.Close()
		<-done
	})
}

func loopback(tb testing.TB) net.Listener {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	return l
}

func (h *hub) options() sync.Options { return sync.Options{Dial: h.dial} }

// enrol makes a workstation of the hub's.
func (h *hub) enrol() sync.Identity {
	h.tb.Helper()
	id, err := sync.Enrol(context.Background(), h.url, h.newCode(), h.options())
	if err != nil {
		h.tb.Fatal(err)
	}
	return id
}

func (h *hub) newCode() string {
	c := h.authority.code(h.tb)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.codes[string(c.Secret[:])] = enrolled{}
	return c.String()
}

func (h *hub) client(tb testing.TB) *sync.Client {
	tb.Helper()
	c, err := sync.NewClient(h.enrol(), h.options())
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(c.Close)
	return c
}

func (h *hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.counts[r.Method+" "+r.URL.Path]++
	meddle := h.meddle
	h.mu.Unlock()
	if meddle != nil && meddle(w, r) {
		return
	}
	w.Header().Set(sync.HeaderTime, strconv.FormatInt(time.Now().Add(h.ahead).UnixMilli(), 10))
	if err := h.serve(w, r); err != nil {
		fault(w, http.StatusUnprocessableEntity, err)
	}
}

// peek reads a push and leaves it to be read again.
func peek(r *http.Request) []model.Envelope {
	body, _ := io.ReadAll(r.Body) // what is cut is not a push
	r.Body = io.NopCloser(bytes.NewReader(body))
	ops, _ := sync.DecodePush(body)
	return ops
}

func fault(w http.ResponseWriter, status int, err error) {
	w.Header().Set("Content-Type", sync.TypeJSON)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(sync.FaultOf(err)) // the desk may be gone
}

func (h *hub) serve(w http.ResponseWriter, r *http.Request) error {
	table, isTable := strings.CutPrefix(r.URL.Path, sync.PathReference)
	if r.URL.Path != sync.PathEnrol && deviceOf(r.TLS) == (model.DeviceID{}) {
		return model.Forbidden("This workstation is not enrolled.", "")
	}
	switch {
	case r.URL.Path == sync.PathEnrol:
		return h.serveEnrol(w, r)
	case r.URL.Path == sync.PathOps && r.Method == http.MethodPost:
		return h.servePush(w, r)
	case r.URL.Path == sync.PathOps:
		return h.serveFeed(w, r)
	case r.URL.Path == sync.PathSite:
		h.mu.Lock()
		defer h.mu.Unlock()
		plain, _ := json.Marshal(h.site)
		return send(w, sync.TypeSite, sync.Pack(plain))
	case r.URL.Path == sync.PathKeyrings:
		var k model.SealedKeyring
		if err := json.NewDecoder(r.Body).Decode(&k); err != nil {
			return model.Invalid("This is no keyring.", "")
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		h.put = append(h.put, k)
		w.WriteHeader(http.StatusNoContent)
		return nil
	case r.URL.Path == sync.PathAccess && h.looks != nil:
		return h.serveAccess(w, r)
	case isTable:
		h.mu.Lock()
		defer h.mu.Unlock()
		w.Header().Set(sync.HeaderReferenceRevision, sync.Revisions{table: h.tableNo[table]}.String())
		return send(w, sync.TypeReference, sync.Pack(h.tables[table]))
	}
	return model.NotFound("There is nothing here.", "")
}

func send(w http.ResponseWriter, kind string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body) // the desk may be gone
	return nil
}

func (h *hub) serveEnrol(w http.ResponseWriter, r *http.Request) error {
	var ask sync.EnrolRequest
	if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
		return model.Invalid("This is no request.", "")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	known, ok := h.codes[string(ask.Secret)]
	if !ok || (known.csr != "" && known.csr != ask.CSR) {
		return model.Forbidden("This code was used or has run out.", "Ask for a new one.")
	}
	if known.csr == "" {
		h.nodes++
		known = enrolled{csr: ask.CSR, answer: sync.EnrolAnswer{
			Device: model.DeviceID{0xd, byte(h.nodes)}, Node: h.nodes, Incarnation: 1000 + h.nodes,
			Site: h.site.Site, SiteName: h.site.Name, CA: asPEM(h.authority.cert.Raw),
		}}
		raw, err := h.authority.device(known.answer.Device, ask.CSR)
		if err != nil {
			return model.Invalid("This is no request.", "")
		}
		known.answer.Cert = asPEM(raw)
		h.codes[string(ask.Secret)] = known
	}
	body, _ := json.Marshal(known.answer)
	return send(w, sync.TypeJSON, body)
}

func (h *hub) servePush(w http.ResponseWriter, r *http.Request) error {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, sync.MaxBatch))
	if err != nil {
		return model.Invalid("The push broke off.", "")
	}
	ops, err := sync.DecodePush(body)
	if err != nil {
		return model.Invalid("This is no push.", "")
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if shown := h.shown[deviceOf(r.TLS)]; shown != "" && shown != h.epoch {
		fault(w, http.StatusPreconditionFailed, &model.Error{Kind: model.KindConflict, Msg: "The hub was put back.", Hint: "Ask first."})
		return nil
	}
	var results []model.PushResult
	for _, op := range ops {
		results = append(results, h.take(op))
	}
	close(h.changed)
	h.changed = make(chan struct{})
	return send(w, sync.TypeAnswers, sync.EncodeAnswers(results))
}

func (h *hub) take(op model.Envelope) model.PushResult {
	if h.have[op.Stamp] {
		return model.PushResult{Stamp: op.Stamp, Status: model.PushKnown}
	}
	reason := ""
	if op.Stamp.Time().Sub(time.Now().Add(h.ahead)) > model.MaxAhead {
		reason = "An entry is dated in the future."
	} else if h.judge != nil {
		reason = h.judge(op)
	}
	if reason != "" {
		return model.PushResult{Stamp: op.Stamp, Status: model.PushRefused, Reason: reason}
	}
	h.have[op.Stamp] = true
	h.log = append(h.log, op)
	return model.PushResult{Stamp: op.Stamp, Status: model.PushTaken}
}

func (h *hub) serveFeed(w http.ResponseWriter, r *http.Request) error {
	after, err := strconv.ParseUint(r.URL.Query().Get(sync.ParamAfter), 10, 64)
	if err != nil {
		return model.Invalid("This is no cursor.", "")
	}
	wait, _ := time.ParseDuration(r.URL.Query().Get(sync.ParamWait)) // absent: none
	timeout := time.NewTimer(wait)
	defer timeout.Stop()
	epoch, site, tables := h.marks()
	if r.Header.Get(sync.HeaderEpoch) == epoch {
		h.mu.Lock()
		h.shown[deviceOf(r.TLS)] = epoch
		h.mu.Unlock()
	}
	for over := wait == 0; ; {
		body, next, changed, stale := h.feed(after, r.Header.Get(sync.HeaderEpoch))
		if e, s, t := h.marks(); over || stale || next > after || e != epoch || s != site || t != tables {
			return h.sendFeed(w, body, next)
		}
		select {
		case <-changed:
		case <-timeout.C:
			over = true
		case <-r.Context().Done():
			return r.Context().Err()
		}
	}
}

func (h *hub) marks() (epoch string, site uint64, tables string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.epoch, h.site.Revision, h.tableNo.String()
}

// feed is what comes after a cursor, or nothing for a cursor of another epoch.
func (h *hub) feed(after uint64, epoch string) (body []byte, next uint64, changed chan struct{}, stale bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if epoch != "" && epoch != h.epoch {
		body, _ = sync.EncodeFeed(nil)
		return body, 0, h.changed, true
	}
	var entries []sync.Entry
	for i := after; i < uint64(len(h.log)) && len(entries) < sync.MaxOps; i++ {
		b, _ := h.log[i].AppendBinary(nil) // never fails
		entries = append(entries, sync.Entry{Seq: i + 1, Raw: b})
	}
	body, n := sync.EncodeFeed(entries)
	return body, after + uint64(n), h.changed, false
}

func (h *hub) sendFeed(w http.ResponseWriter, body []byte, next uint64) error {
	epoch, site, tables := h.marks()
	w.Header().Set(sync.HeaderTime, strconv.FormatInt(time.Now().Add(h.ahead).UnixMilli(), 10))
	w.Header().Set(sync.HeaderEpoch, epoch)
	w.Header().Set(sync.HeaderNext, strconv.FormatUint(next, 10))
	w.Header().Set(sync.HeaderSiteRevision, strconv.FormatUint(site, 10))
	w.Header().Set(sync.HeaderReferenceRevision, tables)
	return send(w, sync.TypeFeed, body)
}

// change changes the hub and wakes whoever waits.
func (h *hub) change(do func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	do()
	close(h.changed)
	h.changed = make(chan struct{})
}

// restore puts the hub back to its first n ops, as from a backup.
func (h *hub) restore(n int) {
	h.change(func() {
		h.epoch = fmt.Sprintf("%s+", h.epoch)
		h.log = h.log[:n:n]
		h.have = map[model.Stamp]bool{}
		for _, op := range h.log {
			h.have[op.Stamp] = true
		}
	})
}

func (h *hub) count(request string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.counts[request]
}
