package demo

import (
	"context"
	"encoding/json"
	"time"

	"github.com/throughgate/throughgate/model"
)

// looksBack is how far back the invented workstations wrote down who looked: a
// day, so that the audit has something to show, and nobody seems to have read
// everything.
const looksBack = 24 * time.Hour

// looked writes down what somebody saw on the way to what they wrote: the
// record, and what they broke the glass for.
func (w *writing) looked(changes []model.Change) error {
	if w.at.Before(w.looksFrom) {
		return nil
	}
	role := w.by.actor.Role
	entry := model.Access{
		At: model.InstantOf(w.at.Add(-time.Minute)), What: model.AccessRecord, Staff: w.by.actor.Staff, Role: role, Via: model.ViaDesk, Person: w.record.ID,
	}
	for _, c := range model.Compartments() {
		if role.MayRead(c) {
			entry.Parts = append(entry.Parts, c)
		}
	}
	if err := w.desk.note(entry); err != nil {
		return err
	}
	for _, c := range changes {
		broken, is := c.(*model.GlassBroken)
		if !is {
			continue
		}
		entry.At, entry.What = model.InstantOf(w.at), model.AccessGlass
		entry.Parts, entry.Reason = []model.Compartment{broken.Opens}, string(broken.Reason)
		if err := w.desk.note(entry); err != nil {
			return err
		}
	}
	return nil
}

// note links an entry to the workstation's access log.
func (d *desk) note(a model.Access) error {
	a.Seq, a.Prev = uint64(len(d.looks))+1, d.look
	raw, err := json.Marshal(a)
	if err != nil {
		return err
	}
	d.look, d.looks = model.HashAccess(raw), append(d.looks, model.RawAccess{Seq: a.Seq, Raw: raw})
	return nil
}

// tell brings the access log to the hub.
func (v *visitor) tell(ctx context.Context, looks []model.RawAccess) error {
	for len(looks) > 0 {
		answer, err := v.PushAccess(ctx, looks)
		if err != nil {
			return err
		}
		looks = looks[answer.UpTo+1-looks[0].Seq:]
	}
	return nil
}
