package sync

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/throughgate/throughgate/model"
)

var errNotPinned = errors.New("no certificate of the authority that the code names")

// Enrol trades a one-time code for this workstation's identity. The private key
// is made here and never leaves; the code names the hub's authority, so the
// secret in it is shown to that hub and to nobody in between.
func Enrol(ctx context.Context, hubURL, typedCode string, o Options) (Identity, error) {
	hubURL, err := ParseHubURL(hubURL)
	if err != nil {
		return Identity{}, err
	}
	code, err := ParseCode(typedCode)
	if err != nil {
		return Identity{}, err
	}
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return Identity{}, fmt.Errorf("enrol: %w", err)
	}
	request, err := enrolRequest(code, private)
	if err != nil {
		return Identity{}, fmt.Errorf("enrol: %w", err)
	}
	l := newLine(hubURL, pinned(code, o.now()), o)
	defer l.idle()
	answer, err := l.enrol(ctx, request)
	if err != nil {
		return Identity{}, err
	}
	id, err := answer.identity(code, private, o.now()())
	if err != nil {
		return Identity{}, notTheHub(err)
	}
	id.HubURL = hubURL
	return id, nil
}

func enrolRequest(code Code, private ed25519.PrivateKey) ([]byte, error) {
	csr, err := x509.CreateCertificateRequest(rand.Reader,
		&x509.CertificateRequest{Subject: pkix.Name{CommonName: "throughgate workstation"}}, private)
	if err != nil {
		return nil, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: csr})
	return json.Marshal(EnrolRequest{Secret: code.Secret[:], CSR: string(text)})
}

// enrol asks, and asks once more when the answer was lost on the way: the hub
// gives the same device for the same key again, while the code of a person who
// has to start anew would be spent.
func (l *line) enrol(ctx context.Context, request []byte) (*EnrolAnswer, error) {
	a := ask{method: http.MethodPost, path: PathEnrol, body: request, bodyType: TypeJSON, want: TypeJSON, limit: MaxJSON}
	r, err := l.exchange(ctx, a)
	if model.KindOf(err) == model.KindOffline && !neverLeft(err) {
		r, err = l.exchange(ctx, a)
	}
	if model.KindOf(err) == model.KindOffline {
		var e *model.Error
		errors.As(err, &e)
		e.Hint = "The code is good until it is used or runs out: try again when the hub can be reached."
	}
	if err != nil {
		return nil, err
	}
	var answer EnrolAnswer
	if err := json.Unmarshal(r.body, &answer); err != nil {
		return nil, notTheHub(errNotOurs)
	}
	return &answer, nil
}

// neverLeft tells whether there was no connection to send anything over.
func neverLeft(err error) bool {
	var e *net.OpError
	return errors.As(err, &e) && e.Op == "dial" || statusOf(err) != 0
}

// pinned trusts one authority: the certificate in the hub's chain that the code
// names. The usual verification has no root to begin with, so it is made here
// in its place, complete.
func pinned(code Code, now func() time.Time) *tls.Config {
	return &tls.Config{
		MinVersion:         tls.VersionTLS13,
		ServerName:         ServerName,
		InsecureSkipVerify: true, // VerifyConnection below does it
		VerifyConnection: func(state tls.ConnectionState) error {
			for _, c := range state.PeerCertificates[1:] {
				if c.IsCA && code.Names(c.Raw) {
					err := verify(state.PeerCertificates[0], c, x509.ExtKeyUsageServerAuth, ServerName, now())
					if err != nil {
						return fmt.Errorf("%w: %w", errNotPinned, err)
					}
					return nil
				}
			}
			return errNotPinned
		},
	}
}

func verify(leaf, authority *x509.Certificate, usage x509.ExtKeyUsage, name string, now time.Time) error {
	roots := x509.NewCertPool()
	roots.AddCert(authority)
	_, err := leaf.Verify(x509.VerifyOptions{
		Roots: roots, DNSName: name, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{usage},
	})
	return err
}

// identity holds the answer against what was asked for: the authority the code
// names has certified the key that was made here.
func (a *EnrolAnswer) identity(code Code, private ed25519.PrivateKey, now time.Time) (Identity, error) {
	authority, err := oneCertificate([]byte(a.CA))
	if err != nil || !code.Names(authority.Raw) {
		return Identity{}, errNotPinned
	}
	leaf, err := oneCertificate([]byte(a.Cert))
	if err != nil {
		return Identity{}, err
	}
	if public, ok := leaf.PublicKey.(ed25519.PublicKey); !ok || !public.Equal(private.Public()) {
		return Identity{}, fmt.Errorf("a certificate for another key")
	}
	if err := verify(leaf, authority, x509.ExtKeyUsageClientAuth, "", now); err != nil {
		return Identity{}, err
	}
	if a.Device == (model.DeviceID{}) || a.Node == 0 || !a.Site.Valid() {
		return Identity{}, errNotOurs
	}
	key, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return Identity{}, err
	}
	return Identity{
		Device: a.Device, Incarnation: a.Incarnation, Node: a.Node, Site: a.Site, SiteName: sentence(a.SiteName),
		CertPEM: []byte(a.Cert), CAPEM: []byte(a.CA),
		KeyPEM: pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key}),
	}, nil
}
