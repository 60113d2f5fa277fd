package boltlog

import (
	"encoding/binary"
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// place is what the chain remembers of one number of a device: which op has it
// and what became of that op.
type place struct {
	seq    uint64
	hash   model.Hash
	stamp  model.Stamp
	reason string // why it was refused; "" when it was taken
}

func (p place) answer() model.PushResult {
	if p.reason != "" {
		return model.PushResult{Stamp: p.stamp, Status: model.PushRefused, Reason: p.reason}
	}
	return model.PushResult{Stamp: p.stamp, Status: model.PushKnown}
}

// encode returns the value of the chain bucket: hash, stamp, reason.
func (p place) encode() []byte {
	b := make([]byte, 0, len(p.hash)+model.StampSize+len(p.reason))
	b = append(b, p.hash[:]...)
	b, _ = p.stamp.AppendBinary(b) // never fails
	return append(b, p.reason...)
}

func decodePlace(seq uint64, b []byte) (place, error) {
	p := place{seq: seq}
	if len(b) < len(p.hash)+model.StampSize {
		return p, fmt.Errorf("boltlog: a place of %d bytes", len(b))
	}
	b = b[copy(p.hash[:], b):]
	p.stamp, _ = model.StampFromBytes(b) // the length was checked
	p.reason = string(b[model.StampSize:])
	return p, nil
}

// chainOf names the chain of a device in one incarnation.
type chainOf struct {
	device      model.DeviceID
	incarnation uint32
}

// key returns the chain bucket's key of a number; key(0) is before the first.
func (c chainOf) key(seq uint64) []byte {
	b := make([]byte, 0, len(c.device)+12)
	b = append(b, c.device[:]...)
	b = binary.BigEndian.AppendUint32(b, c.incarnation)
	return binary.BigEndian.AppendUint64(b, seq)
}

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func stampKey(s model.Stamp, site model.SiteCode) []byte {
	b, _ := s.AppendBinary(make([]byte, 0, model.StampSize+len(site))) // never fails
	return append(b, site...)
}

func personKey(id model.PersonID, s model.Stamp) []byte {
	b, _ := s.AppendBinary(append(make([]byte, 0, len(id)+model.StampSize), id[:]...)) // never fails
	return b
}

func memberKey(id model.PersonID, site model.SiteCode) []byte {
	return append(append(make([]byte, 0, len(id)+len(site)), id[:]...), site...)
}
