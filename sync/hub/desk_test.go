package hub_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"strconv"
	"testing"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store/seal"
	"github.com/throughgate/throughgate/sync"
)

// desk is an enrolled workstation that writes ops as a store does.
type desk struct {
	sync.Identity
	*sync.Client
	service *service
	clock   model.Clock
	seq     uint64
	prev    model.Hash
}

func (d *desk) client() {
	d.service.tb.Helper()
	d.HubURL = d.service.url
	client, err := sync.NewClient(d.Identity, sync.Options{Now: d.service.now})
	if err != nil {
		d.service.tb.Fatal(err)
	}
	d.Client = client
	d.service.tb.Cleanup(client.Close)
}

// http is a client of the desk's certificate that sends what it is told.
func (d *desk) http() *http.Client {
	d.service.tb.Helper()
	pair, err := tls.X509KeyPair(d.CertPEM, d.KeyPEM)
	if err != nil {
		d.service.tb.Fatal(err)
	}
	client := d.service.httpWith(pair)
	client.Transport = showing{client.Transport, d.Incarnation}
	return client
}

// showing says in every request which copy of a desk's data it is of.
type showing struct {
	http.RoundTripper
	incarnation uint32
}

func (s showing) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(sync.HeaderIncarnation, strconv.FormatUint(uint64(s.incarnation), 10))
	return s.RoundTripper.RoundTrip(r)
}

func (s *service) httpWith(certificates ...tls.Certificate) *http.Client {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(s.AuthorityPEM()))
	transport := &http.Transport{TLSClientConfig: &tls.Config{
		RootCAs: roots, ServerName: sync.ServerName, Certificates: certificates, Time: s.now,
	}}
	s.tb.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// get asks for a path and returns the status of the answer.
func (s *service) get(client *http.Client, path string) (int, error) {
	answer, err := client.Get(s.url + path)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}

// draft is an op before it is signed, for tests to spoil.
type draft struct {
	op      *model.Op
	key     seal.SigningKey
	version uint16
	sealKey []byte
	after   func(*model.Envelope)
}

// write makes the desk's next op. A spoil changes it before it is signed and
// sealed.
func (d *desk) write(a *author, person model.PersonID, c model.Change, spoil ...func(*draft)) model.Envelope {
	tb := d.service.tb
	tb.Helper()
	body, err := model.EncodeChange(c)
	if err != nil {
		tb.Fatal(err)
	}
	d.seq++
	w := &draft{key: a.key, version: 1, op: &model.Op{
		Stamp: d.clock.Next(d.service.now()), Actor: a.actor, Device: d.Device, Incarnation: d.Incarnation, Seq: d.seq,
		Person: person, Prev: d.prev, Kind: c.Kind(), Body: body, Change: c, Compartment: c.Compartment(),
	}}
	for _, k := range a.keys {
		if k.Compartment == c.Compartment() {
			w.sealKey = k.Key
		}
	}
	for _, s := range spoil {
		s(w)
	}
	e := w.envelope(tb)
	d.prev = e.Hash
	return e
}

func (w *draft) envelope(tb testing.TB) model.Envelope {
	tb.Helper()
	encoded, err := w.op.Encode()
	if err != nil {
		tb.Fatal(err)
	}
	signed := append(encoded, w.key.Sign(encoded)...)
	e := model.EnvelopeFor(w.op, w.op.Compartment, w.version, signed)
	key, err := seal.KeyFromBytes(w.sealKey)
	if err != nil {
		key = seal.Key{1} // a role that has no such key makes one up
	}
	if e.Sealed, err = seal.NewBox(key).SealCompact(nil, signed, e.Head()); err != nil {
		tb.Fatal(err)
	}
	if w.after != nil {
		w.after(&e)
	}
	return e
}

// send pushes and wants every op to be answered so.
func (d *desk) send(want model.PushStatus, batch ...model.Envelope) []model.PushResult {
	d.service.tb.Helper()
	results, err := d.Push(d.service.tb.Context(), batch)
	if err != nil {
		d.service.tb.Fatal(err)
	}
	if len(results) != len(batch) {
		d.service.tb.Fatalf("%d answers for %d ops", len(results), len(batch))
	}
	for i, r := range results {
		if r.Status != want || r.Stamp != batch[i].Stamp {
			d.service.tb.Fatalf("op %d is %s (%s), want %s", i, r.Status, r.Reason, want)
		}
	}
	return results
}

// pull reads the site's feed from a cursor without waiting.
func (d *desk) pull(after uint64) *sync.Feed {
	d.service.tb.Helper()
	feed, err := d.Pull(d.service.tb.Context(), after, "", 0)
	if err != nil {
		d.service.tb.Fatal(err)
	}
	return feed
}

var (
	ann  = model.PersonID{0xa}
	bert = model.PersonID{0xb}
)

func cell(name string) model.Change { return &model.LocationSet{Cell: name} }

var errWithdrawn = sync.ErrWithdrawn
