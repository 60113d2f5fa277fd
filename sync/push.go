package sync

import (
	"encoding/binary"
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// EncodePush packs as many whole writes of the envelopes as one push may hold,
// from the first on, and says how many envelopes that was. It is 0 only when there
// are none or the first write alone is too large.
func EncodePush(envelopes []model.Envelope) (body []byte, n int) {
	var list []byte
	whole, end := 0, 0 // as far as the last write that fits
	for n < len(envelopes) && n < MaxOps {
		raw, _ := envelopes[n].AppendBinary(nil) // never fails
		if len(raw) > MaxEnvelope || len(list)+len(raw) > MaxBatch-32 {
			break
		}
		list = binary.AppendUvarint(list, uint64(len(raw)))
		list = append(list, raw...)
		if n++; envelopes[n-1].After == 0 {
			whole, end = n, len(list)
		}
	}
	if whole == 0 {
		return nil, 0
	}
	plain := binary.AppendUvarint([]byte{formatPush}, uint64(whole))
	return Pack(append(plain, list[:end]...)), whole
}

// DecodePush reads EncodePush's body. The envelopes share one new piece of
// memory.
func DecodePush(body []byte) ([]model.Envelope, error) {
	plain, err := Unpack(body, MaxBatch)
	if err != nil {
		return nil, fmt.Errorf("push: %w", err)
	}
	in := frames{rest: plain}
	out := make([]model.Envelope, 0, in.begin(formatPush, MaxOps))
	for range cap(out) {
		e, err := model.DecodeEnvelope(in.bytes(MaxEnvelope))
		if err != nil {
			in.fail(err)
			break
		}
		out = append(out, e)
	}
	if err := in.end(); err != nil {
		return nil, fmt.Errorf("push: %w", err)
	}
	return out, nil
}
