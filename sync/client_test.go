package sync_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

func TestMain(m *testing.M) {
	// The packer's channels must not be born under one test's false clock.
	if _, err := sync.Unpack(sync.Pack([]byte("warm")), 10); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

func TestClientCarriesEverything(t *testing.T) {
	h := newHub(t, loopback(t))
	c := h.client(t)
	ctx := t.Context()
	sent := envelopes(5, 100)
	h.judge = func(op model.Envelope) string {
		if op.Seq == 3 {
			return "Not allowed."
		}
		return ""
	}
	results, err := c.Push(ctx, sent)
	if err != nil || len(results) != 5 || results[2].Status != model.PushRefused || results[4].Status != model.PushTaken {
		t.Fatalf("%+v, %v", results, err)
	}
	if results, err = c.Push(ctx, sent[:1]); err != nil || results[0].Status != model.PushKnown {
		t.Fatalf("%+v, %v", results, err)
	}
	feed, err := c.Pull(ctx, 1, "", 0)
	if err != nil || len(feed.Envelopes) != 3 || feed.Next != 4 || feed.Epoch != "first" || feed.SiteRevision != 1 {
		t.Fatalf("%+v, %v", feed, err)
	}
	if !bytes.Equal(raw(feed.Envelopes[2]), raw(sent[4])) {
		t.Error("an envelope changed on the way")
	}
	if feed, err = c.Pull(ctx, 4, "older", 0); err != nil || feed.Epoch != "first" || feed.Next != 0 {
		t.Errorf("another epoch: %+v, %v", feed, err)
	}
	if site, err := c.Site(ctx); err != nil || site.Name != "Leeds" {
		t.Errorf("%+v, %v", site, err)
	}
	if err := c.PutKeyring(ctx, model.SealedKeyring{Staff: "a.khan", Serial: 2}); err != nil || h.put[0].Serial != 2 {
		t.Errorf("%+v, %v", h.put, err)
	}
	h.tables["prisons"], h.tableNo["prisons"] = []byte("{}\n{}\n"), 7
	if rows, revision, err := c.Reference(ctx, "prisons"); err != nil || revision != 7 || string(rows) != "{}\n{}\n" {
		t.Errorf("%q, %d, %v", rows, revision, err)
	}
	if _, _, err := c.Reference(ctx, "../site"); model.KindOf(err) != model.KindInvalid {
		t.Errorf("a table that is a path: %v", err)
	}
	if _, err := c.Push(ctx, []model.Envelope{envelope(1, sync.MaxEnvelope)}); model.KindOf(err) != model.KindInvalid {
		t.Errorf("an entry beyond the limit: %v", err)
	}
	h.ahead = time.Hour
	if _, err := c.Pull(ctx, 4, "", 0); err != nil || c.Skew() > -59*time.Minute || c.Skew() < -61*time.Minute {
		t.Errorf("skew %v, %v", c.Skew(), err)
	}
}

// TestOddAnswersAreOneSentence holds what a hub, or whatever stands in its
// place, may do to a desk.
func TestOddAnswersAreOneSentence(t *testing.T) {
	html := "<!doctype html><html><title>Sign in to the network</title>"
	say := func(status int, kind, body string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			fmt.Fprint(w, body)
			return true
		}
	}
	cases := map[string]struct {
		meddle func(http.ResponseWriter, *http.Request) bool
		kind   model.Kind
		msg    string
	}{
		"html":            {say(200, "text/html", html), model.KindOutside, "Something other"},
		"empty":           {say(200, "", ""), model.KindOutside, "Something other"},
		"no content":      {say(204, "", ""), model.KindOutside, "Something other"},
		"garbage":         {say(200, sync.TypeFeed, "\x00\xff\x13garbage"), model.KindOutside, "Something other"},
		"empty feed body": {say(200, sync.TypeFeed, ""), model.KindOutside, "Something other"},
		"wrong json":      {say(200, sync.TypeJSON, `{"a":1}`), model.KindOutside, "Something other"},
		"server error":    {say(500, "text/html", html), model.KindOutside, "Something other"},
		"bad gateway":     {say(502, "text/html", html), model.KindOffline, "not ready"},
		"unavailable":     {say(503, "text/plain", "busy"), model.KindOffline, "not ready"},
		"too many":        {say(429, "", ""), model.KindOffline, "not ready"},
		"not found":       {say(404, "text/html", html), model.KindOutside, "Something other"},
		"json but none":   {say(400, sync.TypeJSON, `{"kind":"","msg":""}`), model.KindOutside, "Something other"},
		"cut json":        {say(400, sync.TypeJSON, `{"kind":"inva`), model.KindOutside, "Something other"},
		"fault":           {say(403, sync.TypeJSON, `{"kind":"forbidden","msg":"No.","hint":"Ask."}`), model.KindForbidden, "No."},
		"busy fault":      {say(503, sync.TypeJSON, `{"kind":"internal","msg":"Resting."}`), model.KindOffline, "Resting."},
		"redirect": {func(w http.ResponseWriter, r *http.Request) bool {
			http.Redirect(w, r, "https://portal.example/", http.StatusFound)
			return true
		}, model.KindOutside, "somewhere else"},
		"huge": {func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Type", sync.TypeFeed)
			for piece := make([]byte, 1<<20); ; {
				if _, err := w.Write(piece); err != nil {
					return true
				}
			}
		}, model.KindOutside, "Something other"},
		"cut": {func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Type", sync.TypeFeed)
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, "half")
			return true
		}, model.KindOffline, "cannot be reached"},
		"hung up": {func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) },
			model.KindOffline, "cannot be reached"},
		"cursor goes back": {func(w http.ResponseWriter, _ *http.Request) bool {
			body, _ := sync.EncodeFeed(nil)
			w.Header().Set(sync.HeaderEpoch, "first")
			w.Header().Set(sync.HeaderSiteRevision, "1")
			w.Header().Set(sync.HeaderNext, "2")
			return send(w, sync.TypeFeed, body) == nil
		}, model.KindOutside, "Something other"},
		"no epoch": {func(w http.ResponseWriter, _ *http.Request) bool {
			body, _ := sync.EncodeFeed(nil)
			w.Header().Set(sync.HeaderNext, "3")
			return send(w, sync.TypeFeed, body) == nil
		}, model.KindOutside, "Something other"},
	}
	h := newHub(t, loopback(t))
	c := h.client(t)
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			h.mu.Lock()
			h.meddle = want.meddle
			h.mu.Unlock()
			_, err := c.Pull(t.Context(), 3, "first", 0)
			wantError(t, err, want.kind, want.msg)
			_, err = c.Push(t.Context(), envelopes(2, 10))
			if kind := model.KindOf(err); kind != want.kind {
				t.Errorf("push: %v (%s)", err, kind)
			}
			if _, err := c.Site(t.Context()); err == nil {
				t.Error("a site was read out of that")
			}
			if _, _, err := c.Reference(t.Context(), "prisons"); err == nil {
				t.Error("a table was read out of that")
			}
		})
	}
}

