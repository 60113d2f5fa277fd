package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	wire "github.com/throughgate/throughgate/sync"
)

// patience is how long the hub may take, from its name to its answer.
const patience = 15 * time.Second

// The steps on the way to the hub, in their order.
const (
	stepName    = "hub's name"
	stepLine    = "hub's line"
	stepSelf    = "hub itself"
	stepAnswer  = "hub's answer"
	networkHint = "Check this computer's network, then ask whoever runs the hub whether it is up. Nothing is lost meanwhile."
)

// hub goes the way to the hub once, as sync does and without changing anything,
// and tells how far it came; and it compares the clocks.
func (p *Patient) hub(ctx context.Context, desk *store.Store) []Line {
	id := desk.Identity()
	address, err := wire.ParseHubURL(id.HubURL)
	if err != nil {
		return []Line{failed(stepName, err), p.clock(nil, desk.Status())}
	}
	w := &way{target: "The hub"}
	lines, told := w.walk(ctx, address, p.tlsConfig(id))
	var skew *time.Duration
	if told != nil {
		apart := p.Now().Sub(*told)
		skew = &apart
	}
	return append(lines, p.clock(skew, desk.Status()))
}

// tlsConfig trusts the hub's own authority and shows this device's certificate,
// as sync does. What cannot be read has had its line.
func (p *Patient) tlsConfig(id store.Identity) *tls.Config {
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(id.CAPEM)
	config := &tls.Config{MinVersion: tls.VersionTLS13, ServerName: wire.ServerName, RootCAs: roots, Time: p.Now}
	if pair, err := tls.X509KeyPair(id.CertPEM, id.KeyPEM); err == nil {
		config.Certificates = []tls.Certificate{pair}
	}
	return config
}

// way is one walk to the hub. Its steps are noted by the network's own
// goroutines.
type way struct {
	target string // whose name and line they are: the hub's, or a proxy's

	mu              sync.Mutex
	looked, dialled bool // a name was looked up; a line was tried
	nameErr, dialErr,
	tlsErr error
	connected, agreed bool
}

// walk asks the hub whether it is well and returns a line for each step, and the
// hub's time when it told it.
func (w *way) walk(ctx context.Context, address string, config *tls.Config) (lines []Line, told *time.Time) {
	ctx, cancel := context.WithTimeout(httptrace.WithClientTrace(ctx, w.trace()), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/healthz", nil)
	if err != nil {
		return []Line{fail(stepName, "The hub's address is none.", "Enrol this workstation again.")}, nil
	}
	if proxy, err := http.ProxyFromEnvironment(request); err == nil && proxy != nil {
		w.target = "The proxy " + (&url.URL{Scheme: proxy.Scheme, Host: proxy.Host}).String()
	}
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: config, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10}
	defer transport.CloseIdleConnections()
	answer, err := transport.RoundTrip(request)
	if err == nil {
		answer.Body.Close()
		told = toldTime(answer.Header)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return []Line{w.name(request.URL.Hostname()), w.line(request.URL.Host), w.self(err), w.answer(answer, err)}, told
}

func (w *way) trace() *httptrace.ClientTrace {
	note := func(fn func()) {
		w.mu.Lock()
		defer w.mu.Unlock()
		fn()
	}
	return &httptrace.ClientTrace{
		DNSDone: func(d httptrace.DNSDoneInfo) { note(func() { w.looked, w.nameErr = true, d.Err }) },
		ConnectDone: func(_, _ string, err error) {
			note(func() { w.dialled, w.connected, w.dialErr = true, w.connected || err == nil, err })
		},
		TLSHandshakeDone: func(_ tls.ConnectionState, err error) {
			note(func() { w.agreed, w.tlsErr = err == nil, err })
		},
	}
}

func toldTime(header http.Header) *time.Time {
	ms, err := strconv.ParseInt(header.Get(wire.HeaderTime), 10, 64)
	if err != nil {
		return nil
	}
	at := time.UnixMilli(ms)
	return &at
}

func (w *way) name(host string) Line {
	switch {
	case w.nameErr != nil:
		return fail(stepName, fmt.Sprintf("%s's name %s cannot be found.", w.target, host), networkHint)
	case w.looked:
		return ok(stepName, "%s is found.", host)
	}
	return ok(stepName, "Nothing had to be looked up.")
}

func (w *way) line(host string) Line {
	switch {
	case w.connected:
		return ok(stepLine, "%s takes connections.", w.target)
	case w.nameErr != nil:
		return notTried(stepLine)
	case errors.Is(w.dialErr, context.DeadlineExceeded), !w.dialled:
		return fail(stepLine, fmt.Sprintf("%s at %s does not take connections in time.", w.target, host), networkHint)
	}
	return fail(stepLine, fmt.Sprintf("%s at %s takes no connections.", w.target, host), networkHint)
}

func (w *way) self(err error) Line {
	var invalid x509.CertificateInvalidError
	var operate *net.OpError
	if w.tlsErr != nil {
		err = w.tlsErr
	}
	switch {
	case !w.connected:
		return notTried(stepSelf)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return fail(stepSelf, "The hub's certificate is not valid today.", "Check this computer's date, then tell whoever runs the hub.")
	case errors.As(err, &operate) && operate.Op == "remote error" && strings.Contains(operate.Err.Error(), "certificate"):
		return fail(stepSelf, "The hub does not accept this workstation's certificate.", "Ask whoever runs the hub for a code, and enrol anew.")
	case !w.agreed && errors.Is(err, context.DeadlineExceeded):
		return fail(stepSelf, "What is at the hub's address does not answer in time.", networkHint)
	case !w.agreed:
		return fail(stepSelf, "Something other than the hub answered at its address.", "Check the network's sign-in page or proxy.")
	}
	return ok(stepSelf, "It is the hub of this workstation.")
}

func (w *way) answer(answer *http.Response, err error) Line {
	switch {
	case answer == nil && (!w.agreed || err == nil || w.self(err).State != OK):
		return notTried(stepAnswer)
	case answer == nil:
		return fail(stepAnswer, "The hub does not answer.", networkHint)
	case answer.StatusCode != http.StatusOK || toldTime(answer.Header) == nil:
		return fail(stepAnswer, fmt.Sprintf("The hub answers with status %d.", answer.StatusCode), "Tell whoever runs the hub. Nothing is lost meanwhile.")
	}
	return ok(stepAnswer, "The hub is well.")
}

func notTried(check string) Line { return ok(check, "Not tried.") }

// clock compares this computer's clock with the hub's: as measured now, else as
// it was at the last exchange.
func (p *Patient) clock(now *time.Duration, s model.DeskStatus) Line {
	const check = "clock"
	skew, when := s.Skew, "at the last exchange"
	switch {
	case now != nil:
		skew, when = *now, "now"
	case s.LastSync.IsZero():
		return warn(check, "It cannot be compared with the hub's.", "See that this computer's date and time are right.")
	}
	says := fmt.Sprintf("%s from the hub's, %s.", skew.Abs().Round(time.Second), when)
	do := "Set this computer's date and time, or have them set by the network."
	switch apart := skew.Abs(); {
	case apart > model.MaxAhead:
		return fail(check, says+" Nothing can be written.", do)
	case apart > time.Minute:
		return warn(check, says, do)
	}
	return ok(check, "%s", says)
}
