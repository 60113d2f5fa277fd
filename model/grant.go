package model

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
)

// KeyGrant is what the hub gives a member of staff for their role: the keys of
// the compartments it may read, sealed to the box key of their keyring. It is
// made anew whenever role, keys or box change, and needs no passphrase for that.
// The role a session acts in is that of its grant.
type KeyGrant struct {
	Staff  StaffID  `json:"staff"`
	Site   SiteCode `json:"site"`
	Role   Role     `json:"role"`
	Serial uint64   `json:"serial"` // 1, 2, 3 …; a higher one replaces a lower
	Sealed []byte   `json:"sealed"` // EncodeGrantKeys of Role.Compartments, by HPKE to the keyring's Box, with Info
	// Glass holds EncodeGrantKeys of Role.Glass, by HPKE to the keyring's
	// GlassBox, with GlassInfo. It is empty for a role without.
	Glass []byte `json:"glass,omitempty"`
	By    []byte `json:"by"` // the signature of Claim by the hub's notary
}

// grantKeys is what is sealed in a grant.
type grantKeys struct {
	Keys []CompartmentKey `json:"keys"`
}

// EncodeGrantKeys returns keys as a grant seals them, of the given compartments
// and no others.
func EncodeGrantKeys(keys []CompartmentKey, of []Compartment) ([]byte, error) {
	var chosen grantKeys
	for _, k := range keys {
		if slices.Contains(of, k.Compartment) {
			chosen.Keys = append(chosen.Keys, k)
		}
	}
	if err := chosen.check(of); err != nil {
		return nil, err
	}
	return json.Marshal(chosen)
}

// DecodeGrantKeys reads EncodeGrantKeys' form. It refuses a key of any other
// compartment than those the role may have, and the want of one it should have:
// that is how a mistake at the hub would open a compartment, or lose one.
func DecodeGrantKeys(plain []byte, of []Compartment) ([]CompartmentKey, error) {
	var g grantKeys
	if err := json.Unmarshal(plain, &g); err != nil {
		return nil, fmt.Errorf("grant: not what it should be") // the cause could quote a key
	}
	return g.Keys, g.check(of)
}

func (g *grantKeys) check(of []Compartment) error {
	type name struct {
		compartment Compartment
		version     uint16
	}
	seen := make(map[name]bool)
	held := make(map[Compartment]bool)
	for _, k := range g.Keys {
		one := name{k.Compartment, k.Version}
		switch {
		case !slices.Contains(of, k.Compartment):
			return fmt.Errorf("grant: a %s key for a role that may not have it", k.Compartment)
		case len(k.Key) != SecretSize || k.Version == 0:
			return fmt.Errorf("grant: a %s key that is none", k.Compartment)
		case seen[one]:
			return fmt.Errorf("grant: two %s keys of one version", k.Compartment)
		}
		seen[one], held[k.Compartment] = true, true
	}
	if len(held) != len(of) {
		return fmt.Errorf("grant: a key is missing")
	}
	return nil
}

// Info ties the sealed keys to their place, so that they cannot be put in
// another person's grant, or in one of another role or serial.
func (g *KeyGrant) Info() []byte { return g.place("throughgate grant 1\n") }

// GlassInfo does the same for the break-glass keys.
func (g *KeyGrant) GlassInfo() []byte { return g.place("throughgate grant glass 1\n") }

// Claim returns the bytes that By signs: for whom the grant is, in which role,
// and its content.
func (g *KeyGrant) Claim() []byte {
	b := g.place("throughgate grant claim 1\n")
	for _, sealed := range [][]byte{g.Sealed, g.Glass} {
		sum := sha256.Sum256(sealed)
		b = append(b, sum[:]...)
	}
	return b
}

func (g *KeyGrant) place(what string) []byte {
	b := claimOf(what, []byte(g.Staff), []byte(g.Site), []byte(g.Role))
	return binary.BigEndian.AppendUint64(b, g.Serial)
}