func wantError(tb testing.TB, err error, kind model.Kind, words string) {
	tb.Helper()
	var e *model.Error
	if !errors.As(err, &e) || e.Kind != kind || !strings.Contains(e.Msg, words) || e.Hint == "" && kind != model.KindOffline {
		tb.Errorf("got %v (%s), want %s: %s", err, model.KindOf(err), kind, words)
	}
}

// TestImpostorsGetNothing holds that only a hub of the pinned authority is
// spoken to, in TLS 1.3.
func TestImpostorsGetNothing(t *testing.T) {
	reached := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a request reached an impostor") })
	h := newHub(t, loopback(t))
	id := h.enrol()
	other := newAuthority(t)
	config := func(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }
	old := config(h.authority.server(t, time.Now(), sync.ServerName))
	old.MaxVersion = tls.VersionTLS12
	_, device, err := deviceCertificate(id)
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct {
		config *tls.Config
		msg    string
	}{
		"another authority":    {config(other.server(t, time.Now(), sync.ServerName)), "Something other"},
		"another name":         {config(h.authority.server(t, time.Now(), "portal.example")), "Something other"},
		"a device's":           {config(device), "Something other"},
		"older TLS":            {old, "Something other"},
		"certificate is over":  {config(h.authority.server(t, time.Now().Add(-48*time.Hour), sync.ServerName)), "not valid today"},
		"no TLS at all (HTTP)": {nil, "Something other"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			l := loopback(t)
			if c.config != nil {
				serveTLS(t, l, reached, c.config)
			} else {
				servePlain(t, l)
			}
			id := id
			id.HubURL = "https://" + l.Addr().String()
			client, err := sync.NewClient(id, sync.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			_, err = client.Pull(t.Context(), 0, "", 0)
			wantError(t, err, model.KindOutside, c.msg)
			code := h.authority.code(t).String()
			if _, err = sync.Enrol(t.Context(), id.HubURL, code, sync.Options{}); model.KindOf(err) != model.KindOutside {
				t.Errorf("enrol: %v", err)
			}
		})
	}
}

