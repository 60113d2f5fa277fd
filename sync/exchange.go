package sync

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/go-resty/resty/v2"
)

// How long to wait before giving a hub up. A slow line gets through: what
// counts is silence, not the whole.
const (
	dialTimeout   = 10 * time.Second
	answerTimeout = 20 * time.Second // from the request to the first of the answer
	stallTimeout  = 20 * time.Second // from one piece of the answer to the next
	slowestUpload = 16 << 10         // bytes a second
)

// Options are the outside as a client sees it. The zero value is the real one.
type Options struct {
	Now func() time.Time
	// Dial opens connections to the hub. When it is nil, the proxy that the
	// environment names is used for hubs that are not on this computer.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
	// Version is the program's, which the hub lists; none when empty.
	Version string
}

func (o Options) now() func() time.Time {
	if o.Now == nil {
		return time.Now
	}
	return o.Now
}

// line is a way to one hub: requests go out, whole answers or one sentence come
// back.
type line struct {
	rest *resty.Client
	idle func() // closes connections that wait for use
	now  func() time.Time
}

func newLine(hubURL string, config *tls.Config, o Options) *line {
	dial, proxy := o.Dial, func(*http.Request) (*url.URL, error) { return nil, nil }
	if dial == nil {
		proxy = http.ProxyFromEnvironment
		dial = (&net.Dialer{Timeout: dialTimeout, KeepAlive: 15 * time.Second}).DialContext
	}
	transport := &http.Transport{
		Proxy:                  proxy,
		DialContext:            dial,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    dialTimeout,
		DisableCompression:     true, // bodies are packed already
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConnsPerHost:    4,
		IdleConnTimeout:        90 * time.Second,
		// The long poll has a connection of its own, so that a push never queues
		// behind it.
		Protocols: new(http.Protocols),
	}
	transport.Protocols.SetHTTP1(true)
	rest := resty.NewWithClient(&http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	})
	rest.SetBaseURL(hubURL).SetRetryCount(0).SetLogger(silent{}).SetDisableWarn(true)
	return &line{rest: rest, idle: transport.CloseIdleConnections, now: o.now()}
}

// silent keeps resty from writing to stderr, where a screen may be drawn.
type silent struct{}

func (silent) Errorf(string, ...any) {}
func (silent) Warnf(string, ...any)  {}
func (silent) Debugf(string, ...any) {}

// ask is one request and what a proper answer to it looks like.
type ask struct {
	method, path string
	header       http.Header // further ones
	asks         bool        // for a token too
	query        map[string]string
	epoch        string
	body         []byte
	bodyType     string
	want         string // content type of the answer, "" for none
	limit        int    // bytes of the answer's body as it comes
	wait         time.Duration
}

// reply is a proper answer.
type reply struct {
	header http.Header
	body   []byte
	sent   time.Time // by this computer's clock
	came   time.Time
}

var (
	errSilent = errors.New("no answer, or no more of it, in time")
	errNoType = errors.New("an answer of another content type")
)

// exchange sends a request and reads the whole answer. Every failure is a
// *model.Error, except that the caller's own cancellation is given back as it
// is.
func (l *line) exchange(ctx context.Context, a ask) (*reply, error) {
	within, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	upload := time.Duration(len(a.body)/slowestUpload) * time.Second
	timer := time.AfterFunc(answerTimeout+a.wait+upload, func() { cancel(errSilent) })
	defer timer.Stop()

	sent := l.now()
	response, err := l.request(within, a).Execute(a.method, a.path)
	if err != nil {
		return nil, l.lost(ctx, within, err)
	}
	came := l.now()
	raw := response.RawResponse
	defer raw.Body.Close()
	timer.Reset(stallTimeout)
	body, err := readAll(raw.Body, limitFor(raw.StatusCode, a.limit), func() { timer.Reset(stallTimeout) })
	switch {
	case errors.Is(err, errTooLarge):
		return nil, notTheHub(err)
	case err != nil, within.Err() != nil: // the server's last words as it was hung up on are no answer
		return nil, l.lost(ctx, within, err)
	}
	if err := judge(raw, body, a.want); err != nil {
		return nil, err
	}
	return &reply{header: raw.Header, body: body, sent: sent, came: came}, nil
}

func (l *line) request(ctx context.Context, a ask) *resty.Request {
	r := l.rest.R().SetContext(ctx).SetDoNotParseResponse(true).SetQueryParams(a.query)
	r.SetHeaderMultiValues(a.header)
	if a.want != "" {
		r.SetHeader("Accept", a.want+", "+TypeJSON)
	}
	if a.epoch != "" {
		r.SetHeader(HeaderEpoch, a.epoch)
	}
	if a.body != nil {
		r.SetHeader("Content-Type", a.bodyType).SetBody(a.body)
	}
	return r
}

// limitFor is how long a body may be: what was asked for, or a fault.
func limitFor(status, limit int) int {
	if status/100 == 2 {
		return limit
	}
	return MaxJSON
}

// readAll reads up to limit bytes and calls progress after each piece.
func readAll(from io.Reader, limit int, progress func()) ([]byte, error) {
	var out bytes.Buffer
	piece := make([]byte, 32<<10)
	for {
		n, err := from.Read(piece)
		progress()
		if out.Len()+n > limit {
			return nil, errTooLarge
		}
		out.Write(piece[:n])
		if err == io.EOF {
			return out.Bytes(), nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// judge tells a hub's answer from everything else that may stand at its
// address.
func judge(raw *http.Response, body []byte, want string) error {
	kind, _, _ := mime.ParseMediaType(raw.Header.Get("Content-Type"))
	switch {
	case raw.StatusCode/100 == 2 && want == "" && len(body) == 0:
		return nil
	case raw.StatusCode/100 == 2 && want != "" && kind == want:
		return nil
	case raw.StatusCode/100 == 2:
		return notTheHub(errNoType)
	case raw.StatusCode/100 == 3:
		return redirected(raw.StatusCode)
	}
	if kind == TypeJSON {
		if fault, ok := parseFault(body); ok {
			return refused(raw.StatusCode, fault)
		}
	}
	return unready(raw.StatusCode)
}

// skew is this computer's clock less the hub's, when the hub told the time. A
// long poll is answered when something happens, so only its end says when.
func (r *reply) skew(waited bool) (time.Duration, bool) {
	ms, err := strconv.ParseInt(r.header.Get(HeaderTime), 10, 64)
	if err != nil {
		return 0, false
	}
	local := r.came
	if !waited {
		local = r.sent.Add(r.came.Sub(r.sent) / 2)
	}
	return local.Sub(time.UnixMilli(ms)).Round(time.Millisecond), true
}
