package sync

import (
	"encoding/binary"
	"fmt"

	"github.com/throughgate/throughgate/model"
)

// Entry is one place in a site's feed: its number there, and the envelope's
// bytes as the hub keeps them.
type Entry struct {
	Seq uint64
	Raw []byte
}

// EncodeFeed packs as many of the entries as one feed may hold, from the first
// on, and says how many that was: the last of these gives HeaderNext. No
// entries give a feed of none.
func EncodeFeed(entries []Entry) (body []byte, n int) {
	var list []byte
	for n < len(entries) && n < MaxOps && (n == 0 || len(list)+len(entries[n].Raw) <= MaxBatch-64) {
		list = binary.AppendUvarint(list, entries[n].Seq)
		list = binary.AppendUvarint(list, uint64(len(entries[n].Raw)))
		list = append(list, entries[n].Raw...)
		n++
	}
	plain := binary.AppendUvarint([]byte{formatFeed}, uint64(n))
	return Pack(append(plain, list...)), n
}

// DecodeFeed reads EncodeFeed's body: the envelopes, which share one new piece
// of memory, and the number of the last, 0 when there is none. Numbers that do
// not follow the cursor one by one are refused: a feed has no gaps, and merging
// would move the cursor over what was never seen.
func DecodeFeed(body []byte, after uint64) (envelopes []model.Envelope, last uint64, err error) {
	return decodeFeed(body, after, false)
}

// decodePart reads one person's part of a feed, whose numbers rise with gaps.
func decodePart(body []byte, after uint64) (envelopes []model.Envelope, last uint64, err error) {
	return decodeFeed(body, after, true)
}

func decodeFeed(body []byte, after uint64, gaps bool) (envelopes []model.Envelope, last uint64, err error) {
	plain, err := Unpack(body, MaxBatch)
	if err != nil {
		return nil, 0, fmt.Errorf("feed: %w", err)
	}
	in := frames{rest: plain}
	envelopes = make([]model.Envelope, 0, in.begin(formatFeed, MaxOps))
	for range cap(envelopes) {
		seq := in.uvarint()
		e, err := model.DecodeEnvelope(in.bytes(MaxEnvelope))
		if err != nil {
			in.fail(err)
		} else if seq != after+1 && !(gaps && seq > after) {
			in.fail(fmt.Errorf("number %d does not follow %d", seq, after))
		}
		if in.err != nil {
			break
		}
		after, last = seq, seq
		envelopes = append(envelopes, e)
	}
	if err := in.end(); err != nil {
		return nil, 0, fmt.Errorf("feed: %w", err)
	}
	return envelopes, last, nil
}