func deviceCertificate(id sync.Identity) (sync.Identity, tls.Certificate, error) {
	pair, err := tls.X509KeyPair(id.CertPEM, id.KeyPEM)
	return id, pair, err
}

// servePlain answers anything with HTML in the clear.
func servePlain(tb testing.TB, l net.Listener) {
	tb.Helper()
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<title>Sign in</title>")
	})}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(l) // always ends with an error
	}()
	tb.Cleanup(func() { server.Close(); <-done })
}

func TestAbsentHubIsOffline(t *testing.T) {
	h := newHub(t, loopback(t))
	id := h.enrol()
	l := loopback(t)
	id.HubURL = "https://" + l.Addr().String()
	l.Close()
	c, err := sync.NewClient(id, sync.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Push(t.Context(), envelopes(1, 1))
	wantError(t, err, model.KindOffline, "cannot be reached")

	id.HubURL = "https://no-such-hub.test:8443"
	c, err = sync.NewClient(id, sync.Options{Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{IsNotFound: true}}
	}})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Site(t.Context())
	wantError(t, err, model.KindOffline, "address cannot be found")
}

func TestWithdrawnDeviceIsTold(t *testing.T) {
	h := newHub(t, loopback(t))
	c := h.client(t)
	h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
		fault(w, http.StatusForbidden, &model.Error{Kind: model.KindForbidden, Msg: "Withdrawn.", Err: sync.ErrWithdrawn})
		return true
	}
	if _, err := c.Pull(t.Context(), 0, "", 0); !errors.Is(err, sync.ErrWithdrawn) || model.KindOf(err) != model.KindForbidden {
		t.Error(err)
	}
}

func TestDeviceOfAnotherHubIsRefused(t *testing.T) {
	h, other := newHub(t, loopback(t)), newHub(t, loopback(t))
	id := other.enrol()
	id.CAPEM, id.HubURL = []byte(asPEM(h.authority.cert.Raw)), h.url
	c, err := sync.NewClient(id, sync.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_, err = c.Push(t.Context(), envelopes(1, 1))
	wantError(t, err, model.KindForbidden, "does not accept")
}

// TestSilenceIsNoticed runs under a false clock: a hub that accepts and says
// nothing, and one that stops in the middle.
func TestSilenceIsNoticed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHub(t, newPipes())
		c := h.client(t)
		h.meddle = func(_ http.ResponseWriter, r *http.Request) bool {
			<-r.Context().Done()
			return true
		}
		start := time.Now()
		_, err := c.Pull(t.Context(), 0, "", 30*time.Second)
		wantError(t, err, model.KindOffline, "does not answer")
		if waited := time.Since(start); waited < 30*time.Second || waited > time.Minute {
			t.Errorf("waited %v", waited)
		}
		h.mu.Lock()
		h.meddle = func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Content-Type", sync.TypeFeed)
			for range 10 { // slow, but not silent
				fmt.Fprint(w, "x")
				_ = http.NewResponseController(w).Flush()
				pause(r.Context(), 10*time.Second)
			}
			<-r.Context().Done()
			return true
		}
		h.mu.Unlock()
		start = time.Now()
		_, err = c.Pull(t.Context(), 0, "", 0)
		wantError(t, err, model.KindOffline, "does not answer")
		if waited := time.Since(start); waited < 100*time.Second || waited > 2*time.Minute {
			t.Errorf("waited %v", waited)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.Pull(ctx, 0, "", time.Minute); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller's own end came back as %v", err)
		}
		c.Close()
	})
}

func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
