package hub

import (
	"errors"

	"github.com/throughgate/throughgate/model"
)

// A hub that was put back to a backup has lost not only ops but also keyrings,
// with the keys that ops are signed with. An op from a desk that does not know
// of this yet would be refused for good, for a signature by a key nobody knows.
// So a desk's ops are not judged before it has asked with the new epoch: by then
// it has queued its keyrings again, and they come first.

var errEpoch = errors.New("hub: the device does not know the epoch")

// inStep is an error when a device has not yet shown to know the hub's epoch.
func (h *Hub) inStep(d *device) error {
	epoch, err := h.log.Epoch()
	if err != nil || d.Epoch == epoch {
		return err
	}
	return &model.Error{Kind: model.KindConflict, Msg: "The hub was put back to an older state.",
		Hint: "Nothing is lost: this workstation will bring what the hub lost.", Err: errEpoch}
}

// knows notes that a device asked with the hub's epoch.
func (h *Hub) knows(id model.DeviceID, epoch string) error {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	d := h.keep.devices[id]
	if d == nil || d.Epoch == epoch {
		return nil
	}
	next := *d
	next.Epoch = epoch
	if err := h.save(&next); err != nil {
		return err
	}
	h.keep.devices[id] = &next
	return nil
}
