package hub_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
	"github.com/throughgate/throughgate/sync/hub"
)

// lineOf is a public key as ssh-keygen writes it.
func lineOf(tb testing.TB, public crypto.PublicKey) string {
	tb.Helper()
	key, err := ssh.NewPublicKey(public)
	if err != nil {
		tb.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(key)))
}

func ed25519Line(tb testing.TB) string {
	tb.Helper()
	public, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return lineOf(tb, public)
}

func ecdsaLine(tb testing.TB, curve elliptic.Curve) string {
	tb.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return lineOf(tb, &key.PublicKey)
}

// rsaLine is a key of a length, whose modulus nobody has to have factors of.
func rsaLine(tb testing.TB, bits int) string {
	tb.Helper()
	n := new(big.Int).Lsh(big.NewInt(1), uint(bits-1))
	return lineOf(tb, &rsa.PublicKey{N: n.Add(n, big.NewInt(1)), E: 65537})
}

// dsaLine is a key of the kind that OpenSSH gave up, in the form of RFC 4253
// section 6.6.
func dsaLine() string {
	p, q := new(big.Int).SetBit(big.NewInt(1), 1023, 1), new(big.Int).SetBit(big.NewInt(0), 159, 1)
	blob := ssh.Marshal(struct {
		Name       string
		P, Q, G, Y *big.Int
	}{"ssh-dss", p, q, big.NewInt(2), big.NewInt(4)})
	return "ssh-dss " + base64.StdEncoding.EncodeToString(blob)
}

// skLine is a key that lives on a security key.
const skLine = "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAICFo/k5LU8863u66YC9eUO2170QduohPURkQnbLa/dczAAAABHNzaDo="

func TestOnlySoundSSHKeysAreRegistered(t *testing.T) {
	s := newService(t)
	s.staff("khan", "LEI", model.RoleNurse)
	taken := map[string]string{
		"Ed25519": ed25519Line(t), "ECDSA": ecdsaLine(t, elliptic.P384()), "long RSA": rsaLine(t, 3072), "a security key": skLine,
		"with a comment and a line end": ed25519Line(t) + " khan@example\n",
	}
	for name, line := range taken {
		info, err := s.AddSSHKey(hub.SSHKey{ID: "khan", Key: line})
		if err != nil || !strings.HasPrefix(line, info.Line) || !strings.HasPrefix(info.Fingerprint, "SHA256:") {
			t.Errorf("%s: %+v, %v", name, info, err)
		}
	}
	one := ed25519Line(t)
	refused := map[string]string{
		"nothing": "", "words": "let me in", "cut short": one[:40], "two keys": one + "\n" + ed25519Line(t),
		"options":        `command="sh" ` + one,
		"a known option": "no-pty " + one,
		"short RSA":      rsaLine(t, 2048),
		"DSA":            dsaLine(),
		"a private key":  "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----\n",
		"far too much":   one + " " + strings.Repeat("x", 100_000),
		"a certificate":  "ssh-ed25519-cert-v01@openssh.com " + strings.Fields(one)[1],
	}
	for name, line := range refused {
		if _, err := s.AddSSHKey(hub.SSHKey{ID: "khan", Key: line}); model.KindOf(err) != model.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if keys, err := s.SSHKeys("khan"); err != nil || len(keys) != len(taken) {
		t.Errorf("%d keys, %v", len(keys), err)
	}
	if _, err := s.AddSSHKey(hub.SSHKey{ID: "khan", Key: one}); model.KindOf(err) != model.KindConflict {
		t.Errorf("a sixth: %v", err)
	}
}

func TestAKeyIsOfOnePersonAndReachesTheDesks(t *testing.T) {
	s := newService(t)
	s.staff("khan", "LEI", model.RoleNurse)
	s.staff("away", "MDI", model.RoleNurse)
	d, line := s.desk("LEI"), ed25519Line(t)
	info, err := s.AddSSHKey(hub.SSHKey{ID: "khan", Key: line + " mine"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSSHKey(hub.SSHKey{ID: "khan", Key: line}); err != nil {
		t.Errorf("the same again: %v", err)
	}
	if _, err := s.AddSSHKey(hub.SSHKey{ID: "away", Key: line}); model.KindOf(err) != model.KindConflict {
		t.Errorf("somebody else's: %v", err)
	}
	if _, err := s.AddSSHKey(hub.SSHKey{ID: "nobody", Key: line}); model.KindOf(err) != model.KindNotFound {
		t.Errorf("nobody's: %v", err)
	}
	desks := func() []string {
		data, err := d.Client.Site(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		m, _ := data.Member("khan")
		return m.SSHKeys
	}
	if got := desks(); len(got) != 1 || got[0] != line {
		t.Errorf("desks are told %q", got)
	}
	staff, err := s.Staff("LEI")
	if err != nil || staff[0].SSHKeys != 1 || staff[0].State != hub.StateActive {
		t.Errorf("%+v, %v", staff, err)
	}
	for _, name := range []string{"", "SHA256:other", ed25519Line(t)} {
		if _, err := s.RemoveSSHKey(hub.SSHKey{ID: "khan", Key: name}); model.KindOf(err) != model.KindNotFound {
			t.Errorf("removing %q: %v", name, err)
		}
	}
	if _, err := s.RemoveSSHKey(hub.SSHKey{ID: "khan", Key: info.Fingerprint}); err != nil || len(desks()) != 0 {
		t.Errorf("removing it: %v", err)
	}
	if _, err := s.AddSSHKey(hub.SSHKey{ID: "away", Key: line}); err != nil {
		t.Errorf("a key that is nobody's any more: %v", err)
	}
	if _, err := s.RemoveSSHKey(hub.SSHKey{ID: "away", Key: line + " laptop"}); err != nil {
		t.Errorf("by its line: %v", err)
	}
}
