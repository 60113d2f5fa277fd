package sync

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// A push and a feed are, before they are packed, a format byte, the number of
// frames, and the frames; the number shows a cut body for what it is.
const (
	formatPush    = 'P'
	formatFeed    = 'F'
	formatAnswers = 'A'
	formatAccess  = 'L'
)

var errCut = errors.New("the bytes end too early")

// frames takes a body apart; the first failure sticks.
type frames struct {
	rest []byte
	err  error
}

// begin checks format and count. Every frame takes at least one byte, so a
// count beyond the bytes left is a lie and nothing is allocated for it.
func (in *frames) begin(format byte, most int) int {
	if len(in.rest) == 0 || in.rest[0] != format {
		in.fail(errNotOurs)
		return 0
	}
	in.rest = in.rest[1:]
	n := in.uvarint()
	if in.err == nil && (n > uint64(most) || n > uint64(len(in.rest))) {
		in.fail(fmt.Errorf("%d entries where at most %d can be", n, most))
	}
	if in.err != nil {
		return 0
	}
	return int(n)
}

func (in *frames) uvarint() uint64 {
	v, n := binary.Uvarint(in.rest)
	if in.err != nil || n <= 0 {
		in.fail(errCut)
		return 0
	}
	in.rest = in.rest[n:]
	return v
}

// bytes reads a length of at most most, and as many bytes.
func (in *frames) bytes(most int) []byte {
	n := in.uvarint()
	if in.err == nil && n > uint64(most) {
		in.fail(errTooLarge)
	}
	return in.take(n)
}

func (in *frames) take(n uint64) []byte {
	if in.err != nil || n > uint64(len(in.rest)) {
		in.fail(errCut)
		return nil
	}
	out := in.rest[:n:n]
	in.rest = in.rest[n:]
	return out
}

// end tells what went wrong, or that something follows the last frame.
func (in *frames) end() error {
	if in.err == nil && len(in.rest) != 0 {
		in.fail(errNotOurs)
	}
	return in.err
}

func (in *frames) fail(err error) {
	if in.err == nil {
		in.err = err
	}
}
