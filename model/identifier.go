package model

import (
	"encoding/hex"
	"errors"
)

// errShort is why an encoded value could not be read.
var errShort = errors.New("the bytes end too early")

// PersonID is our own name for a person, 16 bytes that look random and say
// nothing. Prison numbers, NHS numbers and names are attributes of it, because
// people are merged, split and renamed.
type PersonID [16]byte

// IsZero tells whether the id is not set.
func (id PersonID) IsZero() bool { return id == PersonID{} }

// String returns 32 hexadecimal digits.
func (id PersonID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText writes String's form.
func (id PersonID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads String's form.
func (id *PersonID) UnmarshalText(text []byte) error { return unhex(id[:], text) }

// DeviceID names one enrolled workstation, or the hub itself. It is random and
// given at enrolment.
type DeviceID [16]byte

// String returns 32 hexadecimal digits.
func (id DeviceID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText writes String's form.
func (id DeviceID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// UnmarshalText reads String's form.
func (id *DeviceID) UnmarshalText(text []byte) error { return unhex(id[:], text) }

// Hash is a SHA-256.
type Hash [32]byte

// String returns 64 hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// MarshalText writes String's form.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads String's form.
func (h *Hash) UnmarshalText(text []byte) error { return unhex(h[:], text) }

func unhex(to, text []byte) error {
	if hex.DecodedLen(len(text)) != len(to) {
		return errShort
	}
	_, err := hex.Decode(to, text)
	return err
}
