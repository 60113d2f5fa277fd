package hub_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// request is a certificate request for a key.
func request(tb testing.TB, key crypto.Signer) string {
	tb.Helper()
	der, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{}, key)
	if err != nil {
		tb.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}))
}

func newKey(tb testing.TB) ed25519.PrivateKey {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// code draws a code and gives its secret.
func (s *service) code(site model.SiteCode) []byte {
	s.tb.Helper()
	made, err := s.AddCode(site)
	if err != nil {
		s.tb.Fatal(err)
	}
	code, err := sync.ParseCode(made.Code)
	if err != nil {
		s.tb.Fatal(err)
	}
	return code.Secret[:]
}

// enrol asks as no client of ours would, and returns the status.
func (s *service) enrol(secret []byte, csr string) (int, sync.EnrolAnswer) {
	s.tb.Helper()
	body, err := json.Marshal(sync.EnrolRequest{Secret: secret, CSR: csr})
	if err != nil {
		s.tb.Fatal(err)
	}
	answer, err := s.httpWith().Post(s.url+sync.PathEnrol, sync.TypeJSON, bytes.NewReader(body))
	if err != nil {
		s.tb.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		s.tb.Fatal(err)
	}
	var out sync.EnrolAnswer
	if err := json.Unmarshal(text, &out); err != nil {
		s.tb.Fatalf("status %d with what is no JSON", answer.StatusCode)
	}
	return answer.StatusCode, out
}

func TestEnrolmentMakesADeviceOfTheSite(t *testing.T) {
	s := newService(t)
	one, two := s.desk("LEI"), s.desk("MDI")
	if one.Node == 0 || one.Node == two.Node || one.Device == two.Device || one.Identity.Site != "LEI" || one.SiteName != "HMP Leeds" {
		t.Errorf("node %d and %d, site %s", one.Node, two.Node, one.Identity.Site)
	}
	devices, err := s.Devices("")
	if err != nil || len(devices) != 2 || devices[0].ID != one.Device || devices[1].Site != "MDI" {
		t.Errorf("%v, %v", devices, err)
	}
}

func TestACodeIsGoodForOneKey(t *testing.T) {
	s := newService(t)
	secret, key := s.code("LEI"), newKey(t)
	status, first := s.enrol(secret, request(t, key))
	if status != http.StatusOK {
		t.Fatal(status)
	}
	status, again := s.enrol(secret, request(t, key))
	if status != http.StatusOK || again != first {
		t.Errorf("asked again for an answer that was lost: %d, another device %v", status, again.Device != first.Device)
	}
	if status, _ := s.enrol(secret, request(t, newKey(t))); status != http.StatusForbidden {
		t.Errorf("a used code enrolled another device: %d", status)
	}
	if err := s.WithdrawDevice(first.Device); err != nil {
		t.Fatal(err)
	}
	if status, _ := s.enrol(secret, request(t, key)); status != http.StatusForbidden {
		t.Errorf("a withdrawn device enrolled with its old code: %d", status)
	}
}

func TestACodeRunsOut(t *testing.T) {
	now := morning
	s := begun(t, func() time.Time { return now })
	if _, err := s.AddSite("LEI", "HMP Leeds"); err != nil {
		t.Fatal(err)
	}
	early, late := s.code("LEI"), s.code("LEI")
	now = now.Add(23 * time.Hour)
	if status, _ := s.enrol(early, request(t, newKey(t))); status != http.StatusOK {
		t.Error(status)
	}
	now = now.Add(2 * time.Hour)
	if status, _ := s.enrol(late, request(t, newKey(t))); status != http.StatusForbidden {
		t.Error(status)
	}
}

func TestWhatIsNoRequestToEnrolIsRefused(t *testing.T) {
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p224, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	small, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s := newService(t)
	good := request(t, newKey(t))
	altered := []byte(good)
	altered[len(altered)/2] ^= 3
	for name, tt := range map[string]struct {
		secret []byte
		csr    string
		want   int
	}{
		"another secret": {make([]byte, sync.SecretSize), good, http.StatusForbidden},
		"no secret":      {nil, good, http.StatusBadRequest},
		"a long secret":  {make([]byte, 1000), good, http.StatusBadRequest},
		"no request":     {s.code("LEI"), "", http.StatusBadRequest},
		"a web page":     {s.code("LEI"), "<html>", http.StatusBadRequest},
		"altered":        {s.code("LEI"), string(altered), http.StatusBadRequest},
		"a key of RSA":   {s.code("LEI"), request(t, small), http.StatusBadRequest},
		"a weak curve":   {s.code("LEI"), request(t, p224), http.StatusBadRequest},
		"a certificate":  {s.code("LEI"), s.AuthorityPEM(), http.StatusBadRequest},
		"a key of P-256": {s.code("LEI"), request(t, p256), http.StatusOK},
		"a good one":     {s.code("LEI"), good, http.StatusOK},
	} {
		if status, _ := s.enrol(tt.secret, tt.csr); status != tt.want {
			t.Errorf("%s: status %d, want %d", name, status, tt.want)
		}
	}
}

func TestGuessingCodesIsStopped(t *testing.T) {
	s := newService(t)
	good, csr := s.code("LEI"), request(t, newKey(t))
	stopped := 0
	for i := range 20 {
		switch status, _ := s.enrol(append(make([]byte, sync.SecretSize-1), byte(i)), csr); status {
		case http.StatusForbidden:
			if stopped > 0 {
				t.Errorf("guess %d was listened to after all", i)
			}
		case http.StatusTooManyRequests:
			stopped++
		default:
			t.Errorf("guess %d: status %d", i, status)
		}
	}
	if stopped != 10 {
		t.Errorf("%d of 20 guesses were not listened to", stopped)
	}
	if status, _ := s.enrol(good, csr); status != http.StatusTooManyRequests {
		t.Errorf("a good code among guesses: status %d", status)
	}
}

func TestACodeIsForOneHub(t *testing.T) {
	s, other := newService(t), newService(t)
	code, err := other.AddCode("LEI")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sync.Enrol(t.Context(), s.url, code.Code, sync.Options{Now: s.now}); model.KindOf(err) != model.KindOutside {
		t.Errorf("a code of another hub: %v", err)
	}
}

func TestOnlyThisHubsDevicesComeIn(t *testing.T) {
	s, other := newService(t), newService(t)
	if status, err := s.get(s.httpWith(), sync.PathSite); err != nil || status != http.StatusUnauthorized {
		t.Errorf("without a certificate: %d, %v", status, err)
	}
	away := other.desk("LEI")
	pair, err := tls.X509KeyPair(away.CertPEM, away.KeyPEM)
	if err != nil {
		t.Fatal(err)
	}
	if status, err := s.get(s.httpWith(pair), sync.PathSite); err == nil {
		t.Errorf("another hub's device got status %d", status)
	}
}

func TestOldTLSIsRefused(t *testing.T) {
	s := newService(t)
	client := s.httpWith()
	client.Transport.(*http.Transport).TLSClientConfig.MaxVersion = tls.VersionTLS12
	if _, err := s.get(client, "/healthz"); err == nil {
		t.Error("TLS 1.2 was spoken")
	}
	if status, err := s.get(s.httpWith(), "/healthz"); err != nil || status != http.StatusOK {
		t.Errorf("%d, %v", status, err)
	}
}
