package model

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// Stamp orders all ops of the service: a hybrid logical clock (Kulkarni et al.,
// 2014). Wall is the physical clock in milliseconds since 1970 UTC, Tick breaks
// ties within one millisecond, Node is the device's number given at enrolment
// and makes the stamp unique.
type Stamp struct {
	Wall int64
	Tick uint16
	Node uint32
}

// StampSize is the length of an encoded stamp in bytes.
const StampSize = 14

// MaxAhead is how far ahead of the local clock another clock may be before its
// stamps are refused: an op from the future would win over everything written
// until that time comes.
const MaxAhead = 5 * time.Minute

var errBefore1970 = errors.New("a time before 1970")

// IsZero tells whether the stamp is not set.
func (s Stamp) IsZero() bool { return s == Stamp{} }

// Time returns the physical part.
func (s Stamp) Time() time.Time { return time.UnixMilli(s.Wall).UTC() }

// Compare returns -1, 0 or 1 as s is before, equal to or after t.
func (s Stamp) Compare(t Stamp) int {
	switch {
	case s.Wall != t.Wall:
		return sign(s.Wall < t.Wall)
	case s.Tick != t.Tick:
		return sign(s.Tick < t.Tick)
	case s.Node != t.Node:
		return sign(s.Node < t.Node)
	}
	return 0
}

func sign(less bool) int {
	if less {
		return -1
	}
	return 1
}

// After tells whether s is later than t.
func (s Stamp) After(t Stamp) bool { return s.Compare(t) > 0 }

// AppendBinary appends the 14 bytes whose byte order is the stamp order.
func (s Stamp) AppendBinary(b []byte) ([]byte, error) {
	b = binary.BigEndian.AppendUint64(b, uint64(s.Wall))
	b = binary.BigEndian.AppendUint16(b, s.Tick)
	return binary.BigEndian.AppendUint32(b, s.Node), nil
}

// StampFromBytes reads the first 14 bytes of b. A time before 1970 is none: its
// bytes would sort behind those of every other, and so win over them.
func StampFromBytes(b []byte) (Stamp, error) {
	if len(b) < StampSize {
		return Stamp{}, errShort
	}
	if b[0]&0x80 != 0 {
		return Stamp{}, errBefore1970
	}
	return Stamp{
		Wall: int64(binary.BigEndian.Uint64(b)),
		Tick: binary.BigEndian.Uint16(b[8:]),
		Node: binary.BigEndian.Uint32(b[10:]),
	}, nil
}

// String returns the stamp as 19 letters that are safe in URLs and file names.
func (s Stamp) String() string {
	b, _ := s.AppendBinary(make([]byte, 0, StampSize)) // never fails
	return base64.RawURLEncoding.EncodeToString(b)
}

// MarshalText writes String's form; the zero stamp is empty.
func (s Stamp) MarshalText() ([]byte, error) {
	if s.IsZero() {
		return nil, nil
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads String's form.
func (s *Stamp) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*s = Stamp{}
		return nil
	}
	b, err := base64.RawURLEncoding.DecodeString(string(text))
	if err != nil || len(b) != StampSize {
		return fmt.Errorf("stamp: %d characters", len(text))
	}
	*s, err = StampFromBytes(b)
	return err
}

// Clock gives stamps that never go back, whatever the physical clock does. It
// is a value to be kept by one owner; it does not lock.
type Clock struct {
	Node uint32
	Last Stamp
}

// Next returns a stamp later than every one given or witnessed before.
func (c *Clock) Next(now time.Time) Stamp {
	s := Stamp{Wall: now.UnixMilli(), Node: c.Node}
	if last := c.Last; s.Wall <= last.Wall {
		s.Wall, s.Tick = last.Wall, last.Tick+1
		if s.Tick == 0 { // 65,536 stamps in one millisecond: borrow from the next
			s.Wall++
		}
	}
	c.Last = s
	return s
}

// Witness takes note of a stamp from elsewhere, so that what is written after
// reading it is also later than it. A stamp more than MaxAhead of now is
// refused: taking it would drag this clock along.
func (c *Clock) Witness(s Stamp, now time.Time) error {
	if s.Time().Sub(now) > MaxAhead {
		return &Error{
			Kind: KindOutside,
			Msg:  "An entry is dated in the future.",
			Hint: "Correct the clock of the computer that wrote it, or of this one.",
		}
	}
	if s.After(c.Last) {
		c.Last = s
	}
	return nil
}
