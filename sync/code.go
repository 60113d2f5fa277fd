package sync

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"io"
	"strings"

	"github.com/throughgate/throughgate/model"
)

// SecretSize is the length of a code's secret in bytes: 80 bits, drawn at
// random, good once and for a short time.
const SecretSize = 10

// fingerprintSize is how much of the SHA-256 of the hub's authority a code
// carries. To pass for the hub one would need another certificate with the same
// 128 bits: a second preimage.
const fingerprintSize = 16

// Code is what a hub prints for one workstation to be enrolled: a secret that
// can be used once, and which hub it is good for, so that nothing else has to
// be carried by hand.
type Code struct {
	Secret      [SecretSize]byte
	Fingerprint [fingerprintSize]byte
}

// A written code is 45 letters and digits, in 9 groups of 5: secret,
// fingerprint and a 16-bit checksum, five bits a character.
const (
	codeLength = 45
	groupSize  = 5
)

// codeAlphabet is Crockford's base 32: no I, L, O or U, and the first three of
// these are read as what they look like.
const codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// NewCode draws a code for the hub whose authority has this certificate (DER).
func NewCode(random io.Reader, authority []byte) (Code, error) {
	var c Code
	if _, err := io.ReadFull(random, c.Secret[:]); err != nil {
		return Code{}, fmt.Errorf("enrolment code: %w", err)
	}
	sum := sha256.Sum256(authority)
	copy(c.Fingerprint[:], sum[:])
	return c, nil
}

// Names tells whether this certificate (DER) is the authority the code names.
func (c Code) Names(certificate []byte) bool {
	sum := sha256.Sum256(certificate)
	return subtle.ConstantTimeCompare(sum[:fingerprintSize], c.Fingerprint[:]) == 1
}

// String writes the code for a person to copy. It is a secret.
func (c Code) String() string {
	var out strings.Builder
	for i, v := range c.symbols() {
		if i > 0 && i%groupSize == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(codeAlphabet[v])
	}
	return out.String()
}

// symbols returns the 45 five-bit numbers: 28 bytes and one zero bit.
func (c Code) symbols() []byte {
	b := append(append(c.Secret[:], c.Fingerprint[:]...), 0, 0, 0)
	sum := checksum(b[:SecretSize+fingerprintSize])
	b[SecretSize+fingerprintSize], b[SecretSize+fingerprintSize+1] = byte(sum>>8), byte(sum)
	out := make([]byte, codeLength)
	for i := range out {
		bit := i * 5
		pair := uint16(b[bit/8])<<8 | uint16(b[bit/8+1])
		out[i] = byte(pair>>(11-bit%8)) & 31
	}
	return out
}

// checksum is CRC-16/CCITT: it shows every single wrong character, every two
// that changed places, and all but one in 65,536 of the rest.
func checksum(b []byte) uint16 {
	sum := uint16(0xffff)
	for _, v := range b {
		sum ^= uint16(v) << 8
		for range 8 {
			if sum&0x8000 != 0 {
				sum = sum<<1 ^ 0x1021
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

// fromSymbols is symbols backwards, and tells whether the checksum holds.
func fromSymbols(symbols []byte) (Code, bool) {
	var b [29]byte // the last takes the spare bit
	for i, v := range symbols {
		bit := i * 5
		shifted := uint16(v) << (11 - bit%8)
		b[bit/8] |= byte(shifted >> 8)
		b[bit/8+1] |= byte(shifted)
	}
	var c Code
	rest := b[copy(c.Secret[:], b[:]):]
	rest = rest[copy(c.Fingerprint[:], rest):]
	sum := checksum(b[:SecretSize+fingerprintSize])
	return c, rest[0] == byte(sum>>8) && rest[1] == byte(sum) && rest[2] == 0
}

// ParseCode reads a code as a person types it: in either case, with or without
// dashes and spaces, O for 0 and I or L for 1. An error is of KindInvalid and
// says where to look; it never quotes the code.
func ParseCode(typed string) (Code, error) {
	var symbols []byte
	for _, r := range strings.ToUpper(typed) {
		v, skip, ok := symbolOf(r)
		switch {
		case skip:
		case !ok:
			return Code{}, badCode(fmt.Sprintf("Group %d has a character that no code has.", len(symbols)/groupSize+1))
		case len(symbols) == codeLength:
			return Code{}, badCode(fmt.Sprintf("It is longer than %d characters.", codeLength))
		default:
			symbols = append(symbols, v)
		}
	}
	if len(symbols) == 0 {
		return Code{}, model.Invalid("Enter the enrolment code.", "The hub prints it: throughgate-hub device code --site CODE.")
	}
	if len(symbols) < codeLength {
		return Code{}, badCode(fmt.Sprintf("It has %d characters of %d.", len(symbols), codeLength))
	}
	c, ok := fromSymbols(symbols)
	if !ok {
		return Code{}, badCode(suspect(symbols))
	}
	return c, nil
}

func badCode(where string) error {
	return model.Invalid("This is not a whole enrolment code.", where+" Copy it again: 9 groups of 5 letters and digits.")
}

// symbolOf reads one character; dashes and spaces of any kind are passed over.
func symbolOf(r rune) (v byte, skip, ok bool) {
	switch r {
	case '-', ' ', '\t', '\r', '\n', '\u00a0', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212', '_', '.':
		return 0, true, true
	case 'O':
		r = '0'
	case 'I', 'L':
		r = '1'
	}
	i := strings.IndexRune(codeAlphabet, r)
	return byte(max(i, 0)), false, i >= 0
}

// suspect says which group holds the mistake, when one wrong character or two
// that changed places explain it and lie in one group only.
func suspect(symbols []byte) string {
	groups := map[int]bool{}
	for i := range symbols {
		was := symbols[i]
		for v := range byte(len(codeAlphabet)) {
			symbols[i] = v
			if _, ok := fromSymbols(symbols); ok {
				groups[i/groupSize] = true
			}
		}
		symbols[i] = was
		if next := i + 1; next < len(symbols) {
			symbols[i], symbols[next] = symbols[next], symbols[i]
			if _, ok := fromSymbols(symbols); ok {
				groups[i/groupSize] = true
			}
			symbols[i], symbols[next] = symbols[next], symbols[i]
		}
	}
	if len(groups) == 1 {
		for g := range groups {
			return fmt.Sprintf("Look at group %d again.", g+1)
		}
	}
	return "One or more characters are wrong."
}
