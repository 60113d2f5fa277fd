package boltlog

import (
	"encoding/binary"
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// place is what the chain remembers of one number of a device: which op has it
// and what became of that op.
type place struct {
	hash   model.Hash
	prev   model.Hash // of the op before, as the author signed it
	stamp  model.Stamp
	reason string // why it was refused; "" when it was taken
}

func (p place) answer() model.PushResult {
	if p.reason != "" {
		return model.PushResult{Stamp: p.stamp, Status: model.PushRefused, Reason: p.reason}
	}
	return model.PushResult{Stamp: p.stamp, Status: model.PushKnown}
}

// encode returns the value of the chain bucket: hash, previous hash, stamp,
// reason.
func (p place) encode() []byte {
	b := make([]byte, 0, placeSize+len(p.reason))
	b = append(b, p.hash[:]...)
	b = append(b, p.prev[:]...)
	b, _ = p.stamp.AppendBinary(b) // never fails
	return append(b, p.reason...)
}

const placeSize = 2*len(model.Hash{}) + model.StampSize

func decodePlace(b []byte) (place, error) {
	var p place
	if len(b) < placeSize {
		return p, damaged(fmt.Errorf("boltlog: a place of %d bytes", len(b)))
	}
	b = b[copy(p.hash[:], b):]
	b = b[copy(p.prev[:], b):]
	p.stamp, _ = model.StampFromBytes(b) // the length was checked
	p.reason = string(b[model.StampSize:])
	return p, nil
}

// chainOf names the chain of a device in one incarnation.
type chainOf struct {
	device      model.DeviceID
	incarnation uint32
}

// key returns the chain bucket's key of a number.
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
