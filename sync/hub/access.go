package hub

import (
	"encoding/binary"
	"errors"
	"net/http"
	"strconv"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// postAccess takes entries of a device's access log.
func (h *Hub) postAccess(w *reply, r *http.Request, d *device) error {
	packed, err := body(w, r, wire.TypeAccess, wire.MaxAccessBatch+packedSlack)
	if err != nil {
		return err
	}
	if err := h.inStep(d); err != nil {
		return err
	}
	done, err := h.work(r.Context(), d.ID)
	if err != nil {
		return err
	}
	defer done()
	batch, err := wire.DecodeAccess(packed)
	if err != nil || len(batch) == 0 {
		return model.Invalid("The entries were damaged on the way.", "They will be sent again.")
	}
	broken, err := h.takeAccess(r.Context(), d, batch)
	if err != nil {
		return err
	}
	return w.sendJSON(wire.AccessAnswer{UpTo: batch[len(batch)-1].Seq, Broken: broken})
}

// getAccess gives a device what is after a place in its site's list.
func (h *Hub) getAccess(w *reply, r *http.Request, d *device) error {
	after, _, err := pullParams(r)
	if err != nil {
		return err
	}
	epoch, err := h.log.Epoch()
	if err != nil {
		return err
	}
	if theirs := r.Header.Get(wire.HeaderEpoch); theirs != "" && theirs != epoch {
		return &model.Error{Kind: model.KindConflict, Msg: "The hub was put back to an older state.",
			Hint: "Nothing is lost: this workstation will bring what the hub lost.", Err: errEpoch}
	}
	last, err := h.log.LastAccess(d.Site)
	if err == nil && after > last {
		err = putBack()
	}
	if err != nil {
		return err
	}
	done, err := h.work(r.Context(), d.ID)
	if err != nil {
		return err
	}
	defer done()
	page, err := h.log.ReadAccess(r.Context(), d.Site, after, wire.MaxAccesses, wire.MaxAccessBatch/2)
	if err != nil {
		return err
	}
	entries := make([]model.RawAccess, len(page))
	for i, kept := range page {
		raw, err := h.openAccess(kept)
		if err != nil {
			return err
		}
		entries[i] = model.RawAccess{Device: kept.Device, Seq: kept.Seq, Raw: raw}
	}
	packed, n := wire.EncodeAccess(entries)
	if n > 0 {
		after = page[n-1].Place
	}
	w.Header().Set(wire.HeaderNext, strconv.FormatUint(after, 10))
	return w.send(http.StatusOK, wire.TypeAccess, packed)
}

// accessPlace ties a sealed entry to its device, number and site.
func accessPlace(e *model.KeptAccess) []byte {
	key := make([]byte, 0, 64)
	key = append(key, e.Device[:]...)
	key = binary.BigEndian.AppendUint64(key, e.Seq)
	key = append(append(key, e.Hash[:]...), e.Site...)
	return aad("access", string(key))
}

func (h *Hub) sealAccess(at model.SiteCode, device model.DeviceID, seq uint64, raw []byte) (model.KeptAccess, error) {
	e := model.KeptAccess{Site: at, Device: device, Seq: seq, Hash: model.HashAccess(raw)}
	sealed, err := h.box.SealCompact(nil, raw, accessPlace(&e))
	if err != nil {
		return e, internal("seal an access", err)
	}
	e.Sealed = sealed
	return e, nil
}

func (h *Hub) openAccess(e model.KeptAccess) ([]byte, error) {
	raw, err := h.box.OpenCompact(nil, e.Sealed, accessPlace(&e))
	if err != nil || model.HashAccess(raw) != e.Hash {
		return nil, internal("open an access", errors.Join(errors.New("not what it should be"), err))
	}
	return raw, nil
}
