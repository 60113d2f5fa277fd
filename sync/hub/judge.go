package hub

import (
	"errors"
	"time"

	"github.com/throughgate/throughgate/model"
)

// verdict is what the hub found of one op.
type verdict struct {
	entry   model.LogEntry
	op      *model.Op     // nil when it is refused for itself
	signed  []byte        // the op's signed bytes
	foreign bool          // not of the device that sent it
	by      model.StaffID // in whose name, "" where it could not be opened
}

// judge holds ops of one device against what the hub knows. It is used by
// several goroutines and changes nothing.
type judge struct {
	hub    *Hub
	device *device
	site   *site
	now    time.Time
}

func (h *Hub) judgeFor(d *device) *judge {
	h.keep.mu.RLock()
	defer h.keep.mu.RUnlock()
	return &judge{hub: h, device: d, site: h.keep.sites[d.Site], now: h.Now()}
}

// The sentences for authors whose ops are refused.
const (
	reasonDevice  = "The entry was made on another computer than the one that sent it."
	reasonNode    = "The entry's time stamp is of another computer. Enrol this one again."
	reasonKey     = "The entry is sealed with a key this site does not have. Sign out and in again, then make the change anew."
	reasonOldKey  = "The entry is sealed with a key that was replaced long ago. Sign out and in again, then make the change anew."
	reasonDamaged = "The entry was damaged. Make the change again."
	reasonNewer   = "The hub is of an older version than this computer and does not know this kind of entry. Make the change again once the hub is upgraded."
	reasonUnknown = "The author is not on this site's roster."
	reasonRole    = "The author's role has changed. Sign out and in again, then make the change anew."
	reasonOff     = "The author has been disabled. Whoever knows that it holds makes the entry again."
	reasonFirst   = "The author has not changed the first passphrase, which others have seen. Change it, then make the change anew."
	reasonSigned  = "The signature is not the author's. Sign out and in again, then make the change anew."
	reasonClock   = "The clock of this computer is ahead of the hub's. Correct it and make the change again."
)

func (j *judge) judge(e *model.Envelope) verdict {
	v := verdict{entry: model.LogEntry{Envelope: *e, Site: j.device.Site}}
	if e.Device != j.device.ID {
		v.foreign, v.entry.Refused = true, reasonDevice
		return v
	}
	v.entry.Raw, _ = e.AppendBinary(nil) // never fails
	if v.entry.Refused = j.open(&v); v.entry.Refused != "" {
		return v
	}
	v.entry.Prev = v.op.Prev
	if v.entry.Refused = j.refusal(v.op, v.signed); v.entry.Refused == "" {
		v.entry.Joins = j.hub.heldAt(v.op.Change)
	} else {
		v.op, v.signed = nil, nil // a batch can unpack to far more memory than it came in
	}
	return v
}

// open brings an op out of its envelope and makes sure that it is the one the
// envelope says it is.
func (j *judge) open(v *verdict) (refusal string) {
	e := &v.entry.Envelope
	box := j.site.boxes[keyName{e.Compartment, e.KeyVersion}]
	if box == nil {
		return reasonKey
	}
	signed, err := box.OpenCompact(nil, e.Sealed, e.Head())
	if err != nil {
		return reasonDamaged
	}
	op, _, _, err := model.DecodeOp(signed)
	if err != nil || !e.Agrees(op, signed) {
		return reasonDamaged
	}
	if replaced := j.site.replaced(e.Compartment, e.KeyVersion); !replaced.IsZero() && e.Stamp.Time().Sub(replaced.Time()) > offlineGrace {
		return reasonOldKey
	}
	v.op, v.signed, v.by = op, signed, op.Actor.Staff
	return ""
}

// refusal says why an op may not be, "" when it may. The author is who signed
// it, as the roster has them, and not what a client says.
func (j *judge) refusal(op *model.Op, signed []byte) string {
	if op.Stamp.Node != j.device.Node {
		return reasonNode
	}
	if refusal := j.author(op, signed); refusal != "" {
		return refusal
	}
	switch {
	case op.Stamp.Time().Sub(j.now) > model.MaxAhead:
		return reasonClock
	case op.Change == nil:
		return reasonNewer
	}
	// Rights are by kind and role: they ask nothing of what the record holds.
	err := model.Allow(op.Actor, op.Change, model.NewRecord(op.Person, model.Compartments()))
	if err == nil {
		err = model.Sound(op.Change, op.Body)
	}
	if err == nil {
		return ""
	}
	var known *model.Error
	if errors.As(err, &known) {
		return known.Error()
	}
	return "This is not allowed."
}

// author says why an op cannot be of whom it says, "" when it is theirs: they
// worked at this device's site in that role when they wrote it, and one of the
// keys they had then signed it.
func (j *judge) author(op *model.Op, signed []byte) (refusal string) {
	author := j.hub.keep.member(op.Actor.Staff)
	if author == nil || op.Actor.Site != j.device.Site {
		return reasonUnknown
	}
	written := op.Stamp.Time()
	cut := len(signed) - model.SignatureSize
	key, isTheirs := author.signer(signed[:cut], signed[cut:])
	switch {
	case author.Disabled:
		return reasonOff
	case !author.worked(op.Actor, written, j.now) && author.Site != op.Actor.Site:
		return reasonUnknown
	case !author.worked(op.Actor, written, j.now):
		return reasonRole
	case !isTheirs || author.isSpent(key, written, j.now):
		return reasonSigned
	case author.isFirst(key):
		return reasonFirst
	}
	return ""
}

func (k *registry) member(id model.StaffID) *member {
	k.mu.RLock()
	defer k.mu.RUnlock()
	return k.staff[id]
}
