package hub

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// How long certificates hold. They begin a day early, for desks whose clocks
// are behind. A device's outlives the computer: what ends a device is that it is
// withdrawn, which the hub looks up at every request.
const (
	authorityYears = 30
	deviceYears    = 10
	serverLife     = 365 * 24 * time.Hour
	serverRenew    = 30 * 24 * time.Hour // before its end
	headStart      = 24 * time.Hour
)

// authority signs the certificates of the hub and its devices, and of nobody
// else.
type authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// newAuthority draws an authority. Keys of certificates come from the operating
// system whatever the hub's Options say: the standard library asks for that.
func newAuthority(now time.Time) (certificate, key []byte, err error) {
	signer, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	serial, err := newSerial()
	if err != nil {
		return nil, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "Throughgate hub authority"},
		NotBefore: now.Add(-headStart), NotAfter: now.AddDate(authorityYears, 0, 0),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign,
	}
	certificate, err = x509.CreateCertificate(rand.Reader, template, template, signer.Public(), signer)
	if err != nil {
		return nil, nil, err
	}
	key, err = x509.MarshalPKCS8PrivateKey(signer)
	return certificate, key, err
}

func authorityOf(certificate, key []byte) (*authority, error) {
	parsed, err := x509.ParseCertificate(certificate)
	if err != nil {
		return nil, internal("authority", err)
	}
	private, err := x509.ParsePKCS8PrivateKey(key)
	if err != nil {
		return nil, internal("authority", fmt.Errorf("not a private key")) // the cause could quote it
	}
	signer, ok := private.(crypto.Signer)
	if !ok {
		return nil, internal("authority", fmt.Errorf("a key that cannot sign"))
	}
	return &authority{parsed, signer}, nil
}

// newSerial draws a certificate's number: 127 random bits, which never repeat.
func newSerial() (*big.Int, error) {
	return rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
}

func certificatePEM(der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func (a *authority) pem() string { return certificatePEM(a.certificate.Raw) }

func (a *authority) fingerprint() string {
	sum := sha256.Sum256(a.certificate.Raw)
	pairs := make([]string, len(sum))
	for i, b := range sum {
		pairs[i] = fmt.Sprintf("%02x", b)
	}
	return strings.Join(pairs, ":")
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

// forDevice signs a device's certificate. Who the device is stands in the
// subject; where it belongs is looked up at every request, and stands there for
// people who read certificates.
func (a *authority) forDevice(id model.DeviceID, site model.SiteCode, public any, now time.Time) (der []byte, serial string, err error) {
	number, err := newSerial()
	if err != nil {
		return nil, "", err
	}
	template := &x509.Certificate{
		SerialNumber: number,
		Subject:      pkix.Name{CommonName: id.String(), OrganizationalUnit: []string{string(site)}},
		NotBefore:    now.Add(-headStart), NotAfter: now.AddDate(deviceYears, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true,
	}
	der, err = x509.CreateCertificate(rand.Reader, template, a.certificate, public, a.key)
	return der, number.Text(16), err
}

// forServer makes the hub's own certificate, with a key that lives in memory
// only. Desks check the one name wire.ServerName; the others are for people's
// tools.
func (a *authority) forServer(names []string, now time.Time) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	number, err := newSerial()
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: number, Subject: pkix.Name{CommonName: wire.ServerName},
		DNSNames:    []string{wire.ServerName, "localhost"},
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		NotBefore:   now.Add(-headStart), NotAfter: now.Add(serverLife),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, name := range names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else if name != "" {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der, a.certificate.Raw}, PrivateKey: key, Leaf: leaf}, nil
}
