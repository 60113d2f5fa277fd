package model

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// SecretSize is the length in bytes of every secret in a keyring or a grant: the
// seeds, each compartment key and the person key.
const SecretSize = 32

// Keyring is what makes a member of staff themselves: what they sign with, and
// what opens the grant of their role's keys. It exists in the clear in memory
// only; SealedKeyring is how it is kept and carried. It never prints what it
// holds.
type Keyring struct {
	Staff       StaffID  `json:"staff"`
	Site        SiteCode `json:"site"`
	SigningSeed []byte   `json:"seed"` // of their Ed25519 key
	// BoxSeed is the X25519 key that grants are sealed to.
	BoxSeed []byte `json:"box"`
	// FormerBox is the box seed of the keyring before, as long as the newest
	// grant may still be sealed to it: the hub makes another when it hears of
	// the new box.
	FormerBox []byte `json:"formerBox,omitempty"`
	// Notary is the hub's Ed25519 public key. It stands under the person's
	// passphrase, so that nobody can put another hub's grant in a desk's file.
	Notary []byte `json:"notary"`
	// PersonKey is the same in the whole service. It turns a prison number into
	// a PersonID, so that two desks that import one file mean one person.
	PersonKey []byte `json:"person"`
	// MustChange is set by whoever made the first passphrase and so knows it:
	// passphrase and all keys are replaced at the first sign-in.
	MustChange bool `json:"change,omitempty"`
}

// CompartmentKey is one version of the key of one compartment of one site. The
// highest version seals; the others still open.
type CompartmentKey struct {
	Compartment Compartment `json:"compartment"`
	Version     uint16      `json:"version"` // 1, 2, 3 …
	Key         []byte      `json:"key"`
}

// Encode returns the keyring as it is wrapped.
func (k *Keyring) Encode() ([]byte, error) {
	if err := k.check(); err != nil {
		return nil, err
	}
	return json.Marshal(k)
}

// ErrOldKeyring says that a keyring is of the time before grants, and opens
// nothing any more.
var ErrOldKeyring = errors.New("keyring: of an earlier version")

// DecodeKeyring reads Encode's form. Errors: ErrOldKeyring, or one that says
// which part is wrong.
func DecodeKeyring(plain []byte) (*Keyring, error) {
	var k Keyring
	if err := json.Unmarshal(plain, &k); err != nil {
		return nil, fmt.Errorf("keyring: not what it should be") // the cause could quote a key
	}
	if len(k.BoxSeed) == 0 && len(k.Notary) == 0 && len(k.SigningSeed) == SecretSize {
		return nil, ErrOldKeyring
	}
	return &k, k.check()
}

func (k *Keyring) check() error {
	for _, secret := range [][]byte{k.SigningSeed, k.BoxSeed, k.PersonKey} {
		if len(secret) != SecretSize {
			return fmt.Errorf("keyring: a secret of the wrong length")
		}
	}
	if n := len(k.FormerBox); n != 0 && n != SecretSize {
		return fmt.Errorf("keyring: a former box of the wrong length")
	}
	if len(k.Notary) != notarySize {
		return fmt.Errorf("keyring: the hub's key has the wrong length")
	}
	return nil
}

// notarySize is the length in bytes of an Ed25519 public key.
const notarySize = 32

// Format never tells what the keyring holds, whatever the verb.
func (Keyring) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "[keyring]") }

// Format never tells the key, whatever the verb.
func (CompartmentKey) Format(s fmt.State, _ rune) { _, _ = io.WriteString(s, "[key]") }

// PersonIDOf returns the id of the person with a prison number, the same at
// every desk that holds the service's person key, and telling nothing of the
// number to anybody who does not.
func PersonIDOf(personKey []byte, number PrisonNumber) PersonID {
	mac := hmac.New(sha256.New, personKey)
	mac.Write([]byte("person\n" + string(number))) // hash.Hash writes never fail
	return PersonID(mac.Sum(nil)[:len(PersonID{})])
}

// SealedKeyring is a keyring as desks and hub keep and carry it.
type SealedKeyring struct {
	Staff   StaffID  `json:"staff"`
	Site    SiteCode `json:"site"`
	Serial  uint64   `json:"serial"`  // 1, 2, 3 …; a higher one replaces a lower
	Public  []byte   `json:"public"`  // the Ed25519 key that belongs to the seed inside
	Box     []byte   `json:"box"`     // the X25519 key that belongs to the box seed inside
	Wrapped []byte   `json:"wrapped"` // the encoded Keyring under its owner's passphrase, with KeyringAAD
	// Glass is the seed of a second X25519 key under the same passphrase, with
	// GlassAAD; behind it stands the one before, where FormerBox is set. What a
	// person may open in need only is sealed to that key, so that signing in
	// alone does not bring it into memory.
	Glass    []byte `json:"glass"`
	GlassBox []byte `json:"glassBox"` // its X25519 public key
	// By is the signature of Claim with the person's key of the serial before,
	// which shows that they made this one themselves. It is empty on a keyring
	// the hub made.
	By []byte `json:"by,omitempty"`
}

// KeyringAAD is the associated data a keyring is wrapped with, so that it
// cannot be put in the place of another person's.
func KeyringAAD(site SiteCode, staff StaffID) []byte {
	return []byte("throughgate keyring 1\n" + string(site) + "\n" + string(staff))
}

// GlassAAD is the associated data that the seed of the break-glass key is
// wrapped with.
func GlassAAD(site SiteCode, staff StaffID) []byte {
	return []byte("throughgate glass 1\n" + string(site) + "\n" + string(staff))
}

// Claim returns the bytes that By signs: whose keyring this is, which serial,
// and its content.
func (k *SealedKeyring) Claim() []byte {
	b := claimOf("throughgate keyring claim 2\n", []byte(k.Staff), []byte(k.Site), k.Public, k.Box, k.GlassBox)
	b = binary.BigEndian.AppendUint64(b, k.Serial)
	for _, sealed := range [][]byte{k.Wrapped, k.Glass} {
		sum := sha256.Sum256(sealed)
		b = append(b, sum[:]...)
	}
	return b
}

// claimOf begins a message to be signed: what it is, and its parts with their
// lengths, so that no two lists of parts give the same bytes.
func claimOf(what string, parts ...[]byte) []byte {
	b := []byte(what)
	for _, part := range parts {
		b = binary.AppendUvarint(b, uint64(len(part)))
		b = append(b, part...)
	}
	return b
}
