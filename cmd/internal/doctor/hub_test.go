package doctor_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/throughgate/throughgate/cmd/internal/doctor"
	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/store"
	wire "github.com/throughgate/throughgate/sync"
)

// authority signs certificates as a hub's own does.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	pair := a.sign(&x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, NotAfter: time.Now().Add(time.Hour)})
	a.cert, a.key = pair.Leaf, pair.PrivateKey.(*ecdsa.PrivateKey)
	return a
}

// sign makes a certificate; the first is the authority's own.
func (a *authority) sign(template *x509.Certificate) tls.Certificate {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	template.SerialNumber, template.Subject = big.NewInt(time.Now().UnixNano()), pkix.Name{CommonName: "test"}
	if template.NotBefore.IsZero() {
		template.NotBefore = time.Now().Add(-time.Hour)
	}
	parent, by := a.cert, a.key
	if parent == nil {
		parent, by = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, by)
	if err != nil {
		a.t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

func (a *authority) device(from, to time.Time) tls.Certificate {
	return a.sign(&x509.Certificate{NotBefore: from, NotAfter: to, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
}

func (a *authority) server() tls.Certificate {
	return a.sign(&x509.Certificate{NotAfter: time.Now().Add(time.Hour), DNSNames: []string{wire.ServerName}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}})
}

// serve answers as a hub would, and returns its address.
func serve(t *testing.T, config *tls.Config, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.TLS = config
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func well(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set(wire.HeaderTime, fmt.Sprint(time.Now().UnixMilli()))
}

// enrolled is a workstation of a hub at an address.
func enrolled(t *testing.T, a *authority, hub string, device tls.Certificate) doctor.Patient {
	t.Helper()
	key, err := x509.MarshalPKCS8PrivateKey(device.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	desk, err := store.Create(folder, store.Identity{
		Device: model.DeviceID{1}, Incarnation: 1, Node: 1, Site: "LEI", SiteName: "HMP Leeds", HubURL: hub,
		CertPEM: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: device.Certificate[0]}),
		KeyPEM:  pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}),
		CAPEM:   pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}),
	}, store.Options{})
	if err == nil {
		err = desk.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return patientIn(t, folder)
}

// TestEveryStepOfTheWayToTheHubIsSaid breaks the way at one step after another;
// what comes before is well, and what comes after was not tried.
func TestEveryStepOfTheWayToTheHubIsSaid(t *testing.T) {
	a, other := newAuthority(t), newAuthority(t)
	good := a.device(time.Time{}, time.Now().Add(100*24*time.Hour))
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	hubs := func(server tls.Certificate) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{server}, MinVersion: tls.VersionTLS13, ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: pool}
	}
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	expired := a.sign(&x509.Certificate{NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(-time.Hour), DNSNames: []string{wire.ServerName}})
	steps := []string{"hub's name", "hub's line", "hub itself", "hub's answer"}
	for name, c := range map[string]struct {
		hub    string
		device tls.Certificate
		fails  string
		says   string
	}{
		"name":        {"https://hub.invalid:7443", good, steps[0], "name hub.invalid cannot be found"},
		"line":        {"https://" + closed.Addr().String(), good, steps[1], "takes no connections"},
		"other":       {serve(t, hubs(other.server()), well), good, steps[2], "Something other than the hub answered"},
		"wrong name":  {serve(t, hubs(a.device(time.Time{}, time.Now().Add(time.Hour))), well), good, steps[2], "Something other than the hub answered"},
		"expired":     {serve(t, hubs(expired), well), good, steps[2], "The hub's certificate is not valid today."},
		"not ours":    {serve(t, hubs(a.server()), well), other.device(time.Time{}, time.Now().Add(time.Hour)), steps[2], "does not accept this workstation's certificate"},
		"unwell":      {serve(t, hubs(a.server()), func(w http.ResponseWriter, r *http.Request) { well(w, r); w.WriteHeader(503) }), good, steps[3], "status 503"},
		"another API": {serve(t, hubs(a.server()), func(http.ResponseWriter, *http.Request) {}), good, steps[3], "status 200"},
		"well":        {serve(t, hubs(a.server()), well), good, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			p, before := enrolled(t, a, c.hub, c.device), true
			for _, step := range steps {
				switch {
				case step == c.fails:
					holds(t, p, step, doctor.Fail, c.says)
					before = false
				case before:
					holds(t, p, step, doctor.OK, "")
				default:
					holds(t, p, step, doctor.OK, "Not tried.")
				}
			}
			if c.fails != "" && c.fails != steps[3] {
				holds(t, p, "clock", doctor.Warn, "cannot be compared")
			}
		})
	}
}

func TestACertificateThatEndsIsSaid(t *testing.T) {
	a := newAuthority(t)
	day := 24 * time.Hour
	for _, c := range []struct {
		from, to time.Duration
		state    doctor.State
		says     string
	}{
		{-day, 100 * day, doctor.OK, "good for"},
		{-day, 10*day + time.Hour, doctor.Warn, "ends in 10 days"},
		{-2 * day, -day, doctor.Fail, "has ended"},
		{day, 2 * day, doctor.Fail, "has not begun"},
	} {
		now := time.Now()
		p := enrolled(t, a, "https://127.0.0.1:1", a.device(now.Add(c.from), now.Add(c.to)))
		holds(t, p, "certificate", c.state, c.says)
	}
}
