package model

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Envelope is an op as it is kept and carried: the little that moving it needs
// in the clear, and the signed bytes sealed under the compartment's key. Who
// has only envelopes learns random ids and times.
type Envelope struct {
	Person      PersonID
	Stamp       Stamp
	Device      DeviceID
	Incarnation uint32
	Seq         uint64
	// Before and After are the op's, so that the hub can see a write's end without
	// opening anything.
	Before, After uint16
	Compartment   Compartment
	KeyVersion    uint16 // which of the compartment's keys of this site
	Hash          Hash   // HashOp of the signed bytes
	Sealed        []byte
}

// envelopeHead is the length of everything but Sealed.
const envelopeHead = 1 + 16 + StampSize + 16 + 4 + 8 + 1 + 2 + 32

// envelopeFormat is the form of an op that was written alone, and
// envelopeFormatPart that of one of several, which has 4 bytes more: its place
// among them. Each envelope has one form only, for its head is signed over.
const (
	envelopeFormat     = 1
	envelopeFormatPart = 2
)

func (e *Envelope) isPart() bool { return e.Before != 0 || e.After != 0 }

// EnvelopeFor returns the envelope of an op, still without its sealed bytes.
func EnvelopeFor(op *Op, c Compartment, keyVersion uint16, signed []byte) Envelope {
	return Envelope{
		Person: op.Person, Stamp: op.Stamp, Device: op.Device, Incarnation: op.Incarnation, Seq: op.Seq,
		Before: op.Before, After: op.After,
		Compartment: c, KeyVersion: keyVersion, Hash: HashOp(signed),
	}
}

// Head returns the clear part. It is the associated data of the sealing, so
// sealed bytes cannot be moved to another person, time, device or compartment.
func (e *Envelope) Head() []byte {
	return e.appendHead(make([]byte, 0, envelopeHead))
}

func (e *Envelope) appendHead(b []byte) []byte {
	if e.isPart() {
		b = append(b, envelopeFormatPart)
		b = binary.BigEndian.AppendUint16(b, e.Before)
		b = binary.BigEndian.AppendUint16(b, e.After)
	} else {
		b = append(b, envelopeFormat)
	}
	b = append(b, e.Person[:]...)
	b, _ = e.Stamp.AppendBinary(b) // never fails
	b = append(b, e.Device[:]...)
	b = binary.BigEndian.AppendUint32(b, e.Incarnation)
	b = binary.BigEndian.AppendUint64(b, e.Seq)
	b = append(b, byte(e.Compartment))
	b = binary.BigEndian.AppendUint16(b, e.KeyVersion)
	return append(b, e.Hash[:]...)
}

// AppendBinary appends the whole envelope: head, then sealed bytes to the end.
func (e *Envelope) AppendBinary(b []byte) ([]byte, error) {
	return append(e.appendHead(b), e.Sealed...), nil
}

// DecodeEnvelope reads AppendBinary's form. Sealed shares b's memory.
func DecodeEnvelope(b []byte) (Envelope, error) {
	e, b, err := decodePart(b)
	if err != nil {
		return Envelope{}, fmt.Errorf("envelope: %w", err)
	}
	b = b[copy(e.Person[:], b):]
	if e.Stamp, err = StampFromBytes(b); err != nil {
		return Envelope{}, fmt.Errorf("envelope: %w", err)
	}
	b = b[StampSize:]
	b = b[copy(e.Device[:], b):]
	e.Incarnation = binary.BigEndian.Uint32(b)
	e.Seq = binary.BigEndian.Uint64(b[4:])
	e.Compartment = Compartment(b[12])
	e.KeyVersion = binary.BigEndian.Uint16(b[13:])
	b = b[15:]
	b = b[copy(e.Hash[:], b):]
	e.Sealed = b
	return e, nil
}

// decodePart reads an envelope's form and its place in its write, and makes sure
// that the rest of the head is there.
func decodePart(b []byte) (e Envelope, rest []byte, err error) {
	if len(b) < envelopeHead {
		return e, nil, errShort
	}
	format, rest := b[0], b[1:]
	switch {
	case format == envelopeFormat:
		return e, rest, nil
	case format != envelopeFormatPart:
		return e, nil, fmt.Errorf("format %d is not known", format)
	case len(b) < envelopeHead+4:
		return e, nil, errShort
	}
	e.Before, e.After = binary.BigEndian.Uint16(rest), binary.BigEndian.Uint16(rest[2:])
	if !e.isPart() {
		return e, nil, errors.New("not in its one form")
	}
	return e, rest[4:], nil
}

// Agrees tells whether an opened op is the one its envelope says it is.
func (e *Envelope) Agrees(op *Op, signed []byte) bool {
	return e.Person == op.Person && e.Stamp == op.Stamp && e.Device == op.Device &&
		e.Incarnation == op.Incarnation && e.Seq == op.Seq && e.Before == op.Before && e.After == op.After && e.Hash == HashOp(signed) &&
		(op.Change == nil || op.Change.Compartment() == e.Compartment)
}
