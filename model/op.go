package model

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Op is one entry of the log: a change, who made it, where, when, and what they
// had seen. Its encoded bytes are signed once and kept as they are for ever.
type Op struct {
	Stamp       Stamp
	Actor       Actor
	Device      DeviceID
	Incarnation uint32 // random, new when a device's store is restored
	Seq         uint64 // 1, 2, 3 … within a device and incarnation
	// Before and After are how many ops of the same write stand before this one in
	// the device's chain and how many after it, 0 and 0 for an op alone. A write is
	// taken by the hub whole or not at all.
	Before, After uint16
	Person        PersonID
	Base          Stamp // what the author last saw in the slot
	Prev          Hash  // of the device's previous op; zero for the first
	Kind          string
	Body          []byte
	Change        Change      // decoded Body; nil when Kind is unknown here
	Compartment   Compartment // of the change; for an unknown kind, of its envelope
}

// SignatureSize is the length of an Ed25519 signature in bytes.
const SignatureSize = 64

// MaxBody is the most bytes one change may take; a frozen letter is the
// largest.
const MaxBody = 256 << 10

// maxOp is the most bytes of a signed op: its body and what stands before it.
const maxOp = MaxBody + 4<<10

// opFormat is the form of an op that was written alone, and opFormatPart that of
// one of several: with its place among them. Each op has one form only.
const (
	opFormat     = 1
	opFormatPart = 2
)

func (op *Op) format() byte {
	if op.Before == 0 && op.After == 0 {
		return opFormat
	}
	return opFormatPart
}

// Encode returns the bytes to sign. The signature is appended to them and the
// two together are what HashOp hashes and what is sealed.
func (op *Op) Encode() ([]byte, error) {
	if len(op.Body) > MaxBody {
		return nil, Invalid("This entry is too long to keep.", "Shorten the text.")
	}
	b := make([]byte, 0, 192+len(op.Body))
	b = append(b, op.format())
	b, _ = op.Stamp.AppendBinary(b) // never fails
	b = append(b, op.Device[:]...)
	b = binary.BigEndian.AppendUint32(b, op.Incarnation)
	b = binary.AppendUvarint(b, op.Seq)
	if op.format() == opFormatPart {
		b = binary.AppendUvarint(b, uint64(op.Before))
		b = binary.AppendUvarint(b, uint64(op.After))
	}
	b = append(b, op.Person[:]...)
	b, _ = op.Base.AppendBinary(b)
	b = append(b, op.Prev[:]...)
	for _, s := range []string{string(op.Actor.Staff), string(op.Actor.Role), string(op.Actor.Site), op.Kind} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	b = binary.AppendUvarint(b, uint64(len(op.Body)))
	return append(b, op.Body...), nil
}

// HashOp is the op's name in its device's chain. It is taken over the bytes
// with their signature, so it tells nothing to who has only the hash.
func HashOp(signed []byte) Hash { return sha256.Sum256(signed) }

// DecodeOp reads encoded bytes followed by their signature, and returns the op
// and the two parts. The signature is not checked here. What is larger than any
// op is refused unread: whoever holds a key of a site can seal megabytes of
// nothing into a few bytes, and a thousand of them come in one batch.
func DecodeOp(signed []byte) (op *Op, encoded, signature []byte, err error) {
	if len(signed) < SignatureSize {
		return nil, nil, nil, fmt.Errorf("op: %w", errShort)
	}
	if len(signed) > maxOp {
		return nil, nil, nil, fmt.Errorf("op: %d bytes, and at most %d can be", len(signed), maxOp)
	}
	encoded, signature = signed[:len(signed)-SignatureSize], signed[len(signed)-SignatureSize:]
	in := reader{rest: encoded}
	op, err = in.op()
	if err != nil {
		return nil, nil, nil, fmt.Errorf("op: %w", err)
	}
	return op, encoded, signature, nil
}

// reader takes an encoded op apart; the first failure sticks.
type reader struct {
	rest []byte
	err  error
}

func (in *reader) op() (*Op, error) {
	format := in.take(1)
	if in.err == nil && format[0] != opFormat && format[0] != opFormatPart {
		return nil, fmt.Errorf("format %d is not known", format[0])
	}
	op := &Op{Stamp: in.stamp()}
	copy(op.Device[:], in.take(len(op.Device)))
	if b := in.take(4); b != nil {
		op.Incarnation = binary.BigEndian.Uint32(b)
	}
	op.Seq = in.uvarint()
	if in.err == nil && format[0] == opFormatPart {
		op.Before, op.After = in.short(), in.short()
	}
	copy(op.Person[:], in.take(len(op.Person)))
	op.Base = in.stamp()
	copy(op.Prev[:], in.take(len(op.Prev)))
	op.Actor = Actor{Staff: StaffID(in.text()), Role: Role(in.text()), Site: SiteCode(in.text())}
	op.Kind = in.text()
	op.Body = []byte(in.text())
	if in.err == nil && len(in.rest) != 0 {
		in.err = fmt.Errorf("%d bytes too many", len(in.rest))
	}
	if in.err == nil && op.format() != format[0] {
		in.err = errors.New("not in its one form")
	}
	if in.err != nil {
		return nil, in.err
	}
	change, err := DecodeChange(op.Kind, op.Body)
	if change != nil {
		op.Change, op.Compartment = change, change.Compartment()
	}
	return op, err
}

func (in *reader) take(n int) []byte {
	if in.err != nil || n > len(in.rest) {
		in.fail(errShort)
		return nil
	}
	out := in.rest[:n]
	in.rest = in.rest[n:]
	return out
}

func (in *reader) stamp() Stamp {
	s, err := StampFromBytes(in.take(StampSize))
	in.fail(err)
	return s
}

func (in *reader) uvarint() uint64 {
	v, n := binary.Uvarint(in.rest)
	if n <= 0 || in.err != nil {
		in.fail(errShort)
		return 0
	}
	in.rest = in.rest[n:]
	return v
}

// short reads a number that fits in 16 bits.
func (in *reader) short() uint16 {
	n := in.uvarint()
	if n > math.MaxUint16 {
		in.fail(errors.New("a number too large"))
	}
	return uint16(n)
}

func (in *reader) text() string {
	n := in.uvarint()
	if n > uint64(len(in.rest)) {
		in.fail(errShort)
		return ""
	}
	return string(in.take(int(n)))
}

func (in *reader) fail(err error) {
	if in.err == nil {
		in.err = err
	}
}
