package sync

import (
	"encoding/binary"
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// maxReason bounds the sentence of a refusal, in bytes.
const maxReason = 600

// EncodeAnswers writes what the hub says of each op of a push, in its order: a
// status byte, the stamp, and for a refusal the reason. It is JSON neither here
// nor there: thousands of answers a second are read at a small desk.
func EncodeAnswers(results []model.PushResult) []byte {
	b := binary.AppendUvarint([]byte{formatAnswers}, uint64(len(results)))
	for _, r := range results {
		b = append(b, statusByte(r.Status))
		b, _ = r.Stamp.AppendBinary(b) // never fails
		if r.Status == model.PushRefused {
			reason := r.Reason[:min(len(r.Reason), maxReason)]
			b = binary.AppendUvarint(b, uint64(len(reason)))
			b = append(b, reason...)
		}
	}
	return b
}

// DecodeAnswers reads EncodeAnswers' body and holds it against what was sent:
// an answer for each, in that order.
func DecodeAnswers(body []byte, sent []model.Envelope) ([]model.PushResult, error) {
	in := frames{rest: body}
	n := in.begin(formatAnswers, MaxOps)
	if in.err == nil && n != len(sent) {
		in.fail(fmt.Errorf("%d answers for %d entries", n, len(sent)))
	}
	out := make([]model.PushResult, 0, n)
	for i := range n {
		r := in.answer()
		if in.err == nil && r.Stamp != sent[i].Stamp {
			in.fail(fmt.Errorf("answer %d is for another entry", i))
		}
		if in.err != nil {
			break
		}
		out = append(out, r)
	}
	if err := in.end(); err != nil {
		return nil, fmt.Errorf("answers: %w", err)
	}
	return out, nil
}

func (in *frames) answer() model.PushResult {
	var r model.PushResult
	letter := in.take(1)
	if b := in.take(model.StampSize); b != nil {
		r.Stamp, _ = model.StampFromBytes(b) // the length is right
	}
	switch string(letter) {
	case "t":
		r.Status = model.PushTaken
	case "k":
		r.Status = model.PushKnown
	case "r":
		r.Status = model.PushRefused
		r.Reason = sentence(string(in.bytes(maxReason)))
	default:
		in.fail(errNotOurs)
	}
	return r
}

// statusByte is the status' first letter. A status nobody knows is written as
// one nobody can read, which is a failure and not a lost entry.
func statusByte(s model.PushStatus) byte {
	if s == "" {
		return '?'
	}
	return s[0]
}
