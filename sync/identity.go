package sync

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/url"
	"strings"
	"time"

	"github.com/throughgate/throughgate/model"
)

// Identity is what enrolment makes of a workstation. The store keeps it; its
// fields are those of the store's own type, one for one.
type Identity struct {
	Device            model.DeviceID
	Incarnation, Node uint32
	Site              model.SiteCode
	SiteName, HubURL  string
	CertPEM           []byte // the device's certificate
	KeyPEM            []byte // its private key: a secret
	CAPEM             []byte // the hub's own authority, the only one trusted
}

// ParseHubURL reads a hub's address, "https://host:port" or "host:port", and
// returns it in the first form. An error is of KindInvalid.
func ParseHubURL(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", model.Invalid("Enter the hub's address.", "Like https://hub.example:8443.")
	}
	if !strings.Contains(typed, "://") {
		typed = "https://" + typed
	}
	u, err := url.Parse(typed)
	switch {
	case err != nil, u.Hostname() == "", u.User != nil, u.RawQuery != "", u.Fragment != "":
		return "", model.Invalid("This is not a hub's address.", "It looks like https://hub.example:8443.")
	case u.Scheme != "https":
		return "", model.Invalid("A hub's address begins with https.", "Nothing is sent over a line that others can read.")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// tlsConfig trusts the hub's authority alone and shows the device's
// certificate.
func (id *Identity) tlsConfig(now func() time.Time) (*tls.Config, error) {
	pair, err := tls.X509KeyPair(id.CertPEM, id.KeyPEM)
	roots := x509.NewCertPool()
	if err != nil || !roots.AppendCertsFromPEM(id.CAPEM) {
		return nil, &model.Error{
			Kind: model.KindOutside,
			Msg:  "This workstation's certificate cannot be read.",
			Hint: "Enrol the workstation again.",
			Err:  err,
		}
	}
	return &tls.Config{
		MinVersion:   tls.VersionTLS13,
		ServerName:   ServerName,
		RootCAs:      roots,
		Certificates: []tls.Certificate{pair},
		Time:         now,
		// A desk that comes back often should not pay for a whole handshake.
		ClientSessionCache: tls.NewLRUClientSessionCache(4),
	}, nil
}

// oneCertificate reads a PEM that holds one certificate and nothing else.
func oneCertificate(text []byte) (*x509.Certificate, error) {
	block, rest := pem.Decode(text)
	if block == nil || block.Type != "CERTIFICATE" || len(strings.TrimSpace(string(rest))) != 0 {
		return nil, errNotOurs
	}
	return x509.ParseCertificate(block.Bytes)
}
