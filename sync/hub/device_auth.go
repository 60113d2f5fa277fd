package hub

import (
	"errors"
	"net/http"

	"github.com/throughgate/throughgate/model"
	wire "github.com/throughgate/throughgate/sync"
)

var errUnknownDevice = errors.New("hub: not a device of this hub")

// known lets in requests of enrolled devices only, each at a bounded rate.
func (h *Hub) known(handle func(*reply, *http.Request, *device) error) func(*reply, *http.Request) error {
	return func(w *reply, r *http.Request) error {
		d, err := h.deviceOf(r)
		if err != nil {
			return err
		}
		w.node = d.Node
		recognise(r.Context())
		if err := h.admit(d.ID, h.Now()); err != nil {
			return err
		}
		w.caller = callerOf(r)
		h.contacts.note(d.ID, contact{
			At: model.InstantOf(h.Now()), Address: addressOf(r.RemoteAddr).String(), Version: w.caller.version, Pending: w.caller.Pending,
		})
		if err := h.check(d, w.caller); err != nil {
			return err
		}
		return handle(w, r, d)
	}
}

// deviceOf finds the device whose certificate the connection was made with. TLS
// has verified it against the hub's authority; whether it is still good is
// looked up here.
func (h *Hub) deviceOf(r *http.Request) (*device, error) {
	unknown := &model.Error{Kind: model.KindForbidden, Msg: "This device is not enrolled at this hub.",
		Hint: "Enrol it: throughgate enrol --hub URL --code CODE.", Err: errUnknownDevice}
	if r.TLS == nil || len(r.TLS.VerifiedChains) == 0 {
		return nil, unknown
	}
	leaf := r.TLS.VerifiedChains[0][0]
	var id model.DeviceID
	if err := id.UnmarshalText([]byte(leaf.Subject.CommonName)); err != nil {
		return nil, unknown
	}
	h.keep.mu.RLock()
	d := h.keep.devices[id]
	h.keep.mu.RUnlock()
	if d == nil || leaf.SerialNumber.Text(16) != d.Serial {
		return nil, unknown
	}
	return d, d.kept()
}

// good is an error when the device has been withdrawn, or stopped.
func (d *device) good() error {
	if d.isStopped() && !d.Resuming && d.Withdrawn.IsZero() {
		return errStopped
	}
	return d.kept()
}

// kept is an error when the device has been withdrawn.
func (d *device) kept() error {
	if d.Withdrawn.IsZero() {
		return nil
	}
	return &model.Error{Kind: model.KindForbidden, Msg: "This device has been withdrawn.",
		Hint: "It gets nothing more from the hub. Ask whoever runs the hub.", Err: wire.ErrWithdrawn}
}

// stillGood looks a device up again, after a wait.
func (h *Hub) stillGood(id model.DeviceID) error {
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	return h.keep.devices[id].good()
}
