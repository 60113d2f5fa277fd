package sync_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync"
)

// authority is a hub's own certificate authority.
type authority struct {
	cert *x509.Certificate
	key  ed25519.PrivateKey
}

func newAuthority(tb testing.TB) *authority {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	a := &authority{key: key}
	template := certificate(time.Now(), 24*time.Hour)
	template.IsCA, template.BasicConstraintsValid, template.KeyUsage = true, true, x509.KeyUsageCertSign
	raw, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err == nil {
		a.cert, err = x509.ParseCertificate(raw)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func certificate(from time.Time, life time.Duration) *x509.Certificate {
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62)) // crypto/rand does not fail
	return &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "test"},
		NotBefore: from.Add(-time.Minute), NotAfter: from.Add(life),
	}
}

// sign certifies a public key as the template says.
func (a *authority) sign(template *x509.Certificate, public any) ([]byte, error) {
	return x509.CreateCertificate(rand.Reader, template, a.cert, public, a.key)
}

// server returns what a hub shows: a certificate of its name, and its authority.
func (a *authority) server(tb testing.TB, from time.Time, name string) tls.Certificate {
	tb.Helper()
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	template := certificate(from, 24*time.Hour)
	template.DNSNames, template.ExtKeyUsage = []string{name}, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	raw, err := a.sign(template, key.Public())
	if err != nil {
		tb.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{raw, a.cert.Raw}, PrivateKey: key}
}

// device certifies the key of a request for a device.
func (a *authority) device(id model.DeviceID, csr string) ([]byte, error) {
	block, _ := pem.Decode([]byte(csr))
	if block == nil {
		return nil, fmt.Errorf("no request")
	}
	request, err := x509.ParseCertificateRequest(block.Bytes)
	if err != nil {
		return nil, err
	}
	if err := request.CheckSignature(); err != nil {
		return nil, err
	}
	template := certificate(time.Now(), 24*time.Hour)
	template.Subject.CommonName = id.String()
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	return a.sign(template, request.PublicKey)
}

func asPEM(raw []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw}))
}

func deviceOf(state *tls.ConnectionState) (id model.DeviceID) {
	if len(state.PeerCertificates) > 0 {
		b, _ := hex.DecodeString(state.PeerCertificates[0].Subject.CommonName)
		copy(id[:], b)
	}
	return id
}

// code makes an enrolment code for the authority.
func (a *authority) code(tb testing.TB) sync.Code {
	tb.Helper()
	c, err := sync.NewCode(rand.Reader, a.cert.Raw)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}
