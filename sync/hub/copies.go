package hub

import (
	"encoding/binary"
	"io"
	"slices"

	"github.com/throughgate/throughgate/model"
)

// stop stops a device with all its copies, until a person decides, and returns
// what they are told. It keeps the first reason.
func (h *Hub) stop(id model.DeviceID, why model.DeviceEvent) error {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	d := h.keep.devices[id]
	if d.isStopped() {
		return errStopped
	}
	next := *d
	next.Stopped, next.Why = model.InstantOf(h.Now()), whyStopped[why]
	if err := h.save(&next); err != nil {
		return err
	}
	h.keep.devices[id] = &next
	h.keep.bells.ring(d.Site)
	h.Log.Warn("device stopped", "node", d.Node, "site", string(d.Site), "why", next.Why)
	if err := h.noteDevice(id, d.Site, why, 0); err != nil {
		return err
	}
	return errStopped
}

func (d *device) isStopped() bool { return !d.Stopped.IsZero() }

// ResumeDevice lets the next copy of a stopped device that comes in go on, with
// an incarnation of its own. Every other copy is told that it was left behind. It
// may also be said of a device that is not stopped, to let a restored backup in
// that had been left behind.
func (h *Hub) ResumeDevice(id model.DeviceID) error {
	h.keep.mu.Lock()
	defer h.keep.mu.Unlock()
	d := h.keep.devices[id]
	switch {
	case d == nil:
		return noDevice()
	case !d.Withdrawn.IsZero():
		return &model.Error{Kind: model.KindConflict, Msg: "This device was withdrawn.", Hint: "That is for good: it has to be enrolled anew."}
	case d.Resuming:
		return nil
	}
	next := *d
	next.Resuming = true
	if err := h.save(&next); err != nil {
		return err
	}
	h.keep.devices[id] = &next
	h.keep.bells.ring(d.Site)
	return h.noteDevice(id, d.Site, model.DeviceResumed, 0)
}

// letIn makes the caller the copy of a device that goes on.
func (h *Hub) letIn(d *device, c *caller) error {
	d.Left = slices.Clone(d.Left)
	for _, ended := range append(slices.Clone(d.Ended), d.Incarnation, d.Turn.BeforeIncarnation, c.Incarnation, c.Restored) {
		if ended != 0 && !slices.Contains(d.Left, ended) {
			d.Left = append(d.Left, ended)
		}
	}
	for {
		var drawn [4]byte
		if _, err := io.ReadFull(h.Random, drawn[:]); err != nil {
			return internal("incarnation", err)
		}
		d.Incarnation = binary.BigEndian.Uint32(drawn[:])
		if d.Incarnation != 0 && !slices.Contains(d.Left, d.Incarnation) {
			break
		}
	}
	d.Resuming, d.Stopped, d.Why, d.Ended = false, 0, "", nil
	h.Log.Info("device resumed", "node", d.Node, "site", string(d.Site))
	return nil
}

// forked tells whether an entry of the device's present life, signed by who may,
// is in a place where the hub has another one. Of a life that has ended this is
// to be expected: the copy that goes on sends what it had.
func forked(d *device, verdicts []verdict, results []model.PushResult) bool {
	for i, r := range results {
		e := &verdicts[i].entry
		if r.Reason == model.ReasonOtherHash && e.Refused == "" && e.Incarnation == d.Incarnation {
			return true
		}
	}
	return false
}

func noDevice() error {
	return model.NotFound("There is no such device.", "See: throughgate-hub device list.")
}
