package model

import (
	"errors"
	"fmt"
)

// MaxWrite is the most ops that one write may have, and MaxWriteBytes the most
// bytes in all of them: it has to fit in one push.
const (
	MaxWrite      = 500
	MaxWriteBytes = 2 << 20
)

// ReasonWrite is why the hub refuses an op that could stand by itself.
const ReasonWrite = "Refused with another entry of the same write."

// Wholes divides envelopes into the writes they are of, each of which is
// together and whole: of one device and incarnation, numbered without a gap, from
// the first op of the write to the last. It is an error when they are not.
func Wholes(envelopes []Envelope) ([][]Envelope, error) {
	var out [][]Envelope
	for at := 0; at < len(envelopes); {
		n, err := wholeFrom(envelopes[at:])
		if err != nil {
			return nil, fmt.Errorf("envelope %d: %w", at, err)
		}
		out, at = append(out, envelopes[at:at+n:at+n]), at+n
	}
	return out, nil
}

var errNotWhole = errors.New("not a whole write")

func wholeFrom(rest []Envelope) (int, error) {
	first := &rest[0]
	n := int(first.After) + 1
	if first.Before != 0 || n > len(rest) || n > MaxWrite {
		return 0, errNotWhole
	}
	for i := range rest[:n] {
		e := &rest[i]
		if e.Device != first.Device || e.Incarnation != first.Incarnation || e.Person != first.Person ||
			e.Seq != first.Seq+uint64(i) || int(e.Before) != i || int(e.After) != n-1-i {
			return 0, errNotWhole
		}
	}
	return n, nil
}

// WholeUpTo is how many of the first most envelopes end with a write's end. When
// the first write alone is longer, it is as many as that has, as far as they are
// there.
func WholeUpTo(envelopes []Envelope, most int) int {
	for n := min(most, len(envelopes)); n > 0; n-- {
		if envelopes[n-1].After == 0 {
			return n
		}
	}
	if len(envelopes) == 0 {
		return 0
	}
	return min(int(envelopes[0].After)+1, len(envelopes))
}
