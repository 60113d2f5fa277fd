package hub

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

// postErased takes a withdrawn device's word that it has erased what it held. It
// is the only thing that such a device may still ask for, and its first word
// stands: another copy of its data says it again.
func (h *Hub) postErased(w *reply, r *http.Request) error {
	d, err := h.deviceOf(r)
	switch {
	case err == nil:
		return &model.Error{Kind: model.KindConflict, Msg: "This device was not withdrawn.", Hint: "It has no reason to erase anything."}
	case !errors.Is(err, wire.ErrWithdrawn):
		return err
	}
	w.node = d.Node
	if err := h.admit(d.ID, h.Now()); err != nil {
		return err
	}
	text, err := body(w, r, wire.TypeJSON, wire.MaxJSON)
	if err != nil {
		return err
	}
	var said wire.Erased
	if json.Unmarshal(text, &said) != nil || said.Unsent < 0 {
		return model.Invalid("This is not what a workstation sends.", "Check that workstation and hub are of the same version.")
	}
	if err := h.noteErased(d.ID, said.Unsent); err != nil {
		return err
	}
	return w.send(http.StatusNoContent, "", nil)
}

func (h *Hub) noteErased(id model.DeviceID, unsent int) error {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	d := h.keep.devices[id]
	if !d.Erased.IsZero() {
		return nil
	}
	next := *d
	next.Erased, next.Unsent = model.InstantOf(h.Now()), unsent
	if err := h.save(&next); err != nil {
		return err
	}
	h.keep.devices[id] = &next
	h.Log.Info("device erased", "node", d.Node, "site", string(d.Site), "unsent", unsent)
	return h.noteDevice(id, d.Site, model.DeviceErased, unsent)
}
