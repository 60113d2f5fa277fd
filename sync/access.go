package sync

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/throughgate/throughgate/model"
)

// AccessAnswer is what the hub says of a batch of a device's access log.
type AccessAnswer struct {
	UpTo uint64 `json:"upTo"` // the last entry of the batch: the hub has it
	// Broken is a sentence when the hub found entries missing or altered. It keeps
	// what came and marks the gap.
	Broken string `json:"broken,omitempty"`
}

// EncodeAccess packs as many of the entries as one body may hold, from the first
// on, and says how many that was.
func EncodeAccess(entries []model.RawAccess) (body []byte, n int) {
	var list []byte
	for n < len(entries) && n < MaxAccesses {
		e := &entries[n]
		if len(e.Raw) > MaxAccess || len(list)+len(e.Raw) > MaxAccessBatch-64 {
			break
		}
		list = binary.AppendUvarint(list, e.Seq)
		list = append(list, e.Device[:]...)
		list = binary.AppendUvarint(list, uint64(len(e.Raw)))
		list = append(list, e.Raw...)
		n++
	}
	plain := binary.AppendUvarint([]byte{formatAccess}, uint64(n))
	return Pack(append(plain, list...)), n
}

// DecodeAccess reads EncodeAccess's body. The entries share one new piece of
// memory.
func DecodeAccess(body []byte) ([]model.RawAccess, error) {
	plain, err := Unpack(body, MaxAccessBatch)
	if err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	in := frames{rest: plain}
	out := make([]model.RawAccess, 0, in.begin(formatAccess, MaxAccesses))
	for range cap(out) {
		e := model.RawAccess{Seq: in.uvarint()}
		copy(e.Device[:], in.take(uint64(len(e.Device))))
		e.Raw = in.bytes(MaxAccess)
		if in.err != nil {
			break
		}
		out = append(out, e)
	}
	if err := in.end(); err != nil {
		return nil, fmt.Errorf("access: %w", err)
	}
	return out, nil
}

// PushAccess gives the hub entries of this workstation's own access log: as many
// as fit one batch, from the first on.
func (c *Client) PushAccess(ctx context.Context, entries []model.RawAccess) (AccessAnswer, error) {
	var out AccessAnswer
	body, n := EncodeAccess(entries)
	if n == 0 {
		return out, model.Invalid("An entry of the access log is too long to send.", "Report it to the service desk.")
	}
	r, err := c.exchange(ctx, ask{
		method: http.MethodPost, path: PathAccess, body: body, bodyType: TypeAccess, want: TypeJSON, limit: MaxJSON,
	})
	if err != nil {
		return out, err
	}
	if json.Unmarshal(r.body, &out) != nil || out.UpTo != entries[n-1].Seq {
		return AccessAnswer{}, notTheHub(errNotOurs)
	}
	out.Broken = sentence(out.Broken)
	return out, nil
}

// PullAccess returns entries of all devices of the site after a place in the
// site's list, and the place after them. The epoch is the one the place belongs
// to.
func (c *Client) PullAccess(ctx context.Context, after uint64, epoch string) (entries []model.RawAccess, next uint64, err error) {
	query := map[string]string{ParamAfter: strconv.FormatUint(after, 10)}
	r, err := c.exchange(ctx, ask{
		method: http.MethodGet, path: PathAccess, query: query, epoch: epoch, want: TypeAccess, limit: MaxAccessBatch + MaxAccessBatch/8,
	})
	if err != nil {
		return nil, 0, err
	}
	entries, err = DecodeAccess(r.body)
	if err == nil {
		next, err = strconv.ParseUint(r.header.Get(HeaderNext), 10, 64)
	}
	if err == nil && (next < after || len(entries) > 0 && next == after) {
		err = fmt.Errorf("place %d after %d", next, after)
	}
	if err != nil {
		return nil, 0, notTheHub(err)
	}
	return entries, next, nil
}
