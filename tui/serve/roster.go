package serve

import (
	"crypto/rsa"
	"sync/atomic"

	gossh "golang.org/x/crypto/ssh"

	"github.com/throughgate/throughgate/model"
)

// Member is somebody who may come over SSH.
type Member struct {
	Staff model.StaffID
	Keys  []string // as in an authorized_keys file: type and base64
}

// roster is whose the keys are.
type roster struct {
	keys atomic.Pointer[map[string]model.StaffID]
}

// owner is whose key it is, in the wire's form; empty when it is nobody's.
func (r *roster) owner(key string) model.StaffID {
	if key == "" {
		return ""
	}
	return (*r.keys.Load())[key]
}

// read takes the members as they are now. A key that two people have registered
// says nothing about who comes, so it is nobody's.
func (r *roster) read(members []Member) {
	keys, shared := make(map[string]model.StaffID), make(map[string]bool)
	for _, m := range members {
		for _, line := range m.Keys {
			key, sound := parseKey(line)
			if !sound {
				continue
			}
			if other, taken := keys[key]; taken && other != m.Staff {
				shared[key] = true
			}
			keys[key] = m.Staff
		}
	}
	for key := range shared {
		delete(keys, key)
	}
	r.keys.Store(&keys)
}

// leastRSA is the shortest RSA key in bits that the hub registers.
const leastRSA = 3072

// parseKey returns a line's key in the wire's form, and whether it is of a kind
// that the server takes.
func parseKey(line string) (string, bool) {
	key, _, _, _, err := gossh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return "", false
	}
	switch key.Type() {
	case gossh.KeyAlgoED25519, gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521,
		gossh.KeyAlgoSKED25519, gossh.KeyAlgoSKECDSA256: // the last two are on a token that somebody must touch
	case gossh.KeyAlgoRSA:
		public, ok := key.(gossh.CryptoPublicKey)
		if !ok {
			return "", false
		}
		if inner, ok := public.CryptoPublicKey().(*rsa.PublicKey); !ok || inner.N.BitLen() < leastRSA {
			return "", false
		}
	default:
		return "", false
	}
	return string(key.Marshal()), true
}
